"""A year of rounds with downtime, jumps of the clock, a broken network and two processes: each reminder that is due, once."""

import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, update

from reminders.tick import tick
from reporting.rounds.reminding import HEAD_START
from reporting.rules import Rule, read_rules
from storage.engines import writing_engine
from tests.reminders.town import DAY, REMIND, ZONE, Town, at, days, outbox, said

YEAR = 365
RULES = {rule.key: rule for rule in read_rules(REMIND)}
LOWEST = {"reporter", "deputy"}


class Killed(Exception):
    """The process is gone in the middle of a tick."""


class Process:
    """One of two that tick on the same database; it can be killed at any statement."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = writing_engine(url)
        self.lives_for = -1
        event.listen(self.engine, "before_cursor_execute", self._statement)

    def _statement(self, *_: Any) -> None:
        self.lives_for -= 1
        if self.lives_for == 0:
            raise Killed

    def tick(self, now: datetime, lives_for: int = -1) -> bool:
        """Whether the tick came to its end."""
        self.lives_for = lives_for
        with suppress(Killed), self.engine.begin() as connection:
            tick(connection, now, ZONE)
            self.lives_for = -1
            return True
        return False


@dataclass
class Chronicle:
    """What happened: when each unit sent, and when a tick came to its end with the network up."""

    sent: dict[tuple[str, date], datetime] = field(default_factory=dict)
    ticked: list[datetime] = field(default_factory=list)
    killed: int = 0


def live(town: Town, dice: random.Random, count: int) -> Chronicle:
    """`count` days: reports come or not, processes stand still, are killed or tick at once, the network is there or not."""
    processes = [Process(town.url), Process(town.url)]
    chronicle = Chronicle()
    with ThreadPoolExecutor(2) as threads:
        for now, reporting in _moments(dice, count, town):
            for unit in reporting:
                town.sends(unit, f"{now.astimezone(ZONE):%H:%M}", now.astimezone(ZONE).date())
                chronicle.sent[unit, now.astimezone(ZONE).date()] = now
            up = dice.choices(([0], [1], [0, 1], []), (35, 35, 20, 10))[0]
            lives = [dice.choice((-1, -1, -1, dice.randrange(1, 14))) for _ in up]
            ended = list(threads.map(Process.tick, [processes[each] for each in up], [now] * len(up), lives))
            chronicle.killed += ended.count(False)
            is_connected = dice.random() < 0.85
            if is_connected:
                _leave(processes[0].engine, now)
            if any(ended) and is_connected:
                chronicle.ticked.append(now)
            if dice.random() < 0.02:
                processes[0].tick(now - timedelta(hours=2))  # somebody sets the clock back, and on again
    for each in processes:
        each.engine.dispose()
    return chronicle


def _moments(dice: random.Random, count: int, town: Town) -> Iterator[tuple[datetime, list[str]]]:
    """Moments of the days in order, and who sends at each; days on end in which nothing ticks; nights now and then."""
    silent = 0
    for day in days(DAY, count):
        silent = dice.randrange(1, 4) if silent <= 0 and dice.random() < 0.03 else silent - 1
        moments = {
            at("16:30", day) + rule.offset + timedelta(minutes=dice.choice((0, 0, 1, 7))) for rule in RULES.values()
        }
        moments |= {at("09:00", day) + timedelta(minutes=dice.randrange(23 * 60)) for _ in range(dice.randrange(3))}
        senders: dict[datetime, list[str]] = {}
        today = [moment for moment in sorted(moments) if moment.astimezone(ZONE).date() == day]
        for unit in ("Thọ Dân", "Dân Lực", "Nưa"):
            if dice.random() < 0.6:
                senders.setdefault(dice.choice(today), []).append(unit)
        for moment in sorted(moments):
            if silent <= 0 or moment in senders:
                yield moment, senders.get(moment, [])


def _leave(engine: Engine, now: datetime) -> None:
    with engine.begin() as connection:
        connection.execute(update(outbox).where(outbox.c.state == "new").values(state="said", said_at=now))


def hearers(town: Town) -> dict[str, list[tuple[str, str]]]:
    """By unit: who hears about it, and by which receiver's rules."""
    return {
        "Thọ Dân": [("Nam", "reporter"), ("Minh", "chair"), ("Lan", "leader")],
        "Dân Lực": [("Hoa", "reporter"), ("Lan", "leader")],
        "Nưa": [("Lan", "leader")],
    }


def must_be_said(chronicle: Chronicle, unit: str, day: date, rule: Rule) -> bool:
    """Whether the rule had its chance: a tick while the unit was missing, and for those above one more after the head start."""
    from_at, until = (
        at("16:30", day) + rule.offset,
        min(chronicle.sent.get((unit, day), datetime.max.replace(tzinfo=UTC)), at("08:00", day + timedelta(days=1))),
    )
    ticked = chronicle.ticked[bisect_left(chronicle.ticked, from_at) : bisect_left(chronicle.ticked, until)]
    if rule.to in LOWEST or unit == "Nưa":
        return bool(ticked)
    return bool(ticked) and ticked[-1] - ticked[0] >= HEAD_START


def verify(town: Town, chronicle: Chronicle) -> int:
    """Every reminder that was due has its one row, and none has that was not; how many were due for certain."""
    with town.engine.begin() as connection:
        rows = list(connection.execute(select(said, outbox.c.state, outbox.c.address).join(outbox, isouter=True)))
    ids = {town.unit(name).id: name for name in hearers(town)}
    names = {town.names[row.address]: row.person_id for row in rows if row.address}
    keys = Counter((row.rule, ids[row.unit_id], row.period, row.person_id) for row in rows)
    assert set(keys.values()) <= {1}
    certain = 0
    for day in days(DAY, YEAR):
        for unit, who in hearers(town).items():
            for name, receiver in who:
                for rule in (each for each in RULES.values() if each.to == receiver):
                    if must_be_said(chronicle, unit, day, rule):
                        certain += 1
                        assert keys[rule.key, unit, day, names[name]] == 1, f"{rule.key} {unit} {day} {name}"
    for row in rows:
        unit, rule = ids[row.unit_id], RULES[row.rule]
        sent_at = chronicle.sent.get((unit, row.period))
        assert row.said_at >= at("16:30", row.period) + rule.offset
        assert row.said_at < at("08:00", row.period + timedelta(days=1))
        assert sent_at is None or row.said_at < sent_at, f"{row.rule} {unit} {row.period}"
    assert certain >= 0.8 * len(rows)
    return certain


def one_message_at_a_time(town: Town) -> None:
    """Nobody is told twice at one moment, and no message is without its record."""
    with town.engine.begin() as connection:
        messages = list(connection.execute(select(outbox.c.id, outbox.c.address, outbox.c.created_at)))
        recorded = set(connection.execute(select(said.c.outbox_id)).scalars())
    assert set(Counter((row.address, row.created_at) for row in messages).values()) <= {1}
    assert {row.id for row in messages} <= recorded


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [20211110])
def test_in_a_year_every_reminder_that_is_due_is_said_once_and_no_other(town: Town, seed: int) -> None:
    chronicle = live(town, random.Random(seed), YEAR)
    assert chronicle.killed > YEAR / 10
    assert verify(town, chronicle) > YEAR
    one_message_at_a_time(town)
