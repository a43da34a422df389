"""People come to see how their units stand: /tinhhinh, /tonghop."""

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers.turn import Turn, address_of, language_of
from reporting.digest_saying import digest_says
from reporting.digests import digest
from reporting.forms import Form
from reporting.people import Address, Duty, Role
from reporting.periods import current_period
from reporting.reminder_words import reason_said
from reporting.say import Rank, Say
from reporting.standing_words import standing_text
from reporting.standings import expected_units
from reporting.units import Unit
from reporting.words import Words
from storage import digests, kindness, rounds

router = Router(name="lead")
private = F.chat.type == "private"
READERS: tuple[Role, ...] = ("chair", "leader", "admin")
STAFF: tuple[Role, ...] = (*READERS, "reporter", "deputy")


@router.message(private, Command("tinhhinh", "standing"))
async def show_standing(message: Message, turn: Turn) -> list[Say]:
    """/tinhhinh: of everybody's own subtree, each scheduled form."""
    to = address_of(message.chat)
    person = turn.person(to)
    words = turn.words(person, language_of(message.from_user))
    held = turn.duties(person, *STAFF)
    if not held:
        return turn.not_authorised(to, words)
    says: list[Say] = []
    for form in scheduled(turn):
        for unit in subtrees(turn, held):
            says += _standing(turn, form, unit, to, words)
    return says or [Say(to, words("task_nothing_open"))]


@router.message(private, Command("tonghop", "digest"))
async def show_digest(message: Message, turn: Turn) -> list[Say]:
    """/tonghop: the digest of the current period, now."""
    to = address_of(message.chat)
    person = turn.person(to)
    words = turn.words(person, language_of(message.from_user))
    held = turn.duties(person, *READERS)
    if person is None or not held:
        return turn.not_authorised(to, words)
    says: list[Say] = []
    for form in scheduled(turn):
        period = current_period(form.schedule, turn.now, turn.zone)
        for unit in subtrees(turn, held):
            if not turn.tree.reporting(unit, form.reports, period):
                continue
            facts = digests.evidence(
                turn.connection,
                form,
                unit,
                [period],
                turn.now,
                turn.zone,
                tree=turn.tree,
                demonstration=turn.demonstration,
            )
            made = digest(facts, words)
            digests.freeze(turn.connection, made, [person.id])
            says += digest_says(made, to, words, rank=Rank.REPLY)
    return says or [Say(to, words("task_nothing_open"))]


def scheduled(turn: Turn) -> list[Form]:
    """The forms in force that come by the calendar."""
    return [form for form in turn.forms if form.schedule.period != "on change"]


def subtrees(turn: Turn, held: Sequence[Duty]) -> list[Unit]:
    """The units of these duties, without those that lie under another of them."""
    own = list(dict.fromkeys(turn.unit(duty.unit_id) for duty in held))
    return [unit for unit in own if not any(other != unit and turn.tree.is_within(unit, other) for other in own)]


def _standing(turn: Turn, form: Form, unit: Unit, to: Address, words: Words) -> list[Say]:
    period = current_period(form.schedule, turn.now, turn.zone)
    expected = expected_units(form, turn.tree, period, unit)
    if not expected:
        return []
    found = rounds.standings(turn.connection, form, period, turn.tree, turn.now, turn.zone, expected)
    given = kindness.late_reasons(turn.connection, form.key, period)
    reasons = {unit_id: reason_said(each.reason, each.words, words) for unit_id, each in given.items()}
    return [standing_text(form, unit, found, reasons, turn.tree, turn.zone, to, words)]
