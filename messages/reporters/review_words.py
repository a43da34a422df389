"""The review before sending, and what a correction changes."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from messages.reporters.note_words import notes_told
from messages.reporters.question_buttons import draft_button, in_rows
from reporting.answers import Value
from reporting.events.reviews import CorrectedByDesk
from reporting.filling.moves import Filling
from reporting.forms import Question
from reporting.people import Address
from reporting.presses.reporters import DraftPress
from reporting.questions.checks import is_relevant
from reporting.questions.names import short_label
from reporting.questions.parts import beside
from reporting.questions.question_types import type_of
from reporting.questions.showing import show_answer, shown
from reporting.questions.typed_text import echo
from reporting.say import Button, Rank, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator, translator
from reporting.units import Unit

IN_A_ROW = 7
MOST_NUMBERS = 42
WHYS = ("why_typing", "why_later", "why_checked")
"""Reasons for a correction that can be tapped; whatever is typed is one too."""


def review(filling: Filling, unit: Unit, to: Address, words: Translator, day: str = "", head: str = "") -> Say:
    """Everything that would be sent in the form's order, with what it was before and what will be published.

    Every line that was answered has its number as a button: one tap mends it. `day`: HTML, which day it is if that is not plain;
    `head`: HTML, a line that stands under the title.
    """
    lines = [Html(words("review_head", period=filling.period, unit=unit.title) + day)]
    lines += [Html(head)] if head else []
    numbers = {question.name: number for number, question in enumerate(filling.asked, 1)}
    for question in filling.form.questions:
        if question.name in numbers:
            lines.append(review_line(filling, numbers[question.name], question, words))
        elif question.kind is not None and question.name in filling.unknown_calculations:
            lines.append(words("review_held", label=filling.filled(question.label, words.language)))
        elif type_of(question).is_worked_out and question.kind is not None and question.name in filling.results:
            lines.append(_result_line(filling, question, words))
        elif type_of(question).is_worked_out and question.kind is not None and _comes_to_nothing(filling, question):
            lines.append(_no_result_line(filling, question, words))
    lines += [words("question_note", text=notes_told(filling, note, words)) for note in filling.notes()]
    lines += _remarks(filling, words)
    lines.append(words("review_foot_correction" if filling.draft.correcting else "review_foot"))
    return Say(to, Html("\n".join(lines)), _review_buttons(filling, len(numbers), words))


def _review_buttons(filling: Filling, count: int, words: Translator) -> tuple[tuple[Button, ...], ...]:
    draft = filling.draft
    numbers = [Button(str(n), DraftPress(draft.id, draft.turn, "mend", n)) for n in range(1, count + 1)]
    return (
        (draft_button(filling, words, "button_send", "send"), draft_button(filling, words, "button_edit", "edit")),
        *(in_rows(numbers, IN_A_ROW) if count <= MOST_NUMBERS else ()),
        (draft_button(filling, words, "button_back", "back"), *_drop(filling, words)),
    )


def _drop(filling: Filling, words: Translator) -> tuple[Button, ...]:
    """«Bỏ», which gives a correction up."""
    return (draft_button(filling, words, "button_drop_correction", "drop"),) if filling.draft.correcting else ()


def _remarks(filling: Filling, words: Translator) -> Iterator[Html]:
    """What is to be known before sending: what is not known yet, and where the cumulative figures begin."""
    language = words.language
    unknown = [
        short_label(filling.form, q, language)
        for q in filling.asked
        if (answer := filling.answered(q.name)) is not None and answer.state == "unknown"
    ]
    if unknown:
        yield words("review_unknown", n=len(unknown), names=", ".join(unknown))
    for each in beside(filling.form, filling.results):
        if each.most is None:
            yield words(
                "review_part_alone",
                part=in_language(each.part.alone, language),
                whole=short_label(filling.form, each.whole, language),
            )
    if filling.last_on is None and any(q.kind == "total" and q.calculation is not None for q in filling.form.questions):
        yield words("review_no_opening")


def review_line(filling: Filling, number: int, question: Question, words: Translator) -> Html:
    answer = filling.answered(question.name)
    label = filling.filled(question.alone if question.instance else question.label, words.language)
    line = words(
        "review_line", number=str(number), label=label, value=show_answer(filling.as_read(question), answer, words)
    )
    before = filling.last.get(question.name)
    if answer is not None and answer.kept:
        line = Html(line + words("review_kept"))
    elif before is not None and question.kind is not None:
        same = answer is not None and answer.value == before
        line = Html(
            line + (words("review_same") if same else words("review_before", value=shown(question, before, words)))
        )
    if answer is not None and answer.reason:
        line = Html(line + words("review_reason", reason=answer.reason))
    return line


def _result_line(filling: Filling, question: Question, words: Translator) -> Html:
    label = filling.filled(question.label, words.language)
    value = shown(question, filling.results[question.name], words)
    before = filling.last.get(question.name)
    if before is None or before == filling.results[question.name]:
        return words("review_result", label=label, value=value)
    return words("review_result_change", label=label, before=words.show(before), value=value)


def _comes_to_nothing(filling: Filling, question: Question) -> bool:
    """Whether a calculation is of what is answered, and yet has no value: the form's formula makes none of these figures."""
    rule, instance = question.calculation, filling.judging.instance
    if rule is None or not is_relevant(question, instance):
        return False
    return any(name in instance.values for name in rule.names)


def _no_result_line(filling: Filling, question: Question, words: Translator) -> Html:
    """«Số ca đang điều trị: chưa tính được từ Lũy kế ca mắc: 3 ca; …»."""
    names = question.calculation.names if question.calculation is not None else frozenset[str]()
    values = filling.judging.instance.values
    read = [each for each in filling.form.questions if each.name in names and each.name in values]
    made_of = "; ".join(
        f"{short_label(filling.form, each, words.language)}: {shown(each, values[each.name], words)}" for each in read
    )
    return words("review_no_result", label=filling.filled(question.label, words.language), made_of=made_of)


def ask_which_line(filling: Filling, to: Address, words: Translator) -> Say:
    """Which line of the review is to be edited."""
    count = len(filling.asked)
    buttons = [Button(str(n), DraftPress(filling.draft.id, filling.draft.turn, "mend", n)) for n in range(1, count + 1)]
    back = (draft_button(filling, words, "button_back", "back"),)
    return Say(to, words("edit_which", n=count), (*in_rows(buttons, IN_A_ROW), back))


def ask_whether_same(filling: Filling, same: int, to: Address, words: Translator) -> Say:
    """The report is like those of several periods before: is that right?"""
    row = (
        draft_button(filling, words, "button_same_sure", "sure"),
        draft_button(filling, words, "button_edit", "edit"),
    )
    return Say(to, words("same_ask", n=same), (row,))


def corrections(filling: Filling, words: Translator) -> list[Html]:
    """What a correction changes in what stands: «lũy kế 121 → 120», answers and calculations in the form's order."""
    stands, results = filling.stands, filling.results
    return [
        words("change_line", label=filling.filled(q.alone, words.language), old=old, new=new)
        for q in filling.form.questions
        if not type_of(q).is_shown and stands.get(q.name) != results.get(q.name)
        for old, new in [(_or_none(q, stands, words), _or_none(q, results, words))]
    ]


def _or_none(question: Question, values: Mapping[str, Value], words: Translator) -> str:
    return shown(question, values[question.name], words) if question.name in values else words.plain("answer_empty")


def ask_why(filling: Filling, to: Address, words: Translator) -> Say:
    """A correction is complete: what it changes, and why."""
    draft = filling.draft
    whys = [(Button(words.plain(key), DraftPress(draft.id, draft.turn, "why", n)),) for n, key in enumerate(WHYS)]
    lines = [words("correction_head", period=filling.period), *corrections(filling, words), words("correction_reason")]
    ways = (draft_button(filling, words, "button_back", "back"), *_drop(filling, words))
    return Say(to, Html("\n".join(lines)), (*whys, ways))


def offer_number(filling: Filling, question: Question, value: int, typed: str, to: Address, words: Translator) -> Say:
    """A bare number where a reason is awaited is none: it can be the figure, if that is what was meant."""
    draft, asked = filling.draft, ask_why(filling, to, words)
    name = short_label(filling.form, question, words.language)
    label = words.plain("button_value", name=name, value=shown(question, value, words))
    button = Button(label, DraftPress(draft.id, draft.turn, "value", value))
    text = f"{asked.text}\n\n{words('reason_number', text=echo(typed), name=name)}"
    return replace(asked, text=text, buttons=((button,), *asked.buttons))


def desk_corrected_say(event: CorrectedByDesk) -> Say:
    """What the desk has changed in a report, who did and why."""
    words, period = translator(event.to.language), event.filling.period
    head = words("desk_corrected", period=period, unit=event.unit.title, name=event.by.name, reason=event.reason)
    return Say(event.to.address, Html("\n".join([head, *corrections(event.filling, words)])), rank=Rank.REMINDER)
