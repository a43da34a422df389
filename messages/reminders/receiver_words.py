"""The entries of the catalogues that are each receiver's of reminders, by his name: the only place that puts their keys together."""

from typing import Literal

from reporting.receivers import LetterKind, Receiver

Part = Literal["", "before", "nobody", "untold", "told", "reason", "asked", "how"]
PARTS: dict[LetterKind, tuple[Part, ...]] = {
    LetterKind.OWN: (),
    LetterKind.ONE_UNIT: ("", "before", "nobody", "untold", "told", "reason", "asked", "how"),
    LetterKind.LIST: ("", "asked"),
}
"""What a letter of each kind is put together from; what is one's own is worded alike for all (`owed_words`)."""


def entry(to: Receiver, part: Part) -> str:
    """A sentence of the letter to him: its opening («»), and what follows."""
    return f"round_{to}_{part}" if part else f"round_{to}"


def foretold(to: Receiver) -> str:
    """How those below him are told that he hears next."""
    return f"round_to_{to}"


def was_told(to: Receiver) -> str:
    """In the evidence's sentence: that he was told."""
    return f"reminded_{to}"


def told_as(to: Receiver) -> str:
    """In the evidence's table: what a message to him was."""
    return f"reminded_as_{to}"


def entries(to: Receiver) -> tuple[str, ...]:
    """All that the catalogues must have for him."""
    if to.level == 0:
        return ()
    letter = tuple(entry(to, part) for part in PARTS[to.letter])
    return (*letter, was_told(to), told_as(to), *((foretold(to),) if to.is_foretold else ()))
