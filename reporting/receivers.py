"""Whom a reminder rule can be addressed to («+60m chair»): one entry for each, with all that the rules have to know of him."""

from collections.abc import Callable
from enum import Enum, StrEnum
from typing import Literal, Protocol

from reporting.people import Role

FilledBy = Literal["reporter", "leader"]
Seats = tuple[tuple[int, int], ...]
"""Person id and the id of the unit by whose duty he hears."""


class Duties(Protocol):
    """The duties of a day: who holds which at a unit (by its id), at the nearest one above it, and where a report is filled."""

    def at(self, unit_id: int, role: Role) -> Seats: ...

    def nearest(self, unit_id: int, role: Role) -> Seats: ...

    def filled_at(self, unit_id: int, by: FilledBy) -> int: ...

    def above(self, unit_id: int) -> int | None: ...


Hears = Callable[[Duties, int, FilledBy], Seats]


class LetterKind(Enum):
    """What a receiver is sent: what he owes himself, a letter about one unit, or a list of units of his subtree."""

    OWN = "own"
    ONE_UNIT = "one unit"
    LIST = "list"


def _reporter(duties: Duties, unit_id: int, by: FilledBy) -> Seats:
    if by == "leader":
        return duties.nearest(unit_id, "leader")
    return duties.at(unit_id, "reporter") or duties.at(unit_id, "deputy")


def _deputy(duties: Duties, unit_id: int, by: FilledBy) -> Seats:
    return () if by == "leader" else duties.at(unit_id, "deputy")


def _chair(duties: Duties, unit_id: int, by: FilledBy) -> Seats:
    return duties.at(duties.filled_at(unit_id, by), "chair")


def _leader(duties: Duties, unit_id: int, by: FilledBy) -> Seats:
    if by != "leader":
        return duties.nearest(unit_id, "leader")
    above = duties.above(duties.filled_at(unit_id, by))
    return duties.nearest(above, "leader") if above is not None else ()


def _desk(duties: Duties, unit_id: int, by: FilledBy) -> Seats:
    return duties.nearest(unit_id, "admin")


class Receiver(StrEnum):
    """Who can hear, from the person in trouble upwards. He is no role: «reporter» is the deputy where there is no reporter.

    An entry is how he is written in forms and kept in the database, his `level` (how far above the person in trouble he is: 0 by
    himself), what `letter` he is sent and who `hears`; then `former` spellings, which forms and rows of earlier days have, and
    whether those below him are told beforehand that he hears next (`is_foretold`). His words are those of
    `messages/reminders/receiver_words.py`.
    """

    level: int
    letter: LetterKind
    hears: Hears
    former: tuple[str, ...]
    is_foretold: bool
    place: int

    def __new__(
        cls,
        spelling: str,
        level: int,
        letter: LetterKind,
        hears: Hears,
        former: tuple[str, ...] = (),
        is_foretold: bool = True,
    ) -> "Receiver":
        made = str.__new__(cls, spelling)
        made._value_ = spelling
        made.level, made.letter, made.hears = level, letter, hears
        made.former, made.is_foretold = former, is_foretold
        made.place = len(cls.__members__)
        return made

    @classmethod
    def written(cls, spelling: str) -> "Receiver | None":
        """Who is written so, or was in former days."""
        return next((each for each in cls if spelling in (each.value, *each.former)), None)

    REPORTER = "reporter", 0, LetterKind.OWN, _reporter
    DEPUTY = "deputy", 0, LetterKind.OWN, _deputy
    CHAIR = "chair", 1, LetterKind.ONE_UNIT, _chair
    LEADER = "leader", 2, LetterKind.LIST, _leader
    DESK = "desk", 3, LetterKind.LIST, _desk, (), False
