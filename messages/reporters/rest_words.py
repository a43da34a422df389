"""«Còn lại không có gì»: which figures would be put down as 0, asked before any is."""

from messages.reporters.question_buttons import draft_button
from reporting.filling import fast
from reporting.filling.moves import Filling
from reporting.people import Address
from reporting.presses.reporters import DraftPress
from reporting.questions.names import short_label
from reporting.questions.typed_text import echo
from reporting.say import Button, Say
from reporting.translator import Translator


def rest_asked(filling: Filling, said: str, to: Address, words: Translator) -> list[Say]:
    """Whether every number of what happened that is open is 0; nothing where none is. `said`: the words for the rest, as typed."""
    found, draft = fast.flows(filling), filling.draft
    if not said or not found or draft.state not in ("asking", "mending"):
        return []
    names = ", ".join(short_label(filling.form, question, words.language) for question in found)
    yes = Button(words.plain("button_rest", n=len(found)), DraftPress(draft.id, draft.turn, "zeros"))
    row = (yes, draft_button(filling, words, "button_one_by_one", "stay"))
    return [Say(to, words("rest_ask", text=echo(said), n=len(found), names=names), (row,))]
