"""The words of a doubt: what is doubted, every way on from there, and what may be a reason or a figure."""

from dataclasses import replace

from messages.reporters.question_buttons import draft_button
from messages.reporters.review_words import ask_why
from reporting.filling.moves import Filling
from reporting.filling.reason_or_figure import figures_meant
from reporting.people import Address
from reporting.presses.reporters import DraftPress
from reporting.questions.names import short_label
from reporting.questions.showing import show_answer
from reporting.questions.typed_text import echo
from reporting.say import Button, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit


def ask_reason(filling: Filling, unit: Unit, to: Address, words: Translator) -> Say:
    """The doubt that a soft check raises: keep with a reason, answer again, go back; or why a correction is made."""
    question, doubt = filling.question, filling.doubt()
    if question is None:
        asked = ask_why(filling, to, words)
        return _asked_back(asked, filling, words) if filling.draft.pending else asked
    answer = show_answer(question, filling.answered(question.name), words)
    message = in_language(doubt.message, words.language) if doubt else ""
    which = doubt.which.get(words.language, "") if doubt else ""
    parts = [
        words("question_label", label=filling.filled(question.alone, words.language)),
        words("question_about", unit=unit.title, period=filling.period),
        words("doubt_message", message=message) if message else words("doubt_general", value=answer),
        *([words("doubt_which", which=which)] if which else []),
        words("doubt_now", value=answer) if filling.draft.pending else words("doubt_ask", value=answer),
    ]
    again = draft_button(filling, words, "button_again", "again")
    ways = (again, draft_button(filling, words, "button_back", "back")) if filling.place[0] > 1 else (again,)
    if filling.draft.pending:
        return _asked_back(Say(to, "\n".join(parts), (ways,)), filling, words)
    return Say(to, "\n".join(parts), ((draft_button(filling, words, "button_hold", "hold"),), ways))


def _asked_back(asked: Say, filling: Filling, words: Translator) -> Say:
    """Whether what was typed is the reason, or a figure is to be changed: two buttons, above the ways that there were."""
    row = (
        draft_button(filling, words, "button_explain", "explain"),
        draft_button(filling, words, "button_figure", "figure"),
    )
    ways = asked.buttons[-1:]
    return replace(
        asked,
        text=f"{asked.text}\n{words('reason_or_figure', text=echo(filling.draft.pending))}",
        buttons=(row, *ways),
    )


def ask_which_figure(filling: Filling, to: Address, words: Translator) -> Say:
    """Which of the figures that a text may be about is to be changed: each is a button, with its number in the review."""
    places = {question.name: place for place, question in enumerate(filling.asked, 1)}
    rows = []
    for question in figures_meant(filling):
        name, place = short_label(filling.form, question, words.language), places[question.name]
        label = words.plain("button_figure_of", number=str(place), name=name)
        rows.append((Button(label, DraftPress(filling.draft.id, filling.draft.turn, "mend", place)),))
    return Say(to, words("figure_which", text=echo(filling.draft.pending)), tuple(rows))


def same_again(before: Filling, after: Filling, words: Translator) -> Html:
    """That the value which is doubted was given once more, and what alone keeps it; nothing where it was another."""
    name, question = before.draft.at, before.question
    answer, other = before.answered(name), after.answered(name)
    is_doubted = after.draft.state == "awaiting a reason" and after.draft.at == name
    if question is None or answer is None or other is None or not is_doubted or answer.value != other.value:
        return Html("")
    return words("reason_only_way", value=show_answer(question, answer, words))
