"""The whole report on one page: what stands in its fields is taken into the draft at once, whatever else happened meanwhile."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from reporting.answers import Answer
from reporting.errors import NotUnderstood
from reporting.filling.fast import together
from reporting.filling.moves import Filling
from reporting.forms import Question
from reporting.questions.question_types import type_of
from reporting.translator import Translator

UNKNOWN = "~"
"""What stands in a field of which it was said that the answer is not known yet."""
MOST_ROUNDS = 8
"""An answer makes questions appear, and those others: so often fields are looked through at the most."""

ReadReason = Callable[[str, Filling], str]
"""The reason that a text gives, of what the draft is at. Raises NotUnderstood where it gives none."""


@dataclass(frozen=True, slots=True)
class Field:
    """What stands in a field. `knew`: what stood there when the page was last given it. `reason`: why a doubted value is right.

    `kept`: what it was the period before was taken by a button. `is_mine`: it is to stand though somebody else answered meanwhile.
    `tried`: what this browser has sent since and was given no answer to, so that it may have been taken or not.
    """

    text: str
    knew: str
    reason: str = ""
    kept: bool = False
    is_mine: bool = False
    tried: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Entered:
    """The filling with what could be taken. By the question's name: `refused`, why something could not; `unreasoned`, why what was
    typed is no reason; `clashes`, what stands in a field of which somebody else has changed the answer to another meanwhile.
    """

    filling: Filling
    refused: Mapping[str, NotUnderstood]
    unreasoned: Mapping[str, NotUnderstood]
    clashes: Mapping[str, Field]
    is_changed: bool

    @property
    def is_clear(self) -> bool:
        """Whether all that was typed has been taken."""
        return not (self.refused or self.unreasoned or self.clashes)


def field_text(question: Question, answer: Answer | None) -> str:
    """What stands in the field of an answer; «» where there is none, or it was skipped."""
    if answer is None or (answer.value is None and answer.state != "unknown"):
        return ""
    return UNKNOWN if answer.value is None else type_of(question).to_field(answer.value)


def enter_fields(filling: Filling, fields: Mapping[str, Field], words: Translator, read_reason: ReadReason) -> Entered:
    """Takes what was typed into the fields, by the question's name; a field that was not touched changes nothing.

    A value that a rule forbids is taken all the same, and the draft then stands there: nothing that was typed is lost. What stands
    in a field whose question is not asked as things stand now is left out.
    """
    refused: dict[str, NotUnderstood] = {}
    clashes: dict[str, Field] = {}
    seen: set[str] = set()
    moved = filling
    for _ in range(MOST_ROUNDS):
        asked = [each for each in moved.asked if each.name in fields and each.name not in seen]
        if not asked:
            break
        seen |= {each.name for each in asked}
        moved = _round(moved, asked, fields, words, refused, clashes)
    explained, unreasoned = _explained(moved, fields, read_reason)
    is_changed = explained.draft.answers != filling.draft.answers
    return Entered(explained.settled() if is_changed else filling, refused, unreasoned, clashes, is_changed)


def _round(
    filling: Filling,
    asked: list[Question],
    fields: Mapping[str, Field],
    words: Translator,
    refused: dict[str, NotUnderstood],
    clashes: dict[str, Field],
) -> Filling:
    answers = dict(filling.draft.answers)
    for question in asked:
        name, field = question.name, fields[question.name]
        now = field_text(question, filling.answered(name))
        if field.text in (field.knew, now) or type_of(question).field == "chat":
            continue
        if now != field.knew and not field.is_mine and not _is_own(filling, question, field, now, words):
            clashes[name] = field
            continue
        try:
            answers |= _answer(filling, question, field, words)
        except NotUnderstood as why:
            refused[name] = why
            continue
        if not field.text:
            answers.pop(name, None)
    return filling.with_draft(filling.draft.with_answers(answers)) if answers != filling.draft.answers else filling


def _is_own(filling: Filling, question: Question, field: Field, now: str, words: Translator) -> bool:
    """Whether what stands there now is what this browser has sent itself, however it was written."""
    for each in field.tried:
        try:
            answer = _answer(filling, question, replace(field, text=each), words).get(question.name)
        except NotUnderstood:
            continue
        if field_text(question, answer) == now:
            return True
    return False


def _answer(filling: Filling, question: Question, field: Field, words: Translator) -> Mapping[str, Answer]:
    """What is typed as an answer; nothing where the field is empty. Raises NotUnderstood."""
    if not field.text:
        return {}
    if field.text == UNKNOWN:
        return {question.name: Answer(None, "unknown")}
    kind, before = type_of(question), filling.last.get(question.name)
    if before is not None and field.kept and field.text == kind.to_field(before):
        return {question.name: Answer(before, kept=True)}
    value = kind.from_field(question, field.text, words, filling.choices_of(question), filling.now)
    return {question.name: Answer(value)}


def _explained(
    filling: Filling, fields: Mapping[str, Field], read_reason: ReadReason
) -> tuple[Filling, dict[str, NotUnderstood]]:
    """With the reasons for what is doubted."""
    answers, unreasoned = dict(filling.draft.answers), dict[str, NotUnderstood]()
    for question in filling.asked:
        name, answer = question.name, filling.answered(question.name)
        typed = fields[name].reason.strip() if name in fields else ""
        if not typed or answer is None or answer.value is None or typed == answer.reason:
            continue
        if filling.judging.doubted(question) is None:
            continue
        try:
            reason = read_reason(typed, filling.with_draft(filling.draft.changed(at=name)))
        except NotUnderstood as why:
            unreasoned[name] = why
        else:
            answers[name] = answer.because(reason)
    if answers == filling.draft.answers:
        return filling, unreasoned
    return filling.with_draft(filling.draft.with_answers(answers)), unreasoned


def left_empty(filling: Filling) -> Filling:
    """Whoever sends the page leaves empty what need not be answered and what he has not touched."""
    moved = filling
    for _ in range(MOST_ROUNDS):
        empty = {
            each.name: Answer(None, "empty")
            for each in moved.asked
            if each.name in moved.judging.open and not moved.is_required(each)
        }
        if not empty:
            break
        moved = together(moved, empty)
    return moved
