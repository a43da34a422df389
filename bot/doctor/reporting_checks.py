"""The work itself: forms, who reports for which unit, who is silent, what waits to be handled, said and sent."""

from collections.abc import Sequence
from datetime import timedelta

from bot.channels import channels_by
from bot.doctor.findings import Finding, Health, Patient, failing, warned, well
from reporting.collation import person_order
from reporting.people import Role
from reporting.rounds.standings import expected_units
from reporting.say import Rank
from reporting.units import Unit
from storage.messages.queues import Queue, aside_since, inbox_queues, outbox_queues, portal_queue
from storage.organisation import people, units
from storage.reports import forms
from storage.schedule import rounds
from storage.schedule.rounds_of_day import rounds_of, standings_of_day
from storage.schedule.streaks import streaks

REPLIES = tuple(rank.name.lower() for rank in Rank if rank <= Rank.REPLY)
MOST_NAMED = 5
SILENT = 3
"""So many periods in a row without a report are a silence."""
SLOW, STUCK, DAY = 120, 1800, 86_400
"""Seconds that the oldest may wait before something is slow, or stands still."""
REPORTS: tuple[Role, ...] = ("reporter", "deputy")


def check_forms(of: Patient) -> Finding:
    """That there is something to report, and units to report it."""
    if not list(units.tree(of.connection)):
        return failing("doctor_units_none")
    found = forms.in_force(of.connection, of.now.astimezone(of.settings.zone).date())
    if not found:
        return failing("doctor_forms_none")
    return well("doctor_forms", n=len(found), forms=", ".join(each.key for each in found))


def check_reporters(of: Patient) -> Finding:
    """That each unit that owes a report has somebody to send it."""
    today, tree = of.now.astimezone(of.settings.zone).date(), units.tree(of.connection)
    owing = {
        unit.id: unit
        for form in forms.in_force(of.connection, today)
        if form.by == "reporter"
        for unit in expected_units(form, tree, today)
    }
    held = {duty.unit_id for duty in people.duties(of.connection, today, roles=REPORTS)}
    without = [unit for unit_id, unit in owing.items() if unit_id not in held]
    if without:
        return warned("doctor_reporters_wanting", n=len(without), units=_named(without))
    return well("doctor_reporters", n=len(owing))


def check_silent(of: Patient) -> Finding:
    """Units that have sent nothing for several periods in a row."""
    tree, zone = units.tree(of.connection), of.settings.zone
    silent: dict[int, Unit] = {}
    for form, period in rounds_of(of.connection, None, of.now, zone):
        found = standings_of_day(of.connection, form, period, tree, of.now, zone)
        long = streaks(of.connection, form, period, found, tree, of.now)
        silent |= {unit_id: tree.unit(unit_id) for unit_id, count in long.items() if count >= SILENT}
    if silent:
        return warned("doctor_silent", n=len(silent), units=_named(list(silent.values())), periods=SILENT)
    return well("doctor_silent_none", periods=SILENT)


def check_shut_out(of: Patient) -> Finding:
    """People with duties whose chat cannot be reached."""
    today = of.now.astimezone(of.settings.zone).date()
    staff = {duty.person_id for duty in people.duties(of.connection, today)}
    found = people.people_of(of.connection, staff & people.shut_out(of.connection))
    if found:
        names = people.names(list(found.values())[:MOST_NAMED])
        return warned("doctor_shut_out", n=len(found), names=names)
    return well("doctor_reachable", n=len(staff))


def check_unset_channels(of: Patient) -> Finding:
    """People with duties who are found only in a messenger that is not set: whoever stands in for them is told in their place."""
    channels = channels_by(of.settings)
    lost = rounds.cut_off(of.connection, channels=channels)
    lost -= rounds.cut_off(of.connection) if lost else set()
    today = of.now.astimezone(of.settings.zone).date()
    held = people.duties(of.connection, today, person_ids=lost) if lost else []
    if not held:
        return well("doctor_channels_reach")
    seats, tree = {each.person_id: each.unit_id for each in reversed(held)}, units.tree(of.connection)
    found = sorted(people.people_of(of.connection, seats).values(), key=lambda each: person_order(each.name))
    names = ", ".join(f"{each.name} ({tree.unit(seats[each.id]).title})" for each in found[:MOST_NAMED])
    where = ", ".join(sorted({each.address.channel for each in found}))
    return warned("doctor_channels_unset", n=len(found), names=names, channels=where)


def check_inbox(of: Patient) -> Finding:
    """Updates that wait to be handled."""
    queues = inbox_queues(of.connection)
    return _waits(of, "inbox", sum(queues.values(), Queue()), SLOW, STUCK)


def check_aside(of: Patient) -> Finding:
    """Updates of the last day that could not be handled."""
    count = aside_since(of.connection, of.now - timedelta(days=1))
    return warned("doctor_aside", n=count) if count else well("doctor_aside_none")


def check_outbox(of: Patient) -> Finding:
    """Messages that wait to be said; a country's reminders take a while, replies do not."""
    queues = outbox_queues(of.connection)
    replies = sum((queues.pop(each) for each in REPLIES), Queue())
    others = sum(queues.values(), Queue())
    found = _waits(of, "outbox", replies, SLOW, STUCK)
    return found if found.health is not Health.OK else _waits(of, "outbox", replies + others, STUCK, 4 * STUCK)


def check_portals(of: Patient) -> Finding:
    """Figures that are due at portals and have not left; many mappings let them leave only at night."""
    return _waits(of, "portals", portal_queue(of.connection), 2 * DAY, 7 * DAY)


def _waits(of: Patient, name: str, queue: Queue, slow: int, stuck: int) -> Finding:
    """How many wait, and for how many minutes, or days, the oldest has."""
    seconds = queue.age(of.now)
    say = failing if seconds > stuck else warned if seconds > slow else well
    state = "waits" if seconds > slow else "flows"
    return say(f"doctor_{name}_{state}", n=queue.waiting, minutes=int(seconds) // 60, days=int(seconds) // DAY)


def _named(found: Sequence[Unit]) -> str:
    some = sorted(found, key=lambda each: each.name_order)[:MOST_NAMED]
    return ", ".join(each.title_with_code for each in some) + (" …" if len(found) > MOST_NAMED else "")
