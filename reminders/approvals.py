"""Reports that wait for approval: whoever may give it is told of all in one message, and whoever is above of what waits too long."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from messages.notices import notices_in_parts
from reminders.context import Tick
from reporting.approvals import AwaitsApproval, is_to_be_told, tier_above, waits_too_long
from reporting.approvers import Approvers
from reporting.events.reviews import ApprovalOverdue, ApprovalWanted
from reporting.forms import Form
from reporting.people import Person
from reporting.reminder_key import ReminderKey, ReminderKind
from reporting.reviews import LOOK_BACK
from reporting.rounds.periods import moment
from reporting.rounds.reminder_record import ReminderRecord
from reporting.rounds.standings import expected_units
from reporting.say import Say
from reporting.tick_parts import TickPart
from services.approve import approvers
from services.waiting_reviews import reports_awaiting_approval, with_doubts
from storage.organisation import people
from storage.reports import reports
from storage.schedule import reminder_log

Told = dict[int, list[AwaitsApproval]]
"""By person id what he is told of."""


def due_approvals(tick: Tick) -> list[Say]:
    """Tells each of what has come to him, gathered, and of what waits too long below him, once; in quiet hours only of forms that
    are due in them.
    """
    asks = [form for form in tick.forms if form.approval or form.approval_until]
    due = [form for form in asks if not tick.holds_back(moment(form.schedule.due, tick.today, tick.zone))]
    if not due:
        return []
    by = approvers(tick.connection, tick.tree, tick.now, tick.zone)
    says = (tick.says(TickPart(form=form.key), partial(_of_form, tick, form, by)) for form in due)
    return [say for of_form in says for say in of_form]


def _of_form(tick: Tick, form: Form, by: Approvers) -> list[Say]:
    """What is told of a form. Part by part, what stands in the way of one report keeps none of the others from being told of."""
    found = reports_awaiting_approval(tick.connection, form, by, tick.today, apart=tick.apart)
    if not found:
        return []
    wanted, overdue = _awaited_by(found, by), _overdue_for(tick, form, found, by)
    if not tick.parts.are_apart:
        return notices_in_parts(
            [*_wanted(tick, form, wanted, found, by), *_overdue(tick, form, overdue, found, by)], tick.zone
        )
    for one in sorted({*wanted, *overdue}):
        tick.says(
            TickPart(form=form.key, person_id=one), partial(_of_person, tick, form, one, wanted, overdue, found, by)
        )
    return []


def _of_person(
    tick: Tick, form: Form, one: int, wanted: Told, overdue: Told, found: list[AwaitsApproval], by: Approvers
) -> list[Say]:
    wanted, overdue = ({one: of[one]} if one in of else {} for of in (wanted, overdue))
    return notices_in_parts(
        [*_wanted(tick, form, wanted, found, by), *_overdue(tick, form, overdue, found, by)], tick.zone
    )


def _awaited_by(found: list[AwaitsApproval], by: Approvers) -> Told:
    theirs: Told = {}
    for each in found:
        for one in by.people(each.unit, each.awaited) - _who_knows(each):
            theirs.setdefault(one, []).append(each)
    return theirs


def _wanted(tick: Tick, form: Form, theirs: Told, found: list[AwaitsApproval], by: Approvers) -> list[ApprovalWanted]:
    new = _unheard(tick, form, theirs, ReminderKind.APPROVAL)
    since = tick.today - 2 * LOOK_BACK
    told_at = reminder_log.told_last(tick.connection, ReminderKind.APPROVAL, form.key, since, new) if new else {}
    ready = {one: each for one, each in new.items() if _is_time(tick, form, each, found, by, one, told_at.get(one))}
    known = _recorded(tick, form, ready, is_overdue=False)
    doubted = ((person, with_doubts(tick.connection, theirs[person.id], parts=tick.parts)) for person in known)
    return [ApprovalWanted(person, form, of, tick.now) for person, of in doubted]


def _is_time(
    tick: Tick,
    form: Form,
    new: list[AwaitsApproval],
    found: list[AwaitsApproval],
    by: Approvers,
    one: int,
    told_at: datetime | None,
) -> bool:
    """Whether one person is told now of what is new to him: when the last is in, at the due time, or after a while."""
    for period in {each.report.period for each in new}:
        of_period = [each for each in new if each.report.period == period]
        due_at, since = moment(form.schedule.due, period, tick.zone), min(each.reviewed.since for each in of_period)
        is_complete = not _to_come(tick, form, period, found, by, one)
        if is_to_be_told(tick.now, due_at, since, told_at, is_complete=is_complete):
            return True
    return False


def _to_come(tick: Tick, form: Form, period: date, found: list[AwaitsApproval], by: Approvers, one: int) -> bool:
    """Whether any report is still to come to him: not sent yet, or waiting below."""
    below = {
        each.unit.id for each in found if each.report.period == period and one not in by.people(each.unit, each.awaited)
    }
    sent = reports.sent(tick.connection, form.key, period)
    his = (
        unit
        for unit in expected_units(form, tick.tree, period)
        if any(one in by.people(unit, tier) for tier in form.approval)
    )
    return any(unit.id in below or unit.id not in sent for unit in his)


def _overdue_for(tick: Tick, form: Form, found: list[AwaitsApproval], by: Approvers) -> Told:
    theirs: Told = {}
    for each in found:
        above = tier_above(each.form, each.awaited)
        closes_at = moment(form.schedule.closes, each.report.period, tick.zone)
        if above is not None and waits_too_long(tick.now, closes_at, each.reviewed.since):
            for one in by.people(each.unit, above) - by.people(each.unit, each.awaited):
                theirs.setdefault(one, []).append(each)
    return theirs


def _overdue(tick: Tick, form: Form, theirs: Told, found: list[AwaitsApproval], by: Approvers) -> list[ApprovalOverdue]:
    new = _unheard(tick, form, theirs, ReminderKind.APPROVAL_OVERDUE)
    known = _recorded(tick, form, new, is_overdue=True)
    ids = {one for each in found for one in by.people(each.unit, each.awaited)} if known else set[int]()
    named = people.people_of(tick.connection, ids) if ids else {}
    names = {each.unit.id: _names(by, each, named) for each in found}
    return [ApprovalOverdue(person, form, new[person.id], names) for person in known]


def _names(by: Approvers, of: AwaitsApproval, named: Mapping[int, Person]) -> str:
    return people.names([named[one] for one in by.people(of.unit, of.awaited) if one in named])


def _unheard(tick: Tick, form: Form, theirs: Told, kind: ReminderKind) -> Told:
    """What of it each has not been told yet."""
    if not theirs:
        return {}
    heard = reminder_log.told_of(tick.connection, kind, form.key, tick.today - LOOK_BACK)
    is_overdue = kind is ReminderKind.APPROVAL_OVERDUE
    left = {
        one: [each for each in of if (each.unit.id, each.report.period, one, _key(each, is_overdue)) not in heard]
        for one, of in theirs.items()
    }
    return {one: of for one, of in left.items() if of}


def _recorded(tick: Tick, form: Form, told: Told, *, is_overdue: bool) -> list[Person]:
    """Who is told now, in the order of their ids: nobody else has told him all of it meanwhile."""
    known = people.people_of(tick.connection, told) if told else {}
    records = [
        ReminderRecord(_key(each, is_overdue), form.key, each.unit.id, each.report.period, one, tick.now)
        for one in sorted(known)
        for each in told[one]
    ]
    new = {each.person_id for each in reminder_log.record(tick.connection, records)}
    return [known[one] for one in sorted(known) if one in new]


def _key(of: AwaitsApproval, is_overdue: bool) -> ReminderKey:
    return ReminderKey.approval(of.report.revision, of.after, is_overdue=is_overdue)


def _who_knows(of: AwaitsApproval) -> frozenset[int]:
    """Whoever has just taken his own approval back need not be told that it waits."""
    last = of.reviewed.last
    if last is None or last.step != "unapproved" or last.by is None:
        return frozenset()
    return frozenset({last.by})
