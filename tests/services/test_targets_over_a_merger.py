"""Targets over a merger: what is summed are the days on which a unit was there, whatever the archive or a late list has brought."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reporting.unit_tables import TableKind
from services.import_units import change_units
from services.keep_targets import held_as, known_targets
from services.target_progress import target_progress
from services.targets_held import target_held
from storage.figures import figures
from storage.organisation import units
from storage.reports import forms
from tests.services.office import DAY, NOW, ZONE, Office
from tests.services.targeted import put, take_in

BEFORE, MERGED = date(2021, 11, 7), date(2021, 11, 8)
MERGER = "on,old,new,name,kind,parent,aliases,people\n2021-11-08,11,19,Mới,xã,1,,\n2021-11-08,12,19,,,,,\n"


def put_new(office: Office, on: date, ill: int, people: int, code: str = "19", known_on: date = MERGED) -> None:
    """Figures of the unit that began with the merger, or of another that there was on a day."""
    new = units.tree(office.connection).known(code, known_on)
    form, stamps = forms.version(office.connection, "daily", "1"), {"as_of": NOW, "revision": 1, "source": "import"}
    figures.put(office.connection, form, new.id, on, {"ill": ill, "people": people}, **stamps)  # type: ignore[arg-type]


def told(office: Office, on: date) -> dict[str, tuple[object, int, int]]:
    """How far all are by a day with the flow, with the stock and with the one of the other."""
    tree, form = units.tree(office.connection), forms.version(office.connection, "daily", "1")
    found = target_progress(office.connection, tree, tree.known("1", on), NOW, ZONE, form=form, period=on)
    return {each.target.indicator + each.target.of: (each.value, each.received, each.expected) for each in found}


@pytest.fixture
def merged(daily: Office) -> Office:
    """Three communes of which two are merged on the 8th: 1, 2 and 4 cases, 10, 20 and 40 people by then."""
    rows = ("1,ill,at least,900,,,2021-11-01,2021-11-30,,", "1,people,at least,9000,,,2021-11-01,2021-11-30,,")
    take_in(daily, *rows, "1,ill,at least,90%,people,,2021-11-01,2021-11-30,,")
    for code, ill in (("11", 1), ("12", 2), ("13", 4)):
        put(daily, code, BEFORE, {"ill": ill, "people": 10 * ill})
    change_units(daily.connection, MERGER, NOW, ZONE, kind="mergers")
    return daily


def test_an_opening_balance_is_in_no_sum_and_is_no_report(merged: Office) -> None:
    expected = {"ill": (7, 3, 23), "people": (70, 1, 2), "illpeople": (Decimal("10.0"), 1, 2)}
    assert told(merged, MERGED) == expected
    put_new(merged, BEFORE, ill=500, people=30)
    assert told(merged, MERGED) == expected
    put_new(merged, MERGED, ill=8, people=33)
    assert told(merged, MERGED) == {"ill": (15, 4, 23), "people": (73, 2, 2), "illpeople": (Decimal("20.5"), 2, 2)}


def test_an_opening_balance_alone_is_no_figure_of_a_sum(daily: Office) -> None:
    take_in(daily, "1,ill,at least,900,,,2021-11-01,2021-11-30,,")
    change_units(daily.connection, MERGER, NOW, ZONE, kind="mergers")
    put_new(daily, BEFORE, ill=500, people=30)
    assert told(daily, MERGED) == {"ill": (None, 0, 23)}


def test_what_a_unit_had_reported_for_days_on_which_it_was_no_more_is_in_nothing(merged: Office) -> None:
    put_new(merged, MERGED, ill=300, people=999, code="11", known_on=BEFORE)
    assert told(merged, MERGED) == {"ill": (7, 3, 23), "people": (70, 1, 2), "illpeople": (Decimal("10.0"), 1, 2)}


RENAMED = "on,old,new,name,kind,parent,aliases,people\n2021-11-08,11,91,Thọ Xuân,xã,1,,\n"
LISTED = """code,name,kind,parent,aliases,since,until
11,Thọ Dân,xã,1,,,2021-11-08
91,Thọ Xuân,phường,1,Thọ Dân,2021-11-08,
"""


def held_by(office: Office, code: str, on: date = DAY) -> list[tuple[str, object, int, int]]:
    """How far a unit is with its own targets on a day."""
    tree, form = units.tree(office.connection), forms.version(office.connection, "daily", "1")
    unit = tree.known(code, on)
    found = target_progress(office.connection, tree, unit, NOW, ZONE, form=form, period=on, own_only=True)
    assert all(each.target.unit_id == unit.id for each in found)
    return sorted((each.target.indicator, each.value, each.received, each.expected) for each in found)


@pytest.fixture
def held(daily: Office) -> Office:
    """Thọ Dân is held to 30 cases in November and to 50 people; it has reported before the 8th and, under whatever name, since."""
    take_in(daily, "11,ill,at least,30,,,2021-11-01,2021-11-30,,", "11,people,at least,50,,,2021-11-01,2021-11-30,,")
    put(daily, "11", BEFORE, {"ill": 4, "people": 40})
    return daily


@pytest.mark.parametrize(("text", "kind"), [(RENAMED, "mergers"), (LISTED, "units")])
def test_a_unit_that_is_renamed_goes_on_with_its_targets_and_with_what_it_had(
    held: Office, text: str, kind: TableKind
) -> None:
    assert held_by(held, "11", BEFORE) == [("ill", 4, 1, 7), ("people", 40, 1, 1)]
    change_units(held.connection, text, NOW, ZONE, kind=kind)
    assert held_by(held, "11", BEFORE) == [("ill", 4, 1, 7), ("people", 40, 1, 1)]
    assert held_by(held, "91") == [("ill", 4, 1, 10), ("people", 40, 0, 1)]
    put_new(held, MERGED, ill=5, people=45, code="91")
    assert held_by(held, "91") == [("ill", 9, 2, 10), ("people", 45, 1, 1)]
    assert {each.unit.identity for each in known_targets(held.connection, DAY)} == {"91@2021-11-08"}


def test_what_it_is_held_to_since_takes_the_place_of_what_it_had(held: Office) -> None:
    change_units(held.connection, RENAMED, NOW, ZONE, kind="mergers")
    line = "91,ill,at least,{},,,2021-11-01,2021-11-30,,"
    assert take_in(held, line.format(30)) == (1, 0, 0)
    assert take_in(held, line.format(60)) == (1, 1, 1)
    assert take_in(held, line.format(60)) == (1, 0, 0)
    assert [name for name, *_ in held_by(held, "91")] == ["ill", "people"]
    (mine, _) = known_targets(held.connection, DAY)
    found = held_as(held.connection, units.tree(held.connection), replace(mine.target, id=0, unit_id=mine.unit.id))
    assert (found.id, found.value) == (mine.target.id, 60)
    assert target_held(held.connection, units.tree(held.connection), found.id, DAY) == found


def test_a_district_that_is_renamed_goes_on_with_its_targets_and_its_communes_with_theirs(held: Office) -> None:
    take_in(held, "1,ill,at least,100,,,2021-11-01,2021-11-30,,")
    text = "on,old,new,name,kind,parent,aliases,people\n2021-11-08,1,2,Sơn Triệu,huyện,,,\n"
    change_units(held.connection, text, NOW, ZONE, kind="mergers")
    assert held_by(held, "2") == [("ill", 4, 1, 30)]
    assert held_by(held, "11") == [("ill", 4, 1, 10), ("people", 40, 0, 1)]


def test_what_was_merged_or_divided_leaves_its_targets(held: Office) -> None:
    change_units(held.connection, MERGER, NOW, ZONE, kind="mergers")
    assert held_by(held, "19") == []
