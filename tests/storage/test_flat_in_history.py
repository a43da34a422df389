"""What an operation costs the database does not grow with the years that lie in it: more than twice the history, the same steps."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from bench.country import NOW, TODAY, build
from bench.growth import OPERATIONS, Ground, Make, steps
from bench.residents import asking
from reporting.reminder_key import ReminderKind
from storage.figures import digests
from storage.messages.undelivered import unsaid_since
from storage.reports import approvals, many_drafts, reports, reviews
from storage.schedule import late_reasons, reminder_log

UNITS, DAYS = 4, (330, 680)
"""This year's days, of which a sum tells, lie in both; and as many fall silent."""
MOST, FEW_STEPS = 1.1, 100
LEFT_BEHIND = (
    """insert into draft (form, version, unit_id, period, answers, state, at, turn, correcting, touched_at)
    select form, version, unit_id, period, '{}', 'sent', '', 9, '', sent_at from report""",
    """insert into digest (form, unit_id, period, content, as_of) select form, 1, period, '{}', sent_at from report""",
    """insert into late_reason (form, unit_id, period, reason, given_at)
    select form, unit_id, period, 'power', sent_at from report""",
    """insert into review (form, unit_id, period, revision, step, tier, figures, done_at)
    select form, unit_id, period, 1, 'approved', '', '[]', sent_at from report""",
    """insert into person (id, name, language, created_at) select 1, 'A', 'vi', max(sent_at) from report""",
    """insert into outbox (channel, address, topic, rank, key, say, state, tries, uncertain, claimed_by, message_id, created_at)
    select 'telegram', '7', 0, 1, '', '{}', 'said', 1, 0, '', '', sent_at from report""",
    """insert into said (rule, kind, receiver, "offset", number, form, unit_id, period, person_id, said_at)
    select 'x', 'approval', '', 0, 0, form, unit_id, period, 1, sent_at from report""",
)
"""What reporting leaves behind in other tables, a row for each report that ever came."""


@pytest.fixture(scope="module")
def grounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Ground]]:
    with ExitStack() as stack:
        made = []
        for days in DAYS:
            url = f"sqlite:///{tmp_path_factory.mktemp('flat')}/{days}.db"
            build(url, UNITS, days)
            made.append(Ground(f"{UNITS}x{days}", stack.enter_context(asking(url))))
            for statement in LEFT_BEHIND:
                made[-1].connection.execute(text(statement))
        yield made


def test_whatever_is_done_takes_as_many_steps(grounds: list[Ground]) -> None:
    assert _grown(grounds, OPERATIONS) == {}


def test_whatever_the_clock_and_a_board_read_takes_as_many_steps(grounds: list[Ground]) -> None:
    key, week = grounds[0].form.key, timedelta(days=7)
    since, ids = TODAY - week, [each.id for each in grounds[0].reporting]
    places = {(ids[0], TODAY - timedelta(days=n)) for n in range(7)}
    many = {(one, TODAY - timedelta(days=n)) for one in ids for n in range(reports.FEW)}
    readings: dict[str, Callable[[Connection], object]] = {
        "corrections": lambda of: digests.corrected(of, NOW - week, NOW - 2 * week),
        "drafts nearly sent": lambda of: many_drafts.nearly_sent(of, key, TODAY, ids),
        "drafts of a unit": lambda of: many_drafts.since(of, ids[:1], since),
        "what waits for approval": lambda of: approvals.waiting(of, key, since),
        "what was returned": lambda of: reviews.waiting_returns(of, since),
        "what was returned to some": lambda of: reviews.waiting_returns(of, since, ids),
        "steps of reviews": lambda of: reviews.of_many(of, key, places),
        "who was told last": lambda of: reminder_log.told_last(of, ReminderKind.APPROVAL, key, since, [1]),
        "reasons for being late": lambda of: late_reasons.given(of, key, TODAY),
        "what was not said": lambda of: unsaid_since(of, NOW - week, TODAY),
        "stamps of a period": lambda of: reports.sent(of, key, TODAY),
        "reasons for doubted figures": lambda of: reports.reasons(of, key, TODAY),
        "reports of some days": lambda of: reports.newest_between(of, key, since, TODAY),
        "reports of many places": lambda of: reports.newest_of(of, key, many),
        "reports since a day": lambda of: reports.count_from(of, key, since),
    }
    assert _grown(grounds, {name: _of_connection(read) for name, read in readings.items()}) == {}


def _of_connection(read: Callable[[Connection], object]) -> Make:
    return lambda ground: lambda: read(ground.connection)


def _grown(grounds: list[Ground], operations: Mapping[str, Make]) -> dict[str, tuple[float, float]]:
    """The operations that take more steps where more history lies, with their steps."""
    found = {}
    for name, make in operations.items():
        fewer, more = (steps(ground, make(ground)) for ground in grounds)
        if more > MOST * fewer + FEW_STEPS:
            found[name] = (fewer, more)
    return found
