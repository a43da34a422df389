"""From a day on other units report a form: of the days before those that did then are told of, counted and named, by everybody."""

from datetime import date, timedelta

import pytest

from reporting.answers import Answer
from reporting.figures.areas import Areas
from reporting.figures.known import Wanted, summed
from reporting.figures.told_amounts import exactly
from reporting.reports import Report
from reporting.rounds.owed import owed_by
from reporting.rounds.standings import Coverage
from reporting.unit_list import read_units
from services.named_periods import periods_named
from services.read_digest import evidence_of
from services.submit_report import accept
from storage.figures.public import known
from storage.organisation import units
from storage.reports import forms
from storage.schedule import rounds
from storage.schedule.streaks import streaks
from tests.services.test_reporters import ZONE, Post, engine, post
from understanding import Span

__all__ = ["engine", "post"]
FIRST, OTHER, LAST = date(2021, 11, 8), date(2021, 11, 10), date(2021, 11, 11)
UNITS = """code,name,kind,parent
9,Tỉnh,tỉnh,
91,Đông,huyện,9
92,Tây,huyện,9
911,An,xã,91
912,Bình,thị trấn,91
921,Cát,xã,92
922,Dương,thị trấn,92
"""
WEIGHTS = {"911": 1, "912": 10, "921": 100, "922": 1000}
FORM = """| settings | form_id | version | reports | due | default_language |
|---|---|---|---|---|---|
| | ledger | 1 | xã | 16:30 | vi |

| survey | type | name | label | kind | visibility |
|---|---|---|---|---|---|
| | integer | ill | Ill | flow | public |
"""
DAYS = tuple(FIRST + timedelta(days=count) for count in range(4))


@pytest.fixture
def changed(post: Post) -> Post:
    """Two days the communes report, then the towns too; one town has not reported on the last day."""
    units.put(post.connection, read_units(UNITS))
    forms.publish(post.connection, FORM.encode(), "ledger.md", FIRST, post.now)
    later = FORM.replace("| ledger | 1 | xã |", "| ledger | 2 | xã, thị trấn |")
    forms.publish(post.connection, later.encode(), "ledger.md", OTHER, post.now)
    post.now += timedelta(days=10, hours=3)
    tree = units.tree(post.connection)
    for on in DAYS:
        form = forms.published(post.connection, "ledger", on)
        assert form is not None
        for code, weight in WEIGHTS.items():
            unit = tree.known(code, on)
            if unit.kind in form.reports and (code, on) != ("922", LAST):
                key = (form.version, unit.id, on, 1)
                new = Report(f"L-{code}-{on}", "ledger", *key, {"ill": Answer(weight)}, None, post.now, post.now)
                assert accept(post.connection, form, new, ZONE)
    return post


@pytest.mark.parametrize("few", [0, 100])
@pytest.mark.parametrize("each", [True, False])
def test_residents_are_told_by_who_reported_on_each_day(changed: Post, few: int, each: bool) -> None:
    tree, form = units.tree(changed.connection), forms.in_force(changed.connection, LAST)[-1]
    (ill,), top = form.indicators, tree.known("9", LAST)
    found = tuple(tree.known(code, LAST) for code in ("9", "91", "92"))
    read = known(changed.connection, Wanted(form, (ill,), found, DAYS, each=each), Areas(tree), few)
    told = [(of.value, of.coverage) for _, of in sorted(read.history(top, ill).items())]
    before, after = (exactly(101), Coverage(2, 2)), (exactly(1111), Coverage(4, 4))
    assert told == [before, before, after, (exactly(111), Coverage(3, 4))]
    together = summed(read, top, ill, DAYS)
    assert together is not None
    assert (together.value, together.coverage) == (exactly(2 * 101 + 1111 + 111), Coverage(11, 12))
    assert [of.value for _, of in sorted(read.history(found[1], ill).items())] == [*map(exactly, (1, 1, 11, 11))]


def test_leaders_are_told_the_same(changed: Post) -> None:
    form = next(each for each in changed.context.forms if each.key == "ledger")
    top = changed.context.tree.known("9", LAST)
    periods = periods_named(changed.context, form, Span("range", FIRST, LAST))
    evidence = evidence_of(changed.context, form, top, periods)
    assert evidence is not None
    assert evidence.coverage == Coverage(11, 12)
    assert [len(evidence.existing(day)) for day in DAYS] == [2, 2, 4, 4]


def test_nobody_has_missed_what_others_had_to_report(post: Post) -> None:
    units.put(post.connection, read_units(UNITS))
    forms.publish(post.connection, FORM.encode(), "ledger.md", FIRST, post.now)
    later = FORM.replace("| ledger | 1 | xã |", "| ledger | 2 | xã, thị trấn |")
    forms.publish(post.connection, later.encode(), "ledger.md", OTHER, post.now)
    post.now += timedelta(days=10, hours=3)
    form, tree = forms.published(post.connection, "ledger", LAST), units.tree(post.connection)
    assert form is not None
    found = rounds.standings(post.connection, form, LAST, tree, post.now, ZONE)
    missed = streaks(post.connection, form, LAST, found, tree, post.now)
    of_these = {tree.unit(one).code: count for one, count in missed.items() if tree.unit(one).code in WEIGHTS}
    assert of_these == {"911": 4, "921": 4, "912": 2, "922": 2}
    owed = {code: len(owed_by(form, tree.known(code, LAST), DAYS, tree, ())) for code in ("911", "912")}
    assert owed == {"911": 4, "912": 2}
