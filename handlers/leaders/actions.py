"""Leaders act: they nudge the missing, open a closed report again, approve."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.common.filters import Pressed
from handlers.leaders.leader_access import (
    Asker,
    asked_about,
    asker_of,
    asker_pressed,
    demand,
    form_meant,
    inquired,
    number_in,
    periods_meant,
    place,
    pressed,
    refuse,
    scheduled,
    told,
    with_periods,
)
from handlers.leaders.nudge import nudge
from messages.leaders.acting_words import approval_say, ask_until, reopened_say
from reporting.access import may_approve
from reporting.errors import Refused
from reporting.filling.tasks import expects
from reporting.forms import Form
from reporting.people import Address
from reporting.rounds.periods import deadline
from reporting.say import Say
from reporting.units import Unit
from reporting.until import MOST_HOURS, read_until
from services.context import Context
from storage.organisation import people
from storage.reports import approving, drafts, reopening, reports

router = Router(name="act")
MOST_WAITING = 10
LOOK_BACK = timedelta(days=31)
"""A report that nobody has approved for so long is not shown any more."""


@router.message(Command("donduc", "nudge"))
async def nudge_typed(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/donduc [unit]: who has not reported is reminded at once."""
    asker, inquiry, units = asked_about(context, message, command.args, "nudge")
    says: list[Say] = []
    for unit in units:
        for form, periods in with_periods(context, scheduled(context), inquiry):
            period = periods[-1]
            if context.tree.reporting(unit, form.reports, period):
                says += nudge(context, asker, form, unit, period)
    return told(asker, says or [Say(asker.to, asker.words("nudge_nothing"))])


@router.callback_query(Pressed("nudge"))
async def nudge_pressed(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """«Đôn đốc»: one unit, or all that are missing under one."""
    asker = asker_pressed(context, query, to, "nudge")
    form, unit, period = pressed(context, arguments)
    demand(context, asker, "nudge", unit)
    return told(asker, nudge(context, asker, form, unit, period))


@router.message(Command("molai", "reopen"))
async def reopen_typed(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/molai <unit> [day] [until 20:00 | for 3 hours]: a closed report is open again for the unit."""
    asker = asker_of(context, message, "reopen")
    local, rest = read_until(command.args or "", context.local)
    inquiry = inquired(context, rest)
    if inquiry is None or len(inquiry.units) != 1:
        raise Refused("reopen_how")
    unit = inquiry.units[0]
    demand(context, asker, "reopen", unit)
    form = form_meant(context, unit, inquiry)
    return told(
        asker, _reopen(context, asker, form, unit, periods_meant(context, form, inquiry)[-1], local.astimezone(UTC))
    )


@router.callback_query(Pressed("reopen"))
async def reopen_pressed(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """«Mở lại»: asks for how long, then opens."""
    asker = asker_pressed(context, query, to, "reopen")
    form, unit, period = pressed(context, arguments)
    demand(context, asker, "reopen", unit)
    if len(arguments) < 4:
        return told(asker, [ask_until(form, unit, period, place(context, asker, unit), asker.words)])
    hours = number_in(arguments, 3, MOST_HOURS + 1)
    return told(asker, _reopen(context, asker, form, unit, period, context.now + timedelta(hours=hours)))


@router.message(Command("duyet", "approve"))
async def approve_typed(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/duyet: what waits for approval; /duyet <number>: that report is approved."""
    asker = asker_of(context, message, "approve")
    number = (command.args or "").strip()
    if not number:
        return told(asker, _waiting(context, asker))
    for report in reports.numbered(context.connection, number.upper()):
        form = next((form for form in context.forms if form.key == report.form), None)
        if form is not None:
            return told(
                asker, _approve(context, asker, form, context.unit(report.unit_id), report.period, report.revision)
            )
    raise Refused("approve_unknown", number=number[:40])


@router.callback_query(Pressed("approve"))
async def approve_pressed(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """«Duyệt»."""
    asker = asker_pressed(context, query, to, "approve")
    form, unit, period = pressed(context, arguments)
    return told(asker, _approve(context, asker, form, unit, period, number_in(arguments, 3)))


def _reopen(context: Context, asker: Asker, form: Form, unit: Unit, period: date, until: datetime) -> list[Say]:
    words, to = asker.words, place(context, asker, unit)
    if not expects(form, unit, context.tree, period):
        values = {"unit": unit.title, "date": period, "contact": context.contact(words)}
        return [Say(to, words("report_not_expected", **values))]
    due = deadline(form.key, form.schedule, unit.id, period, context.zone)
    closes_at = reopening.closes_at(context.connection, due)
    if until <= closes_at:
        return [Say(to, words("reopen_open", unit=unit.title, date=period, time=closes_at.astimezone(context.zone)))]
    reopening.reopen(context.connection, form.key, unit.id, period, until, asker.person.id, context.now)
    local = until.astimezone(context.zone)
    theirs = people.with_duty(context.connection, unit.id, ("reporter", "deputy"), context.today)
    for each in theirs:
        drafts.shown(context.connection, each.address, None)
    told_to = [reopened_say(form, unit, period, local, asker.person, each) for each in theirs]
    names = people.names(theirs) or words.plain("nobody")
    return [*told_to, Say(to, words("reopen_done", unit=unit.title, date=period, until=local, names=names))]


def _approve(context: Context, asker: Asker, form: Form, unit: Unit, period: date, revision: int) -> list[Say]:
    if not may_approve(form, unit, asker.duties, context.tree):
        refuse(context, asker, "approve", unit)
    words, to = asker.words, place(context, asker, unit)
    report = reports.newest(context.connection, form.key, unit.id, period)
    if report is None or report.revision != revision:
        return [Say(to, words("approve_stale"))]
    by = asker.person.id
    if not approving.approve(context.connection, form.key, unit.id, period, revision, by, context.now, context.zone):
        return [Say(to, words("approve_already", number=report.number))]
    said = Say(to, words("approve_done", number=report.number, unit=unit.title, date=period))
    return [said, *_tell_sender(context, asker, unit, report.sent_by, report.number, period)]


def _tell_sender(
    context: Context, asker: Asker, unit: Unit, sent_by: int | None, number: str, period: date
) -> Sequence[Say]:
    if sent_by is None or sent_by == asker.person.id:
        return ()
    sender = people.person_of(context.connection, sent_by)
    words = context.words(sender)
    return (
        Say(sender.address, words("approve_told", number=number, unit=unit.title, date=period, name=asker.person.name)),
    )


def _waiting(context: Context, asker: Asker) -> list[Say]:
    """A message for each report that this person may approve."""
    says: list[Say] = []
    for form in context.forms:
        if form.approval == "none" or not any(duty.role == form.approval for duty in asker.duties):
            continue
        for report in approving.waiting(context.connection, form.key, context.today - LOOK_BACK):
            unit = context.unit(report.unit_id)
            if may_approve(form, unit, asker.duties, context.tree):
                says.append(approval_say(form, report, unit, place(context, asker, unit), asker.words))
    return says[:MOST_WAITING] or [Say(asker.to, asker.words("approve_nothing"))]
