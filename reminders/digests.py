"""Digests at each form's hours: every leader and chair gets that of his own subtree once, and hears of corrections to it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import islice
from zoneinfo import ZoneInfo

from messages.digests.digest import digest
from messages.digests.digest_messages import digest_says
from messages.leaders.leader_buttons import digest_buttons
from reminders.context import Job, Tick
from reporting.digests.digest_record import Digest
from reporting.forms import Form
from reporting.local_time import local_moment
from reporting.people import Person
from reporting.reminder_key import ReminderKey
from reporting.rounds.periods import newest_due
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Say
from reporting.tick_parts import TickPart
from reporting.translator import translator
from services.digest_evidence import digest_evidence
from storage.figures import digests
from storage.messages import outbox
from storage.organisation import people
from storage.reports import forms
from storage.schedule import reminder_log

CATCH_UP = timedelta(hours=16)
"""A digest that could not be sent at its hour is sent later, but not as late as this."""

AT_ONCE = 40
"""So many subtrees at most are summed up in one tick, the largest first; the rest follow in the next ones."""


@dataclass(frozen=True, slots=True)
class DueDigest:
    """The digest of a unit's subtree is due to these people by the rule of its hour."""

    form: Form
    unit_id: int
    period: date
    rule: ReminderKey
    person_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A due digest as it will be sent: in each language, with its readers. Empty where no unit is expected to report."""

    due: DueDigest
    versions: tuple[tuple[Digest, tuple[Person, ...]], ...]


def due_digests(tick: Tick) -> Job:
    """What says the digests that are due now; they are worked out at once."""
    return partial(tell, prepared=prepared_digests(tick))


def prepared_digests(tick: Tick, *, at_once: int = AT_ONCE) -> list[Prepared]:
    """The digests that are due now, the long half: it only reads, so it may run on a reading connection in a thread.

    Whoever was told of the same form, period, unit and hour is not told again, whichever process ticks. Of several hours that
    went by while nobody ticked, only the newest is sent.
    """
    planned = planned_digests(tick)
    found = (tick.apart(_part_of(each), partial(_prepared, tick, each)) for each in list(planned))
    return list(islice((each for each in found if each is not None), at_once))


def _part_of(due: DueDigest, person_id: int = 0) -> TickPart:
    return TickPart(form=due.form.key, unit_id=due.unit_id, person_id=person_id)


def tell(tick: Tick, prepared: Iterable[Prepared]) -> list[Say]:
    """The short half: records who is told, freezes what is told, and says it; only to those whom no other process has just told."""
    if not tick.parts.are_apart:
        return [say for each in prepared for say in _told(tick, each)]
    for each in prepared:
        tick.parts.in_halves(
            tick.connection, each.due.person_ids, partial(_part_of, each.due), partial(_put_to, tick, each)
        )
    return []


def _put_to(tick: Tick, of: Prepared, person_ids: Sequence[int]) -> None:
    """The same of a digest, to some of its readers, put in the outbox."""
    versions = ((made, tuple(each for each in readers if each.id in person_ids)) for made, readers in of.versions)
    some = Prepared(replace(of.due, person_ids=tuple(person_ids)), tuple(versions))
    outbox.put(tick.connection, _told(tick, some), tick.now, tick.channels)


def _told(tick: Tick, of: Prepared) -> list[Say]:
    due, says = of.due, list[Say]()
    told = [
        ReminderRecord(due.rule, due.form.key, due.unit_id, due.period, person_id, tick.now)
        for person_id in due.person_ids
    ]
    new = {known.person_id for known in reminder_log.record(tick.connection, told)}
    for made, all_readers in of.versions:
        readers = [reader for reader in all_readers if reader.id in new]
        if not readers:
            continue
        kept, words = (
            digests.freeze(tick.connection, made, [reader.id for reader in readers]),
            translator(made.content.language),
        )
        received, expected = made.content.coverage
        buttons = digest_buttons(kept, made, expected - received, words)
        for reader in readers:
            says += digest_says(made, reader.address, words, buttons=buttons)
    return says


def planned_digests(tick: Tick) -> Iterator[DueDigest]:
    """Which digests are due and have not been told, units nearer to the root first."""
    for form, period, at in digest_hours(tick):
        rule = ReminderKey.digest(at.astimezone(tick.zone).time())
        yield from tick.apart(TickPart(form=form.key), partial(_of_form, tick, form, period, rule)) or ()


def digest_hours(tick: Tick) -> Iterator[tuple[Form, date, datetime]]:
    """The forms whose digest is due, as they are in force for the period that it tells of, and the hour at which it came due.

    One that is late waits in quiet hours, unless its hour is itself in them. None tells of a free day that the form skips.
    """
    for newest in tick.forms:
        hour = tick.apart(TickPart(form=newest.key), partial(_digest_hour, tick, newest))
        if hour is not None:
            yield hour


def _digest_hour(tick: Tick, newest: Form) -> tuple[Form, date, datetime] | None:
    at = newest_hour(newest.schedule.digest, tick.now, tick.zone)
    if at is None or newest.schedule.period == "on change" or tick.holds_back(at):
        return None
    period = newest_due(newest, at, tick.zone)
    form = forms.published(tick.connection, newest.key, period)
    return (form, period, at) if form is not None and not form.schedule.is_free(period) else None


def newest_hour(hours: Sequence[time], now: datetime, zone: ZoneInfo) -> datetime | None:
    """The newest moment of these local hours that has come, if it is not long ago."""
    today = now.astimezone(zone).date()
    moments = [local_moment(day, at, zone) for day in (today, today - timedelta(days=1)) for at in hours]
    return max((at for at in moments if now - CATCH_UP < at <= now), default=None)


def _of_form(tick: Tick, form: Form, period: date, rule: ReminderKey) -> list[DueDigest]:
    tree, told = tick.tree, reminder_log.readers_told(tick.connection, rule, form.key, period)
    waiting: dict[int, list[int]] = {}
    for duty in people.duties(tick.connection, tick.today, roles=("leader", "chair")):
        here = waiting.setdefault(duty.unit_id, [])
        if (duty.unit_id, duty.person_id) not in told and duty.person_id not in here:
            here.append(duty.person_id)
    due = [DueDigest(form, unit_id, period, rule, tuple(ids)) for unit_id, ids in waiting.items() if ids]
    return sorted(due, key=lambda each: (len(list(tree.above(tree.unit(each.unit_id)))), each.unit_id))


def _prepared(tick: Tick, due: DueDigest) -> Prepared:
    tree, form, unit = tick.tree, due.form, tick.tree.unit(due.unit_id)
    if not tree.reporting(unit, form.reports_on(due.period), due.period):
        return Prepared(due, ())
    known = people.people_of(tick.connection, due.person_ids)
    by_language: dict[str, list[Person]] = {}
    for reader in (known[person_id] for person_id in due.person_ids if person_id in known):
        by_language.setdefault(reader.language, []).append(reader)
    facts = digest_evidence(
        tick.connection, form, unit, [due.period], tick.now, tick.zone, tree=tree, demonstration=tick.demonstration
    )
    versions = [
        (digest(facts, translator(language), tick.roomiest(each.address for each in readers)), tuple(readers))
        for language, readers in by_language.items()
    ]
    return Prepared(due, tuple(versions))
