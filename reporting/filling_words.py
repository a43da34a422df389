"""The words of filling in a report: questions, doubts, the review and the receipt."""

from dataclasses import replace
from datetime import datetime

from reporting.answers import Answer
from reporting.errors import Refusal
from reporting.filling import Filling
from reporting.forms import Form, Question
from reporting.people import Address
from reporting.presses import press
from reporting.question_types import type_of
from reporting.reports import Report
from reporting.say import Button, Say
from reporting.texts import in_language
from reporting.units import Unit
from reporting.words import Html, Words

Rows = tuple[tuple[Button, ...], ...]
IN_A_ROW = 5


def say_what_is_next(filling: Filling, unit: Unit, to: Address, words: Words, before: str = "") -> Say:
    """What the draft's state wants from the person; `before` is a paragraph that is said first."""
    if filling.draft.state == "review":
        said = review(filling, unit, to, words)
    elif filling.draft.state == "awaiting a reason":
        said = ask_reason(filling, to, words)
    else:
        said = ask(filling, unit, to, words)
    return replace(said, text=f"{said.text}\n\n{before}") if before else said


def ask(filling: Filling, unit: Unit, to: Address, words: Words) -> Say:
    """The question: its label first, then whose and when, what it means, what it was, how to answer."""
    question = filling.question
    if question is None:
        raise ValueError(filling.draft.state)
    place, of = filling.place
    label = filling.filled(question.label, words.language)
    window = in_language(filling.form.window, words.language)
    parts = [
        words("question_head", place=place, of=of, label=label),
        words("question_about", unit=unit.title, date=filling.draft.period)
        + (words("question_window", window=window) if window and place == 1 else ""),
    ]
    parts += [words("question_note", text=filling.filled(note.label, words.language)) for note in filling.notes()]
    hint = filling.filled(question.hint, words.language)
    if hint:
        parts.append(words("question_hint", text=hint))
    before = filling.last.get(question.name)
    if before is not None and filling.last_on is not None:
        parts.append(words("question_before", value=shown(question, before, words), date=filling.last_on))
    parts.append(words(f"type_{type_of(question).key}_answer"))
    return Say(to, "\n".join(parts), _question_buttons(filling, question, words))


def shown(question: Question, value: object, words: Words) -> str:
    """A value of a question as people read it, with its unit of count."""
    return type_of(question).show(question, value, words)  # type: ignore[arg-type]  # the value is of the question's own type


def show_answer(question: Question, answer: Answer | None, words: Words) -> str:
    """An answer as people read it: a value, «chưa rõ», «để trống» or «chưa trả lời»."""
    if answer is None:
        return words.plain("answer_none")
    if answer.value is None:
        return words.plain("answer_unknown" if answer.state == "unknown" else "answer_empty")
    return shown(question, answer.value, words)


def ask_reason(filling: Filling, to: Address, words: Words) -> Say:
    """The doubt that a soft check raises: confirm with a reason, or answer again."""
    question, doubt = filling.question, filling.doubt()
    if question is None:
        return Say(to, words("correction_reason"), ((_button(filling, words, "button_back", "back"),),))
    answer = show_answer(question, filling.answered(question.name), words)
    message = in_language(doubt.message, words.language) if doubt else ""
    parts = [
        words("question_label", label=filling.filled(question.label, words.language)),
        words("doubt_message", message=message) if message else words("doubt_general", value=answer),
        words("doubt_ask", value=answer),
    ]
    return Say(to, "\n".join(parts), ((_button(filling, words, "button_again", "again"),),))


def review(filling: Filling, unit: Unit, to: Address, words: Words) -> Say:
    """Everything that would be sent, numbered, with what it was before and what will be published."""
    lines = [words("review_head", date=filling.draft.period, unit=unit.title)]
    for number, question in enumerate(filling.asked, 1):
        lines.append(_review_line(filling, number, question, words))
    lines += [_result_line(filling, question, words) for question in _results(filling)]
    lines.append(words("review_foot"))
    rows = (
        (_button(filling, words, "button_send", "send"), _button(filling, words, "button_edit", "edit")),
        (_button(filling, words, "button_back", "back"),),
    )
    return Say(to, "\n".join(lines), rows)


def ask_which(filling: Filling, to: Address, words: Words) -> Say:
    """Which line of the review is to be edited."""
    buttons = [
        Button(str(number), press("d", filling.draft.id, filling.draft.turn, "mend", number))
        for number in range(1, len(filling.asked) + 1)
    ]
    back = (_button(filling, words, "button_back", "back"),)
    return Say(to, words("edit_which", n=len(buttons)), (*in_rows(buttons), back))


def receipt(report: Report, form: Form, unit: Unit, sent_at: datetime, to: Address, words: Words) -> Say:
    """That the report was received, with its number and the time."""
    values = {
        "authority": in_language(form.authority, words.language),
        "title": in_language(form.title, words.language),
        "date": report.period,
        "unit": unit.title,
        "time": sent_at.time(),
        "day": sent_at.date(),
        "number": report.number,
    }
    key = "receipt" if report.revision == 1 else "receipt_correction"
    return Say(to, words(key, **values), key=f"receipt {report.number}")


def refusal(words: Words, refused: Refusal) -> Html:
    """Why an answer was not taken: the form's own message where a rule of the form was broken."""
    if refused.key == "answer_required":
        return words(refused.key, message=in_language(refused.values["message"], words.language))
    rule = refused.values.get("rule")
    if rule is not None:
        message = in_language(rule.message, words.language)
        return words("answer_refused", message=message) if message else words("answer_against_rule")
    return words.refusal(refused)


def in_rows(buttons: list[Button], width: int = IN_A_ROW) -> Rows:
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


def _review_line(filling: Filling, number: int, question: Question, words: Words) -> str:
    answer = filling.answered(question.name)
    label = filling.filled(question.label, words.language)
    line = words("review_line", number=str(number), label=label, value=show_answer(question, answer, words))
    before = filling.last.get(question.name)
    if before is not None and (answer is None or answer.value != before):
        line = Html(line + words("review_before", value=shown(question, before, words)))
    if answer is not None and answer.kept:
        line = Html(line + words("review_kept"))
    if answer is not None and answer.reason:
        line = Html(line + words("review_reason", reason=answer.reason))
    return line


def _results(filling: Filling) -> list[Question]:
    return [q for q in filling.form.indicators if q.type == "calculate" and q.name in filling.results]


def _result_line(filling: Filling, question: Question, words: Words) -> str:
    label = filling.filled(question.label, words.language)
    value = shown(question, filling.results[question.name], words)
    before = filling.last.get(question.name)
    if before is None or before == filling.results[question.name]:
        return words("review_result", label=label, value=value)
    return words("review_result_change", label=label, before=shown(question, before, words), value=value)


def _question_buttons(filling: Filling, question: Question, words: Words) -> Rows:
    draft, taps = filling.draft, quick_answers(filling, question, words)
    buttons = [
        Button(label, press("d", draft.id, draft.turn, "pick", number)) for number, (label, _) in enumerate(taps)
    ]
    longest = max((len(button.text) for button in buttons), default=0)
    rows = [*in_rows(buttons, 1 if longest > 16 else 2 if longest > 6 else IN_A_ROW)]
    proposal = filling.proposal()
    if proposal is not None:
        text = words.plain("button_keep", value=shown(question, proposal, words))
        rows.append((Button(text, press("d", draft.id, draft.turn, "keep")),))
    ways = [_button(filling, words, "button_back", "back")] if filling.place[0] > 1 or draft.state == "mending" else []
    if not filling.is_required(question):
        ways.append(_button(filling, words, "button_skip", "skip"))
    elif question.kind is not None:
        ways.append(_button(filling, words, "button_unknown", "unknown"))
    return (*rows, tuple(ways)) if ways else tuple(rows)


def quick_answers(filling: Filling, question: Question, words: Words) -> list[tuple[str, str]]:
    """What can be tapped instead of typed, in the order of the buttons: (label, the text that the type reads)."""
    return type_of(question).buttons(question, words, filling.choices())


def _button(filling: Filling, words: Words, key: str, verb: str) -> Button:
    return Button(words.plain(key), press("d", filling.draft.id, filling.draft.turn, verb))
