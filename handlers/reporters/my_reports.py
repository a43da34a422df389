"""Something back for whoever reports: checking a receipt, the own record, the unit's trend, and practice."""

from datetime import timedelta

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from handlers.common.addresses import address_of, language_of
from handlers.reporters.draft_session import filling_of, go_on
from messages.digests.trend import trend, trend_indicators
from messages.reporters.draft_words import say_what_is_next
from messages.reporters.my_reports_words import history, receipt_checked
from reporting.filling.fingerprints import fingerprint, same
from reporting.filling.tasks import expects
from reporting.forms import Form
from reporting.people import Address
from reporting.rounds.periods import current_period
from reporting.say import Drawn, Say
from reporting.translator import Translator
from reporting.units import Unit
from services.context import Context
from storage.figures import figures
from storage.reports import drafts, forms, reports
from storage.schedule import rounds

router = Router(name="own")
private = F.chat.type == "private"
RECORD = timedelta(days=29)
SHOWN = 14


@router.message(private, Command("kiemtra", "verify"))
async def verify(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/kiemtra <number> <fingerprint>: whether a receipt is ours, and still stands."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person, language_of(message.from_user))
    if not context.duties(person):
        return context.not_authorised(to, words)
    parts = (command.args or "").split()
    if len(parts) < 2:
        return [Say(to, words("verify_how"))]
    for report in reports.numbered(context.connection, parts[0].upper()):
        form = forms.version(context.connection, report.form, report.version)
        if same("".join(parts[1:]), fingerprint(form, report)):
            newest = reports.newest(context.connection, report.form, report.unit_id, report.period) or report
            at = report.sent_at.astimezone(context.zone)
            return [receipt_checked(report, newest, context.unit(report.unit_id), at, to, words)]
    return [Say(to, words("verify_wrong", number=parts[0][:60]))]


@router.message(private, Command("lichsu", "history"))
async def show_history(message: Message, context: Context) -> list[Say]:
    """/lichsu: what one's units have sent, how much of it on time, and how their figures go."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person, language_of(message.from_user))
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
    text = history(form, unit, found, context.now, context.zone, SHOWN, words)
    content = trend(form, unit, known, last, SHOWN, context.local, words, demonstration=context.demonstration)
    if content is None:
        return [Say(to, text)]
    return [Say(to, text), Say(to, words("trend_title", unit=unit.title), photo=Drawn("trend", "trend.png", content))]


@router.message(private, Command("dientap", "practice"))
async def practise(message: Message, context: Context) -> list[Say]:
    """/dientap: a report to practise with; it counts nowhere, and every message says so."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person, language_of(message.from_user))
    held = context.duties(person, "reporter", "deputy")
    if person is None or not held:
        return context.not_authorised(to, words)
    for form in context.forms:
        period = current_period(form.schedule, context.now, context.zone)
        for unit in (context.unit(duty.unit_id) for duty in held):
            if form.by == "reporter" and expects(form, unit, context.tree, period):
                found = drafts.of_unit(context.connection, form.key, unit.id, period, person.id)
                draft, published = found or (drafts.begin(context.connection, form, unit.id, period, person.id), form)
                drafts.go_to(context.connection, to, draft.id, draft.turn)
                filling = filling_of(context, draft, published)
                if draft.turn == 0 or not draft.at:
                    return go_on(context, person, to, filling.settled())
                return [say_what_is_next(filling, unit, to, words)]
    return [Say(to, words("task_nothing_open"))]
