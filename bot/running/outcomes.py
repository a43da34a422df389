"""What becomes of what the clerk is asked to do, and who waits for it is told."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection

from storage.database.away import is_away

T = TypeVar("T")


@contextmanager
def nested(connection: Connection) -> Iterator[Connection]:
    """For one of several in a transaction: if it fails, nothing of it stays."""
    with connection.begin_nested():
        yield connection


def outcome_of(
    transaction: AbstractContextManager[Connection], change: Callable[[Connection], Any]
) -> tuple[Any, BaseException | None]:
    """What a change returns, or the error that it failed with; whatever lies with the database is raised."""
    try:
        with transaction as connection:
            return change(connection), None
    except Exception as error:
        if is_away(error):
            raise
        return None, error


def fulfil(future: "Future[T]", result: T, error: BaseException | None = None) -> None:
    """Gives a future its outcome, unless nobody waits for it any more."""
    if not future.set_running_or_notify_cancel():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
