"""Migrations in processes of their own, each forked from one, which end by kill -9 at a given statement, or at the commit."""

import json
import os
import signal
import sys
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

from storage.database.migrate import migrate
from tests.storage.kept import ZONE


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def live(url: str, statement: int, at_commit: str) -> None:
    """Migrates. `statement`: before which it is killed (0: none); `at_commit`: «before» or «after» the one that counts, or neither."""
    left, migrates = statement, False

    @event.listens_for(Engine, "before_cursor_execute")
    def _comes(_connection: Any, _cursor: Any, told: str, *_: Any) -> None:
        nonlocal left, migrates
        migrates = migrates or "alembic_version" in told
        left -= 1
        if left == 0:
            kill()

    commit: Any = DefaultDialect.do_commit

    def commits(dialect: DefaultDialect, connection: Any) -> None:
        if migrates and at_commit == "before":
            kill()
        commit(dialect, connection)
        if migrates and at_commit == "after":
            kill()

    setattr(DefaultDialect, "do_commit", commits)  # noqa: B010  # mypy minds how a method is put in
    migrate(url, ZONE)


def main() -> None:
    """An order a line: [url, statement, at_commit]; how the life ended is printed, as an exit code, negative for a signal."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            live(*json.loads(line))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
