"""Corrections ripple: whoever was sent a figure in a digest hears in one line when it has been corrected."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from messages.digests.corrections import DigestChange, carried_units, changes, correction, counted_units, taken_back
from reminders.context import Tick
from reminders.group_chats import is_kept
from reporting.digests.digest_record import Digest
from reporting.digests.evidence import Number
from reporting.figures.carried import Whole, whole
from reporting.people import Address
from reporting.reminder_key import ReminderKey, ReminderKind
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Rank, Say
from reporting.tick_parts import TickPart
from reporting.translator import Html, translator
from storage.figures import carried, digests, figures
from storage.messages import group_chats
from storage.messages.group_chats import Gathering
from storage.organisation import people
from storage.reports import forms, reports
from storage.schedule import reminder_log

KEPT_IN_MIND = timedelta(days=14)
"""Whoever was sent a digest longer ago than this does not hear of corrections to it."""

CATCH_UP = timedelta(days=1)
"""A correction that could not be told in time is told later, but not as late as this."""


class CorrectionReader(NamedTuple):
    """Who was told: a person, or a group, by whoever set it up; `group_id` 0: no group."""

    person_id: int
    group_id: int = 0


@dataclass(frozen=True, slots=True)
class Gatherings:
    """The groups that may have been told of the units of these corrections, and when each got a digest, by form, period and group."""

    groups: Mapping[CorrectionReader, Gathering]
    got_at: Mapping[tuple[str, date, int], Sequence[datetime]]


@dataclass(frozen=True, slots=True)
class Untold:
    """A correction of which a reader has not heard, with the digest that told him the old figure.

    `since`: the revisions that were told there since that digest; what the last of them said is not to stand either. `values`: the
    report's numbers as they are now.
    """

    of: digests.Corrected
    told: Digest
    since: Sequence[int]
    values: Mapping[str, Number]


def due_corrections(tick: Tick) -> list[Say]:
    """What is to be said of corrections accepted by now, recorded as said: one message a person or group, a line a correction."""
    if tick.is_quiet:
        return []
    corrected = digests.corrected(tick.connection, tick.now - CATCH_UP, tick.now - KEPT_IN_MIND)
    if not corrected:
        return []
    gatherings = _gatherings(tick, corrected)
    untold: dict[CorrectionReader, list[Untold]] = {}
    for each in corrected:
        part = TickPart(form=each.form, unit_id=each.unit_id)
        for reader, one in tick.apart(part, partial(_of_correction, tick, each, gatherings)) or ():
            untold.setdefault(reader, []).append(one)
    persons = people.people_of(tick.connection, {reader.person_id for reader in untold}) if untold else {}
    says = list[Say]()
    for reader, theirs in untold.items():
        group, person = gatherings.groups.get(reader), persons.get(reader.person_id)
        to = (group.to, group.language) if group else (person.address, person.language) if person else None
        if to is not None:
            part = TickPart(person_id=reader.person_id, row=f"group {reader.group_id}" if group else "")
            says += tick.says(part, partial(_told, tick, reader, *to, theirs))
    return says


def _of_correction(tick: Tick, of: digests.Corrected, gatherings: Gatherings) -> list[tuple[CorrectionReader, Untold]]:
    found = list(_untold(tick, of, gatherings))
    values = _values(tick.connection, of.form, of.unit_id, of.period) if found else {}
    return [(reader, Untold(of, told, since, values)) for reader, told, since in found]


def _told(tick: Tick, reader: CorrectionReader, to: Address, language: str, theirs: Sequence[Untold]) -> list[Say]:
    """One message of all that this reader has not heard of, recorded as said."""
    parts = (TickPart(form=each.of.form, unit_id=each.of.unit_id, person_id=reader.person_id) for each in theirs)
    said = (tick.apart(part, partial(_line, tick, reader, each)) for part, each in zip(parts, theirs, strict=True))
    lines = [(each.told, line) for each, line in zip(theirs, said, strict=True) if line is not None]
    return [_say(to, language, lines, tick.zone)] if lines else []


def _gatherings(tick: Tick, corrected: Sequence[digests.Corrected]) -> Gatherings:
    """None whose founder has lost the duty."""
    above = {unit.id for each in corrected for unit in tick.tree.above(tick.tree.unit(each.unit_id))}
    theirs = (each for each in group_chats.every(tick.connection) if each.unit_id in above)
    groups = {CorrectionReader(each.set_by, each.id): each for each in theirs if is_kept(tick, each)}
    got_at: dict[tuple[str, date, int], list[datetime]] = {}
    for form in sorted({each.form for each in corrected}) if groups else ():
        since = min(each.period for each in corrected if each.form == form)
        for got in reminder_log.recorded_of(tick.connection, ReminderKind.GROUP_DIGEST, form, since):
            got_at.setdefault((form, got.period, got.rule.number), []).append(got.at)
    return Gatherings(groups, got_at)


def _untold(
    tick: Tick, of: digests.Corrected, gatherings: Gatherings
) -> Iterator[tuple[CorrectionReader, Digest, Sequence[int]]]:
    """Who was told the old figure and has not heard of its correction, with the newest digest that told it before that, and with
    the revisions that were told there since.
    """
    above = [unit.id for unit in tick.tree.above(tick.tree.unit(of.unit_id))]
    frozen = digests.frozen_of(tick.connection, of.form, above, of.period, before=of.sent_at)
    told = [each for each in frozen if len(each.digest.content.periods) == 1]
    if not told:
        return
    about = (of.form, of.unit_id, of.period)
    earlier = reminder_log.recorded_about(tick.connection, ReminderKind.CORRECTION, *about)
    for reader, digest in {**_people_told(told), **_groups_told(of, told, gatherings)}.items():
        since = [
            one.rule.number for one in earlier if (one.person_id, one.rule.offset) == reader and one.at >= digest.as_of
        ]
        if of.revision not in since:
            yield reader, digest, since


def _people_told(told: Iterable[digests.Frozen]) -> dict[CorrectionReader, Digest]:
    found: dict[CorrectionReader, Digest] = {}
    for each in told:
        for person_id in each.person_ids:
            found.setdefault(CorrectionReader(person_id), each.digest)
    return found


def _groups_told(
    of: digests.Corrected, told: Sequence[digests.Frozen], gatherings: Gatherings
) -> dict[CorrectionReader, Digest]:
    """By the digest that stood when the group last got one before the correction."""
    found: dict[CorrectionReader, Digest] = {}
    for reader, group in gatherings.groups.items():
        got_at = gatherings.got_at.get((of.form, of.period, group.id), ())
        at = max((each for each in got_at if each < of.sent_at), default=None)
        for each in told if at is not None else ():
            is_its = each.digest.unit_id == group.unit_id and each.digest.content.language == group.language
            if at is not None and is_its and each.digest.as_of <= at:
                found.setdefault(reader, each.digest)
    return found


def _line(tick: Tick, reader: CorrectionReader, untold: Untold) -> Html | None:
    """The line, if there is something to correct in what this reader was told."""
    connection, of, told, since, values = tick.connection, untold.of, untold.told, untold.since, untold.values
    corrected = _answered(connection, of, max(since)) if since else {}
    changed = [*changes(told, of.unit_id, values), *taken_back(told, of.unit_id, values, corrected)]
    if not changed:
        return None
    rule = ReminderKey.correction(of.revision, reader.group_id)
    record = ReminderRecord(rule, of.form, of.unit_id, of.period, reader.person_id, tick.now)
    if not reminder_log.record(connection, [record]):
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


def _totals(connection: Connection, told: Digest, changed: Iterable[DigestChange]) -> dict[str, Whole[Number]]:
    """The totals of now over the units that the digest counted.

    Later reports do not slip into a correction: a unit that was late then stands in it as it did.
    """
    totals: dict[str, Whole[Number]] = {}
    form = forms.version(connection, told.form, told.content.version)
    for each in changed:
        ids, question = counted_units(told, each.name), form.by_name[each.name]
        if each.name in form.carried:
            own = carried.lasts(connection, form, [each.name], told.period, ids)[each.name]
            late = carried_units(told, each.name)
            totals[each.name] = whole(question, {**own, **late}, [*ids, *late], told.period, sum)
            continue
        for of in figures.totals(connection, told.form, [each.name], ids, told.period, told.period):
            is_told = question.has_total(len(ids))
            totals[each.name] = Whole(of.value if is_told else None, of.units, is_no_sum=not is_told)
    return totals


def _say(to: Address, language: str, lines: list[tuple[Digest, Html]], zone: ZoneInfo) -> Say:
    words = translator(language)
    by_digest: dict[tuple[date, datetime], list[Html]] = {}
    for told, line in lines:
        by_digest.setdefault((told.period, told.as_of), []).append(line)
    parts = [
        Html("\n".join([words("digest_correction_head", date=period, at=as_of.astimezone(zone)), *theirs]))
        for (period, as_of), theirs in sorted(by_digest.items())
    ]
    return Say(to, Html("\n\n".join(parts)), rank=Rank.REMINDER)
