"""How the dice of a seed fall for a year: when something happens, who sends, answers, asks for peace, and what is suspended."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.reminders.district import HEARERS, KINDS, REPORTERS, Kind
from tests.reminders.town import DAY, ZONE, at, days

SNOOZE = timedelta(minutes=30)


@dataclass(frozen=True)
class Holiday:
    """Nothing is owed from `first_on` to `last_on`; `form` «»: of every form, `unit` «»: by every unit."""

    form: str
    unit: str
    first_on: date
    last_on: date


@dataclass
class Deeds:
    """What people do at a moment: units that send, units whose reporter answers a question, who snoozes, what is suspended."""

    sending: list[tuple[str, str]] = field(default_factory=list)
    answering: list[tuple[str, str]] = field(default_factory=list)
    snoozing: list[str] = field(default_factory=list)
    suspending: list[Holiday] = field(default_factory=list)


@dataclass(frozen=True)
class Moment:
    """`is_dark`: nothing ticks."""

    at: datetime
    deeds: Deeds
    is_dark: bool


def moments(dice: random.Random, count: int) -> Iterator[Moment]:
    """Moments of the days in order, no two within a minute; days on end in which nothing ticks; nights now and then."""
    dark = 0
    for day in days(DAY, count):
        dark = dice.randrange(1, 4) if dark <= 0 and dice.random() < 0.03 else dark - 1
        kinds = [kind for kind in KINDS.values() if kind.ends_on(day)]
        clock = _clock(dice, day, kinds)
        deeds = _deeds(dice, day, kinds, clock)
        for moment in sorted(clock):
            if dark <= 0 or moment in deeds:
                yield Moment(moment, deeds[moment], dark > 0)


def _clock(dice: random.Random, day: date, kinds: list[Kind]) -> set[datetime]:
    offsets = {kind.due_at(day) + rule.offset for kind in kinds for rule in kind.rules.values()}
    on_time = {moment + timedelta(minutes=dice.choice((0, 0, 1, 7))) for moment in sorted(offsets)}
    return on_time | {at("09:00", day) + timedelta(minutes=dice.randrange(23 * 60)) for _ in range(dice.randrange(3))}


def _deeds(dice: random.Random, day: date, kinds: list[Kind], clock: set[datetime]) -> defaultdict[datetime, Deeds]:
    """What happens at which moment; to the clock are added those at which an answer is still, or a snooze is over."""
    found: defaultdict[datetime, Deeds] = defaultdict(Deeds)
    today = [moment for moment in sorted(clock) if moment.astimezone(ZONE).date() == day]
    for kind in kinds:
        for unit in HEARERS:
            if dice.random() < 0.6:
                found[dice.choice(today)].sending.append((kind.key, unit))
    for unit in REPORTERS:
        if dice.random() < 0.1:
            begun = dice.choice(today)
            found[begun].answering.append((dice.choice(kinds).key, unit))
            clock |= {begun + timedelta(minutes=2), begun + timedelta(minutes=4)}
    for name in sorted(set(REPORTERS.values())):
        if dice.random() < 0.15:
            asked = dice.choice(today)
            found[asked].snoozing.append(name)
            clock.add(asked + SNOOZE + timedelta(minutes=dice.choice((0, 0, 3))))
    if dice.random() < 0.03:
        last_on = day + timedelta(days=dice.randrange(3))
        unit = dice.choice(("", *HEARERS))
        found[dice.choice(today)].suspending.append(Holiday(dice.choice(("", *KINDS)), unit, day, last_on))
    return found
