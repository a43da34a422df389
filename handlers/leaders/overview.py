"""People come to see how their units stand: /tinhhinh, /tonghop, the letter and the board."""

from dataclasses import replace

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
    form_meant,
    inquired,
    number_in,
    periods_meant,
    place,
    pressed,
    told,
    units_meant,
    with_periods,
)
from messages.digests.board_words import board_text
from messages.digests.digest import digest
from messages.digests.digest_messages import board_say, digest_says, letter_say
from messages.leaders.leader_buttons import digest_buttons, standing_buttons
from messages.leaders.standing_words import standing_text
from reporting.access import may
from reporting.digests.digest_record import Digest
from reporting.digests.evidence import headlines
from reporting.people import Address
from reporting.rounds.standing_table import StandingTable
from reporting.say import Rank, Say
from services.context import Context
from services.named_periods import rounds_named, scheduled
from services.read_digest import can_be_nudged, evidence_for, evidence_of, freeze, fresh_digest, frozen
from services.standing import standing

router = Router(name="lead")


@router.message(Command("tinhhinh", "standing"))
async def show_standing(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/tinhhinh [unit] [day]: of everybody's own subtree, each form; one «on change» of which nothing has come only if no other is."""
    asker, inquiry, units = asked_about(context, message, command.args, "standing")
    says, empty = list[Say](), list[Say]()
    for form, period in rounds_named(context, days_named(context, inquiry)):
        for unit in units:
            table = standing(context, asker.actor, form, unit, period)
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
            made = fresh_digest(context, form, unit, periods, asker.words.language)
            facts = evidence_of(context, form, unit, periods) if made is None else None
            if facts is not None:
                made = digest(facts, asker.words)
            if made is not None:
                says += _digest(context, asker, made)
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
    kept = frozen(context, asker.actor, number_in(arguments, 0, 10**18)).digest
    where = place(context, asker, context.unit(kept.unit_id))
    return told(asker, _board(kept, where, asker) if verb == "board" else [letter_say(kept, where, asker.words)])


@router.callback_query(Pressed("days"))
async def days_pressed(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """The board under a standing: as things are now."""
    asker = asker_pressed(context, query, to, "digest")
    form, unit, period = pressed(context, arguments)
    facts = evidence_for(context, asker.actor, form, unit, [period])
    return told(asker, _board(digest(facts, asker.words), place(context, asker, unit), asker))


def _made(context: Context, asker: Asker, text: str | None) -> tuple[Digest, Address]:
    """The digest that was asked for in words, and where it is told."""
    inquiry = inquired(context, text)
    unit = units_meant(context, asker, inquiry, "digest")[0]
    form = form_meant(context, unit, inquiry)
    facts = evidence_for(context, asker.actor, form, unit, periods_meant(context, form, inquiry))
    return digest(facts, asker.words), place(context, asker, unit)


def _digest(context: Context, asker: Asker, made: Digest) -> list[Say]:
    """The digest, frozen as it is shown, with its buttons."""
    kept, missing = freeze(context, asker.actor, made), can_be_nudged(context, made)
    buttons = digest_buttons(kept, made.form, made.unit_id, made.period, missing, asker.words)
    to = place(context, asker, context.unit(made.unit_id))
    return digest_says(made, to, asker.words, rank=Rank.REPLY, buttons=buttons)


def _board(made: Digest, to: Address, asker: Asker) -> list[Say]:
    return [board_say(made, to, asker.words), Say(to, board_text(made, asker.words))]


def _standing(context: Context, asker: Asker, table: StandingTable) -> Say:
    said = standing_text(table, place(context, asker, table.root), asker.words)
    if table.is_on_change or not may("nudge", table.root, asker.duties, context.tree):
        return said
    missing = sum(each.is_open and context.now < each.deadline.closes_at for each in table.standings)
    has_board = bool(headlines(table.form)) and may("digest", table.root, asker.duties, context.tree)
    buttons = standing_buttons(table.form.key, table.root.id, table.period, missing, asker.words, has_board=has_board)
    return replace(said, buttons=buttons)
