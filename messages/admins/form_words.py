"""What a form's new version changes, which forms there are, and their questions as a list: lines without HTML."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from textwrap import shorten

from reporting.form_changes import FormChange
from reporting.form_version import FormVersion
from reporting.forms import Form, Question
from reporting.questions.question_types import type_of
from reporting.texts import in_language
from reporting.translator import Translator

SHOWN = 90
"""So many letters of a text or an expression are told of."""


def change_line(change: FormChange, words: Translator) -> str:
    """«Khỏi mới (f0_recovered_new) – đơn vị tính: «người» → «ca»»."""
    if change.what != "changed":
        return words.plain(f"form_change_{change.what}", label=change.label, name=change.question)
    values = {
        "part": words.plain(f"form_part_{change.part}"),
        "before": _said(change.before, words),
        "after": _said(change.after, words),
    }
    if not change.question:
        return words.plain("form_change_setting", **values)
    return words.plain("form_change_question", label=change.label, name=change.question, **values)


def change_lines(changes: Iterable[FormChange], words: Translator) -> list[str]:
    return [change_line(each, words) for each in changes]


def version_line(of: FormVersion, title: str, today: date, words: Translator) -> str:
    """«covid_daily 2021.2 – Báo cáo nhanh: áp dụng từ 01/10/2021, thôi áp dụng từ 01/12/2021»."""
    key = "form_version_planned" if of.from_on > today else "form_version_since"
    said = words.plain(key, form=of.key, version=of.version, title=title, since=of.from_on)
    return said if of.until_on is None else words.plain("form_version_until", said=said, until=of.until_on)


def used(known: Sequence[FormVersion], today: date) -> list[FormVersion]:
    """Of each form the version in force, else the first that is planned, and all that are planned after it."""
    found: list[FormVersion] = []
    for _, group in groupby(known, key=lambda each: each.key):
        by_day = list(group)
        at = max((at for at, each in enumerate(by_day) if each.from_on <= today), default=0)
        found += [each for each in by_day[at:] if each is by_day[at] or each.until_on is None]
    return found


def question_lines(form: Form, words: Translator) -> list[str]:
    """Each question as a reporter is asked it, in order: label, how it is answered, on which condition; what is worked out as well."""
    language = words.language
    lines: list[str] = []
    number = 0
    for question in form.questions:
        if question.instance is not None and set(question.instance.at) != {1}:
            continue
        label = in_language(question.label, language) or question.name
        if question in form.asked:
            number += 1
            lines.append(words.plain("form_question", number=str(number), label=label, how=_how(question, words)))
        elif type_of(question).is_worked_out or type_of(question).is_filled_in:
            lines.append(words.plain("form_question_worked_out", label=label, name=question.name))
        else:
            lines.append(words.plain("form_question_note", label=label))
        lines += [f"     {each}" for each in _more(question, words)]
    return lines


def _how(question: Question, words: Translator) -> str:
    """«số nguyên, ca; bắt buộc»."""
    parts = [words.plain(f"form_type_{_sort(question)}")]
    if unit := in_language(question.unit, words.language):
        parts.append(unit)
    if question.choices:
        names = [in_language(each.label, words.language) or each.name for each in question.choices]
        parts = [f"{parts[0]}: {shorten(', '.join(names), SHOWN, placeholder='…')}"]
    if question.required is not None:
        parts.append(words.plain("form_question_required"))
    if question.is_public:
        parts.append(words.plain("form_question_public"))
    return ", ".join(parts)


def _sort(question: Question) -> str:
    of = type_of(question)
    if of.has_choices:
        return "choices" if of.takes_several else "choice"
    if of.is_numeric:
        return "whole" if of.is_whole else "number"
    if of.is_moment:
        return "date"
    return "other" if of.kinds == {"text"} else "file"


def _more(question: Question, words: Translator) -> list[str]:
    rules = {
        "hint": in_language(question.hint, words.language),
        "relevant": question.relevant.text if question.relevant else "",
        "constraint": question.constraint.text if question.constraint else "",
        "check": question.check.text if question.check else "",
        "calculation": question.calculation.text if question.calculation else "",
    }
    lines = [
        words.plain("form_question_rule", part=words.plain(f"form_part_{part}"), text=shorten(said, 2 * SHOWN))
        for part, said in rules.items()
        if said
    ]
    if question.kind not in (None, "state") and not question.adds_up:
        lines.append(words.plain("form_question_no_sum"))
    return lines


def _said(text: str, words: Translator) -> str:
    return f"«{shorten(text, SHOWN, placeholder='…')}»" if text.strip() else words.plain("form_change_nothing")
