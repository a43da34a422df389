"""Traps in the bot's process: a way through its own functions, at whose end the process kills itself."""

import functools
import inspect
import logging
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from sqlalchemy.engine.default import DefaultDialect

logger = logging.getLogger(__name__)
SPRUNG = "The trap is sprung"
When = Literal["before", "after", "during"]
COMMIT = "commit"
"""A place of its own: the database's commit, on the clerk's thread."""


@dataclass(frozen=True, slots=True)
class Step:
    """The moment before, after, or a while into the `nth` call of `place` («module:Class.function») from the step before on."""

    when: When
    place: str
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Trap:
    """Step after step, in this order; at the last of them the process is killed. `pause`: what else runs has so many seconds, or until
    somebody kills the process before, as the log says `SPRUNG`.
    """

    steps: tuple[Step, ...]
    pause: float = 0.0

    @classmethod
    def read(cls, steps: Sequence[Sequence[Any]], pause: float) -> "Trap":
        return cls(tuple(Step(*step) for step in steps), pause)


def _rows_came(arguments: Sequence[Any], result: Any) -> bool:
    return bool(result)


def _something_is_taken(arguments: Sequence[Any], result: Any) -> bool:
    return bool(result[0])


def _something_is_put(arguments: Sequence[Any], result: Any) -> bool:
    return bool(arguments[1])


def _something_is_marked(arguments: Sequence[Any], result: Any) -> bool:
    return len(arguments) > 3 and bool(arguments[3])


COUNTED: dict[str, Callable[[Sequence[Any], Any], bool]] = {
    "storage.messages.inbox:take": _something_is_taken,
    "storage.messages.delivery:claim": _rows_came,
    "bot.running.due:plan": _rows_came,
    "storage.messages.outbox:put": _something_is_put,
    "storage.schedule.reminder_log:record": _something_is_put,
    "storage.messages.delivery:mark": _something_is_marked,
}
"""Calls that come with every turn of the wheel count only when there is something in them (those by their result: after them)."""


class Watch:
    """Follows a trap's steps, from whatever thread they come."""

    def __init__(self, trap: Trap, kill: Callable[[], None]) -> None:
        self._left, self._pause, self._kill = deque(trap.steps), trap.pause, kill
        self._count, self._lock = 0, threading.Lock()

    def install(self) -> None:
        """Puts a wrapper around each place of the trap."""
        for place in {step.place for step in self._left}:
            if place == COMMIT:
                self._wrap(DefaultDialect, "do_commit", place)
                continue
            module, _, path = place.partition(":")
            *owners, name = path.split(".")
            self._wrap(functools.reduce(getattr, owners, import_module(module)), name, place)

    def _wrap(self, owner: Any, name: str, place: str) -> None:
        original = getattr(owner, name)

        @functools.wraps(original)
        def wrapper(*arguments: Any, **named: Any) -> Any:
            self._comes("before", place, arguments, None)
            result = original(*arguments, **named)
            self._comes("after", place, arguments, result)
            return result

        @functools.wraps(original)
        async def awaited(*arguments: Any, **named: Any) -> Any:
            self._comes("before", place, arguments, None)
            result = await original(*arguments, **named)
            self._comes("after", place, arguments, result)
            return result

        setattr(owner, name, awaited if inspect.iscoroutinefunction(original) else wrapper)

    def _comes(self, when: When, place: str, arguments: Sequence[Any], result: Any) -> None:
        with self._lock:
            if not self._is_next(when, place, arguments, result):
                return
            step = self._left.popleft()
            self._count = 0
            is_last = not self._left
        if not is_last:
            return
        if step.when == "during":
            threading.Timer(self._pause, self._kill).start()
            return
        if self._pause:
            logger.info(SPRUNG)
        time.sleep(self._pause)
        self._kill()

    def _is_next(self, when: When, place: str, arguments: Sequence[Any], result: Any) -> bool:
        if not self._left or self._left[0].place != place:
            return False
        step = self._left[0]
        if when != ("before" if step.when == "during" else step.when):
            return False
        if place == COMMIT and threading.current_thread().name != "clerk":
            return False
        counts = COUNTED.get(place)
        is_early = when == "before" and counts in (_rows_came, _something_is_taken)
        if counts is not None and not is_early and not counts(arguments, result):
            return False
        self._count += 1
        return self._count == step.nth


def kill_this_process() -> None:
    """As the power cut does it: nothing is flushed, closed or said."""
    os.kill(os.getpid(), signal.SIGKILL)
