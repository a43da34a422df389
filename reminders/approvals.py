"""Reports that wait for approval: whoever may approve is told of each revision once."""

from datetime import timedelta

from messages.notices import notices_of
from reminders.context import Tick
from reporting.access import may_approve
from reporting.events import ApprovalWanted
from reporting.forms import Form
from reporting.people import Role
from reporting.rounds.periods import moment
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Say
from storage.organisation import people
from storage.reports import approving
from storage.schedule import reminder_log

LOOK_BACK = timedelta(days=31)
"""Whoever approves is not told of reports for periods that are longer ago."""


def due_approvals(tick: Tick) -> list[Say]:
    """Tells whoever may approve of each revision that waits for it, once; in quiet hours only of forms that are due in them."""
    connection, today, says = tick.connection, tick.today, list[Say]()
    for form in tick.forms:
        if form.approval == "none" or tick.holds_back(moment(form.schedule.due, today, tick.zone)):
            continue
        waiting = approving.waiting(connection, form.key, today - LOOK_BACK)
        duties = people.duties(connection, today, roles=_roles(form)) if waiting else []
        for report in waiting:
            unit = tick.tree.unit(report.unit_id)
            ids = {duty.person_id for duty in duties if may_approve(form, unit, [duty], tick.tree)}
            rule = f"approval {report.revision}"
            new = [
                ReminderRecord(rule, form.key, unit.id, report.period, person_id, tick.now) for person_id in sorted(ids)
            ]
            known = people.people_of(connection, [each.person_id for each in reminder_log.record(connection, new)])
            says += notices_of((ApprovalWanted(person, form, report, unit) for person in known.values()), tick.zone)
    return says


def _roles(form: Form) -> tuple[Role, ...]:
    return (form.approval,) if form.approval != "none" else ()
