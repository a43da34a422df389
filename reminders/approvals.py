"""Reports that wait for approval: whoever may approve is told of each revision once."""

from messages.notices import notices_of
from reminders.context import Tick
from reporting.events import ApprovalWanted
from reporting.forms import Form
from reporting.rounds.periods import moment
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Say
from services import approve
from storage.schedule import reminder_log


def due_approvals(tick: Tick) -> list[Say]:
    """Tells whoever may approve of each revision that waits for it, once; in quiet hours only of forms that are due in them."""
    says = list[Say]()
    for form in tick.forms:
        if form.approval != "none" and not tick.holds_back(moment(form.schedule.due, tick.today, tick.zone)):
            says += notices_of(_new(tick, form), tick.zone)
    return says


def _new(tick: Tick, form: Form) -> list[ApprovalWanted]:
    """Whom nobody has told of a revision yet; that it is told is recorded."""
    wanted = {_record(tick, each): each for each in approve.wanted_of(tick.connection, form, tick.tree, tick.today)}
    new = {each._replace(at=tick.now) for each in reminder_log.record(tick.connection, list(wanted))}
    return [event for record, event in wanted.items() if record in new]


def _record(tick: Tick, of: ApprovalWanted) -> ReminderRecord:
    rule = f"approval {of.report.revision}"
    return ReminderRecord(rule, of.form.key, of.unit.id, of.report.period, of.to.id, tick.now)
