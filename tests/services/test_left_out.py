"""A running total that a version of the form leaves out and a later one has again goes on, with what was reported in between."""

from dataclasses import replace
from datetime import timedelta

import pytest

from reporting.answers import Answer
from reporting.archive import ArchiveLine
from reporting.figures.areas import Areas
from reporting.figures.known import Wanted
from reporting.figures.told_amounts import Amount
from reporting.filling.line_results import Lines
from reporting.filling.moves import Filling
from reporting.filling.tasks import Task
from services.correct_report import change_figures
from services.draft_session import filling_of
from services.import_history import take_in
from services.open_report import open_draft
from services.publish_form import publish_form
from services.submit_report import Accepted, submit
from storage.figures import figures
from storage.figures.public import known
from storage.reports import drafts, forms
from storage.reports.left_out import versions_leaving_out
from tests.services.test_reporters import FIRST, ZONE, Post, engine, post

__all__ = ["engine", "post"]
FORM = """| settings | form_id | version | due | closes | default_language |
|---|---|---|---|---|---|
| | watch | {version} | 16:30 | 20:00+9d | vi |

| survey | type | name | label | kind | visibility | calculation |
|---|---|---|---|---|---|---|
| | integer | ill | Ill | flow | public | |
"""
EVER = "| | calculate | ever | Ill ever | total | public | coalesce(${last-saved#ever}, 0) + coalesce(${ill}, 0) |\n"


@pytest.fixture
def again(post: Post) -> Post:
    """With the total on the first day, without it on the next two, and with it from the fourth on."""
    for version, day, more in ((2, 0, EVER), (3, 1, ""), (4, 3, EVER)):
        source = FORM.format(version=version).encode() + more.encode()
        publish_form(post.connection, source, "w.md", FIRST + timedelta(days=day), post.now, ZONE)
    return post


def sends(post: Post, day: int, ill: int | None) -> None:
    """None: not known."""
    post.now = max(post.now, post.now.replace(day=1 + day))
    form = forms.published(post.connection, "watch", FIRST + timedelta(days=day))
    assert form is not None
    answer = Answer(ill) if ill is not None else Answer(None, "unknown")
    opened = open_draft(post.context, post.nam, post.nam.address, Task(form, post.unit, FIRST + timedelta(days=day)))
    assert isinstance(opened, Filling)
    filling = opened.with_draft(replace(opened.draft, answers={"ill": answer})).settled()
    assert isinstance(submit(post.context, post.nam, post.nam.address, filling, is_sure=True), Accepted)


def corrects(post: Post, day: int, ill: int) -> None:
    found = drafts.of_unit(post.connection, "watch", post.unit.id, FIRST + timedelta(days=day))
    assert found is not None
    lines = Lines({"ill": Answer(ill)})
    change_figures(
        post.context, post.nam, post.nam.address, filling_of(post.context, *found), lambda _: lines, 1, reason="Sót"
    )


def ever(post: Post, days: int = 5) -> list[object]:
    on = [FIRST + timedelta(days=day) for day in range(days)]
    found = [figures.of_period(post.connection, "watch", post.unit.id, day).get("ever") for day in on]
    return [each.value if each is not None else None for each in found]


def test_it_goes_on_with_what_was_reported_in_between(again: Post) -> None:
    for day, ill in enumerate((3, 4, 10, 5, 6)):
        sends(again, day, ill)
    assert ever(again) == [3, None, None, 22, 28]
    form = forms.published(again.connection, "watch", FIRST + timedelta(days=4))
    assert form is not None
    (root,) = again.context.tree.roots(again.today)
    wanted = Wanted(form, (form.by_name["ever"],), (root,), (FIRST + timedelta(days=4),))
    of = known(again.connection, wanted, Areas(again.context.tree)).history(root, form.by_name["ever"])
    assert isinstance(value := of[FIRST + timedelta(days=4)].value, Amount)
    assert value.low == 28


def test_a_correction_and_a_late_report_of_a_day_in_between_reach_it(again: Post) -> None:
    for day, ill in ((0, 3), (1, 4), (3, 5), (4, 6)):
        sends(again, day, ill)
    assert ever(again) == [3, None, None, 12, 18]
    corrects(again, 1, 40)
    assert ever(again) == [3, None, None, 48, 54]
    sends(again, 2, 100)
    assert ever(again) == [3, None, None, 148, 154]
    corrects(again, 1, 4)
    assert ever(again) == [3, None, None, 112, 118]
    corrects(again, 0, 1)
    assert ever(again) == [1, None, None, 110, 116]


def test_what_was_not_known_in_between_keeps_it_open_until_it_is(again: Post) -> None:
    for day, ill in ((0, 3), (1, None), (2, 4), (3, 5), (4, 6)):
        sends(again, day, ill)
    assert ever(again) == [3, None, None, None, None]
    corrects(again, 1, 7)
    assert ever(again) == [3, None, None, 19, 25]


def test_a_unit_that_reports_first_while_it_is_left_out_has_that_in_it(again: Post) -> None:
    for day, ill in ((1, 4), (2, None), (3, 5), (4, 6)):
        sends(again, day, ill)
    assert ever(again) == [None, None, None, None, None]
    corrects(again, 2, 10)
    assert ever(again) == [None, None, None, 19, 25]


def test_history_in_between_is_in_it(again: Post) -> None:
    sends(again, 0, 3)
    again.now += timedelta(days=2)
    take_in(again.connection, [ArchiveLine(2, FIRST + timedelta(days=1), "11", "ill", "20")], again.now, ZONE)
    for day, ill in ((3, 5), (4, 6)):
        sends(again, day, ill)
    assert ever(again) == [3, None, None, 28, 34]


def test_which_versions_leave_it_out(again: Post) -> None:
    assert versions_leaving_out(again.connection, "watch") == ["3"]
