"""Days on both sides of a merger, read at once: what has ended has its figures of then, and an opening balance is in no sum."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from reporting.answers import Answer
from reporting.archive import ArchiveLine
from reporting.figures.areas import Areas
from reporting.figures.known import Known, Wanted, summed
from reporting.figures.told_amounts import Amount
from reporting.reports import Report
from reporting.unit_list import read_units
from reporting.units import UnitTree
from services.import_history import take_in
from services.import_units import change_units
from services.submit_report import accept
from storage.figures import figures
from storage.figures.public import known
from storage.organisation import units
from storage.reports import forms
from tests.services.test_reporters import ZONE, Post, engine, post
from understanding.units_now import units_as_now

__all__ = ["engine", "post"]
BEFORE, MERGED = date(2021, 11, 10), date(2021, 11, 11)
UNITS = """code,name,kind,parent
9,Tỉnh,tỉnh,
91,Đông,huyện,9
92,Tây,huyện,9
911,An,xã,91
912,Bình,xã,91
921,Cát,xã,92
"""
MERGER = """on,old,new,name,kind,parent,aliases,people
2021-11-11,911,919,An Bình,xã,91,,
2021-11-11,912,919,,,,,
2021-11-11,92,91,,,,,
"""
FORM = """| settings | form_id | version | due | default_language |
|---|---|---|---|---|
| | ledger | 1 | 16:30 | vi |

| survey | type | name | label | kind | visibility |
|---|---|---|---|---|---|
| | integer | ill | Ill | flow | public |
| | integer | ever | Ill ever | total | public |
"""


@pytest.fixture
def merged(post: Post) -> Post:
    """Two communes have become one, and a district part of another; all have reported on the day before, and on the day."""
    post.now += timedelta(days=20)
    units.put(post.connection, read_units(UNITS))
    forms.publish(post.connection, FORM.encode(), "ledger.md", BEFORE, post.now)
    change_units(post.connection, MERGER, post.now, ZONE, kind="mergers")
    for code, on, ill, ever in (
        ("911", BEFORE, 1, 10),
        ("912", BEFORE, 2, 20),
        ("921", BEFORE, 4, 40),
        ("919", MERGED, 8, 38),
        ("921", MERGED, 16, 56),
    ):
        _reports(post, code, on, ill, ever)
    line = ArchiveLine(2, BEFORE, "919@2021-11-11", "ever", "30")
    take_in(post.connection, [line], post.now, ZONE)
    return post


def _reports(post: Post, code: str, on: date, ill: int, ever: int) -> None:
    form, unit = forms.published(post.connection, "ledger", on), units.tree(post.connection).known(code, on)
    assert form is not None
    key = (form.version, unit.id, on, 1)
    answers = {"ill": Answer(ill), "ever": Answer(ever)}
    new = Report(f"L-{code}-{on}", form.key, *key, answers, None, post.now, post.now)
    assert accept(post.connection, form, new, ZONE)


def read(post: Post, tree: UnitTree, few: int, *, each: bool) -> Known:
    form = forms.published(post.connection, "ledger", MERGED)
    assert form is not None
    found = tuple(unit for unit in tree if unit.code in ("9", "91", "92", "919"))
    return known(post.connection, Wanted(form, form.indicators, found, (BEFORE, MERGED), each=each), Areas(tree), few)


def told(found: Known, name: str) -> Mapping[str, list[object]]:
    """What is told of each unit on both days."""
    question = found.form.by_name[name]
    return {
        unit.code: [
            fact.value.low if (fact := of.get(day)) is not None and isinstance(fact.value, Amount) else None
            for day in (BEFORE, MERGED)
        ]
        for unit in found.wanted.units
        for of in [found.history(unit, question)]
    }


@pytest.mark.parametrize("few", [0, 100])
@pytest.mark.parametrize("each", [True, False])
def test_what_has_ended_in_the_span_has_the_total_of_its_days(merged: Post, few: int, each: bool) -> None:
    found = read(merged, units.tree(merged.connection), few, each=each)
    assert told(found, "ill") == {"9": [7, 24], "91": [3, 24], "92": [4, None], "919": [None, 8]}
    ever = told(found, "ever")
    assert (ever["9"], ever["91"], ever["92"]) == ([70, 94], [30, 94], [40, None])


@pytest.mark.parametrize("few", [0, 100])
@pytest.mark.parametrize("each", [True, False])
def test_by_the_units_of_today_an_opening_balance_is_not_added_to_what_it_was_made_of(
    merged: Post, few: int, each: bool
) -> None:
    tree = units_as_now(units.tree(merged.connection), MERGED + timedelta(days=1))
    found = read(merged, tree, few, each=each)
    ever = told(found, "ever")
    assert (ever["9"], ever["91"], ever["919"]) == ([70, 94], [70, 94], [30, 38])


@pytest.mark.parametrize("few", [0, 100])
def test_beside_each_other_units_that_ended_or_began_in_the_span_have_their_own_days_only(
    merged: Post, few: int
) -> None:
    """One has a figure of a day on which it was no more, as the merger was entered late, another a flow from before it began."""
    form, tree = forms.published(merged.connection, "ledger", MERGED), units.tree(merged.connection)
    assert form is not None
    for code, known_on, on, ill in (("911", BEFORE, MERGED, 300), ("919", MERGED, BEFORE, 500)):
        unit_id = tree.known(code, known_on).id
        figures.put(merged.connection, form, unit_id, on, {"ill": ill}, as_of=merged.now, revision=1, source="import")
    question, own = form.by_name["ill"], tuple(unit for unit in tree if unit.kind == "xã")
    wanted = Wanted(form, (question,), own, (BEFORE, MERGED), each=True, as_one=True)
    found = known(merged.connection, wanted, Areas(tree), few)
    facts = {one: each.fact for each in found.alike for one in each.unit_ids}
    of_each = [(unit.name, facts.get(unit.id) or summed(found, unit, question, wanted.periods)) for unit in own]
    values = [(name, of.value.low) for name, of in of_each if of is not None and isinstance(of.value, Amount)]
    assert sorted(values) == [("An", 1), ("An Bình", 8), ("Bình", 2), ("Cát", 4), ("Cát", 16)]
