"""What is shown on a terminal: whatever somebody has typed stands there as text, and does nothing to it."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What moves its cursor, colours, clears or answers, or turns the direction of what follows; the line's end and tabulator do not."""
LINE_AGAIN = "\r"
"""With which a line that changes begins, on stderr, where whatever is quoted is one line."""


class HarmlessTerminal:
    """The terminal, but for what is written to it. `allowed`: what is left as it is."""

    def __init__(self, terminal: TextIO, allowed: str = "") -> None:
        self._terminal, self._allowed = terminal, allowed

    def write(self, text: str) -> int:
        self._terminal.write(_CONTROLS.sub(self._spelled, text))
        return len(text)

    def _spelled(self, found: re.Match[str]) -> str:
        return found[0] if found[0] in self._allowed else f"\\u{ord(found[0]):04x}"

    def __getattr__(self, name: str) -> Any:
        return getattr(self._terminal, name)


@contextmanager
def harmless_terminals() -> Iterator[None]:
    """What is printed meanwhile; a file or a pipe gets it as it is."""
    before = sys.stdout, sys.stderr
    if sys.stdout.isatty():
        sys.stdout = cast("TextIO", HarmlessTerminal(sys.stdout))
    if sys.stderr.isatty():
        sys.stderr = cast("TextIO", HarmlessTerminal(sys.stderr, LINE_AGAIN))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
