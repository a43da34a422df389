"""Reports that wait for approval: whoever may approve is told of each revision once, whenever it has come to him."""

from messages.notices import notices_of
from reminders.context import Tick
from reporting.approvers import Approvers
from reporting.events import ApprovalWanted
from reporting.forms import Form
from reporting.people import Person
from reporting.reminder_key import ReminderKey
from reporting.rounds.periods import moment
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Say
from services.approve import approvers
from services.waiting_reviews import AwaitsApproval, reports_awaiting_approval
from storage.organisation import people
from storage.schedule import reminder_log


def due_approvals(tick: Tick) -> list[Say]:
    """Tells whoever may approve of each revision that waits for him, once; in quiet hours only of forms that are due in them."""
    asks = [form for form in tick.forms if form.approval]
    due = [form for form in asks if not tick.holds_back(moment(form.schedule.due, tick.today, tick.zone))]
    if not due:
        return []
    by = approvers(tick.connection, tick.tree, tick.now, tick.zone)
    return [say for form in due for say in notices_of(_new(tick, form, by), tick.zone)]


def _new(tick: Tick, form: Form, by: Approvers) -> list[ApprovalWanted]:
    """Whom nobody has told of a revision yet; that it is told is recorded."""
    found = reports_awaiting_approval(tick.connection, form, by, tick.today)
    to = {id(each): by.people(form, each.unit, each.awaited) - _who_knows(each) for each in found}
    known = people.people_of(tick.connection, frozenset().union(*to.values()))
    wanted = {
        _record(tick, each, known[one]): ApprovalWanted(known[one], form, each.report, each.unit, each.reviewed)
        for each in found
        for one in sorted(to[id(each)])
        if one in known
    }
    new = {each._replace(at=tick.now) for each in reminder_log.record(tick.connection, list(wanted))}
    return [event for record, event in wanted.items() if record in new]


def _who_knows(of: AwaitsApproval) -> frozenset[int]:
    """Whoever has just taken his own approval back need not be told that it waits."""
    last = of.reviewed.last
    if last is None or last.step != "unapproved" or last.by is None:
        return frozenset()
    return frozenset({last.by})


def _record(tick: Tick, of: AwaitsApproval, to: Person) -> ReminderRecord:
    last = of.reviewed.last
    rule = ReminderKey.approval(of.report.revision, last.id if last is not None else 0)
    return ReminderRecord(rule, of.form.key, of.unit.id, of.report.period, to.id, tick.now)
