"""A day is corrected of which a later one reads past the days between: what these leave open, they have from before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from reporting.answers import Answer
from reporting.archive import ArchiveLine
from reporting.filling.line_results import Lines
from services.correct_report import change_figures
from services.draft_session import filling_of
from services.import_history import take_in
from services.publish_form import publish_form
from services.submit_report import Accepted, submit
from storage.figures import figures
from storage.reports import drafts
from storage.reports.accepting import Stands
from tests.services.test_reporters import FIRST, ZONE, Post, engine, post

__all__ = ["engine", "post"]
FORM = """| settings | form_id | version | due | closes | default_language |
|---|---|---|---|---|---|
| | watch | 2 | 16:30 | 20:00+9d | vi |

| survey | type | name | label | kind | calculation |
|---|---|---|---|---|---|
| | integer | doses | Doses ever | total | |
| | calculate | more | Doses of the day | flow | ${doses} - coalesce(${last-saved#doses}, 0) |
"""
ALONE = FORM.replace("| | integer | doses | Doses ever | total | |", "| | integer | ill | Ill | | |").replace(
    "more | Doses of the day | flow | ${doses} - coalesce(${last-saved#doses}, 0)",
    "ever | Ill ever | total | coalesce(${last-saved#ever}, 0) + ${ill}",
)


def sends(post: Post, name: str, *values: int | None) -> None:
    """Day after day; None: not known."""
    for value in values:
        answer = Answer(value) if value is not None else Answer(None, "unknown")
        filling = post.opens(post.nam)
        filled = filling.with_draft(replace(filling.draft, answers={name: answer})).settled()
        assert isinstance(submit(post.context, post.nam, post.nam.address, filled, is_sure=True), Accepted)
        post.now += timedelta(days=1)


def corrects(post: Post, name: str, value: int) -> None:
    """The first day."""
    found = drafts.of_unit(post.connection, "watch", post.unit.id, FIRST)
    assert found is not None
    lines = Lines({name: Answer(value)})
    filling = filling_of(post.context, *found)
    change_figures(post.context, post.nam, post.nam.address, filling, lambda _: lines, 1, reason="Sót")


def figures_of(post: Post, name: str, count: int = 3) -> list[object]:
    days = [FIRST + timedelta(days=after) for after in range(count)]
    found = [figures.of_period(post.connection, "watch", post.unit.id, day).get(name) for day in days]
    return [each.value if each is not None else None for each in found]


def test_the_day_after_one_that_left_its_total_open_follows(post: Post) -> None:
    publish_form(post.connection, FORM.encode(), "w.md", FIRST, post.now, ZONE)
    sends(post, "doses", 100, None, 150)
    assert figures_of(post, "more") == [100, None, 50]
    corrects(post, "doses", 120)
    assert figures_of(post, "more") == [120, None, 30]


def test_the_same_in_the_archive_and_among_reports(post: Post) -> None:
    publish_form(post.connection, FORM.encode(), "w.md", FIRST, post.now, ZONE)
    post.now += timedelta(days=1)
    sends(post, "doses", None, 150)
    for value, more in ((100, 50), (120, 30)):
        take_in(post.connection, [ArchiveLine(2, FIRST, "11", "doses", str(value))], post.now, ZONE)
        assert figures_of(post, "more") == [value, None, more]


def test_days_of_which_no_figure_could_be_told_follow_when_it_can(post: Post) -> None:
    publish_form(post.connection, ALONE.encode(), "w.md", FIRST, post.now, ZONE)
    sends(post, "ill", None, 5, 7)
    assert figures_of(post, "ever") == [None, None, None]
    corrects(post, "ill", 3)
    assert figures_of(post, "ever") == [3, 8, 15]


SELDOM = FORM.replace("| | integer | doses", "| | integer | beds | Beds | stock | |\n| | integer | doses")


def sends_all(post: Post, beds: int, doses: int | None) -> None:
    filling = post.opens(post.nam)
    total = Answer(doses) if doses is not None else Answer(None, "unknown")
    filled = filling.with_draft(replace(filling.draft, answers={"beds": Answer(beds), "doses": total})).settled()
    assert isinstance(submit(post.context, post.nam, post.nam.address, filled, is_sure=True), Accepted)
    post.now += timedelta(days=1)


def test_days_are_worked_out_anew_only_as_far_as_something_that_moved_is_read(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_form(post.connection, SELDOM.encode(), "w.md", FIRST, post.now, ZONE)
    for beds, doses in ((4, 100), (5, None), (6, None), (7, 150), (8, 160)):
        sends_all(post, beds, doses)
    looked_at: list[date] = []
    read = figures.of_period

    def hears(connection: Connection, form: str, unit_id: int, period: date, *, accepted: bool = False) -> Stands:
        looked_at.append(period)
        return read(connection, form, unit_id, period, accepted=accepted)

    monkeypatch.setattr(figures, "of_period", hears)
    corrects(post, "beds", 9)
    assert max(looked_at) == FIRST + timedelta(days=1)
    corrects(post, "doses", 120)
    assert max(looked_at) == FIRST + timedelta(days=4)
    assert figures_of(post, "more", 5) == [120, None, None, 30, 10]
