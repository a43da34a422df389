"""People come to see how their units stand: /tinhhinh, /tonghop, the letter and the board."""

from dataclasses import replace

from handlers.leaders.leader_access import (
    Asker,
    asked_by_units,
    asker_of,
    days_named,
    form_meant,
    of_button,
    periods_meant,
    place,
    told_in_place,
    with_periods,
    without_ending,
)
from messages.digests.board_words import board_text
from messages.digests.digest import digest
from messages.digests.digest_messages import board_say, digest_says, letter_say
from messages.leaders.leader_buttons import deputy_button, digest_buttons, standing_buttons, whole_button
from messages.leaders.standing_words import is_cut, standing_text
from reporting.access import may
from reporting.digests.digest_record import Digest
from reporting.figures.headlines import headlines
from reporting.incoming import Message, Tap
from reporting.people import Address
from reporting.presses.leaders import ShowBoard, ShowDays, ShowDigest, ShowLetter, ShowStanding
from reporting.rounds.standing_table import StandingTable
from reporting.say import Rank, Say
from services.context import Context
from services.named_periods import nothing_told, rounds_named, told_of
from services.read_digest import can_be_nudged, evidence_for, evidence_of, freeze, fresh_digest, frozen, no_form_then
from services.standing import standing
from understanding import Inquiry


def show_standing(message: Message, context: Context) -> list[Say]:
    """/tinhhinh [unit] [day] [«đầy đủ»]: of everybody's own subtree, each form; one «on change» of which nothing has come only if
    no other is. Units of which nothing is wanted are named where all are asked for.
    """
    words = context.words(context.person(message.home), message.language)
    typed, whole = without_ending(message.arguments, words.plain("standing_typed_whole").split(";"))
    context, asker, inquiry, units = asked_by_units(context, message, typed, "standing")
    says, empty = list[Say](), list[Say]()
    for form, period in rounds_named(context, days_named(context, inquiry)):
        for unit in units:
            table = standing(context, asker.actor, form, unit, period)
            if table is not None:
                is_empty = table.is_on_change and not table.coverage.received
                (empty if is_empty else says).append(_standing(context, asker, table, whole=whole))
    return told_in_place(asker, says or empty or _nothing(context, asker, inquiry))


def standing_pressed(tap: Tap, press: ShowStanding, context: Context) -> list[Say]:
    """«Xem tất cả» under a standing: as things are now."""
    asker = asker_of(context, tap, "standing")
    form, unit, period = of_button(context, press)
    table = standing(context, asker.actor, form, unit, period)
    if table is None:
        raise no_form_then(form, period)
    return told_in_place(asker, [_standing(context, asker, table, whole=True)])


def show_digest(message: Message, context: Context) -> list[Say]:
    """/tonghop [unit] [day or span]: the digest, now, of one period or over several."""
    context, asker, inquiry, units = asked_by_units(context, message, message.arguments, "digest")
    says: list[Say] = []
    for form, periods in with_periods(context, told_of(context, days_named(context, inquiry)), inquiry):
        for unit in units:
            made = fresh_digest(context, form, unit, periods, asker.words.language)
            facts = evidence_of(context, form, unit, periods) if made is None else None
            if facts is not None:
                made = digest(facts, asker.words, context.channel(asker.to))
            if made is not None:
                says += _digest(context, asker, made)
    return told_in_place(asker, says or _nothing(context, asker, inquiry))


def digest_pressed(tap: Tap, press: ShowDigest, context: Context) -> list[Say]:
    """The digest of a briefing page's form: as things are now."""
    asker = asker_of(context, tap, "digest")
    form, unit, period = of_button(context, press)
    facts = evidence_for(context, asker.actor, form, unit, [period])
    return told_in_place(asker, _digest(context, asker, digest(facts, asker.words, context.channel(asker.to))))


def show_letter(message: Message, context: Context) -> list[Say]:
    """/congvan [unit] [day or span] [«ký thay»]: the report as an official letter, which the head signs or a deputy for him."""
    words = context.words(context.person(message.home), message.language)
    typed, by_deputy = without_ending(message.arguments, words.plain("letter_typed_deputy").split(";"))
    made, to, asker = _made(context, message, typed)
    return told_in_place(asker, [letter_say(made, to, asker.words, by_deputy=by_deputy)])


def show_board(message: Message, context: Context) -> list[Say]:
    """/bang [unit] [day]: the board of units by days, as a picture and as text."""
    made, to, asker = _made(context, message, message.arguments)
    return told_in_place(asker, _board(made, to, asker))


def letter_pressed(tap: Tap, press: ShowLetter, context: Context) -> list[Say]:
    """The letter under a digest: from the digest as it was kept."""
    asker = asker_of(context, tap, "digest")
    kept = frozen(context, asker.actor, press.digest_id).digest
    said = letter_say(
        kept, place(context, asker, context.unit(kept.unit_id)), asker.words, by_deputy=bool(press.by_deputy)
    )
    buttons = () if press.by_deputy else deputy_button(press.digest_id, asker.words)
    return told_in_place(asker, [replace(said, buttons=buttons)])


def board_pressed(tap: Tap, press: ShowBoard, context: Context) -> list[Say]:
    """The board under a digest: likewise."""
    asker = asker_of(context, tap, "digest")
    kept = frozen(context, asker.actor, press.digest_id).digest
    return told_in_place(asker, _board(kept, place(context, asker, context.unit(kept.unit_id)), asker))


def days_pressed(tap: Tap, press: ShowDays, context: Context) -> list[Say]:
    """The board under a standing: as things are now."""
    asker = asker_of(context, tap, "digest")
    form, unit, period = of_button(context, press)
    facts = evidence_for(context, asker.actor, form, unit, [period])
    return told_in_place(
        asker, _board(digest(facts, asker.words, context.channel(asker.to)), place(context, asker, unit), asker)
    )


def _nothing(context: Context, asker: Asker, inquiry: Inquiry | None) -> list[Say]:
    return [Say(asker.to, asker.words.refusal(nothing_told(days_named(context, inquiry))))]


def _made(context: Context, message: Message, text: str | None) -> tuple[Digest, Address, Asker]:
    """The digest that was asked for in words, where it is told, and to whom."""
    context, asker, inquiry, units = asked_by_units(context, message, text, "digest")
    unit = units[0]
    form = form_meant(context, unit, inquiry)
    facts = evidence_for(context, asker.actor, form, unit, periods_meant(context, form, inquiry))
    return digest(facts, asker.words, context.channel(asker.to)), place(context, asker, unit), asker


def _digest(context: Context, asker: Asker, made: Digest) -> list[Say]:
    """The digest, frozen as it is shown, with its buttons."""
    kept, missing = freeze(context, asker.actor, made), can_be_nudged(context, made)
    buttons = digest_buttons(kept, made, missing, asker.words)
    to = place(context, asker, context.unit(made.unit_id))
    return digest_says(made, to, asker.words, rank=Rank.REPLY, buttons=buttons)


def _board(made: Digest, to: Address, asker: Asker) -> list[Say]:
    return [board_say(made, to, asker.words), Say(to, board_text(made, asker.words))]


def _standing(context: Context, asker: Asker, table: StandingTable, *, whole: bool) -> Say:
    to, channel = place(context, asker, table.root), context.channel(asker.to)
    said = standing_text(table, to, asker.words, channel, whole=whole)
    of = (table.form.key, table.root.id, table.period)
    rest = (
        (whole_button(*of, len(table.groups or table.standings), asker.words),) if is_cut(table) and not whole else ()
    )
    if table.is_on_change or not may("nudge", table.root, asker.duties, context.tree):
        return replace(said, buttons=rest)
    missing = sum(each.is_open and context.now < each.deadline.closes_at for each in table.standings)
    has_board = bool(headlines(table.form)) and may("digest", table.root, asker.duties, context.tree)
    buttons = standing_buttons(*of, missing, asker.words, has_board=has_board)
    return replace(said, buttons=(*buttons, *rest))
