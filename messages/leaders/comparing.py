"""Units beside each other: a few by all headline figures, or all of a subtree ranked by one."""

from collections.abc import Sequence
from textwrap import shorten

from messages.digests.reading import Reading
from messages.leaders.acting_words import value_said
from messages.reminders.reminder_words import named
from reporting.digests.evidence import Evidence, Number
from reporting.digests.totals import brought, total
from reporting.figures.carried import Share
from reporting.figures.headlines import headlines
from reporting.forms import Question
from reporting.people import Address
from reporting.period_types import period_before
from reporting.presses.leaders import RankUnits
from reporting.say import Button, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit

MOST = 40
LABEL = 40


def ranked(evidence: Evidence, question: Question, to: Address, words: Translator) -> Say:
    """All units by one figure, largest first, with the period before if that is known; who has not reported stands apart.

    Of what is carried those stand among the others with their last value and its period.
    """
    known = [(unit, _share(evidence, question, unit)) for unit in evidence.units]
    have = sorted(
        ((unit, of) for unit, of in known if of.value is not None),
        key=lambda pair: (-(pair[1].value or 0), pair[0].name_order),
    )
    lines = [
        words("compare_title", label=_label(question, words), unit=evidence.unit.title, day=_day(evidence, words)),
        *(_ranked_line(evidence, question, unit, of, words) for unit, of in have[:MOST]),
    ]
    if len(have) > MOST:
        lines.append(words("round_more", n=len(have) - MOST))
    reading = Reading(evidence, words)
    without = [(unit, of.is_withheld) for unit, of in known if of.value is None]
    for key, is_withheld in (("compare_untold_units", True), ("compare_none", False)):
        names = [named(unit, words, reading.late_reason(unit.id)) for unit, is_so in without if is_so == is_withheld]
        if names:
            lines.append(words(key, n=len(names), names=Html(", ".join(names[:MOST]))))
    buttons = [
        Button(
            shorten(_label(each, words), LABEL, placeholder="…"),
            RankUnits(evidence.form.key, evidence.unit.id, evidence.period, place),
        )
        for place, each in enumerate(headlines(evidence.form))
        if each.name != question.name
    ]
    return Say(to, "\n".join(lines), tuple((each,) for each in buttons))


def _share(evidence: Evidence, question: Question, unit: Unit) -> Share[Number]:
    """What a unit stands with: its value of the period; of what is carried else its last, or that this cannot be told."""
    value = evidence.history.get(question.name, {}).get(unit.id, {}).get(evidence.period)
    return brought(evidence, question, unit) if value is None else Share(value, evidence.period)


def _ranked_line(evidence: Evidence, question: Question, unit: Unit, of: Share[Number], words: Translator) -> Html:
    assert of.value is not None
    assert of.period is not None
    shown = value_said(evidence.form, question.name, of.value, words)
    if of.period != evidence.period:
        day = words.short_period(evidence.form.period(of.period), evidence.period)
        return words("compare_line_earlier", unit=unit.title, value=shown, day=day)
    last = period_before(evidence.of, evidence.period)
    before = evidence.history.get(question.name, {}).get(unit.id, {}).get(last)
    if before is None:
        return words("compare_line", unit=unit.title, value=shown)
    return words("compare_line_before", unit=unit.title, value=shown, before=before)


def side_by_side(
    evidence: Evidence, units: Sequence[Unit], questions: Sequence[Question], to: Address, words: Translator
) -> Say:
    """These units by each of the figures; a unit that has not reported says so, and one above others has what these have together."""
    lines = [words("compare_beside", names=", ".join(unit.title for unit in units), day=_day(evidence, words))]
    for question in questions:
        parts = [_part(evidence, question, unit, words) for unit in units]
        lines.append(words("compare_row", label=_label(question, words), values=Html("; ".join(parts))))
    return Say(to, "\n".join(lines))


def _part(evidence: Evidence, question: Question, unit: Unit, words: Translator) -> Html:
    expected = {each.id for each in evidence.units}
    if unit.id not in expected:
        below = evidence.tree.reporting(unit, evidence.form.reports_on(evidence.period), evidence.period)
        if members := [each for each in below if each.id in expected]:
            return _part_of_many(evidence, question, unit, members, words)
    of = _share(evidence, question, unit)
    if of.value is None:
        absent = "compare_missing" if unit.id in evidence.missing else "compare_without"
        shown = words.plain("compare_untold" if of.is_withheld else absent)
        return words("compare_part", unit=unit.title, value=shown)
    if of.period is None or of.period == evidence.period:
        return words("compare_part", unit=unit.title, value=words.show(of.value))
    day = words.short_period(evidence.form.period(of.period), evidence.period)
    return words("compare_part_earlier", unit=unit.title, value=words.show(of.value), day=day)


def _part_of_many(
    evidence: Evidence, question: Question, unit: Unit, members: Sequence[Unit], words: Translator
) -> Html:
    """«huyện Thọ Xuân 12 (3/4 đơn vị)», or why there is no total."""
    of = total(evidence, question, members, evidence.periods)
    if of.value is None:
        is_silent = all(each.id in evidence.missing for each in members)
        absent = "compare_missing" if is_silent else "compare_without"
        key = "picture_no_sum" if of.is_no_sum else "compare_untold" if of.withheld else absent
        return words("compare_part", unit=unit.title, value=words.plain(key))
    named = {"unit": unit.title, "value": words.show(of.value), "done": of.units, "all": len(members)}
    if of.carried:
        return words("compare_part_carried", n=len(of.carried), **named)
    return words("compare_part_total", **named)


def _label(question: Question, words: Translator) -> str:
    return in_language(question.alone, words.language)


def _day(evidence: Evidence, words: Translator) -> Html:
    return words("round_period", period=evidence.last)
