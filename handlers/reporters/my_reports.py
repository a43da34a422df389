"""Something back for whoever reports: checking a receipt, the own record, the unit's trend, and practice."""

from datetime import timedelta

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from handlers.common.context import Context, address_of, language_of
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
from storage.figures import figures
from storage.reports import drafts, forms, reports
from storage.schedule import rounds

router = Router(name="own")
private = F.chat.type == "private"
RECORD = timedelta(days=29)
SHOWN = 14


@router.message(private, Command("kiemtra", "verify"))
async def verify(message: Message, command: CommandObject, turn: Context) -> list[Say]:
    """/kiemtra <number> <fingerprint>: whether a receipt is ours, and still stands."""
    to = address_of(message.chat)
    person = turn.person(to)
    words = turn.words(person, language_of(message.from_user))
    if not turn.duties(person):
        return turn.not_authorised(to, words)
    parts = (command.args or "").split()
    if len(parts) < 2:
        return [Say(to, words("verify_how"))]
    for report in reports.numbered(turn.connection, parts[0].upper()):
        form = forms.version(turn.connection, report.form, report.version)
        if same("".join(parts[1:]), fingerprint(form, report)):
            newest = reports.newest(turn.connection, report.form, report.unit_id, report.period) or report
            at = report.sent_at.astimezone(turn.zone)
            return [receipt_checked(report, newest, turn.unit(report.unit_id), at, to, words)]
    return [Say(to, words("verify_wrong", number=parts[0][:60]))]


@router.message(private, Command("lichsu", "history"))
async def show_history(message: Message, turn: Context) -> list[Say]:
    """/lichsu: what one's units have sent, how much of it on time, and how their figures go."""
    to = address_of(message.chat)
    person = turn.person(to)
    words = turn.words(person, language_of(message.from_user))
    held = turn.duties(person, "reporter", "deputy", "chair")
    if not held:
        return turn.not_authorised(to, words)
    units = dict.fromkeys(turn.unit(duty.unit_id) for duty in held)
    return [
        say
        for form in turn.forms
        if form.by == "reporter" and form.schedule.period != "on change"
        for unit in units
        if expects(form, unit, turn.tree, turn.today)
        for say in _history(turn, form, unit, to, words)
    ] or [Say(to, words("task_nothing_open"))]


def _history(turn: Context, form: Form, unit: Unit, to: Address, words: Translator) -> list[Say]:
    last = current_period(form.schedule, turn.now, turn.zone)
    found = rounds.standings_between(
        turn.connection, form, last - RECORD, last, turn.tree, turn.now, turn.zone, root=unit
    )
    names = [question.name for question in trend_indicators(form)]
    known = figures.of_units(turn.connection, form.key, names, [unit.id], last - timedelta(days=SHOWN - 1), last)
    text = history(form, unit, found, turn.now, turn.zone, SHOWN, words)
    content = trend(form, unit, known, last, SHOWN, turn.local, words, demonstration=turn.demonstration)
    if content is None:
        return [Say(to, text)]
    return [Say(to, text), Say(to, words("trend_title", unit=unit.title), photo=Drawn("trend", "trend.png", content))]


@router.message(private, Command("dientap", "practice"))
async def practise(message: Message, turn: Context) -> list[Say]:
    """/dientap: a report to practise with; it counts nowhere, and every message says so."""
    to = address_of(message.chat)
    person = turn.person(to)
    words = turn.words(person, language_of(message.from_user))
    held = turn.duties(person, "reporter", "deputy")
    if person is None or not held:
        return turn.not_authorised(to, words)
    for form in turn.forms:
        period = current_period(form.schedule, turn.now, turn.zone)
        for unit in (turn.unit(duty.unit_id) for duty in held):
            if form.by == "reporter" and expects(form, unit, turn.tree, period):
                found = drafts.of_unit(turn.connection, form.key, unit.id, period, person.id)
                draft, published = found or (drafts.begin(turn.connection, form, unit.id, period, person.id), form)
                drafts.go_to(turn.connection, to, draft.id, draft.turn)
                filling = filling_of(turn, draft, published)
                if draft.turn == 0 or not draft.at:
                    return go_on(turn, person, to, filling.settled())
                return [say_what_is_next(filling, unit, to, words)]
    return [Say(to, words("task_nothing_open"))]
