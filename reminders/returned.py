"""Reports that were returned: whoever is charged with them is told, and once more with the form's next reminder if they still wait."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from messages.notices import notices_in_parts
from reminders.context import Tick
from reporting.events.reviews import ReportReturned
from reporting.people import Person
from reporting.reminder_key import ReminderKey
from reporting.reports import Report
from reporting.rounds.deadlines import deadline
from reporting.rounds.moments import reminds_between
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Say
from reporting.tick_parts import TickPart
from services.context import Context
from services.return_report import charged_with
from services.waiting_reviews import AwaitsCorrection, returned_reports
from storage.organisation import people
from storage.reports import reopening, reports
from storage.schedule import reminder_log

AT_ONCE = timedelta(hours=1)
"""A rule's moment so shortly after the return reminds of nothing yet."""


def due_returns(tick: Tick) -> list[Say]:
    """What is to be said now, each recorded as said. In quiet hours nothing: it is told after them."""
    if tick.is_quiet:
        return []
    waiting = returned_reports(tick.connection, tick.tree, tick.today, apart=tick.apart)
    says = (
        tick.says(TickPart(form=each.form.key, unit_id=each.unit.id), partial(_told, tick, each)) for each in waiting
    )
    return [say for of_report in says for say in of_report]


def _told(tick: Tick, of: AwaitsCorrection) -> list[Say]:
    report = reports.newest(tick.connection, of.form.key, of.unit.id, of.period)
    if report is None:
        return []
    context = Context(tick.connection, tick.now, tick.zone, tick.tree, tick.channels)
    charged = {each.id: each for each in charged_with(context, of.form, of.unit, report)}
    due = deadline(of.form.key, of.form.schedule, of.unit.id, of.period, tick.zone)
    closes_at = reopening.closes_at(tick.connection, due)

    def told(person_ids: Sequence[int]) -> list[Say]:
        return _told_to(tick, of, report, {each: charged[each] for each in person_ids}, closes_at)

    return tick.says_to(list(charged), TickPart(form=of.form.key, unit_id=of.unit.id), told)


def _told_to(
    tick: Tick, of: AwaitsCorrection, report: Report, charged: Mapping[int, Person], closes_at: datetime
) -> list[Say]:
    wanted = {
        ReminderRecord(ReminderKey.returned(review.id, again=again), *place, each, tick.now): (review, again)
        for place in [(of.form.key, of.unit.id, of.period)]
        for review in of.returns
        for again in ((False, True) if reminds_between(of.form, review.at + AT_ONCE, tick.now, tick.zone) else (False,))
        for each in charged
        if each != review.by
    }
    new = {each._replace(at=tick.now) for each in reminder_log.record(tick.connection, list(wanted))}
    events, told = list[ReportReturned](), set[tuple[int, int]]()
    for record, (review, again) in wanted.items():
        if record in new and (record.person_id, review.id) not in told:  # whoever hears of it late hears of it once
            told.add((record.person_id, review.id))
            by = people.person_of(tick.connection, review.by) if review.by is not None else charged[record.person_id]
            events.append(
                ReportReturned(charged[record.person_id], by, of.form, of.unit, report, review, closes_at, again)
            )
    return notices_in_parts(events, tick.zone)
