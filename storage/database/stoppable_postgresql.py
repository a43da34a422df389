"""A connection to PostgreSQL on which Ctrl-C ends whatever is waited for, here and on the server, and whose errors quote nobody.

The driver asks the server once to give up. Where that comes before the statement nobody hears of it: the statement is done, or waits
for somebody else's lock for as long as that is held, with every lock of its transaction, whether we are still there or not.
"""

import select
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import Any, TypeVar

import psycopg
from psycopg import waiting
from psycopg.pq import ExecStatus, TransactionStatus

R = TypeVar("R")
LOOKS_EVERY = 0.1
"""Seconds after which Python looks up from a wait. As the driver has it."""
CANCEL_EVERY, MOST_CANCELS = 0.2, 25
"""Seconds between two requests to give up, and how many there are before the connection is closed: the server notices that too."""
CANCEL_SECONDS = 5.0
"""So long may it take to ask."""
_WRONG_VALUE = "22"
"""What the codes begin with of errors that may quote a value in their first line, after a colon."""
_COPIES = (ExecStatus.COPY_IN, ExecStatus.COPY_OUT, ExecStatus.COPY_BOTH)


class StoppableConnection(psycopg.Connection[Any]):
    """`glance`: is called again and again while anything is waited for."""

    glance: Callable[[], object] | None = None

    def wait(self, gen: Generator[Any, Any, R], interval: float = LOOKS_EVERY, timeout: float | None = None) -> R:
        """What the driver waits by, for every statement."""
        seen = gen if self.glance is None else _looking_up(gen, self.glance)
        limit = {} if timeout is None else {"timeout": timeout}
        try:
            return waiting.wait(seen, self.pgconn.socket, interval=interval, **limit)
        except (KeyboardInterrupt, SystemExit):
            self._give_up()
            raise
        except psycopg.Error as error:
            _quote_nobody(error)
            raise

    def _give_up(self) -> None:
        """Until the server has given up, or has been told and left. A second Ctrl-C ends this too."""
        try:
            for _ in range(MOST_CANCELS):
                if not self._is_at_work:
                    return
                with suppress(psycopg.Error, OSError):
                    self.cancel_safe(timeout=CANCEL_SECONDS)
                if self.pgconn.pipeline_status:
                    return  # the end of its statements is not sent yet: the server would say nothing more that could be read on to
                self._read_on()
        except psycopg.Error:
            pass  # the server is gone
        finally:
            if self._is_at_work:
                self.pgconn.finish()

    @property
    def _is_at_work(self) -> bool:
        return bool(self.pgconn.transaction_status == TransactionStatus.ACTIVE)

    def _read_on(self) -> None:
        """What the server says within a moment, up to the end of the statement. From a COPY it looks up for nobody but who is gone."""
        heard = select.poll()
        heard.register(self.pgconn.socket, select.POLLIN)
        heard.poll(CANCEL_EVERY * 1000)
        self.pgconn.consume_input()
        while not self.pgconn.is_busy():
            result = self.pgconn.get_result()
            if result is None:
                return
            if result.status in _COPIES:
                self.pgconn.finish()
                return


def _quote_nobody(error: psycopg.Error) -> None:
    """The server adds the row, the key or the parameter that it failed for, in lines after the first. Here, as SQLAlchemy takes an
    error's words into its own before anybody else sees them. Its code stays, and so does all that is asked for by name (`diag`).
    """
    if error.sqlstate is None:
        return  # the driver's own words
    said = str(error).partition("\n")[0]
    error.args = (said.partition(': "')[0] if error.sqlstate.startswith(_WRONG_VALUE) else said,)


def _looking_up(gen: Generator[Any, Any, R], glance: Callable[[], object]) -> Generator[Any, Any, R]:
    """The driver's generator, which it goes on with whenever something comes, and after `LOOKS_EVERY` where nothing does."""
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            glance()
            wanted = gen.send(ready)
    except StopIteration as ended:
        done: R = ended.value
        return done
