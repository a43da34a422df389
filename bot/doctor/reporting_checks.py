"""The work itself: forms, who reports for which unit, who is silent, what waits to be handled, said and sent."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select

from bot.doctor.findings import Finding, Patient, failing, warned, well
from reporting.people import Role
from reporting.rounds.standings import expected_units
from reporting.units import Unit
from storage.database.tables import metadata
from storage.organisation import people, units
from storage.reports import forms
from storage.schedule.rounds_of_day import rounds_of, standings_of_day
from storage.schedule.streaks import streaks

inbox, outbox, delivery, address = (metadata.tables[name] for name in ("inbox", "outbox", "portal_delivery", "address"))
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
    shut = set(
        of.connection.execute(select(address.c.person_id).where(address.c.unreachable_at.is_not(None))).scalars()
    )
    found = people.people_of(of.connection, staff & shut)
    if found:
        names = people.names(list(found.values())[:MOST_NAMED])
        return warned("doctor_shut_out", n=len(found), names=names)
    return well("doctor_reachable", n=len(staff))


def check_inbox(of: Patient) -> Finding:
    """Updates that wait to be handled."""
    return _queue(of, "inbox", inbox.c.received_at, inbox.c.state == "new", SLOW, STUCK)


def check_aside(of: Patient) -> Finding:
    """Updates that could not be handled."""
    count = int(of.connection.execute(select(func.count()).where(inbox.c.state == "aside")).scalar_one())
    return warned("doctor_aside", n=count) if count else well("doctor_aside_none")


def check_outbox(of: Patient) -> Finding:
    """Messages that wait to be said."""
    return _queue(of, "outbox", outbox.c.created_at, outbox.c.state.in_(("new", "sending")), SLOW, STUCK)


def check_portals(of: Patient) -> Finding:
    """Figures that are due at portals and have not left; many mappings let them leave only at night."""
    return _queue(of, "portals", delivery.c.changed_at, delivery.c.state == "waiting", 2 * DAY, 7 * DAY)


def _queue(
    of: Patient, name: str, since: ColumnElement[Any], waits: ColumnElement[bool], slow: int, stuck: int
) -> Finding:
    """How many wait, and for how many minutes the oldest has."""
    count, oldest = of.connection.execute(select(func.count(), func.min(since)).where(waits)).one()
    seconds = max(0, int((of.now - oldest).total_seconds())) if count else 0
    say = failing if seconds > stuck else warned if seconds > slow else well
    state = "waits" if seconds > slow else "flows"
    return say(f"doctor_{name}_{state}", n=int(count), minutes=seconds // 60)


def _named(found: Sequence[Unit]) -> str:
    some = sorted(found, key=lambda each: each.name_order)[:MOST_NAMED]
    return ", ".join(f"{each.title} ({each.code})" for each in some) + (" …" if len(found) > MOST_NAMED else "")
