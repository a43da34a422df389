"""A year of rounds with downtime, jumps of the clock, a broken network, faults of Telegram and two processes: each reminder once."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Row, select

from bot import emptying, wire
from reporting.rounds.reminding import HEAD_START
from reporting.rules import Rule
from reporting.say import Rank
from simulator import Simulator
from tests.reminders.audience import Audience
from tests.reminders.town import DAY, Town, at, days, outbox, said
from tests.reminders.year import RULES, Chronicle, Year

YEAR = 365
LOWEST = {"reporter", "deputy"}
HEARERS = {
    "Thọ Dân": [("Nam", "reporter"), ("Minh", "chair"), ("Lan", "leader")],
    "Dân Lực": [("Hoa", "reporter"), ("Lan", "leader")],
    "Nưa": [("Lan", "leader")],
}
"""By unit: who hears about it, and by which receiver's rules."""


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the speaker waits for in the world's time, and not by its steady clock, is over sooner."""
    monkeypatch.setattr(emptying, "LINGER_SECONDS", dict.fromkeys(Rank, 0.002))
    monkeypatch.setattr(emptying, "REST_SECONDS", 0.1)
    monkeypatch.setattr(wire, "ANSWER_SECONDS", 1.0)


async def people_of(town: Town, simulator: Simulator) -> Audience:
    """Three communes: Thọ Dân has a reporter and a chair, Dân Lực a reporter, Nưa nobody; and a leader above them."""
    audience = Audience(simulator)
    await audience.gathers()
    town.furnish()
    town.join("Nam", "reporter", "Thọ Dân", address=audience.address("Nam"))
    town.join("Hoa", "reporter", "Dân Lực", address=audience.address("Hoa"))
    town.join("Minh", "chair", "Thọ Dân", address=audience.address("Minh"))
    town.join("Lan", "leader", "Triệu Sơn", address=audience.address("Lan"))
    return audience


def must_be_said(chronicle: Chronicle, audience: Audience, name: str, unit: str, day: date, rule: Rule) -> bool:
    """Whether the rule had its chance: a tick while the unit was missing, and for those above one more after the head start."""
    from_at, until = (
        at("16:30", day) + rule.offset,
        min(chronicle.sent.get((unit, day), datetime.max.replace(tzinfo=UTC)), at("08:00", day + timedelta(days=1))),
    )
    if audience.was_shut_out(name, from_at, until):
        return False
    ticked = chronicle.ticked[bisect_left(chronicle.ticked, from_at) : bisect_left(chronicle.ticked, until)]
    if rule.to in LOWEST or unit == "Nưa":
        return bool(ticked)
    return bool(ticked) and ticked[-1] - ticked[0] >= HEAD_START


def records(town: Town) -> Sequence[Row[Any]]:
    """What the said table holds, with the message in the outbox if there is one."""
    with town.engine.begin() as connection:
        message = (outbox.c.state, outbox.c.address, outbox.c.say)
        return connection.execute(select(said, *message).join(outbox, isouter=True)).all()


def each_that_was_due_has_its_row(town: Town, chronicle: Chronicle, audience: Audience) -> int:
    """Every reminder that was due has its one row, and none has that was not; how many were due for certain."""
    rows = records(town)
    ids = {town.unit(name).id: name for name in HEARERS}
    keys = Counter((row.rule, ids[row.unit_id], row.period, row.person_id) for row in rows)
    assert set(keys.values()) <= {1}
    certain = 0
    for day in days(DAY, YEAR):
        for unit, who in HEARERS.items():
            for name, receiver in who:
                for rule in (each for each in RULES.values() if each.to == receiver):
                    if must_be_said(chronicle, audience, name, unit, day, rule):
                        certain += 1
                        assert keys[rule.key, unit, day, town.people[name]] == 1, f"{rule.key} {unit} {day} {name}"
    for row in rows:
        unit, rule = ids[row.unit_id], RULES[row.rule]
        sent_at = chronicle.sent.get((unit, row.period))
        assert row.said_at >= at("16:30", row.period) + rule.offset
        assert row.said_at < at("08:00", row.period + timedelta(days=1))
        assert sent_at is None or row.said_at < sent_at, f"{row.rule} {unit} {row.period}"
    assert certain >= 0.7 * len(rows)
    return certain


def each_has_come_as_often_as_it_may(town: Town, chronicle: Chronicle, audience: Audience) -> None:
    """What people have in their chats: all that was said, one copy of it and one more for each doubt, and nothing else."""
    with town.engine.begin() as connection:
        rows = connection.execute(select(outbox)).all()
    messages = {audience.message(row.address, row.say["text"]): row for row in rows}
    assert len(messages) == len(rows), "no two messages say the same to the same person"
    copies = audience.copies()
    assert copies.keys() <= messages.keys(), "nobody has what the outbox does not know of"
    for message, row in messages.items():
        assert row.state in ("said", "unknown", "dead"), f"{message} still waits"
        is_said = row.state == "said"
        assert is_said <= copies[message] <= is_said + row.uncertain, (
            f"{row.state}, {row.uncertain} uncertain: {message}"
        )
        assert row.uncertain <= chronicle.doubts[message], f"{row.uncertain} uncertain: {message}"
        if row.state == "unknown":  # tried once more in vain, or taken back while it was in doubt
            assert row.uncertain, message
        else:
            assert row.uncertain < 2, message
        if row.state == "dead":
            assert row.error
            assert audience.was_shut_out(message[0], row.created_at, row.sending_at or row.created_at), message
    assert copies.total() - len(copies) > 10, "there were doubts in plenty"


def what_is_recorded_without_a_message_was_overtaken(town: Town, chronicle: Chronicle) -> None:
    """By the report, before the reminder could leave, or by a newer rule that was said."""
    rows = records(town)
    ids = {town.unit(name).id: name for name in HEARERS}
    newest: dict[tuple[int, date, int], timedelta] = {}
    for row in rows:
        if row.state is not None:
            about = row.unit_id, row.period, row.person_id
            newest[about] = max(RULES[row.rule].offset, newest.get(about, timedelta.min))
    for row in rows:
        if row.state is None and row.moot:
            assert (ids[row.unit_id], row.period) in chronicle.sent, row
        elif row.state is None:
            assert newest[row.unit_id, row.period, row.person_id] > RULES[row.rule].offset, row


def nobody_hears_of_what_has_come(town: Town, chronicle: Chronicle, audience: Audience) -> None:
    """A reminder comes only while every report that it speaks of is missing, unless it was underway when that came."""
    ids = {town.unit(name).id: name for name in HEARERS}
    wanted_until = defaultdict(list)
    for row in records(town):
        if row.address:
            come_at = chronicle.sent.get((ids[row.unit_id], row.period), datetime.max.replace(tzinfo=UTC))
            wanted_until[audience.message(row.address, row.say["text"])].append(come_at)
    for message, heard_at in audience.heard():
        if not chronicle.doubts[message]:
            assert heard_at < min(wanted_until[message]), message


def one_message_at_a_time(town: Town) -> None:
    """Nobody is told twice at one moment, and no message is without its record."""
    with town.engine.begin() as connection:
        messages = list(connection.execute(select(outbox.c.id, outbox.c.address, outbox.c.created_at)))
        recorded = set(connection.execute(select(said.c.outbox_id)).scalars())
    assert set(Counter((row.address, row.created_at) for row in messages).values()) <= {1}
    assert {row.id for row in messages} <= recorded


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("seed", [20211110])
async def test_in_a_year_every_reminder_that_is_due_is_said_once_and_no_other(empty_town: Town, seed: int) -> None:
    async with Simulator(start=at("00:00"), seed=seed, keep=10_000) as simulator:
        audience = await people_of(empty_town, simulator)
        chronicle = await Year(empty_town, simulator, audience, seed).live(YEAR)
        assert chronicle.deaths > YEAR / 10
        assert each_that_was_due_has_its_row(empty_town, chronicle, audience) > YEAR
        each_has_come_as_often_as_it_may(empty_town, chronicle, audience)
        what_is_recorded_without_a_message_was_overtaken(empty_town, chronicle)
        nobody_hears_of_what_has_come(empty_town, chronicle, audience)
        one_message_at_a_time(empty_town)
