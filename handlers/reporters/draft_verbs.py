"""What each button of a draft does, and the word that is typed instead of it."""

from collections.abc import Callable, Mapping

from handlers.reporters.answer_content import Content
from handlers.reporters.draft_session import next_in
from handlers.reporters.draft_step import Step
from handlers.reporters.excel import excel
from handlers.reporters.reasons import AT_REASON, verb_meant
from handlers.reporters.single_answer import read
from handlers.reporters.submit_report import dropped, send
from messages.reporters.batch_words import taken_at_once
from messages.reporters.doubt_words import same_again
from messages.reporters.draft_words import draft_kept_key
from messages.reporters.question_buttons import quick_answers
from messages.reporters.recorded import ask_whether_anew, recorded_say
from messages.reporters.review_words import ask_which_line
from messages.reporters.template import template
from reporting.errors import Refused
from reporting.filling import fast
from reporting.filling.moves import Filling
from reporting.questions.question_types import type_of
from reporting.say import Say
from services.correct_report import open_correction
from services.draft_session import leave_draft, put_on_screen

Verb = Callable[[Step], list[Say]]
"""Does what a button stands for. Raises Refusal where it does not fit."""


def act(step: Step, verb: str) -> list[Say]:
    """Does what a button, or its typed word, stands for. Raises Refusal where it does not fit."""
    if step.filling.draft.state == "awaiting a reason":
        verb = verb_meant(step.filling, verb, step.text)
        there = AT_REASON.get(verb)
        said = there(step) if there is not None else None
        if said is not None:
            return said
    if verb not in VERBS:
        raise Refused("button_unknown_to_us")
    return VERBS[verb](step)


def _send(step: Step) -> list[Say]:
    return send(step.context, step.person, step.to, step.filling)


def _send_surely(step: Step) -> list[Say]:
    return send(step.context, step.person, step.to, step.filling, is_sure=True)


def _drop(step: Step) -> list[Say]:
    return dropped(step.context, step.person, step.to, step.filling)


def _leave(step: Step) -> list[Say]:
    leave_draft(step.context, step.to)
    draft = step.filling.draft
    return [Say(step.to, step.words(draft_kept_key(draft), period=step.filling.period))]


def _template(step: Step) -> list[Say]:
    return [template(step.filling, step.context.unit(step.filling.draft.unit_id), step.to, step.words)]


def _excel(step: Step) -> list[Say]:
    return [excel(step.filling, step.context.unit(step.filling.draft.unit_id), step.to, step.words)]


def _correct(step: Step) -> list[Say]:
    return step.go_on(open_correction(step.context, step.person, step.filling))


def _edit(step: Step) -> list[Say]:
    if step.number is not None:
        return _mend(step)
    if step.filling.draft.state != "review":
        raise Refused("not_in_review")
    return [ask_which_line(step.filling, step.to, step.words)]


def _mend(step: Step) -> list[Say]:
    if step.number is None:
        raise Refused("button_unknown_to_us")
    return _one(step, step.filling.edit_line(step.number))


def _pick(step: Step) -> list[Say]:
    """One of the choices of the question."""
    filling, question = step.filling, step.filling.question
    taps = quick_answers(filling, question, step.words) if question is not None else ()
    if step.number is None or step.number >= len(taps):
        raise Refused("button_unknown_to_us")
    return _one(step, read(filling, Content("text", taps[step.number][1]), step.words))


def _see(step: Step) -> list[Say]:
    """What is recorded so far, and what is asked."""
    filling, to = step.filling, step.to
    put_on_screen(step.context, to, filling)
    said = [] if filling.draft.state == "review" else [recorded_say(filling, to, step.words)]
    return [*said, next_in(step.context, step.person, to, filling)]


def _stay(step: Step) -> list[Say]:
    put_on_screen(step.context, step.to, step.filling)
    return [next_in(step.context, step.person, step.to, step.filling)]


def _restart(step: Step) -> list[Say]:
    """«Làm lại từ đầu»: is asked, for it forgets what was entered. Refused for a correction, which can be given up."""
    if step.filling.draft.correcting:
        raise Refused("restart_correction")
    return [ask_whether_anew(step.filling, step.to, step.words)] if step.filling.draft.answers else _stay(step)


def _anew(step: Step) -> list[Say]:
    if step.filling.draft.correcting:
        raise Refused("restart_correction")
    return step.go_on(step.filling.emptied(), head=step.words("restart_done"))


def _undo(step: Step) -> list[Say]:
    """«Nhầm rồi»: to what was answered last; in the review it is asked what of it."""
    if step.filling.draft.state == "review":
        return [ask_which_line(step.filling, step.to, step.words)]
    return _one(step, step.filling.back())


def _value(step: Step) -> list[Say]:
    """A number that was offered for what is asked."""
    question = step.filling.question
    if step.number is None or question is None or not type_of(question).is_numeric:
        raise Refused("button_unknown_to_us")
    value = type_of(question).read(question, str(step.number), step.words, step.filling.choices(), step.filling.now)
    return _one(step, step.filling.answer(value))


def _nothing_to_explain(step: Step) -> list[Say]:
    raise Refused("nothing_to_explain")


def _one(step: Step, moved: Filling) -> list[Say]:
    return step.go_on(moved, same_again(step.filling, moved, step.words))


def _moving(move: Callable[[Filling], Filling]) -> Verb:
    return lambda step: _one(step, move(step.filling))


def _at_once(move: Callable[[Filling], Filling]) -> Verb:
    """Several questions are answered: which ones, and how, is said."""

    def several(step: Step) -> list[Say]:
        moved = move(step.filling)
        return step.go_on(moved, taken_at_once(step.filling, moved, step.words))

    return several


VERBS: Mapping[str, Verb] = {
    "send": _send,
    "sure": _send_surely,
    "drop": _drop,
    "leave": _leave,
    "template": _template,
    "excel": _excel,
    "correct": _correct,
    "edit": _edit,
    "figure": _edit,
    "mend": _mend,
    "pick": _pick,
    "back": _moving(Filling.back),
    "skip": _moving(Filling.skip),
    "unknown": _moving(Filling.unknown),
    "again": _moving(Filling.again),
    "see": _see,
    "stay": _stay,
    "restart": _restart,
    "anew": _anew,
    "undo": _undo,
    "value": _value,
    "keep": _moving(Filling.keep),
    "hold": _moving(Filling.keep),
    "same": _at_once(fast.keep_all),
    "zeros": _at_once(fast.zeros),
    "quiet": _at_once(fast.quiet),
    "explain": _nothing_to_explain,
}
"""Where a reason is awaited, `AT_REASON` goes before it."""
