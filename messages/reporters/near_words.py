"""Numbers that may be meant, though what was said is none: each is a button, and nothing is recorded before."""

from messages.reporters.question_buttons import draft_button
from reporting.filling.moves import Filling
from reporting.people import Address
from reporting.presses.reporters import DraftPress
from reporting.questions.names import short_label
from reporting.questions.showing import shown
from reporting.questions.typed_text import echo
from reporting.say import Button, Say
from reporting.translator import Translator


def ask_which_number(filling: Filling, numbers: tuple[int, ...], text: str, to: Address, words: Translator) -> Say:
    """Whether one of the numbers is the answer to what is asked, or it is not known yet."""
    question, draft = filling.question, filling.draft
    if question is None:
        raise ValueError(draft.state)
    place, _ = filling.place
    label = short_label(filling.form, question, words.language)
    row = [Button(shown(question, each, words), DraftPress(draft.id, draft.turn, "value", each)) for each in numbers]
    if filling.is_required(question) and question.kind is not None:
        row.append(draft_button(filling, words, "button_unknown", "unknown"))
    return Say(to, words("near_number", text=echo(text), place=place, label=label), (tuple(row),))
