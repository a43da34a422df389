"""What leaders set going is followed up by the clock: questions about figures, and reports that wait for approval."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from messages.leaders.acting_words import approval_say
from messages.leaders.data_query_words import asked_say, ended_say, written
from messages.residents.answering import settle, tell, wants
from messages.residents.flags import inquiry_about, outcome
from messages.residents.view import View
from reporting.access import may_approve
from reporting.figures.areas import Areas
from reporting.figures.flag import Flag
from reporting.forms import Form
from reporting.people import Role
from reporting.reports import Report
from reporting.rounds.data_query import AskedBack, State, what_is_due
from reporting.rounds.periods import moment
from reporting.rounds.quiet_hours import QuietHours, holds_back, is_quiet
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Rank, Say
from reporting.translator import translator
from reporting.units import UnitTree
from storage.figures import public
from storage.organisation import people, units
from storage.reports import approving, data_queries, forms, reports
from storage.residents import flags
from storage.schedule import reminder_log

LOOK_BACK = timedelta(days=31)
"""Whoever approves is not told of reports for periods that are longer ago."""


def due_asked(
    connection: Connection,
    now: datetime,
    zone: ZoneInfo,
    quiet: QuietHours | None = None,
    *,
    demonstration: bool = False,
) -> list[Say]:
    """The reminders and the ends of questions that are due at `now`, each recorded in this transaction."""
    questions = [] if is_quiet(now, zone, quiet) else data_queries.open_questions(connection)
    if not questions:
        return []
    scene = _Scene(connection, units.tree(connection), now, zone, quiet, demonstration)
    return [say for each in questions for say in _follow_up(scene, each)]


@dataclass(frozen=True, slots=True)
class _Scene:
    connection: Connection
    tree: UnitTree
    now: datetime
    zone: ZoneInfo
    quiet: QuietHours | None
    demonstration: bool


def _follow_up(scene: _Scene, asked: AskedBack) -> list[Say]:
    connection, tree, now, zone = scene.connection, scene.tree, scene.now, scene.zone
    report = reports.newest(connection, asked.form, asked.unit_id, asked.period)
    form = forms.published(connection, asked.form, asked.period)
    if report is None or form is None:
        return []
    if report.provisional and report.revision > asked.revision:
        return []  # corrected, once that is approved
    answer = report.answers.get(asked.indicator)
    value = written(answer.value if answer is not None else None)
    due = what_is_due(asked, report.revision, value, now, zone, scene.quiet)
    unit, on = tree.unit(asked.unit_id), now.astimezone(zone).date()
    owner = people.person_of(connection, asked.asked_by) if asked.asked_by is not None else None
    if due == "remind":
        if not data_queries.reminded(connection, asked, now):
            return []
        theirs = people.with_duty(connection, unit.id, ("reporter", "deputy"), on)
        return [asked_say(asked, form, unit, owner, each, zone, again=True) for each in theirs]
    if due == "":
        return []
    return _end(scene, asked, form, due, value, report)


def _end(scene: _Scene, asked: AskedBack, form: Form, state: State, value: str, report: Report) -> list[Say]:
    by = report.sent_by if state != "unanswered" else None
    reason = report.reason if state != "unanswered" else ""
    if not data_queries.end(scene.connection, asked, state, scene.now, by, reason):
        return []
    unit, told = scene.tree.unit(asked.unit_id), list[Say]()
    for each in flags.take(scene.connection, asked.id):
        corrected = _public_answer(scene, asked, each) if state == "corrected" else None
        told.append(outcome(each, asked, form, unit, state, corrected))
    if asked.asked_by is None:
        return told
    owner = people.person_of(scene.connection, asked.asked_by)
    name = people.person_of(scene.connection, by).name if by is not None else ""
    return [ended_say(asked, form, unit, state, value, reason, name, owner), *told]


def _public_answer(scene: _Scene, asked: AskedBack, flag: Flag) -> Say | None:
    """The figure that was doubted as whoever asks is told it now; None if it is public no more."""
    local = scene.now.astimezone(scene.zone)
    in_force, words = forms.in_force(scene.connection, local.date()), translator(flag.language)
    view = View(flag.to, words, in_force, Areas(scene.tree), local, scene.zone, scene.demonstration)
    inquiry = settle(inquiry_about(asked, scene.tree.unit(asked.unit_id)), view)
    read = [public.known(scene.connection, wanted, view.areas) for wanted in wants(inquiry, view)]
    return tell(inquiry, view, read) if read else None


def due_approvals(connection: Connection, now: datetime, zone: ZoneInfo, quiet: QuietHours | None = None) -> list[Say]:
    """Tells whoever may approve of each revision that waits for it, once; in quiet hours only of forms that are due in them."""
    today = now.astimezone(zone).date()
    wanted = [
        form
        for form in forms.in_force(connection, today)
        if form.approval != "none" and not holds_back(moment(form.schedule.due, today, zone), now, zone, quiet)
    ]
    if not wanted:
        return []
    tree, says = units.tree(connection), list[Say]()
    for form in wanted:
        waiting = approving.waiting(connection, form.key, today - LOOK_BACK)
        duties = people.duties(connection, today, roles=_roles(form)) if waiting else []
        for report in waiting:
            unit = tree.unit(report.unit_id)
            ids = {duty.person_id for duty in duties if may_approve(form, unit, [duty], tree)}
            rule = f"approval {report.revision}"
            new = [ReminderRecord(rule, form.key, unit.id, report.period, person_id, now) for person_id in sorted(ids)]
            known = people.people_of(connection, [each.person_id for each in reminder_log.record(connection, new)])
            for person in known.values():
                words = translator(person.language)
                says.append(approval_say(form, report, unit, person.address, words, Rank.REMINDER))
    return says


def _roles(form: Form) -> tuple[Role, ...]:
    return (form.approval,) if form.approval != "none" else ()
