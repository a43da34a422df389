"""Whether what is told is true: against the truth of the world, and figures against each other, whatever the truth is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tests.truth.told import CARRIED, Told
from tests.truth.truth import ONE_DAY, Truth

MARK = re.compile(r"lớn hơn|chưa đối chiếu được", re.IGNORECASE)
"""That a part is more than its whole, or that the whole is not known of some, is said in these words."""


class Judge:
    """What is told to those who read what waits for approval too, or (`accepted`) to those who do not."""

    def __init__(self, truth: Truth, *, accepted: bool) -> None:
        self.truth, self.accepted = truth, accepted

    def expected(self, told: Told) -> tuple[int | str | None, ...]:
        """What may stand there: a unit's own figure, or what the units under one have together.

        A total that is made of earlier values alone, as nobody has reported for the day, may be told or not.
        """
        of, place = self.truth.sheet.by_name[told.name], self.truth.place(told.code)
        if told.note == CARRIED:
            share = self.truth.total(told.code, told.name, told.last, told.last, accepted=self.accepted)
            return (share.value,) if share.carried else ("of the day itself",)
        if place.is_leaf:
            if of.kind == "flow" or place.exists(told.last):
                return (self._own(told),)
            is_opening = (
                told.code,
                told.last,
            ) in self.truth.archive  # of the day before the unit began: it may be told or not
            return (self._own(told), None) if is_opening else (None,)
        total = self.truth.total(told.code, told.name, told.first, told.last, accepted=self.accepted)
        return (total.value,) if total.having else (total.value, None)

    def is_due(self, code: str, name: str, first: date, last: date) -> bool:
        """Whether there is a figure that has to be told."""
        return None not in self.expected(Told("", code, name, first, last, None))

    def _own(self, told: Told) -> int | None:
        place, found = self.truth.place(told.code), list[int]()
        if self.truth.sheet.by_name[told.name].kind != "flow":
            return self.truth.value(told.code, told.name, told.last, accepted=self.accepted)
        on = told.first
        while on <= told.last:
            value = self.truth.value(told.code, told.name, on, accepted=self.accepted)
            if value is not None and place.exists(on):
                found.append(value)
            on += ONE_DAY
        return sum(found) if found else None

    def check(self, said: Iterable[Told]) -> list[Told]:
        """Raises AssertionError with every figure that is not true, or not counted in what it is counted in."""
        told = list(said)
        wrong = [
            f"{each.surface}: {each.name} of {each.code}, {each.first}–{each.last}: told {each.value} {each.note!r}, is {want}"
            for each in told
            if each.value not in (want := self.expected(each))
        ]
        wrong += [
            f"{each.surface}: {each.name} is told in «{each.counted}»"
            for each in told
            if each.counted and each.counted != self.truth.sheet.by_name[each.name].counted
        ]
        assert not wrong, "\n".join(wrong)
        return told

    def check_all_are_told(self, told: Sequence[Told], code: str, first: date, last: date) -> None:
        """That of every indicator that has a figure of this unit and these days it stands there."""
        here = {each.name for each in told if (each.code, each.first, each.last) == (code, first, last)}
        lacking = [name for name in self.truth.sheet.names if name not in here and self.is_due(code, name, first, last)]
        assert not lacking, f"{lacking} of {code} on {first}–{last} are not told; {sorted(here)} are"


Key = tuple[str, str, date, date, str]


def check_sums(truth: Truth, told: Sequence[Told]) -> None:
    """No flow of some days above its own running total, side by side in one place; where units were merged, with no opening balance
    of what they had before, the sum of the days is more.
    """
    if any(each.until is not None for each in truth.places):
        return
    by_key = _by_key(told)
    for (surface, code, first, last, name), each in by_key.items():
        for flow in truth.sheet.by_name[name].of if truth.sheet.by_name[name].sum == "grown" else ():
            other = by_key.get((surface, code, first, last, flow))
            if other is not None and other.value is not None and each.value is not None:
                assert other.value <= each.value, (
                    f"{surface}: {flow} {other.value} of {code} is above {name} {each.value}"
                )


def check_parts(truth: Truth, told: Sequence[Told], marks: Mapping[str, str]) -> None:
    """No part above its whole, unless it is said so in the same place. `marks`: all that is said in each place."""
    by_key = _by_key(told)
    for (surface, code, first, last, name), each in by_key.items():
        whole = (
            by_key.get((surface, code, first, last, truth.sheet.by_name[name].part_of)) if surface in marks else None
        )
        if whole is not None and whole.value is not None and each.value is not None and each.value > whole.value:
            said = f"{surface}: {name} {each.value} of {code} is above {whole.name} {whole.value}"
            assert MARK.search(marks[surface]), said


def _by_key(told: Sequence[Told]) -> dict[Key, Told]:
    """By the place where it stands: beside a flow its running total stands in the same place."""
    return {(each.surface.split(",")[0], each.code, each.first, each.last, each.name): each for each in told}
