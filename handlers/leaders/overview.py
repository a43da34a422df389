"""People come to see how their units stand: /tinhhinh, /tonghop, the letter and the board."""

from dataclasses import replace
from datetime import date, timedelta

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.common.filters import Pressed
from handlers.leaders.leader_access import (
    Asker,
    asked_about,
    asker_of,
    asker_pressed,
    days_named,
    demand,
    form_meant,
    inquired,
    number_in,
    periods_meant,
    place,
    pressed,
    reasons_said,
    scheduled,
    told,
    units_meant,
    with_periods,
)
from messages.digests.board_words import board_text
from messages.digests.digest import digest
from messages.digests.digest_messages import board_say, digest_says, letter_say
from messages.leaders.leader_buttons import digest_buttons, standing_buttons
from messages.leaders.standing_words import StandingTable, standing_text
from reporting.access import may
from reporting.digests.digest_record import Digest
from reporting.digests.evidence import Evidence, headlines
from reporting.errors import Refused
from reporting.forms import Form
from reporting.people import Address
from reporting.rounds.periods import moment
from reporting.rounds.standings import expected_units, is_large
from reporting.say import Rank, Say
from reporting.units import Unit
from services.context import Context
from storage.figures import digests
from storage.reports import forms
from storage.schedule.rounds_of_day import rounds_of, standings_of_day
from understanding import Inquiry

router = Router(name="lead")
FRESH = timedelta(minutes=10)


@router.message(Command("tinhhinh", "standing"))
async def show_standing(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/tinhhinh [unit] [day]: of everybody's own subtree, each form; one «on change» of which nothing has come only if no other is."""
    asker, inquiry, units = asked_about(context, message, command.args, "standing")
    says, empty = list[Say](), list[Say]()
    for form, period in _rounds(context, inquiry):
        for unit in units:
            table = _table(context, asker, form, unit, period)
            if table is not None:
                is_empty = table.is_on_change and not table.coverage.received
                (empty if is_empty else says).append(_standing(context, asker, table))
    return told(asker, says or empty or [Say(asker.to, asker.words("task_nothing_open"))])


@router.message(Command("tonghop", "digest"))
async def show_digest(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/tonghop [unit] [day or span]: the digest, now, of one period or over several."""
    asker, inquiry, units = asked_about(context, message, command.args, "digest")
    says: list[Say] = []
    for form, periods in with_periods(context, scheduled(context), inquiry):
        for unit in units:
            kept = _fresh(context, asker, form, unit, periods)
            facts = facts_of(context, form, unit, periods) if kept is None else None
            if kept is not None:
                again = digests.freeze(context.connection, kept.digest, [asker.person.id], asker.person.id)
                says += _said(context, asker, again, kept.digest)
            elif facts is not None:
                says += _digest(context, asker, facts)
    return told(asker, says or [Say(asker.to, asker.words("task_nothing_open"))])


@router.message(Command("congvan", "letter"))
async def show_letter(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/congvan [unit] [day or span]: the report as an official letter."""
    asker = asker_of(context, message, "digest")
    made, to = _made(context, asker, command.args)
    return told(asker, [letter_say(made, to, asker.words)])


@router.message(Command("bang", "board"))
async def show_board(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/bang [unit] [day]: the board of units by days, as a picture and as text."""
    asker = asker_of(context, message, "digest")
    made, to = _made(context, asker, command.args)
    return told(asker, _board(made, to, asker))


@router.callback_query(Pressed("letter", "board"))
async def press(
    query: CallbackQuery, context: Context, to: Address, verb: str, arguments: tuple[str, ...]
) -> list[Say]:
    """A button under a digest: from the digest as it was kept."""
    asker = asker_pressed(context, query, to, "digest")
    kept = digests.frozen(context.connection, number_in(arguments, 0, 10**18))
    if kept is None:
        raise Refused("button_unknown_to_us")
    unit = context.unit(kept.digest.unit_id)
    demand(context, asker, "digest", unit)
    where = place(context, asker, unit)
    if verb == "board":
        return told(asker, _board(kept.digest, where, asker))
    return told(asker, [letter_say(kept.digest, where, asker.words)])


@router.callback_query(Pressed("days"))
async def days_pressed(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """The board under a standing: as things are now."""
    asker = asker_pressed(context, query, to, "digest")
    form, unit, period = pressed(context, arguments)
    demand(context, asker, "digest", unit)
    facts = facts_of(context, form, unit, [period])
    if facts is None:
        raise Refused("task_nothing_open")
    return told(asker, _board(digest(facts, asker.words), place(context, asker, unit), asker))


def facts_of(context: Context, form: Form, unit: Unit, periods: list[date]) -> Evidence | None:
    """What a digest is derived from; None where no unit is expected to report."""
    version = forms.published(context.connection, form.key, periods[-1]) or form
    if not context.tree.reporting(unit, version.reports, periods[-1]):
        return None
    return digests.evidence(
        context.connection,
        version,
        unit,
        periods,
        context.now,
        context.zone,
        tree=context.tree,
        demonstration=context.demonstration,
    )


def _made(context: Context, asker: Asker, text: str | None) -> tuple[Digest, Address]:
    """The digest that was asked for in words, and where it is told."""
    inquiry = inquired(context, text)
    unit = units_meant(context, asker, inquiry, "digest")[0]
    form = form_meant(context, unit, inquiry)
    facts = facts_of(context, form, unit, periods_meant(context, form, inquiry))
    if facts is None:
        raise Refused("task_nothing_open")
    return digest(facts, asker.words), place(context, asker, unit)


def _fresh(context: Context, asker: Asker, form: Form, unit: Unit, periods: list[date]) -> digests.Frozen | None:
    """Of a large subtree the digest that was made minutes ago, in the asker's language: it takes seconds to make."""
    if not is_large(form, context.tree, periods[-1], unit):
        return None
    wanted = [period.isoformat() for period in periods]
    for kept in digests.frozen_of(context.connection, form.key, [unit.id], periods[-1]):
        content = kept.digest.content
        if kept.digest.as_of < context.now - FRESH:
            return None
        if content["language"] == asker.words.language and content["periods"] == wanted:
            return kept
    return None


def _digest(context: Context, asker: Asker, facts: Evidence) -> list[Say]:
    made = digest(facts, asker.words)
    kept = digests.freeze(context.connection, made, [asker.person.id], asker.person.id)
    return _said(context, asker, kept, made)


def _said(context: Context, asker: Asker, kept: int, made: Digest) -> list[Say]:
    received, expected = made.content["coverage"]
    is_one = len(made.content["periods"]) == 1
    missing = expected - received if is_one and _is_open(context, made.form, made.period) else 0
    buttons = digest_buttons(kept, made.form, made.unit_id, made.period, missing, asker.words)
    to = place(context, asker, context.unit(made.unit_id))
    return digest_says(made, to, asker.words, rank=Rank.REPLY, buttons=buttons)


def _is_open(context: Context, key: str, period: date) -> bool:
    """Whether a report for the period can still be sent."""
    form = forms.published(context.connection, key, period)
    return form is not None and context.now < moment(form.schedule.closes, period, context.zone)


def _board(made: Digest, to: Address, asker: Asker) -> list[Say]:
    return [board_say(made, to, asker.words), Say(to, board_text(made, asker.words))]


def _rounds(context: Context, inquiry: Inquiry | None) -> list[tuple[Form, date]]:
    """Each form with the newest period of the days that were named; none named: the current one."""
    if days_named(context, inquiry) is None:
        return rounds_of(context.connection, None, context.now, context.zone)
    meant = [(form.key, periods[-1]) for form, periods in with_periods(context, context.forms, inquiry)]
    versions = [(forms.published(context.connection, key, period), period) for key, period in meant]
    return [(form, period) for form, period in versions if form is not None]


def _table(context: Context, asker: Asker, form: Form, unit: Unit, period: date) -> StandingTable | None:
    """Where the units under `unit` stand; None where none is expected to report."""
    expected = expected_units(form, context.tree, period, unit)
    if not expected:
        return None
    found = standings_of_day(context.connection, form, period, context.tree, context.now, context.zone, expected)
    reasons = reasons_said(context, form, period, asker.words)
    return StandingTable(form, period, unit, found, reasons, context.tree, context.now, context.zone)


def _standing(context: Context, asker: Asker, table: StandingTable) -> Say:
    said = standing_text(table, place(context, asker, table.root), asker.words)
    if table.is_on_change or not may("nudge", table.root, asker.duties, context.tree):
        return said
    missing = sum(each.is_open and context.now < each.deadline.closes_at for each in table.standings)
    has_board = bool(headlines(table.form)) and may("digest", table.root, asker.duties, context.tree)
    buttons = standing_buttons(table.form.key, table.root.id, table.period, missing, asker.words, has_board=has_board)
    return replace(said, buttons=buttons)
