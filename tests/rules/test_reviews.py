"""Where a report stands, by the steps that were taken about its revisions."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.leaders.comment_asked import CommentAsked, comment_asked
from reporting.forms import Tier
from reporting.people import Address, Person
from reporting.reports import Report
from reporting.reviews import Review, ReviewStep, reviewed
from reporting.rounds.moments import reminds_between
from reporting.xlsforms.reading import read_form

NOW = datetime(2021, 11, 10, 10, tzinfo=UTC)
DAY = date(2021, 11, 10)
BOTH: tuple[Tier, ...] = ("chair", "leader")


def report(revision: int = 1, *, accepted: bool = False) -> Report:
    return Report("B-11-1", "beds", "1", 11, DAY, revision, {}, 1, NOW, NOW, provisional=not accepted)


def steps(*taken: tuple[ReviewStep, Tier | str, int]) -> list[Review]:
    """What was done, as which tier, about which revision; a minute after the other."""
    return [
        Review(at, "beds", 11, DAY, revision, step, tier, (), "", 2, NOW + timedelta(minutes=at))  # type: ignore[arg-type]  # a tier
        for at, (step, tier, revision) in enumerate(taken, 1)
    ]


def test_what_nobody_has_looked_at_is_received_and_waits_for_the_first_tier() -> None:
    here = reviewed(report(), BOTH, ())
    assert (here.state, here.next_tier(), here.awaits_approval, here.since) == ("received", "chair", True, NOW)
    assert reviewed(report(accepted=True), (), ()).next_tier() is None


def test_each_tier_waits_for_the_one_before() -> None:
    once = reviewed(report(), BOTH, steps(("approved", "chair", 1)))
    assert (once.state, once.passed, once.next_tier()) == ("received", 1, "leader")
    twice = reviewed(report(accepted=True), BOTH, steps(("approved", "chair", 1), ("approved", "leader", 1)))
    assert (twice.state, twice.next_tier(), twice.awaits_approval) == ("approved", None, False)


def test_a_tier_that_nobody_holds_is_left_to_the_next_but_the_last_is_waited_for() -> None:
    here = reviewed(report(), BOTH, ())
    assert here.next_tier({"chair"}) == "leader"
    assert here.next_tier({"chair", "leader"}) == "leader"
    assert here.next_tier({"leader"}) == "chair"


def test_what_is_returned_waits_for_its_unit_and_its_next_revision_is_corrected() -> None:
    returned = steps(("approved", "chair", 1), ("returned", "", 1), ("returned", "", 1))
    here = reviewed(report(), BOTH, returned)
    assert (here.state, here.passed, here.awaits_approval, len(here.returns)) == ("returned", 0, False, 2)
    corrected = reviewed(report(2), BOTH, returned)
    assert (corrected.state, corrected.returns, corrected.next_tier()) == ("corrected", (), "chair")
    assert reviewed(report(3), BOTH, returned).state == "received"


def test_an_approval_takes_a_return_back() -> None:
    here = reviewed(report(accepted=True), ("chair",), steps(("returned", "", 1), ("approved", "chair", 1)))
    assert (here.state, here.returns) == ("approved", ())
    assert reviewed(report(2), ("chair",), steps(("returned", "", 1), ("approved", "chair", 1))).state == "received"


@pytest.mark.parametrize(("by", "waits_for"), [("chair", "chair"), ("leader", "chair")])
def test_unapproved_it_waits_for_the_tier_below_or_for_the_first(by: Tier, waits_for: Tier) -> None:
    taken = steps(("approved", "chair", 1), ("approved", "leader", 1), ("unapproved", by, 1))
    here = reviewed(report(), BOTH, taken)
    assert (here.state, here.next_tier()) == ("received", waits_for)


def test_only_whoever_approved_last_or_one_above_takes_it_back() -> None:
    once = reviewed(report(), BOTH, steps(("approved", "chair", 1)))
    assert [once.may_unapprove(tier) for tier in BOTH] == [True, True]
    twice = reviewed(report(accepted=True), BOTH, steps(("approved", "chair", 1), ("approved", "leader", 1)))
    assert [twice.may_unapprove(tier) for tier in BOTH] == [False, True]
    assert not reviewed(report(), BOTH, ()).may_unapprove("leader")


def test_approvals_of_before_steps_were_kept_and_tiers_that_changed() -> None:
    assert reviewed(report(accepted=True), ("chair",), ()).state == "approved"
    assert reviewed(report(accepted=True), ("chair",), steps(("approved", "", 1))).state == "approved"
    was_chair_alone = reviewed(report(accepted=True), BOTH, steps(("approved", "chair", 1)))
    assert was_chair_alone.state == "approved"
    leader_left_out = reviewed(report(), ("chair",), steps(("approved", "chair", 1)))
    assert (leader_left_out.state, leader_left_out.next_tier()) == ("received", "chair")


REMINDED = """| settings | form_id | form_title | version | due | remind | period | default_language |
|---|---|---|---|---|---|---|---|
| | beds | Giường bệnh | 1 | 16:30 | RULES | PERIOD | vi |

| survey | type | name | label | kind |
|---|---|---|---|---|
| | integer | beds | Số giường trống | stock |
"""


@pytest.mark.parametrize(
    ("rules", "period", "first", "last", "is_reminded"),
    [
        ("-60m reporter; +60m chair", "daily", "10T15:31", "11T15:29", False),
        ("-60m reporter; +60m chair", "daily", "10T15:31", "11T15:30", True),
        ("+60m chair", "daily", "10T15:31", "10T16:30", True),
        ("+60m chair", "daily", "10T16:31", "11T16:29", False),
        ("-1d reporter", "weekly", "10T10:00", "13T16:29", False),
        ("-1d reporter", "weekly", "10T10:00", "13T16:30", True),
        ("-60m reporter", "daily", "10T15:31", "10T15:31", False),
    ],
)
def test_what_waits_is_said_again_with_the_next_reminder_of_the_form(
    rules: str, period: str, first: str, last: str, *, is_reminded: bool
) -> None:
    form = read_form(REMINDED.replace("RULES", rules).replace("PERIOD", period).encode(), "beds.md")
    first_at, last_at = (datetime.fromisoformat(f"2021-11-{each}:00+07:00") for each in (first, last))
    assert reminds_between(form, first_at, last_at, ZoneInfo("Asia/Ho_Chi_Minh")) is is_reminded


def test_what_is_typed_long_after_the_button_is_no_comment() -> None:
    asked = CommentAsked("return", "beds", 11, DAY, 1, (1, 3))
    person = Person(1, "Hoa", "vi", Address("telegram", "7"), asked.written(NOW))
    assert comment_asked(person, NOW + timedelta(hours=1, minutes=59)) == asked
    assert comment_asked(person, NOW + timedelta(hours=2, minutes=1)) is None
    assert comment_asked(Person(1, "Hoa", "vi", Address("telegram", "7"), "form day"), NOW) is None
