"""What a draft has recorded so far, and whether all of it is to be forgotten."""

from messages.reporters.question_buttons import draft_button
from messages.reporters.review_words import review_line
from reporting.filling.moves import Filling
from reporting.people import Address
from reporting.say import Say
from reporting.translator import Html, Translator


def recorded_say(filling: Filling, to: Address, words: Translator) -> Say:
    """The answers that there are, each with its number in the review."""
    answered = [(n, each) for n, each in enumerate(filling.asked, 1) if filling.answered(each.name) is not None]
    if not answered:
        return Say(to, words("recorded_nothing"))
    head = words("recorded_head", n=len(answered), of=len(filling.asked), period=filling.period)
    return Say(to, Html("\n".join([head, *(review_line(filling, n, each, words) for n, each in answered)])))


def ask_whether_anew(filling: Filling, to: Address, words: Translator) -> Say:
    """Whether the draft is to be begun anew: what was entered would be lost."""
    row = (draft_button(filling, words, "button_anew", "anew"), draft_button(filling, words, "button_stay", "stay"))
    return Say(to, words("restart_ask", n=len(filling.draft.answers), period=filling.period), (row,))
