"""What can go wrong with words: everything else is a bug.

Refusal
├── NotUnderstood   goes back to the chat with an example
└── Refused         says who can help
"""

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
