"""Forms change and go: what becomes of drafts, of history, and of the last report."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from handlers.reporters.edits import could_be
from reporting.access import Actor
from reporting.answers import Answer
from reporting.errors import Refused
from reporting.filling.line_results import Lines
from reporting.filling.moves import Filling
from reporting.filling.tasks import Task
from reporting.translator import translator
from services.approve import approve
from services.correct_report import change_figures, open_correction
from services.draft_session import filling_of
from services.export_as_now import export_figures_as_now
from services.export_figures import export_figures
from services.form_candidate import may_keep_forms
from services.open_report import open_draft, open_tasks
from services.propose_indicator import MOST_OPEN, begin_writing, submit_written, write_part
from services.publish_form import PublishedForm, publish_form
from services.retire_form import retire_form
from services.waiting_reviews import awaiting_approval, report_numbered_for_review
from storage.database.tables import metadata
from storage.figures import figures
from storage.reports import drafts, forms
from tests.services.test_reporters import FIRST, FORM, ZONE, Post, engine, post

__all__ = ["engine", "post"]
NEXT = FIRST + timedelta(days=1)


def publishes(post: Post, version: str, on: date, *changes: tuple[str, str]) -> PublishedForm:
    text = FORM.replace("| watch | 1 |", f"| watch | {version} |")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return publish_form(post.connection, text.encode(), "watch.md", on, post.now, ZONE)


def test_a_draft_goes_on_in_the_version_of_its_period(post: Post) -> None:
    post.fills(post.nam, ill=3)
    done = publishes(post, "2", NEXT, ("| Beds |", "| All beds |"))
    assert done.carried == ()
    found = drafts.of_unit(post.connection, "watch", post.unit.id, FIRST)
    assert found is not None
    assert found[1].version == "1"


def test_a_draft_for_a_day_from_which_the_form_is_another_is_carried_over(post: Post) -> None:
    post.fills(post.nam, ill=3, beds=7)
    done = publishes(post, "2", FIRST, ("| integer | beds |", "| decimal | beds |"))
    (told,) = done.carried
    assert (told.to, told.kept, [each.name for each in told.asked_again]) == (post.nam, 1, ["beds"])
    found = drafts.of_unit(post.connection, "watch", post.unit.id, FIRST)
    assert found is not None
    draft, form = found
    assert (form.version, draft.state, draft.at, dict(draft.answers)) == ("2", "asking", "beds", {"ill": Answer(3)})


def test_a_correction_goes_on_in_the_version_of_its_report(post: Post) -> None:
    post.sends(post.nam, ill=3, beds=7)
    open_correction(post.context, post.nam, post.sent())
    assert publishes(post, "2", FIRST, ("| Beds |", "| All beds |")).carried == ()
    assert post.sent().form.version == "1"


def test_a_report_that_is_opened_late_is_asked_by_the_version_of_its_day(post: Post) -> None:
    publishes(post, "2", NEXT, ("| Beds |", "| All beds |"))
    post.now += timedelta(days=1)
    (form,) = post.context.forms
    assert form.version == "2"
    opened = open_draft(post.context, post.nam, post.nam.address, Task(form, post.unit, FIRST))
    assert isinstance(opened, Filling)
    assert opened.form.version == "1"


def test_an_indicator_that_comes_back_as_another_is_refused(post: Post) -> None:
    post.sends(post.nam, ill=3, beds=7)
    publishes(post, "2", NEXT, ("| | integer | beds | Beds | stock |\n", ""))
    with pytest.raises(Refused, match="form_history_kind"):
        publishes(post, "3", NEXT, ("| stock |", "| flow |"))
    assert [each.version for each in forms.versions(post.connection, "watch")] == ["1", "2"]
    publishes(post, "3", NEXT)


def test_the_last_report_of_a_form_that_is_retired_may_still_come(post: Post) -> None:
    done = retire_form(post.connection, "watch", NEXT, post.now)
    assert (done.is_new, done.dropped, done.received) == (True, (), 0)
    post.now += timedelta(days=1)
    duties = post.context.duties(post.nam)
    assert [each.period for each in open_tasks(post.context, duties)] == [FIRST]
    post.now += timedelta(days=1)
    assert open_tasks(post.context, duties) == []
    assert post.context.forms == []
    assert [each.key for each in post.context.told_forms] == ["watch"]


def test_a_retired_form_takes_its_drafts_along_and_comes_back_when_it_is_published_again(post: Post) -> None:
    post.fills(post.nam, ill=3)
    (told,) = retire_form(post.connection, "watch", FIRST, post.now).dropped
    assert (told.to, told.period) == (post.nam, FIRST)
    assert drafts.of_unit(post.connection, "watch", post.unit.id, FIRST) is None
    assert drafts.at(post.connection, post.nam.address) is None
    assert forms.published(post.connection, "watch", FIRST) is None
    again = publish_form(post.connection, FORM.encode(), "watch.md", FIRST, post.now, ZONE)
    assert again.is_new
    assert forms.published(post.connection, "watch", FIRST) is not None
    retire_form(post.connection, "watch", FIRST, post.now)
    with pytest.raises(Refused, match="form_version_over"):
        publish_form(post.connection, FORM.encode(), "watch.md", NEXT, post.now, ZONE)
    assert post.audited() == ["form retired", "form", "form retired"]


def test_a_form_is_kept_by_an_admin_at_the_top(post: Post) -> None:
    assert not may_keep_forms(post.context, post.nam)
    assert not may_keep_forms(post.context, None)


def test_somebody_who_proposes_without_end_is_asked_to_wait(post: Post) -> None:
    for _ in range(MOST_OPEN):
        begin_writing(post.context, post.nam, post.nam.address, "Households without water")
        write_part(post.context, post.nam, post.nam.address, "why", "They ask")
        assert submit_written(post.context, post.nam, post.nam.address) == []
    with pytest.raises(Refused, match="proposal_enough"):
        begin_writing(post.context, post.nam, post.nam.address, "One more")
    with pytest.raises(Refused, match="proposal_long"):
        begin_writing(post.context, post.hoa, post.hoa.address, "x" * 501)
    table = metadata.tables["proposal"]
    assert set(post.connection.execute(select(table.c.state)).scalars()) == {"open"}


def test_a_correction_leaves_later_days_the_figures_of_their_own_version(post: Post) -> None:
    post.sends(post.nam, ill=3, beds=7)
    publishes(post, "2", NEXT, ("| Beds | stock |\n", "| Beds | stock |\n| | integer | deaths | Deaths | flow |\n"))
    post.now += timedelta(days=1)
    post.sends(post.nam, ill=1, beds=7, deaths=2)
    first = drafts.of_unit(post.connection, "watch", post.unit.id, FIRST)
    assert first is not None
    corrected = filling_of(post.context, *first)
    lines = Lines({"ill": Answer(4)})
    change_figures(post.context, post.nam, post.nam.address, corrected, lambda _: lines, 1, reason="Sót một ca")
    assert figures.of_period(post.connection, "watch", post.unit.id, FIRST)["ill"].value == 4
    assert {name: post.figure(name) for name in ("ill", "beds", "deaths")} == {"ill": 1, "beds": 7, "deaths": 2}


def test_figures_of_a_question_that_is_asked_no_more_are_exported(post: Post) -> None:
    post.sends(post.nam, ill=3, beds=7)
    publishes(post, "2", NEXT, ("| | integer | beds | Beds | stock |\n", ""))
    post.now += timedelta(days=1)
    post.sends(post.nam, ill=1)
    rows = [(FIRST, "11", "ill", 3), (FIRST, "11", "beds", 7), (NEXT, "11", "ill", 1)]
    days = (date.min, date.max, post.today)
    assert [tuple(each[:4]) for each in export_figures(post.connection, *days)] == rows
    assert [tuple(each[:4]) for each in export_figures_as_now(post.connection, *days).rows] == rows


def test_what_a_version_to_come_leaves_out_is_exported_until_then_and_after(post: Post) -> None:
    post.sends(post.nam, ill=3, beds=7)
    publishes(post, "2", NEXT, ("| | integer | beds | Beds | stock |\n", ""))
    found = export_figures(post.connection, FIRST, FIRST, post.today)
    assert [each.indicator for each in found] == ["ill", "beds"]


def test_a_figure_is_known_by_the_version_of_its_report(post: Post) -> None:
    post.sends(post.nam, ill=3, beds=7)
    publishes(post, "2", NEXT, ("| | integer | beds | Beds | stock |\n", "| | integer | tents | Tents | stock |\n"))
    post.now += timedelta(days=1)
    (form,), words = post.context.forms, translator("vi")
    for day, known in ((FIRST, "Beds 5"), (NEXT, "Tents 5")):
        task = Task(form, post.unit, day)
        assert [could_be(post.context, task, each, words) for each in ("Beds 5", "Tents 5")] == [
            known == each for each in ("Beds 5", "Tents 5")
        ]


def test_a_form_that_has_history_keeps_its_periods(post: Post) -> None:
    weekly = (
        ("| version | due |", "| version | period | due |"),
        ("|---|---|---|---|---|\n| | watch", "|---|---|---|---|---|---|\n| | watch"),
        ("| 16:30 |", "| weekly | 16:30 |"),
    )
    done = publishes(post, "2", NEXT, *weekly)
    assert done.is_new, "nothing was ever reported by days"
    publishes(post, "3", NEXT)
    post.sends(post.nam, ill=3, beds=7)
    with pytest.raises(Refused, match="form_history_period") as refused:
        publishes(post, "4", NEXT, *weekly)
    assert (refused.value.values["before"], refused.value.values["after"]) == ("daily", "weekly")
    publishes(post, "5", NEXT)


APPROVED = (
    ("| version | due |", "| version | approval | due |"),
    ("|---|---|---|---|---|\n| | watch", "|---|---|---|---|---|---|\n| | watch"),
    ("| 16:30 |", "| chair | 16:30 |"),
)


def waits(post: Post) -> list[str]:
    actor = Actor(post.ba, tuple(post.context.duties(post.ba)))
    return [each.report.number for each in awaiting_approval(post.context, actor)]


def accepted(post: Post, name: str) -> list[object]:
    found = figures.of_period(post.connection, "watch", post.unit.id, FIRST, accepted=True)
    return [each.value for each in found.values() if each.indicator == name]


def test_what_waits_by_an_earlier_version_is_approved_by_it(post: Post) -> None:
    publishes(post, "2", FIRST, *APPROVED)
    post.sends(post.nam, ill=3, beds=7)
    post.now += timedelta(days=1)
    publishes(post, "3", NEXT)
    assert waits(post) == ["W-11-011121-1"]
    form, unit, report = report_numbered_for_review(post.context, "W-11-011121-1")
    actor = Actor(post.ba, tuple(post.context.duties(post.ba)))
    assert accepted(post, "ill") == []
    assert approve(post.context, actor, form, unit, FIRST, report.revision).state == "approved"
    assert (accepted(post, "ill"), waits(post)) == ([3], [])


def test_what_waits_on_the_day_from_which_nobody_is_asked_stands(post: Post) -> None:
    publishes(post, "2", FIRST, *APPROVED)
    post.sends(post.nam, ill=3, beds=7)
    assert (accepted(post, "ill"), waits(post)) == ([], ["W-11-011121-1"])
    publishes(post, "3", FIRST)
    assert (accepted(post, "ill"), waits(post)) == ([3], [])
    assert post.audited()[-1] == "approved"
