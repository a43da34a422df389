"""A form is retired and taken up again: for what lay between nobody owed a report, whoever asks and in whatever span."""

from datetime import date, timedelta

import pytest

from reporting.errors import Refused
from reporting.figures.areas import Areas
from reporting.figures.known import Wanted, summed
from reporting.rounds.standings import Coverage
from services.named_periods import periods_named
from services.publish_form import publish_form
from services.read_digest import evidence_of
from services.retire_form import retire_form
from storage.figures.public import known
from storage.reports import forms
from storage.schedule import rounds
from storage.schedule.streaks import streaks
from tests.services.test_reporters import FIRST, FORM, ZONE, Post, engine, post
from understanding import Span

__all__ = ["engine", "post"]
STOPPED, AGAIN = FIRST + timedelta(days=2), FIRST + timedelta(days=5)
LAST = FIRST + timedelta(days=7)
PUBLIC = FORM.replace("| kind |", "| kind | visibility |").replace(
    "|---|---|---|---|\n| | integer | ill", "|---|---|---|---|---|\n| | integer | ill"
)
PUBLIC = PUBLIC.replace("| flow |", "| flow | public |").replace("| stock |", "| stock | public |")


@pytest.fixture
def again(post: Post) -> Post:
    """Reported on the two days before the form was retired, and on two of the three days after it was taken up again."""
    publish_form(
        post.connection, PUBLIC.replace("| watch | 1 |", "| watch | 2 |").encode(), "w.md", FIRST, post.now, ZONE
    )
    for day in range(8):
        on = FIRST + timedelta(days=day)
        if on == STOPPED:
            retire_form(post.connection, "watch", STOPPED, post.now)
        if on == AGAIN:
            new = PUBLIC.replace("| watch | 1 |", "| watch | 3 |").encode()
            publish_form(post.connection, new, "w.md", AGAIN, post.now, ZONE)
        if on < STOPPED or AGAIN <= on < LAST:
            post.sends(post.nam, ill=1 + day, beds=7)
        if on < LAST:
            post.now += timedelta(days=1)
    post.now += timedelta(hours=4)
    return post


def test_of_a_day_between_nothing_is_told(again: Post) -> None:
    (form,) = again.context.forms
    day = STOPPED + timedelta(days=1)
    with pytest.raises(Refused, match="days_no_form"):
        periods_named(again.context, form, Span("date", day, day))
    assert forms.published(again.connection, "watch", day) is None


def test_a_span_over_it_has_the_reports_that_were_owed(again: Post) -> None:
    (form,) = again.context.forms
    periods = periods_named(again.context, form, Span("range", FIRST, LAST))
    assert periods == [FIRST + timedelta(days=count) for count in (0, 1, 5, 6, 7)]
    (root,) = again.context.tree.roots(again.today)
    evidence = evidence_of(again.context, form, root, periods)
    assert evidence is not None
    assert evidence.coverage == Coverage(4, 5)


def test_residents_are_told_of_as_many(again: Post) -> None:
    (form,) = again.context.forms
    (root,) = again.context.tree.roots(again.today)
    ill, days = form.by_name["ill"], tuple(FIRST + timedelta(days=count) for count in range(8))
    read = known(again.connection, Wanted(form, (ill,), (root,), days), Areas(again.context.tree))
    of = summed(read, root, ill, days)
    assert of is not None
    assert of.coverage == Coverage(4, 5)


def test_a_streak_goes_over_it(again: Post) -> None:
    form = forms.published(again.connection, "watch", LAST)
    assert form is not None
    found = rounds.standings(again.connection, form, LAST, again.context.tree, again.now, ZONE)
    assert streaks(again.connection, form, LAST, found, again.context.tree, again.now) == {again.unit.id: 1}
    again.now += timedelta(days=1)
    found = rounds.standings(again.connection, form, again.today, again.context.tree, again.now, ZONE)
    assert streaks(again.connection, form, again.today, found, again.context.tree, again.now) == {again.unit.id: 2}


def test_a_unit_that_has_not_reported_since_has_missed_what_it_owed_before_too(post: Post) -> None:
    retire_form(post.connection, "watch", STOPPED, post.now)
    post.now += timedelta(days=7)
    publish_form(post.connection, FORM.replace("| watch | 1 |", "| watch | 2 |").encode(), "w.md", LAST, post.now, ZONE)
    post.now += timedelta(hours=4)
    (form,) = post.context.forms
    found = rounds.standings(post.connection, form, LAST, post.context.tree, post.now, ZONE)
    assert streaks(post.connection, form, LAST, found, post.context.tree, post.now) == {post.unit.id: 3}


def test_the_first_time_is_not_forgotten_when_it_is_retired_once_more(again: Post) -> None:
    retire_form(again.connection, "watch", LAST, again.now)
    for day in (STOPPED, AGAIN - timedelta(days=1), LAST):
        assert forms.published(again.connection, "watch", day) is None, day
    for day in (STOPPED - timedelta(days=1), AGAIN):
        assert forms.published(again.connection, "watch", day) is not None, day
    source = PUBLIC.replace("| watch | 1 |", "| watch | 3 |").encode()
    publish_form(again.connection, source, "w.md", LAST, again.now, ZONE)
    assert forms.published(again.connection, "watch", STOPPED) is None
    found = forms.published(again.connection, "watch", date(2021, 12, 1))
    assert found is not None
    assert (found.schedule.until, found.schedule.rests) == (None, ((STOPPED, AGAIN),))


@pytest.mark.parametrize("day", [FIRST + timedelta(days=1), STOPPED, AGAIN - timedelta(days=1)])
def test_from_before_the_end_of_a_rest_it_is_not_retired_or_the_rest_would_be_forgotten(again: Post, day: date) -> None:
    with pytest.raises(Refused, match="form_rested") as refused:
        retire_form(again.connection, "watch", day, again.now)
    assert refused.value.values == {"form": "watch", "until": STOPPED, "again": AGAIN}
    assert forms.rests_of(again.connection, "watch") == ((STOPPED, AGAIN),)


def test_retired_from_the_end_of_the_rest_and_taken_up_from_there_it_has_its_rest(again: Post) -> None:
    retire_form(again.connection, "watch", AGAIN, again.now)
    for count in range(2, 9):
        assert forms.published(again.connection, "watch", FIRST + timedelta(days=count)) is None, count
    forms.publish(again.connection, PUBLIC.replace("| watch | 1 |", "| watch | 3 |").encode(), "w.md", AGAIN, again.now)
    assert forms.rests_of(again.connection, "watch") == ((STOPPED, AGAIN),)
    assert forms.published(again.connection, "watch", STOPPED) is None
    assert forms.published(again.connection, "watch", AGAIN) is not None


def test_a_version_that_never_ended_since_a_newer_one_had_done_so_ends_too(post: Post) -> None:
    second, third = (FORM.replace("| watch | 1 |", f"| watch | {number} |").encode() for number in (2, 3))
    publish_form(post.connection, second, "w.md", FIRST + timedelta(days=5), post.now, ZONE)
    retire_form(post.connection, "watch", FIRST + timedelta(days=7), post.now)
    forms.publish(post.connection, third, "w.md", FIRST + timedelta(days=2), post.now)
    retire_form(post.connection, "watch", FIRST + timedelta(days=3), post.now)
    for count in range(3, 9):
        assert forms.published(post.connection, "watch", FIRST + timedelta(days=count)) is None, count


def test_the_version_before_the_rest_is_published_anew_and_nothing_changes(again: Post) -> None:
    source = PUBLIC.replace("| watch | 1 |", "| watch | 2 |").encode()
    for _ in range(2):
        assert not forms.publish(again.connection, source, "w.md", FIRST, again.now)[1]
        found = forms.published(again.connection, "watch", LAST)
        assert found is not None
        assert found.schedule.rests == ((STOPPED, AGAIN),)


def test_it_begins_earlier_and_the_rest_stays(again: Post) -> None:
    source, earlier = PUBLIC.replace("| watch | 1 |", "| watch | 2 |").encode(), FIRST - timedelta(days=1)
    assert forms.publish(again.connection, source, "w.md", earlier, again.now)[1]
    assert forms.published(again.connection, "watch", earlier) is not None
    assert forms.published(again.connection, "watch", STOPPED) is None


def test_on_the_first_day_before_it_opens_that_day_is_the_current_one(post: Post) -> None:
    retire_form(post.connection, "watch", STOPPED, post.now)
    new = FORM.replace("| version | due |", "| version | opens | due |").replace("| 16:30 |", "| 17:00 | 18:00 |")
    new = new.replace("|---|---|---|---|---|\n| | watch | 1 |", "|---|---|---|---|---|---|\n| | watch | 2 |")
    publish_form(post.connection, new.encode(), "w.md", AGAIN, post.now, ZONE)
    post.now += AGAIN - FIRST  # 16:00 there
    (form,) = post.context.forms
    assert periods_named(post.context, form, None) == [AGAIN]
