"""A week in which units were merged or divided: what is proposed for it has the days before, or says that it lacks them."""

from datetime import UTC, date, datetime, timedelta

from reporting.answers import Answer
from reporting.filling.summed_up import SummedUp
from reporting.reports import Report
from reporting.unit_list import read_units
from services.context import Context
from services.submit_report import accept
from services.sum_up import sum_up
from storage.figures import figures
from storage.organisation import units
from storage.reports import drafts, forms
from tests.channels import CHANNELS
from tests.services.test_reporters import ZONE, Post, engine, post

__all__ = ["engine", "post"]
MONDAY, MERGED, SUNDAY = date(2021, 11, 8), date(2021, 11, 11), date(2021, 11, 14)
UNITS = """code,name,kind,parent,aliases,since,until
1,Huyện,huyện,,,,
11,A,xã,1,,,2021-11-11
12,B,xã,1,,,2021-11-11
21,C,xã,1,,,2021-11-11
13,Mới,xã,1,A;B,2021-11-11,
22,C Một,xã,1,C,2021-11-11,
23,C Hai,xã,1,C,2021-11-11,
"""
WEEKLY = """| settings | form_id | version | period | due | default_language |
|---|---|---|---|---|---|
| | week | 1 | weekly | 16:30 | vi |

| survey | type | name | label | kind |
|---|---|---|---|---|
| | integer | ill | Ill | flow |
| | integer | beds | Beds | stock |
"""
WEIGHTS = {"11": 1, "12": 10, "13": 100, "21": 1000, "22": 10000, "23": 100000}


def proposed(post: Post, code: str) -> dict[str, tuple[object, int, int]]:
    """What is proposed for the week: the value, and of how many reports out of how many."""
    now = datetime(2021, 11, 14, 10, tzinfo=UTC)
    context = Context(post.connection, now, ZONE, units.tree(post.connection), CHANNELS)
    form, unit = forms.published(post.connection, "week", SUNDAY), context.tree.known(code, SUNDAY)
    assert form is not None
    found = sum_up(context, drafts.begin(post.connection, form, unit.id, SUNDAY), form)
    return {name: _said(of) for name, of in found.items()}


def _said(of: SummedUp) -> tuple[object, int, int]:
    return of.value, of.received, of.owed


def reports_come(post: Post, *, but: tuple[str, date], listed: str = UNITS) -> None:
    """Every day of the week each unit reports its weight, but one on one day."""
    units.put(post.connection, read_units(listed))
    forms.publish(post.connection, WEEKLY.encode(), "week.md", MONDAY, post.now)
    tree, form = units.tree(post.connection), forms.published(post.connection, "watch", MONDAY)
    assert form is not None
    for on in (MONDAY + timedelta(days=count) for count in range(7)):
        for code, weight in WEIGHTS.items():
            unit = tree.find(code, on)
            if unit is None or (code, on) == but:
                continue
            answers = {"ill": Answer(weight), "beds": Answer(weight * on.day)}
            key = (form.version, unit.id, on, 1)
            accept(
                post.connection,
                form,
                Report(f"W-{code}-{on}", form.key, *key, answers, None, post.now, post.now),
                ZONE,
            )


def test_what_the_former_units_reported_before_is_in_the_week(post: Post) -> None:
    reports_come(post, but=("12", MONDAY))
    assert proposed(post, "13") == {"ill": (3 * 1 + 2 * 10 + 4 * 100, 9, 10), "beds": (1400, 4, 4)}


def test_of_a_unit_that_was_divided_the_days_before_are_lacking_and_counted_so(post: Post) -> None:
    reports_come(post, but=("", MONDAY))
    assert proposed(post, "22") == {"ill": (40000, 4, 7), "beds": (140000, 4, 4)}


def test_a_unit_that_was_there_all_week_has_its_own_alone(post: Post) -> None:
    units.put(post.connection, read_units("code,name,kind,parent\n1,Huyện,huyện,\n31,D,xã,1\n"))
    reports_come(post, but=("", MONDAY))
    assert proposed(post, "31") == {}


def test_of_a_unit_that_stands_and_took_another_in_the_days_of_that_are_in_the_week(post: Post) -> None:
    joined = UNITS.replace("12,B,xã,1,,,2021-11-11\n", "12,B,xã,1,A,,\n").replace("A;B", "")
    reports_come(post, but=("12", MONDAY), listed=joined)
    assert proposed(post, "12") == {"ill": (3 * 1 + 6 * 10, 9, 10), "beds": (140, 6, 7)}


def test_an_opening_figure_of_the_days_before_a_unit_began_is_not_added_to_what_its_former_ones_reported(
    post: Post,
) -> None:
    reports_come(post, but=("12", MONDAY))
    tree, form = units.tree(post.connection), forms.published(post.connection, "watch", MONDAY)
    assert form is not None
    opening = {"as_of": post.now, "revision": 1, "source": "import"}
    before, new = MERGED - timedelta(days=1), tree.known("13", MERGED)
    figures.put(post.connection, form, new.id, before, {"ill": 9, "beds": 77}, **opening)  # type: ignore[arg-type]
    assert proposed(post, "13") == {"ill": (3 * 1 + 2 * 10 + 4 * 100, 9, 10), "beds": (1400, 5, 5)}
