"""A group over days on which others were counted to it: what it has is of its members of each day, whoever asks."""

from datetime import date, timedelta

import pytest

from reporting.answers import Answer
from reporting.digests.totals import total
from reporting.figures.areas import Areas
from reporting.figures.known import Wanted, summed
from reporting.figures.told_amounts import Amount
from reporting.reports import Report
from reporting.unit_list import read_units
from services.digest_evidence import digest_evidence
from services.import_units import change_units
from services.submit_report import accept
from storage.figures.public import known
from storage.organisation import units
from storage.reports import forms
from tests.services.test_reporters import ZONE, Post, engine, post

__all__ = ["engine", "post"]
FIRST, LAST = date(2021, 11, 10), date(2021, 11, 12)
DAYS = tuple(FIRST + timedelta(days=count) for count in range(3))
UNITS = """code,name,kind,parent
9,Tỉnh,tỉnh,
91,An,xã,9
92,Bình,xã,9
93,Cát,xã,9
"""
GROUP = """group,name,kind,aliases,member,since,until
C,Cụm,cụm,,91,,
C,,,,92,2021-11-12,
C,,,,93,,2021-11-12
D,Cụm cũ,cụm,,93,,2021-11-12
"""
FORM = """| settings | form_id | version | due | default_language |
|---|---|---|---|---|
| | ledger | 1 | 16:30 | vi |

| survey | type | name | label | kind | visibility |
|---|---|---|---|---|---|
| | integer | ill | Ill | flow | public |
| | integer | beds | Beds | stock | public |
| | integer | ever | Ill ever | total | public |
"""


@pytest.fixture
def grouped(post: Post) -> Post:
    """An is counted to the group all the time, Cát up to the third day, Bình from it on; Bình is late on that day."""
    post.now += timedelta(days=20)
    units.put(post.connection, read_units(UNITS))
    form, _ = forms.publish(post.connection, FORM.encode(), "ledger.md", FIRST, post.now)
    change_units(post.connection, GROUP, post.now, ZONE, kind="groups")
    for place, on in enumerate(DAYS):
        for code, weight in (("91", 1), ("92", 10), ("93", 100)):
            if (code, on) != ("92", LAST):
                unit = units.tree(post.connection).known(code, on)
                answers = {"ill": weight, "beds": 2 * weight, "ever": weight * (place + 1)}
                key = (form.version, unit.id, on, 1)
                given = {name: Answer(value) for name, value in answers.items()}
                new = Report(f"L-{code}-{on}", form.key, *key, given, None, post.now, post.now)
                assert accept(post.connection, form, new, ZONE)
    return post


@pytest.mark.parametrize("few", [0, 100])
@pytest.mark.parametrize("each", [True, False])
def test_residents_are_told_of_its_members_of_each_day(grouped: Post, few: int, each: bool) -> None:
    form, tree = forms.version(grouped.connection, "ledger", "1"), units.tree(grouped.connection)
    root, group = tree.known("9", LAST), tree.known("C", LAST)
    read = known(grouped.connection, Wanted(form, form.indicators, (root, group), DAYS, each=each), Areas(tree), few)

    def told(name: str) -> list[object]:
        of = read.history(group, form.by_name[name])
        return [value.low if isinstance(value := of[on].value, Amount) else None for on in DAYS]

    assert told("ill") == [101, 101, 1]
    assert told("beds") == [202, 202, 2]
    assert told("ever") == [101, 202, 23]
    of_all = summed(read, group, form.by_name["ill"], DAYS)
    assert of_all is not None
    assert isinstance(of_all.value, Amount)
    assert of_all.value.low == 203


@pytest.mark.parametrize("few", [0, 100])
@pytest.mark.parametrize("each", [True, False])
def test_of_a_group_that_nobody_is_left_in_it_is_told_what_it_had(grouped: Post, few: int, each: bool) -> None:
    form, tree = forms.version(grouped.connection, "ledger", "1"), units.tree(grouped.connection)
    group, ill = tree.known("D", LAST), form.by_name["ill"]
    read = known(grouped.connection, Wanted(form, (ill,), (group,), DAYS, each=each), Areas(tree), few)
    of_all = summed(read, group, ill, DAYS)
    assert of_all is not None
    assert isinstance(of_all.value, Amount)
    assert of_all.value.low == 200


def test_so_are_its_leaders(grouped: Post) -> None:
    form, tree = forms.version(grouped.connection, "ledger", "1"), units.tree(grouped.connection)
    group = tree.known("C", LAST)
    of = digest_evidence(grouped.connection, form, group, DAYS, grouped.now, ZONE, tree=tree)
    values = {name: total(of, form.by_name[name], of.units, DAYS).value for name in ("ill", "beds", "ever")}
    assert values == {"ill": 203, "beds": 2, "ever": 23}
