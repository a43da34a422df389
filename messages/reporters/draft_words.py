"""The words of filling in a report: whatever the draft's state wants, said to one person."""

from dataclasses import replace

from messages.reporters.doubt_words import ask_reason
from messages.reporters.note_words import notes_told
from messages.reporters.question_buttons import question_buttons
from messages.reporters.review_words import review
from reporting.errors import Refusal
from reporting.filling.drafts import Draft
from reporting.filling.how_many import at_most, is_settled
from reporting.filling.moves import Filling
from reporting.filling.summed_up import SummedUp
from reporting.forms import Question
from reporting.people import Address
from reporting.questions.checks import BrokenRule
from reporting.questions.names import short_label
from reporting.questions.question_types import type_of
from reporting.questions.showing import show_answer, shown
from reporting.say import Say
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit


def say_what_is_next(
    filling: Filling, unit: Unit, to: Address, words: Translator, before: str = "", head: str = ""
) -> Say:
    """What the draft's state wants from the person; `before` is a paragraph about what was said before.

    `head`: a line that stands at the head of the message; in a review under its title.
    """
    if filling.draft.state == "review":
        said = review(filling, unit, to, words, past(filling, words), head)
    elif filling.draft.state == "awaiting a reason":
        said = ask_reason(filling, unit, to, words)
    else:
        said = ask(filling, unit, to, words)
    if head and filling.draft.state != "review":
        said = replace(said, text=f"{head}\n{said.text}")
    after = [before] if before else []
    if filling.draft.is_practice:
        after.append(practice_note(filling.draft, words))
    return replace(said, text="\n\n".join([said.text, *after])) if after else said


def refused_at(filling: Filling, full: Say, why: str, words: Translator) -> Say:
    """Why something was not taken, in short, and which question is open, under the buttons of the `full` message.

    What was asked back, whether it is a reason or a figure, is asked again in full, and so is the reason of a correction.
    """
    question = filling.question
    is_at_reason = filling.draft.state == "awaiting a reason"
    if filling.draft.pending or (question is None and is_at_reason):
        return full
    if question is None:
        return replace(full, text=why)
    label = short_label(filling.form, question, words.language)
    if is_at_reason:
        now = words("doubt_now", value=show_answer(question, filling.answered(question.name), words))
        return replace(full, text=Html(f"{why}\n{words('question_label', label=label)} – {now}"))
    return replace(full, text=Html(f"{why}\n{words('question_short', place=place_said(filling, words), label=label)}"))


def ask(filling: Filling, unit: Unit, to: Address, words: Translator) -> Say:
    """The question: its label first, then whose and when, what it means, what it was, how to answer."""
    question = filling.question
    if question is None:
        raise ValueError(filling.draft.state)
    label = filling.filled(question.alone if question.instance else question.label, words.language)
    window = in_language(filling.form.window, words.language)
    parts = [
        words("question_head", place=place_said(filling, words), label=label),
        words("question_about", unit=unit.title, period=filling.period)
        + past(filling, words)
        + (words("question_window", window=window) if window and filling.place[0] == 1 else ""),
    ]
    parts += [words("question_note", text=notes_told(filling, note, words)) for note in filling.notes()]
    hint = filling.filled(question.hint, words.language)
    if hint:
        parts.append(words("question_hint", text=hint))
    before = filling.last.get(question.name)
    if before is not None and filling.last_on is not None:
        last = words.brief(filling.form.period(filling.last_on))
        parts.append(words("question_before", value=shown(question, before, words), period=last))
    if filling.proposed is not None:
        parts.append(summed_up_said(filling.proposed, question, words))
    answer, broken = filling.answered(question.name), filling.broken()
    if answer is not None and broken is not None:
        parts.append(words("broken_here", message=rule_said(broken, words), value=show_answer(question, answer, words)))
    elif answer is not None:
        parts.append(words("question_now", value=show_answer(filling.as_read(question), answer, words)))
    parts.append(words(type_of(question).how_key(question)))
    return Say(to, "\n".join(parts), question_buttons(filling, question, words))


def summed_up_said(of: SummedUp, question: Question, words: Translator) -> Html:
    """«Cộng từ «Báo cáo ngày»: 42 ca (18/30 ngày có báo cáo).»"""
    key = "summed_up" if question.kind == "flow" else "summed_up_last"
    periods = words(f"digest_periods_{of.form.schedule.period_type.key}", n=of.owed)
    title = in_language(of.form.title, words.language) or of.form.key
    value, last = shown(question, of.value, words), of.form.period(of.last_on)
    return words(key, form=title, value=value, received=of.received, periods=periods, period=last)


def place_said(filling: Filling, words: Translator) -> Html:
    """«3/20»; «3/tối đa 5» or «3» while open answers decide how many there are."""
    place, of = filling.place
    if is_settled(filling):
        return words("question_place", place=place, of=of)
    most = at_most(filling)
    return (
        words("question_place_alone", place=place)
        if most is None
        else words("question_place_most", place=place, of=most)
    )


def past(filling: Filling, words: Translator) -> Html | str:
    """After midnight: that the report is not today's, said plainly."""
    days = (filling.now.date() - filling.draft.period).days
    if days < 1 or filling.form.schedule.period != "daily":
        return ""
    return words("day_yesterday") if days == 1 else words("day_past", n=days)


def draft_kept_key(draft: Draft) -> str:
    """The sentence for a chat that leaves a draft: what becomes of it, and how to go on."""
    if draft.is_trial:
        return "form_trial_left"
    return "correction_kept" if draft.correcting else "draft_kept"


def practice_note(draft: Draft, words: Translator) -> Html:
    """That nothing of it counts: a report to practise with, or a form that is tried out."""
    return words("form_trial_note" if draft.is_trial else "practice_note")


def refusal_said(words: Translator, refused: Refusal) -> Html:
    """Why an answer was not taken: the form's own message where a rule of the form was broken."""
    if refused.key in ("answer_required", "answer_required_outright"):
        said = words(refused.key, message=in_language(refused.values["message"], words.language))
        return Html(" ".join(said.split()))
    rule = refused.values.get("rule")
    if rule is not None:
        message = rule_said(rule, words)
        return words("answer_refused", message=message) if message else words("answer_against_rule")
    return words.refusal(refused)


def rule_said(broken: BrokenRule, words: Translator) -> Html:
    """Of a hard rule that is broken the form's own message, which is of all that a rule joins, and which of it was broken."""
    message, which = (in_language(said, words.language) for said in (broken.message, broken.which))
    said = [Html(words.format(message))] if message else []
    return Html(" ".join([*said, *([words("doubt_which", which=which)] if which else [])]))
