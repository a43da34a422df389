"""Answers to a draft's questions, typed or tapped, up to sending it."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from handlers.content import Content, content_of
from handlers.filters import AtDraft, Pressed
from handlers.turn import Turn, address_of
from reporting.drafts import Draft
from reporting.errors import NotUnderstood, Refusal, Refused
from reporting.filling import Filling, relevant_answers
from reporting.filling_words import ask_which, quick_answers, receipt, refusal, say_what_is_next
from reporting.forms import Form
from reporting.people import Address, Person
from reporting.periods import deadline
from reporting.presses import read_id
from reporting.question_types import type_of
from reporting.reports import Report, number_of
from reporting.say import Say
from reporting.task_words import already_sent
from reporting.tasks import is_charged
from reporting.typed import typed_verb
from reporting.words import Words
from storage import accepting, drafts, figures, reports

router = Router(name="answer")
private = F.chat.type == "private"
LONGEST_REASON = 500


@router.message(private, AtDraft(), ~F.text.startswith("/"))
async def answer(message: Message, turn: Turn, draft: Draft, form: Form) -> list[Say]:
    """Whatever is said while a draft is open is an answer to what it asks."""
    to = address_of(message.chat)
    person = _charged(turn, to, draft, form)
    if person is None:
        return _sent_away(turn, to)
    filling, words, unit = filling_of(turn, draft, form), turn.words(person), turn.unit(draft.unit_id)
    try:
        content = content_of(message)
        verb = typed_verb(content.text) if content.kind == "text" else None
        if verb is not None:
            return act(turn, person, to, filling, *verb)
        if draft.state == "awaiting a reason" and not draft.at:
            return send(turn, person, to, filling, reason_in(content))
        return _go_on(turn, person, to, read(filling, content, words))
    except Refusal as refused:
        return [say_what_is_next(filling, unit, to, words, refusal(words, refused))]


@router.callback_query(Pressed("d"))
async def press(query: CallbackQuery, turn: Turn, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """A button of a draft: of its present turn, or stale, or forged."""
    person = turn.person(to)
    words = turn.words(person, query.from_user.language_code)
    try:
        draft_id, at, verb = read_id(arguments[0]), read_id(arguments[1]), arguments[2]
        number = read_id(arguments[3]) if len(arguments) > 3 else None
        found = drafts.draft_of(turn.connection, draft_id)
    except (ValueError, IndexError):
        found = None
    if found is None:
        return [Say(to, words("button_unknown_to_us"))]
    draft, form = found
    person = _charged(turn, to, draft, form)
    if person is None:
        return _sent_away(turn, to)
    unit = turn.unit(draft.unit_id)
    if draft.state == "sent" and verb != "correct":
        return [sent_already(turn, draft, to, words)]
    filling = filling_of(turn, draft, form)
    drafts.go_to(turn.connection, to, draft.id)
    if at != draft.turn:
        return [say_what_is_next(filling, unit, to, words, words("button_stale"))]
    try:
        return act(turn, person, to, filling, verb, number)
    except Refusal as refused:
        return [say_what_is_next(filling, unit, to, words, refusal(words, refused))]


def act(turn: Turn, person: Person, to: Address, filling: Filling, verb: str, number: int | None = None) -> list[Say]:
    """Does what a button, or its typed equivalent, stands for. Raises Refusal where it does not fit."""
    if verb == "send":
        return send(turn, person, to, filling)
    if verb == "leave":
        drafts.go_to(turn.connection, to, None)
        return [Say(to, turn.words(person)("draft_kept", date=filling.draft.period))]
    if verb == "correct":
        return _go_on(turn, person, to, correcting(turn, person, filling))
    if verb == "edit" and number is None:
        if filling.draft.state != "review":
            raise Refused("not_in_review")
        return [ask_which(filling, to, turn.words(person))]
    return _go_on(turn, person, to, _moved(filling, verb, number, turn.words(person)))


def send(turn: Turn, person: Person, to: Address, filling: Filling, reason: str = "") -> list[Say]:
    """«Gửi»: the draft becomes a report, if nothing is open in it; one that replaces another wants a reason."""
    draft, form, unit = filling.draft, filling.form, turn.unit(filling.draft.unit_id)
    if draft.state != "review" and not reason:
        raise Refused("not_in_review")
    settled = filling.settled()
    if settled.draft.state != "review":
        return _go_on(turn, person, to, settled)
    if draft.correcting and not reason:
        return _go_on(turn, person, to, filling.awaiting_reason())
    refuse_if_closed(turn, person, form, draft)
    old = reports.newest(turn.connection, form.key, unit.id, draft.period)
    new = Report(
        number=number_of(form, unit, draft.period, old.revision + 1 if old else 1),
        form=form.key,
        version=form.version,
        unit_id=unit.id,
        period=draft.period,
        revision=old.revision + 1 if old else 1,
        answers=relevant_answers(filling),
        sent_by=person.id,
        sent_at=turn.now,
        first_sent_at=old.first_sent_at if old else turn.now,
        replaces=old.number if old else None,
        reason=reason,
        provisional=form.approval != "none",
    )
    if not accepting.accept(turn.connection, form, new, turn.zone):
        new = reports.newest(turn.connection, form.key, unit.id, draft.period) or new
    sent = replace(draft, state="sent", at="", turn=draft.turn + 1, correcting="")
    drafts.save(turn.connection, form, sent, person.id, turn.now)
    drafts.go_to(turn.connection, to, None)
    return [receipt(new, form, unit, turn.local, to, turn.words(person))]


def filling_of(turn: Turn, draft: Draft, form: Form) -> Filling:
    """The draft with what its rules read."""
    last = figures.last_values(turn.connection, form.key, draft.unit_id, draft.period)
    return Filling(form, draft, last[1] if last else {}, last[0] if last else None, turn.local)


def keep(turn: Turn, person: Person, filling: Filling) -> Filling:
    """Saves the filling's draft."""
    saved = drafts.save(turn.connection, filling.form, filling.draft, person.id, turn.now)
    return replace(filling, draft=saved)


def _go_on(turn: Turn, person: Person, to: Address, filling: Filling) -> list[Say]:
    filling = keep(turn, person, filling)
    return [say_what_is_next(filling, turn.unit(filling.draft.unit_id), to, turn.words(person))]


def _moved(filling: Filling, verb: str, number: int | None, words: Words) -> Filling:
    if verb == "pick" and filling.question is not None:
        taps = quick_answers(filling, filling.question, words)
        if number is None or number >= len(taps):
            raise Refused("button_unknown_to_us")
        return read(filling, Content("text", taps[number][1]), words)
    if verb in ("mend", "edit") and filling.draft.state == "review":
        if number is None or not 1 <= number <= len(filling.asked):
            raise Refused("no_such_question")
        return filling.edit(filling.asked[number - 1].name)
    simple = {
        "back": filling.back,
        "skip": filling.skip,
        "unknown": filling.unknown,
        "again": filling.again,
        "keep": filling.keep,
    }
    if verb not in simple:
        raise Refused("not_in_review" if verb in ("mend", "edit") else "button_unknown_to_us")
    return simple[verb]()


def read(filling: Filling, content: Content, words: Words) -> Filling:
    """What was said as the answer to what the draft asks. Raises NotUnderstood."""
    question = filling.question
    if question is None:
        raise NotUnderstood("review_not_understood")
    kind = type_of(question)
    if filling.draft.state == "awaiting a reason":
        try:
            return filling.answer(kind.read(question, content.text, words, filling.choices(), filling.now))
        except NotUnderstood:
            return filling.explain(reason_in(content))
    if not kind.accepts(content.kind):
        raise kind.refusal() if content.kind == "text" else NotUnderstood("content_not_taken")
    if content.sent is not None:
        return filling.answer(kind.receive(question, content.sent))
    return filling.answer(kind.read(question, content.text, words, filling.choices(), filling.now))


def reason_in(content: Content) -> str:
    """The reason that a message gives. Raises NotUnderstood if it gives none, or a very long one."""
    reason = " ".join(content.text.split())
    if content.kind != "text" or not any(letter.isalpha() for letter in reason):
        raise NotUnderstood("reason_wanted")
    if len(reason) > LONGEST_REASON:
        raise NotUnderstood("reason_too_long", n=LONGEST_REASON)
    return reason


def correcting(turn: Turn, person: Person, filling: Filling) -> Filling:
    """A draft that was sent, opened again with the report's answers."""
    draft = filling.draft
    report = reports.newest(turn.connection, draft.form, draft.unit_id, draft.period)
    if report is None or draft.state != "sent":
        raise Refused("button_stale")
    refuse_if_closed(turn, person, filling.form, draft)
    return replace(filling, draft=replace(draft, answers=report.answers, correcting=report.number)).settled()


def refuse_if_closed(turn: Turn, person: Person, form: Form, draft: Draft) -> None:
    """Raises Refused when the report's time is over."""
    closes_at = deadline(form.key, form.schedule, draft.unit_id, draft.period, turn.zone).closes_at
    if turn.now >= closes_at:
        time = closes_at.astimezone(turn.zone)
        raise Refused("report_closed", date=draft.period, time=time, contact=turn.contact(turn.words(person)))


def _charged(turn: Turn, to: Address, draft: Draft, form: Form) -> Person | None:
    """The person at this address, if the draft is his to fill in."""
    person = turn.person(to)
    held = turn.duties(person)
    return person if is_charged(form, turn.unit(draft.unit_id), held, turn.tree) else None


def _sent_away(turn: Turn, to: Address) -> list[Say]:
    """Somebody whose duty has ended, or who never had one."""
    person = turn.person(to)
    if person is not None:
        drafts.go_to(turn.connection, to, None)
    return turn.not_authorised(to, turn.words(person))


def sent_already(turn: Turn, draft: Draft, to: Address, words: Words) -> Say:
    """That the draft's report has come."""
    report = reports.newest(turn.connection, draft.form, draft.unit_id, draft.period)
    return already_sent(report, draft, report.sent_at.astimezone(turn.zone) if report else None, to, words)
