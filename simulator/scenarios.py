"""A scenario: what people do on their phones and hear there, step by step, each with a caption for whoever watches."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from io import StringIO

PARTS = " | "
START = "START"
SECONDS = 3.0
CAPTION = "caption::"


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody types, or the label of the button that he taps; the label START begins the chat where it is not begun."""

    words: str
    is_tap: bool = False

    @property
    def is_start(self) -> bool:
        """Whether it is the button that begins a chat."""
        return self.is_tap and self.words == START


@dataclass(frozen=True, slots=True)
class Step:
    """The clock goes to the next `clock`, then everybody in `who` does his acts and hears words with `hears` in them.

    `captions` is by language; it is shown for `seconds`, of which the waiting for answers is a part.
    """

    who: tuple[str, ...] = ()
    clock: time | None = None
    acts: tuple[Act, ...] = ()
    hears: str = ""
    captions: Mapping[str, str] | None = None
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Scenario:
    """Steps in their order; `title` by language."""

    title: Mapping[str, str]
    steps: tuple[Step, ...]

    @property
    def seconds(self) -> float:
        """How long its captions are shown in all."""
        return sum(step.seconds for step in self.steps)


def read_scenario(text: str, title: Mapping[str, str]) -> Scenario:
    """A scenario from CSV with columns clock, who, does, hears, seconds and caption::LANGUAGE.

    `who` are people's names with « | » between them; `does` are acts likewise, a button's label in brackets:
    `/report | 3 | [Send]`. ValueError names the row of what cannot be read.
    """
    steps = []
    for number, row in enumerate(csv.DictReader(StringIO(text)), start=2):
        try:
            steps.append(_step(row))
        except (KeyError, ValueError) as error:
            raise ValueError(f"row {number} of the scenario: {error}") from None
    return Scenario(title, tuple(steps))


def _step(row: Mapping[str, str]) -> Step:
    who, acts = _parts(row["who"]), tuple(_act(part) for part in _parts(row["does"]))
    if (acts or row["hears"]) and not who:
        raise ValueError("nobody is named who does or hears this")
    captions = {name.removeprefix(CAPTION): words for name, words in row.items() if name.startswith(CAPTION)}
    clock = time.fromisoformat(row["clock"]) if row["clock"] else None
    return Step(who, clock, acts, row["hears"], captions, float(row["seconds"] or SECONDS))


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(PARTS) if part.strip())


def _act(part: str) -> Act:
    if part.startswith("[") and part.endswith("]"):
        return Act(part[1:-1], is_tap=True)
    return Act(part)
