"""Corrections ripple: whoever was sent a figure in a digest hears in one line when it has been corrected."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
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


Reader = tuple[int, int]
"""Who was told: a person's id and 0, or the id of whoever set a group up, and the group's."""


def due_corrections(tick: Tick) -> list[Say]:
    """What is to be said of corrections accepted by now, recorded as said: one message a person or group, a line a correction."""
    if tick.is_quiet:
        return []
    corrected = digests.corrected(tick.connection, tick.now - CATCH_UP, tick.now - KEPT_IN_MIND)
    if not corrected:
        return []
    groups = {(each.set_by, each.id): each for each in group_chats.every(tick.connection)}
    lines: dict[Reader, list[tuple[Digest, Html]]] = {}
    for each in corrected:
        about = (each.form, each.unit_id, each.period)
        earlier = reminder_log.recorded_about(tick.connection, ReminderKind.CORRECTION, *about)
        for reader, told in {**_readers(tick, each), **_groups(tick, each, groups.values())}.items():
            since = [
                one.rule.number
                for one in earlier
                if (one.person_id, one.rule.offset) == reader and one.at >= told.as_of
            ]
            line = _line(tick, each, told, reader, since)
            if line is not None:
                lines.setdefault(reader, []).append((told, line))
    persons = people.people_of(tick.connection, {person_id for person_id, _ in lines})
    says = list[Say]()
    for reader, theirs in lines.items():
        if reader in groups:
            says.append(_say(groups[reader].to, groups[reader].language, theirs, tick.zone))
        elif reader[0] in persons:
            says.append(_say(persons[reader[0]].address, persons[reader[0]].language, theirs, tick.zone))
    return says


def _readers(tick: Tick, of: digests.Corrected) -> dict[Reader, Digest]:
    """Whom the old figure was told, with the newest digest that told it before the correction."""
    above = [unit.id for unit in tick.tree.above(tick.tree.unit(of.unit_id))]
    found: dict[Reader, Digest] = {}
    for each in digests.frozen_of(tick.connection, of.form, above, of.period, before=of.sent_at):
        if len(each.digest.content.periods) == 1:
            for person_id in each.person_ids:
                found.setdefault((person_id, 0), each.digest)
    return found


def _groups(tick: Tick, of: digests.Corrected, groups: Iterable[Gathering]) -> dict[Reader, Digest]:
    """The groups that the old figure was told, likewise; none whose founder has lost the duty."""
    above = {unit.id for unit in tick.tree.above(tick.tree.unit(of.unit_id))}
    found: dict[Reader, Digest] = {}
    for group in groups:
        if group.unit_id not in above or not is_kept(tick, group):
            continue
        about = (of.form, group.unit_id, of.period)
        got = reminder_log.recorded_about(tick.connection, ReminderKind.GROUP_DIGEST, *about)
        at = max((one.at for one in got if one.rule.number == group.id and one.at < of.sent_at), default=None)
        for each in digests.frozen_of(tick.connection, of.form, [group.unit_id], of.period) if at is not None else ():
            content = each.digest.content
            is_this = each.digest.as_of <= at and content.language == group.language if at is not None else False
            if is_this and len(content.periods) == 1:
                found.setdefault((group.set_by, group.id), each.digest)
    return found


def _line(tick: Tick, of: digests.Corrected, told: Digest, reader: Reader, since: Sequence[int]) -> Html | None:
    """The line, if there is something to correct in what this reader was told and has not heard of yet.

    `since`: the revisions that were told there since that digest; what the last of them said is not to stand either.
    """
    if of.revision in since:
        return None
    connection = tick.connection
    values = _values(connection, of.form, of.unit_id, of.period)
    corrected = _answered(connection, of, max(since)) if since else {}
    changed = [*changes(told, of.unit_id, values), *taken_back(told, of.unit_id, values, corrected)]
    if not changed:
        return None
    person_id, group_id = reader
    rule = ReminderKey(ReminderKind.CORRECTION, offset=group_id, number=of.revision)
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
