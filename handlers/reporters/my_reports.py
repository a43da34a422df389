"""Something back for whoever reports: checking a receipt, the own record, the unit's trend, and practice."""

from collections.abc import Mapping
from datetime import date, timedelta

from handlers.reporters.draft_session import next_in
from messages.digests.trend import trend, trend_indicators
from messages.reporters.my_reports_words import history, receipt_checked
from reporting.filling.fingerprints import fingerprint, same
from reporting.filling.tasks import expects
from reporting.forms import Form, Question
from reporting.incoming import Message
from reporting.people import Address
from reporting.questions.gaps import gaps
from reporting.reports import Report
from reporting.rounds.periods import current_period
from reporting.say import Drawn, Say
from reporting.translator import Translator
from reporting.units import Unit
from services.context import Context
from services.open_report import open_practice
from services.waiting_reviews import states_of
from storage.figures import figures
from storage.reports import forms, reports
from storage.schedule import rounds

RECORD = timedelta(days=29)
SHOWN = 14


def verify(message: Message, context: Context) -> list[Say]:
    """/kiemtra <number> <fingerprint>: whether a receipt is ours, and still stands."""
    to = message.chat
    person = context.person(to)
    words = context.words(person, message.language)
    if not context.duties(person):
        return context.not_authorised(to, words)
    parts = message.arguments.split()
    if len(parts) < 2:
        return [Say(to, words("verify_how"))]
    for report in reports.numbered(context.connection, parts[0].upper()):
        form = forms.version(context.connection, report.form, report.version)
        if same("".join(parts[1:]), fingerprint(form, report)):
            newest = reports.newest(context.connection, report.form, report.unit_id, report.period) or report
            at = report.sent_at.astimezone(context.zone)
            return [receipt_checked(form, report, newest, context.unit(report.unit_id), at, to, words)]
    return [Say(to, words("verify_wrong", number=parts[0][:60]))]


def show_history(message: Message, context: Context) -> list[Say]:
    """/lichsu: what one's units have sent, how much of it on time, and how their figures go."""
    to = message.chat
    person = context.person(to)
    words = context.words(person, message.language)
    held = context.duties(person, "reporter", "deputy", "chair")
    if not held:
        return context.not_authorised(to, words)
    units = dict.fromkeys(context.unit(duty.unit_id) for duty in held)
    return [
        say
        for form in context.forms
        if form.by == "reporter" and form.schedule.period != "on change"
        for unit in units
        if expects(form, unit, context.tree, context.today)
        for say in _history(context, form, unit, to, words)
    ] or [Say(to, words("task_nothing_open"))]


def _history(context: Context, form: Form, unit: Unit, to: Address, words: Translator) -> list[Say]:
    last = current_period(form.schedule, context.now, context.zone)
    found = rounds.standings_between(
        context.connection, form, last - RECORD, last, context.tree, context.now, context.zone, root=unit
    )
    names = [question.name for question in trend_indicators(form)]
    known = figures.of_units(context.connection, form.key, names, [unit.id], last - timedelta(days=SHOWN - 1), last)
    periods = [each.deadline.period for each in found[-SHOWN:] if each.sent is not None]
    sent = reports.newest_of(context.connection, form.key, [(unit.id, period) for period in periods])
    stands = states_of(context.connection, form, sent.values())
    of_unit = {period: stands[unit.id, period] for _, period in sent}
    text = history(form, unit, found, _unknown(context, form, sent), of_unit, context.now, context.zone, SHOWN, words)
    content = trend(form, unit, known, last, SHOWN, context.local, words, demonstration=context.demonstration)
    if content is None:
        return [Say(to, text)]
    return [Say(to, text), Say(to, words("trend_title", unit=unit.title), photo=Drawn("trend.png", content))]


def _unknown(context: Context, form: Form, sent: Mapping[tuple[int, date], Report]) -> dict[date, list[Question]]:
    """By period the indicators that its report says are not known yet."""
    return {
        period: [
            gap.question
            for gap in gaps(forms.version(context.connection, form.key, report.version), report.answers)
            if gap.why == "unknown"
        ]
        for (_, period), report in sent.items()
    }


def practise(message: Message, context: Context) -> list[Say]:
    """/dientap: a report to practise with; it counts nowhere, and every message says so."""
    to = message.chat
    person = context.person(to)
    words = context.words(person, message.language)
    held = context.duties(person, "reporter", "deputy")
    if person is None or not held:
        return context.not_authorised(to, words)
    filling = open_practice(context, person, held, to)
    if filling is None:
        return [Say(to, words("task_nothing_open"))]
    return [next_in(context, person, to, filling)]
