"""Targets of indicators in words: what is to be reached, and how far a unit is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import ROUND_UP, Decimal

from reporting.figures.drawings import TargetBar, TargetPicture
from reporting.figures.headlines import numeric
from reporting.figures.indicator_targets import (
    IndicatorTarget,
    Number,
    TargetProgress,
    TargetState,
    target_periods,
)
from reporting.forms import Form, Question
from reporting.people import Address
from reporting.period_types import Period, PeriodType
from reporting.presses.leaders import RetireTarget, ShowTargets
from reporting.say import Button, Drawn, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit, UnitTree

PAGE = 12
"""So many targets are told and drawn at once."""


def target_said(target: IndicatorTarget, form: Form | None, words: Translator, *, label: str = "") -> str:
    """«Số ca mắc mới nhiều nhất 10 ca mỗi tuần»; where the form has the indicator no more, by its name."""
    question = form.by_name.get(target.indicator) if form is not None else None
    whole = form.by_name.get(target.of) if form is not None else None
    named = label or (in_language(question.alone, words.language) if question is not None else target.indicator)
    value = value_in_target(target, target.value, question, words, whole)
    goal = words.plain("target_at_least" if target.bound == "at least" else "target_at_most", label=named, value=value)
    if target.each:
        return words.plain(f"target_each_{target.each.replace('-', '_')}", goal=goal)
    return words.plain("target_until", goal=goal, until=target.until) if target.until else goal


def value_in_target(
    target: IndicatorTarget, value: Number, question: Question | None, words: Translator, whole: Question | None = None
) -> str:
    """«95% số trẻ», «10 ca»; without a `whole` a percentage is told alone."""
    if target.of:
        named = in_language(whole.alone, words.language) if whole is not None else ""
        return words.plain("target_per_cent", value=value, whole=named).rstrip()
    unit = in_language(question.unit, words.language) if question is not None else ""
    if unit == "%":
        return words.plain("target_per_cent", value=value, whole="").rstrip()
    return words.plain("target_counted", value=value, unit=unit) if unit else words.show(value)


def progress_said(found: TargetProgress, form: Form | None, words: Translator) -> Html:
    """«Số ca mắc mới nhiều nhất 10 ca mỗi tuần: 12 ca (tuần đến ngày 07/11/2021) – vượt mức», and what of it has not come."""
    return words(
        "target_progress", target=target_said(found.target, form, words), how=Html(_how_far(found, form, words))
    )


def _how_far(found: TargetProgress, form: Form | None, words: Translator) -> Html:
    target = found.target
    if found.value is None:
        return words("target_no_value" if found.expected else "target_not_begun")
    value = value_in_target(target, found.value, found.question, words)
    if target.each:
        of = target_periods(target, form) if form is not None else PeriodType(target.each)
        value = words.plain("target_value_in", value=value, period=Period(of, found.last_on))
    said = words("target_how_far", value=value, state=_state_said(found, words))
    if found.received >= found.expected:
        return said
    key = "target_covered_reports" if found.question.sums_over_periods and not target.of else "target_covered_units"
    return words(key, said=said, received=found.received, expected=found.expected)


def _state_said(found: TargetProgress, words: Translator) -> str:
    if found.state is TargetState.BEHIND:
        due = found.due.quantize(Decimal(1), ROUND_UP) if found.target.value == int(found.target.value) else found.due
        return words.plain(
            "target_state_behind", due=value_in_target(found.target, round(due, 1), found.question, words)
        )
    bound = "least" if found.target.bound == "at least" else "most"
    return words.plain(f"target_state_{found.state.name.lower()}_{bound}")


def progress_of_unit(found: TargetProgress, unit: Unit, form: Form | None, words: Translator) -> Html:
    """The same on a line with the unit's name."""
    return words("target_progress_of_unit", unit=unit.title, progress=progress_said(found, form, words))


def targets_says(
    unit: Unit,
    found: Sequence[TargetProgress],
    tree: UnitTree,
    forms: Sequence[Form],
    local: datetime,
    to: Address,
    words: Translator,
    *,
    page: int = 0,
    demonstration: bool = False,
) -> list[Say]:
    """How far a unit and those under it are: a page of targets as a picture and as text, the worst first; how to set one."""
    by_key = {form.key: form for form in forms}
    if not found:
        label = next((in_language(q.alone, words.language) for form in forms for q in numeric(form)), "")
        return [Say(to, words("targets_none_how", unit=unit.title, label=label))]
    page = min(page, (len(found) - 1) // PAGE)
    shown = found[page * PAGE : (page + 1) * PAGE]
    lines = [words("targets_title", unit=unit.title)]
    lines += [
        progress_of_unit(each, tree.unit(each.target.unit_id), by_key.get(each.target.form), words) for each in shown
    ]
    turned = [
        Button(words.plain(key), ShowTargets(unit.id, to_page))
        for key, to_page, is_there in (
            ("lead_button_before", page - 1, page > 0),
            ("lead_button_after", page + 1, len(found) > (page + 1) * PAGE),
        )
        if is_there
    ]
    picture = target_picture(unit, shown, tree, by_key, local, words, demonstration=demonstration)
    text = Html("\n".join(lines))
    name = words.plain("targets_file", unit=unit.title, day=f"{local:%Y-%m-%d}")
    counts = Html(words.format(_counts(found, words)))
    made_up = [words("digest_demonstration")] if demonstration else []
    return [
        Say(to, Html("\n".join([counts, *made_up])), photo=Drawn(f"{name}.png", picture)),
        Say(to, text, (tuple(turned),) if turned else ()),
    ]


def _counts(found: Sequence[TargetProgress], words: Translator) -> str:
    bad = sum(each.is_wanting for each in found)
    unknown = sum(each.state is TargetState.UNKNOWN for each in found)
    return words.plain("targets_counts", bad=bad, good=len(found) - bad - unknown, unknown=unknown)


def target_picture(
    unit: Unit,
    found: Sequence[TargetProgress],
    tree: UnitTree,
    by_key: Mapping[str, Form],
    local: datetime,
    words: Translator,
    *,
    demonstration: bool,
) -> TargetPicture:
    """What the picture of these targets is drawn from."""
    return TargetPicture(
        language=words.language,
        title=words.plain("targets_picture_title", unit=unit.title),
        window=_counts(found, words),
        coverage_text=words.plain("targets_picture_due"),
        bars=tuple(_bar(each, tree.unit(each.target.unit_id), by_key.get(each.target.form), words) for each in found),
        as_of=local,
        demonstration=demonstration,
    )


def _bar(found: TargetProgress, unit: Unit, form: Form | None, words: Translator) -> TargetBar:
    goal = Decimal(found.target.value)
    value = None if found.value is None else value_in_target(found.target, found.value, found.question, words)
    state = "" if value is None else _state_said(found, words)
    return TargetBar(
        unit=unit.title,
        goal=target_said(found.target, form, words),
        share=found.share,
        due=float(found.due / goal) if goal else 1.0,
        value=value or "",
        state=state or words.plain("picture_missing"),
        is_wanting=found.is_wanting,
    )


def target_given(
    target: IndicatorTarget,
    unit: Unit,
    form: Form,
    progress: TargetProgress | None,
    to: Address,
    words: Translator,
) -> Say:
    """That it is set, how far the unit is by now, and a button that takes it back."""
    text = words("target_given", unit=unit.title, target=target_said(target, form, words))
    if progress is not None and progress.value is not None:
        text = Html(f"{text} {words('target_given_so_far', how=_how_far(progress, form, words))}")
    return Say(to, text, ((Button(words.plain("target_button_retire"), RetireTarget(target.id)),),))


def target_retired(target: IndicatorTarget, unit: Unit, forms: Sequence[Form], to: Address, words: Translator) -> Say:
    """That it holds no more."""
    form = next((each for each in forms if each.key == target.form), None)
    return Say(to, words("target_retired_in_chat", unit=unit.title, target=target_said(target, form, words)))
