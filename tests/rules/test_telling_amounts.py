"""Small counts of personal matters are held back, and nothing that is told gives them away."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.figures.areas import Areas
from reporting.figures.figure import Figure
from reporting.figures.known import Known, Wanted
from reporting.figures.told_amounts import Amount, amount_told, exactly, total_told
from reporting.forms import Form
from reporting.units import Unit, UnitTree
from reporting.xlsforms.reading import read_form
from understanding import Span
from understanding.figure_told import fact_of

BELOW = 3
SURVEY = """
| settings | form_id |
|---|---|
| | ward |

| survey | type | name | label | kind | visibility | constraint | suppress_below |
|---|---|---|---|---|---|---|---|
| | integer | ill | Ill | flow | public | . >= 0 | |
| | integer | home | At home | flow | public | . >= 0 and (${ill} = '' or . <= ${ill}) | 3 |
| | integer | poor | Poor | flow | public | | 3 |
"""
FORM: Form = read_form(SURVEY.encode(), "ward.md", gate=False)
DAYS = (date(2021, 11, 9), date(2021, 11, 10))
SPANS = tuple(Span("range", first, last) for first, last in ((DAYS[0], DAYS[0]), (DAYS[1], DAYS[1]), DAYS))
ROOT, NORTH = Unit(1, "1", "Root", "huyện", None), Unit(2, "2", "North", "cụm", 1)
LEAVES = (Unit(3, "3", "A", "xã", 2), Unit(4, "4", "B", "xã", 2), Unit(5, "5", "C", "xã", 1))
AREAS = Areas(UnitTree((ROOT, NORTH, *LEAVES)))

Cell = tuple[int, date, int]
"""A unit's id, a day, and which revision of its report."""


@dataclass(frozen=True)
class World:
    """What the units' reports hold, revision by revision, in the order in which they came."""

    ill: Mapping[Cell, int]
    home: Mapping[Cell, int]
    poor: Mapping[Cell, int] = field(default_factory=dict)

    def told(self) -> Iterator[tuple[object, ...]]:
        """All that is told after each report: of every unit and span, units' own and totals."""
        stands: dict[tuple[int, str], dict[date, Figure]] = {}
        for one, on, revision in self.ill:
            for name, values in (("ill", self.ill), ("home", self.home), ("poor", self.poor)):
                if (value := values.get((one, on, revision))) is not None:
                    in_few = name == "home" and 0 < self.ill[one, on, revision] < BELOW
                    figure = Figure(one, name, on, value, None, revision=revision, in_few=in_few)
                    stands.setdefault((one, name), {})[on] = figure
            wanted = Wanted(FORM, FORM.indicators, (ROOT, NORTH, *LEAVES), DAYS)
            known = Known(wanted, AREAS, stands, {})
            yield tuple(
                fact_of(known, unit, question, span)
                for unit in wanted.units
                for question in FORM.indicators
                for span in SPANS
            )


def reports(name: str) -> st.SearchStrategy[World]:
    """A few reports and corrections of several units and days. `name`: the indicator that is held back."""
    leaves, values = st.sampled_from([unit.id for unit in LEAVES]), st.integers(0, 4)
    one = st.tuples(leaves, st.sampled_from(DAYS), values, values)
    return st.lists(one, min_size=1, max_size=5).map(lambda drawn: _world(drawn, name))


def _world(drawn: list[tuple[int, date, int, int]], name: str) -> World:
    ill: dict[Cell, int] = {}
    held: dict[Cell, int] = {}
    for one, on, many, some in drawn:
        cell = (one, on, 1 + sum((one, on) == each[:2] for each in ill))
        ill[cell], held[cell] = many, min(some, many) if name == "home" else some
    return World(ill, held) if name == "home" else World(ill, {}, held)


def test_a_count_from_one_up_to_the_threshold_is_held_back() -> None:
    assert [amount_told(value, 5) for value in (0, 1, 4, 5)] == [exactly(0), Amount(1, 4), Amount(1, 4), exactly(5)]
    assert amount_told(3, None) == exactly(3)


def test_a_part_of_a_small_whole_is_held_back_with_zero_too() -> None:
    assert [amount_told(value, 3, True) for value in (0, 1, 2, 3)] == [
        Amount(0, 2),
        Amount(0, 2),
        Amount(0, 2),
        exactly(3),
    ]


def test_what_it_is_at_most_by_the_forms_constraint_is_its_whole() -> None:
    assert FORM.wholes == {"home": ("ill",), "poor": ()}


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=8))
def test_a_total_is_never_wrong(counts: list[tuple[int, bool]]) -> None:
    amount = total_told(amount_told(value, 5, in_few) for value, in_few in counts)
    assert amount.low <= sum(value for value, _ in counts) <= amount.high


@pytest.mark.parametrize("name", ["home", "poor"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_count_held_back_follows_from_all_that_is_ever_told(name: str, data: st.DataObject) -> None:
    """Whoever keeps everything that is told from the first report on still finds each small count possible in each report.

    He knows how counts are held back, and that a part is at most its whole.
    """
    world = data.draw(reports(name))
    seen, held = list(world.told()), getattr(world, name)
    hidden = [cell for cell, value in held.items() if not _as_told(world, name, cell, value).is_exact]
    possible: dict[Cell, set[int]] = {cell: set() for cell in hidden}
    for guess in product(range(BELOW), repeat=len(hidden)):
        other = {**held, **dict(zip(hidden, guess, strict=True))}
        if name == "home" and any(other[cell] > world.ill[cell] for cell in hidden):
            continue
        if all(value in possible[cell] for cell, value in zip(hidden, guess, strict=True)):
            continue
        guessed = World(world.ill, other) if name == "home" else World(world.ill, {}, other)
        if all(one == another for one, another in zip(guessed.told(), seen, strict=True)):
            for cell, value in zip(hidden, guess, strict=True):
                possible[cell].add(value)
    for cell, found in possible.items():
        whole = world.ill[cell] if name == "home" else BELOW
        assert found == set(range(0 if 0 < whole < BELOW else 1, min(BELOW - 1, whole) + 1))
        assert len(found) > 1


def _as_told(world: World, name: str, cell: Cell, value: int) -> Amount:
    return amount_told(value, BELOW, name == "home" and 0 < world.ill[cell] < BELOW)
