"""How a command is stopped: by Ctrl-C, or by whoever asks the process to end (SIGTERM), which is the same to it."""

import signal
import threading
from collections.abc import Callable
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM)
Handler = Callable[[int, FrameType | None], object] | int | None


class Stopping:
    """As a context it hears of both. `times`: how often it was asked to end, the last time `by` this signal.

    The first time nothing is left half done; the second ends that too; from then on the system ends it, whatever it is at. Who was
    started not to hear of Ctrl-C (nohup, the background of a script) does not.
    """

    def __init__(self) -> None:
        self.times, self.by = 0, 0
        self._before: dict[signal.Signals, Handler] = {}
        self._is_over = False

    def __enter__(self) -> "Stopping":
        """Signals come to a process's main thread alone, and only there can it be said what becomes of them."""
        if threading.current_thread() is threading.main_thread():
            heeded = [each for each in ENDING if signal.getsignal(each) is not signal.SIG_IGN]
            self._before = {each: signal.signal(each, self._end) for each in heeded}
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()

    def leave(self) -> None:
        """From now on whoever did before says what becomes of them."""
        while self._before:
            signal.signal(*self._before.popitem())

    def over(self) -> bool:
        """Whether it was asked to end at once. It ends now, and nobody need ask any more."""
        self._is_over = True
        return self.times > 1

    def _end(self, number: int, _: FrameType | None) -> None:
        if self._is_over:
            return
        self.times, self.by = self.times + 1, number
        if self.times > 1:
            for each in self._before:
                signal.signal(each, signal.SIG_DFL)
        raise KeyboardInterrupt
