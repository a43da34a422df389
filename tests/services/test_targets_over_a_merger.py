"""Targets over a merger: what is summed are the days on which a unit was there, whatever the archive or a late list has brought."""

from datetime import date
from decimal import Decimal

import pytest

from services.import_units import change_units
from services.target_progress import target_progress
from storage.figures import figures
from storage.organisation import units
from storage.reports import forms
from tests.services.office import NOW, ZONE, Office
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
