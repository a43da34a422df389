"""/dexuat: somebody with a post proposes an indicator, part by part; the desk reads what waits, and decides with a word."""

from collections.abc import Callable

from messages.admins.proposal_words import ask_part, ask_word, decided_say, desk_list, own_list, review_say, sent_say
from messages.notices import notices_of
from reporting.errors import Refused
from reporting.incoming import Message, Tap
from reporting.people import Address, Person
from reporting.presses.admins import DecideProposal, ProposalPress
from reporting.proposal import DECISIONS, Decision
from reporting.say import Say
from reporting.typed_buttons import phrase_said
from services.context import Context
from services.propose_indicator import (
    PARTS,
    Part,
    ask_for_word,
    begin_writing,
    being_written,
    decide_proposal,
    drop_written,
    stop_writing,
    submit_written,
    waiting,
    write_part,
)
from storage.organisation import people, proposals

LISTS = ("typed_proposal_list",)
OF_DESK: dict[str, Decision] = {
    "typed_proposal_take": "taken",
    "typed_proposal_postpone": "postponed",
    "typed_proposal_decline": "declined",
}
OF_WRITER = ("typed_proposal_send", "typed_proposal_anew", "typed_proposal_drop")
_MOVES = {"send": "typed_proposal_send", "anew": "typed_proposal_anew", "drop": "typed_proposal_drop"}


def propose_command(message: Message, context: Context) -> list[Say]:
    """/dexuat [what]: begins; «danh sách» lists; of an admin «nhận 3 …», «hoãn 3 …», «từ chối 3 …» decide."""
    to, person, words = message.chat, context.person(message.chat), context.words_for(message)
    if person is None or not context.duties(person):
        return context.not_authorised(to, words)
    text = " ".join(message.arguments.split())
    is_desk = bool(context.duties(person, "admin"))
    found = phrase_said(text, (*LISTS, *(OF_DESK if is_desk else ())))
    if found is not None and found[0] in LISTS and not found[1]:
        return [_listed(context, person, to, is_desk=is_desk)]
    number, _, word = found[1].lstrip("#").partition(" ") if found is not None else ("", "", "")
    if found is not None and found[0] in OF_DESK and number.isascii() and number.isdigit():
        decision = OF_DESK[found[0]]
        return _guarded(context, person, to, lambda: _decided(context, person, to, int(number), decision, word))
    return _guarded(context, person, to, lambda: _begun(context, person, to, text))


def propose_typed(message: Message, context: Context) -> list[Say] | None:
    """The next part of what is being proposed, or the word with which the desk decides; None where neither is asked for."""
    person, to = context.person(message.chat), message.chat
    if person is None or not person.asked.startswith("proposal ") or not message.said.strip():
        return None
    _, step, *more = person.asked.split(" ", 3)
    text = " ".join(message.said.split())
    found = phrase_said(text, OF_WRITER)
    if found is not None and not found[1] and (step == "review" or found[0] == "typed_proposal_drop"):
        return _guarded(context, person, to, lambda: _moved(context, person, to, found[0], None))
    if step == "word":
        number, decision = int(more[0]), next(each for each in DECISIONS if each == more[1])
        word = "" if phrase_said(text, ("typed_proposal_nothing",)) == ("typed_proposal_nothing", "") else text
        return _guarded(context, person, to, lambda: _decided(context, person, to, number, decision, word))
    part = next((each for each in PARTS if each == step), None)
    return _guarded(context, person, to, lambda: _written(context, person, to, part, text)) if part else None


def interrupted(message: Message, context: Context) -> None:
    """A command came between: what is typed after it is for no proposal."""
    person = context.person(message.chat)
    if person is not None:
        stop_writing(context, person, message.chat)


def proposal_pressed(tap: Tap, press: ProposalPress, context: Context) -> list[Say]:
    """«Gửi đề xuất», «Viết lại», «Bỏ»."""
    to, person, words = tap.chat, context.person(tap.chat), context.words_for(tap)
    if person is None or not context.duties(person):
        return context.not_authorised(to, words)
    move = _MOVES.get(press.move)
    if move is None:
        return [Say(to, words("button_unknown_to_us"))]
    return _guarded(context, person, to, lambda: _moved(context, person, to, move, press.proposal_id))


def decide_pressed(tap: Tap, press: DecideProposal, context: Context) -> list[Say]:
    """«Tiếp nhận», «Để sau», «Không đưa vào»: asks for the word."""
    to, person, words = tap.chat, context.person(tap.chat), context.words_for(tap)
    decision = next((each for each in DECISIONS if each == press.decision), None)
    if person is None or not context.duties(person, "admin"):
        return context.not_authorised(to, words)
    if decision is None:
        return [Say(to, words("button_unknown_to_us"))]

    def asked() -> list[Say]:
        return [ask_word(ask_for_word(context, person, to, press.proposal_id, decision), decision, to, words)]

    return _guarded(context, person, to, asked)


def _guarded(context: Context, person: Person, to: Address, does: Callable[[], list[Say]]) -> list[Say]:
    try:
        return does()
    except Refused as refused:
        return [Say(to, context.words(person).refusal(refused))]


def _begun(context: Context, person: Person, to: Address, what: str) -> list[Say]:
    begin_writing(context, person, to, what)
    return [ask_part("why" if what else "what", to, context.words(person))]


def _written(context: Context, person: Person, to: Address, part: Part, text: str) -> list[Say]:
    words = context.words(person)
    is_nothing = part == "measure" and phrase_said(text, ("typed_proposal_nothing",)) == ("typed_proposal_nothing", "")
    made = write_part(context, person, to, part, "" if is_nothing else text)
    at = PARTS.index(part) + 1
    return [ask_part(PARTS[at], to, words) if at < len(PARTS) else review_say(made, to, words)]


def _moved(context: Context, person: Person, to: Address, move: str, number: int | None) -> list[Say]:
    words = context.words(person)
    if move == "typed_proposal_send":
        made = being_written(context, person, number)
        return [sent_say(made, to, words), *notices_of(submit_written(context, person, to, number), context.zone)]
    drop_written(context, person, to, number)
    if move == "typed_proposal_anew":
        return _begun(context, person, to, "")
    return [Say(to, words("proposal_dropped"))]


def _decided(context: Context, person: Person, to: Address, number: int, decision: Decision, word: str) -> list[Say]:
    events = decide_proposal(context, person, to, number, decision, word)
    words = context.words(person)
    return [decided_say(number, decision, to, words, is_told=bool(events)), *notices_of(events, context.zone)]


def proposals_waiting(context: Context, person: Person, to: Address) -> list[Say]:
    """What waits for the desk; for anybody else his own proposals."""
    return [_listed(context, person, to, is_desk=bool(context.duties(person, "admin")))]


def _listed(context: Context, person: Person, to: Address, *, is_desk: bool) -> Say:
    words = context.words(person)
    if not is_desk:
        return own_list(proposals.of_person(context.connection, person.id), to, words)
    found = waiting(context, person)
    by = people.people_of(context.connection, [each.person_id for each in found])
    return desk_list([(each, context.unit(each.unit_id), by[each.person_id].name) for each in found], to, words)
