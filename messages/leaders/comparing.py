"""Units beside each other: a few by all headline figures, or all of a subtree ranked by one."""

from collections.abc import Sequence
from textwrap import shorten

from messages.digests.reading import Reading
from messages.leaders.acting_words import said
from messages.reminders.reminder_buttons import report_press
from messages.reminders.reminder_words import named, period_named
from reporting.digests.evidence import Evidence, Number, headlines
from reporting.forms import Question
from reporting.people import Address
from reporting.rounds.periods import period_before
from reporting.say import Button, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit

MOST = 40
LABEL = 40


def ranked(evidence: Evidence, question: Question, to: Address, words: Translator) -> Say:
    """All units by one figure, largest first, with the period before if that is known; who has not reported stands apart."""
    before = period_before(evidence.kind, evidence.period)
    values = evidence.history.get(question.name, {})
    known = [(unit, values.get(unit.id, {}).get(evidence.period)) for unit in evidence.units]
    have = sorted(
        ((unit, value) for unit, value in known if value is not None), key=lambda pair: (-pair[1], pair[0].code)
    )
    lines = [
        words("compare_title", label=_label(question, words), unit=evidence.unit.title, day=_day(evidence, words)),
        *(
            _ranked_line(evidence, question, unit, value, values.get(unit.id, {}).get(before), words)
            for unit, value in have[:MOST]
        ),
    ]
    if len(have) > MOST:
        lines.append(words("round_more", n=len(have) - MOST))
    reading = Reading(evidence, words)
    none = [named(unit, words, reading.late_reason(unit.id)) for unit, value in known if value is None]
    if none:
        lines.append(words("compare_none", n=len(none), names=Html(", ".join(none[:MOST]))))
    buttons = [
        Button(
            shorten(_label(each, words), LABEL, placeholder="…"),
            report_press(evidence.form.key, evidence.unit.id, evidence.period, "rank", str(place)),
        )
        for place, each in enumerate(headlines(evidence.form))
        if each.name != question.name
    ]
    return Say(to, "\n".join(lines), tuple((each,) for each in buttons))


def _ranked_line(
    evidence: Evidence, question: Question, unit: Unit, value: Number, before: Number | None, words: Translator
) -> Html:
    shown = said(evidence.form, question.name, value, words)
    if before is None:
        return words("compare_line", unit=unit.title, value=shown)
    return words("compare_line_before", unit=unit.title, value=shown, before=before)


def side_by_side(
    evidence: Evidence, units: Sequence[Unit], questions: Sequence[Question], to: Address, words: Translator
) -> Say:
    """These units by each of the figures; a unit that has not reported says so."""
    lines = [words("compare_beside", names=", ".join(unit.title for unit in units), day=_day(evidence, words))]
    for question in questions:
        values = evidence.history.get(question.name, {})
        parts = []
        for unit in units:
            value = values.get(unit.id, {}).get(evidence.period)
            absent = "compare_missing" if unit.id in evidence.missing else "compare_without"
            shown = words.plain(absent) if value is None else words.show(value)
            parts.append(words("compare_part", unit=unit.title, value=shown))
        lines.append(words("compare_row", label=_label(question, words), values=Html("; ".join(parts))))
    return Say(to, "\n".join(lines))


def _label(question: Question, words: Translator) -> str:
    return in_language(question.alone, words.language)


def _day(evidence: Evidence, words: Translator) -> Html:
    return period_named(evidence.kind, evidence.period, words)
