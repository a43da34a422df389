"""A reminder that shows the whole report as it would be if nothing had changed, so that one choice sends it."""

from reporting.filling.moves import Filling
from reporting.filling.unchanged import answers_mark
from reporting.presses.reporters import SendUnchanged
from reporting.questions.names import short_label
from reporting.questions.showing import shown
from reporting.say import Button
from reporting.translator import Html, Translator

LONGEST = 1000
"""Letters: a longer report is no matter of one look, and would make the reminder several messages."""


def unchanged_said(filling: Filling, words: Translator) -> Html:
    """What is as it was, what is 0, what is left empty; «» where that is too long."""
    kept, zero, empty = [], [], []
    for question in filling.asked:
        answer = filling.answered(question.name)
        label = short_label(filling.form, question, words.language)
        if answer is None or answer.value is None:
            empty.append(label)
        elif answer.kept:
            kept.append(f"{label} {shown(question, answer.value, words)}")
        else:
            zero.append(label)
    parts = [words("unchanged_kept", figures="; ".join(kept)), words("unchanged_zero", names="; ".join(zero))]
    parts += [words("unchanged_empty", names="; ".join(empty))] if empty else []
    said = words("unchanged_offer", parts=Html(" ".join(parts)), choice=words.plain("button_send_unchanged"))
    return said if len(said) <= LONGEST else Html("")


def unchanged_button(filling: Filling, words: Translator) -> Button:
    draft = filling.draft
    press = SendUnchanged(draft.form, draft.unit_id, draft.period, answers_mark(filling))
    return Button(words.plain("button_send_unchanged"), press)
