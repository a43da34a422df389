"""The buttons under a question: quick answers, fast ways, and where to go from here."""

from reporting.filling import fast
from reporting.filling.moves import Filling
from reporting.forms import Question
from reporting.presses.reporters import DraftPress
from reporting.questions.question_types import type_of
from reporting.questions.showing import shown
from reporting.say import Button
from reporting.translator import Translator

Rows = tuple[tuple[Button, ...], ...]
IN_A_ROW = 5


def draft_button(filling: Filling, words: Translator, key: str, verb: str) -> Button:
    """A button of this turn of the draft."""
    return Button(words.plain(key), DraftPress(filling.draft.id, filling.draft.turn, verb))


def in_rows(buttons: list[Button], width: int = IN_A_ROW) -> Rows:
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


def quick_answers(filling: Filling, question: Question, words: Translator) -> list[tuple[str, str]]:
    """What can be tapped instead of typed, in the order of the buttons: (label, the text that the type reads)."""
    return type_of(question).buttons(question, words, filling.choices())


def question_buttons(filling: Filling, question: Question, words: Translator) -> Rows:
    """Everything under a question."""
    draft, taps = filling.draft, quick_answers(filling, question, words)
    buttons = [
        Button(label, DraftPress(draft.id, draft.turn, "pick", number)) for number, (label, _) in enumerate(taps)
    ]
    longest = max((len(button.text) for button in buttons), default=0)
    rows = [*in_rows(buttons, 1 if longest > 16 else 2 if longest > 6 else IN_A_ROW)]
    proposal = filling.proposal()
    if proposal is not None:
        key = "button_keep" if filling.proposed is None else "button_take"
        text = words.plain(key, value=shown(question, proposal, words))
        rows.append((Button(text, DraftPress(draft.id, draft.turn, "keep")),))
    if draft.state == "asking":
        rows += _fast_ways(filling, question, words)
    ways = (
        [draft_button(filling, words, "button_back", "back")]
        if filling.place[0] > 1 or draft.state == "mending"
        else []
    )
    if not filling.is_required(question):
        ways.append(draft_button(filling, words, "button_skip", "skip"))
    elif question.kind is not None:
        ways.append(draft_button(filling, words, "button_unknown", "unknown"))
    return (*rows, tuple(ways)) if ways else tuple(rows)


def _fast_ways(filling: Filling, question: Question, words: Translator) -> Rows:
    """«Còn lại như hôm qua», «Không phát sinh», «Còn lại đều 0» where they save anything; the other ways at the first question."""
    kept, zeros = len(fast.standing(filling)), len(fast.flows(filling))
    daily = filling.form.schedule.period in ("daily", "on change")
    rows: list[tuple[Button, ...]] = []
    if kept > 1:
        rows.append((draft_button(filling, words, "button_same" if daily else "button_same_period", "same"),))
    if kept and zeros and not filling.draft.answers:
        rows.append((draft_button(filling, words, "button_quiet", "quiet"),))
    elif zeros > 1 and question.kind == "flow":
        rows.append((draft_button(filling, words, "button_zeros", "zeros"),))
    if not filling.draft.answers and len(filling.asked) > IN_A_ROW:
        rows.append(
            (
                draft_button(filling, words, "button_template", "template"),
                draft_button(filling, words, "button_excel", "excel"),
            )
        )
    return tuple(rows)
