"""What can go wrong with words: everything else is a bug.

Refusal
├── NotUnderstood   goes back to the chat with an example
└── Refused         says who can help
    └── Several     several at once
"""

from collections.abc import Sequence
from typing import Any


class Refusal(Exception):
    """A sentence of the catalogue, by its key, and the values that it names."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values


class NotUnderstood(Refusal):
    """What was typed cannot be read as what was asked."""


class Refused(Refusal):
    """It was understood and is not allowed, or not possible now."""


class Several(Refused):
    """All that is wrong with a file or the settings: `found`, in the order in which it is to be mended.

    `count`: how many there are, where more were found than are kept.
    """

    def __init__(self, found: Sequence[Refused], count: int = 0) -> None:
        self.count = count or len(found)
        super().__init__("several_refused", n=self.count)
        self.found = tuple(found)


def refuse_all(found: Sequence[Refused]) -> None:
    """Raises the one that was found, or all of them together; does nothing where there is none."""
    if len(found) > 1:
        raise Several(found)
    for each in found:
        raise each


def by_row(refused: Refused) -> int:
    """The row of a file that a refusal names, to sort by; 0 for the whole file."""
    return int(refused.values.get("row", 0))
