"""Corrections ripple: whoever was sent a figure in a digest hears in one line when it has been corrected."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from messages.digests.corrections import DigestChange, carried_units, changes, correction, counted_units, taken_back
from reminders.context import Tick
from reporting.digests.digest_record import Digest
from reporting.digests.evidence import Number
from reporting.figures.carried import whole
from reporting.people import Person
from reporting.reminder_key import ReminderKey, ReminderKind
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Rank, Say
from reporting.translator import Html, translator
from storage.figures import carried, digests, figures
from storage.organisation import people
from storage.reports import forms, reports
from storage.schedule import reminder_log

KEPT_IN_MIND = timedelta(days=14)
"""Whoever was sent a digest longer ago than this does not hear of corrections to it."""

CATCH_UP = timedelta(days=1)
"""A correction that could not be told in time is told later, but not as late as this."""


def due_corrections(tick: Tick) -> list[Say]:
    """What is to be said of corrections accepted by now, recorded as said: one message a person, a line a correction."""
    if tick.is_quiet:
        return []
    corrected = digests.corrected(tick.connection, tick.now - CATCH_UP, tick.now - KEPT_IN_MIND)
    if not corrected:
        return []
    lines: dict[int, list[tuple[Digest, Html]]] = {}
    for each in corrected:
        about = (each.form, each.unit_id, each.period)
        earlier = reminder_log.recorded_about(tick.connection, ReminderKind.CORRECTION, *about)
        for person_id, told in _readers(tick, each).items():
            since = [one.rule.number for one in earlier if one.person_id == person_id and one.at >= told.as_of]
            line = _line(tick, each, told, person_id, since)
            if line is not None:
                lines.setdefault(person_id, []).append((told, line))
    readers = people.people_of(tick.connection, lines)
    return [_say(readers[person_id], theirs, tick.zone) for person_id, theirs in lines.items() if person_id in readers]


def _readers(tick: Tick, of: digests.Corrected) -> dict[int, Digest]:
    """Whom the old figure was told, with the newest digest that told it before the correction."""
    above = [unit.id for unit in tick.tree.above(tick.tree.unit(of.unit_id))]
    found: dict[int, Digest] = {}
    for each in digests.frozen_of(tick.connection, of.form, above, of.period, before=of.sent_at):
        if len(each.digest.content.periods) == 1:
            for person_id in each.person_ids:
                found.setdefault(person_id, each.digest)
    return found


def _line(tick: Tick, of: digests.Corrected, told: Digest, person_id: int, since: Sequence[int]) -> Html | None:
    """The line, if there is something to correct in what this person was told and he has not heard of it yet.

    `since`: the revisions that he has heard of since that digest; what the last of them said is not to stand either.
    """
    if of.revision in since:
        return None
    connection = tick.connection
    values = _values(connection, of.form, of.unit_id, of.period)
    corrected = _answered(connection, of, max(since)) if since else {}
    changed = [*changes(told, of.unit_id, values), *taken_back(told, of.unit_id, values, corrected)]
    if not changed:
        return None
    rule = ReminderKey.of_number(ReminderKind.CORRECTION, of.revision)
    if not reminder_log.record(connection, [ReminderRecord(rule, of.form, of.unit_id, of.period, person_id, tick.now)]):
        return None
    totals = _totals(connection, told, changed)
    words = translator(told.content.language)
    return correction(told, tick.tree.unit(of.unit_id).title, changed, totals, of.reason, words)


def _values(connection: Connection, form: str, unit_id: int, period: date) -> dict[str, Number]:
    found = figures.of_period(connection, form, unit_id, period)
    return {name: each.value for name, each in found.items() if isinstance(each.value, Number)}


def _answered(connection: Connection, of: digests.Corrected, revision: int) -> dict[str, Number | None]:
    """What an earlier revision of the report said."""
    found = reports.revisions(connection, of.form, of.unit_id, of.period)
    answers = next((each.answers for each in found if each.revision == revision), {})
    return {name: each.value if isinstance(each.value, Number) else None for name, each in answers.items()}


def _totals(connection: Connection, told: Digest, changed: Iterable[DigestChange]) -> dict[str, Number | None]:
    """The totals of now over the units that the digest counted, None where one cannot be told any more.

    Later reports do not slip into a correction: a unit that was late then stands in it as it did.
    """
    totals: dict[str, Number | None] = {}
    form = forms.version(connection, told.form, told.content.version)
    for each in changed:
        ids = counted_units(told, each.name)
        if each.name in form.carried:
            own = carried.lasts(connection, form, [each.name], told.period, ids)[each.name]
            late = carried_units(told, each.name)
            of = whole(form.by_name[each.name], {**own, **late}, [*ids, *late], told.period, sum)
            totals[each.name] = of.value
            continue
        for total in figures.totals(connection, told.form, [each.name], ids, told.period, told.period):
            totals[each.name] = total.value
    return totals


def _say(reader: Person, lines: list[tuple[Digest, Html]], zone: ZoneInfo) -> Say:
    words = translator(reader.language)
    by_digest: dict[tuple[date, datetime], list[Html]] = {}
    for told, line in lines:
        by_digest.setdefault((told.period, told.as_of), []).append(line)
    parts = [
        Html("\n".join([words("digest_correction_head", date=period, at=as_of.astimezone(zone)), *theirs]))
        for (period, as_of), theirs in sorted(by_digest.items())
    ]
    return Say(reader.address, Html("\n\n".join(parts)), rank=Rank.REMINDER)
