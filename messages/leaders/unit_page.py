"""One unit's page: where it stands with a report, its figures, who sent what when and why, the days before, its rates."""

from datetime import date, datetime, timedelta

from messages.common.gap_words import gaps_said
from messages.leaders.acting_words import value_said
from messages.leaders.approval_words import approval_button
from messages.leaders.data_query_words import open_lines
from messages.leaders.rates_words import rates_said
from messages.leaders.reminder_evidence_words import reminded_said
from messages.leaders.returning_words import review_lines
from messages.leaders.road_words import road_name, roads_said
from messages.leaders.standing_words import excuse_said, standing_sign
from messages.leaders.target_words import progress_said
from messages.reminders.reminder_words import late_reason_said, report_named
from reporting.digests.unit_page import UnitPage
from reporting.filling.unusual import bounds_said
from reporting.forms import Form
from reporting.people import Address
from reporting.period_types import period_before, period_of
from reporting.press import OfForm
from reporting.presses.leaders import ChooseFigure, NudgePress, Reopen, ReturnReport, ShowUnit, Unapprove
from reporting.questions.gaps import gaps
from reporting.questions.parts import beside
from reporting.say import Button, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator

DAYS = 7
MOST_REVISIONS = 8


def unit_page(page: UnitPage, to: Address, words: Translator) -> Say:
    """The page, with the days before and after to leaf through and what may be done."""
    evidence = page.evidence
    lines = [
        words("look_title", unit=page.unit.title, report=report_named(page.form, evidence.period, words)),
        _status(page, words),
    ]
    told = reminded_said(page.told, evidence.now, evidence.zone, words)
    if told:
        lines.append(words("look_reminded", told=told))
    lines += _figures(page, words)
    lines += _gaps(page, words)
    lines += _targets(page, words)
    lines += _levels(page, words)
    lines += _revisions(page, words)
    lines += review_lines(page, words)
    lines += open_lines(page.asked, page.form, evidence.zone, words)
    lines.append(_days(page, words))
    lines.append(words("look_rates", rates=rates_said(page.rates, words)))
    lines.append(words("look_contacts", names=", ".join(page.contacts) or words.plain("nobody")))
    return Say(to, "\n".join(lines), _buttons(page, words))


def _status(page: UnitPage, words: Translator) -> Html:
    if page.standing is None:
        return words("look_not_expected", period=words.brief(page.evidence.last))
    sent = page.standing.sent
    sign = standing_sign(page.standing)
    if page.standing.in_archive:
        said_at = words("look_archive", sign=sign)
    elif page.standing.is_excused:
        return words("look_excused", sign=sign, excuse=excuse_said(page.standing.deadline, words))
    else:
        at = sent.first_sent_at if sent is not None else page.standing.deadline.due_at
        said_at = words(f"look_{page.standing.status.value}", sign=sign, at=_local(page, at))
    count = page.evidence.streaks.get(page.unit.id, 0)
    row = [words("look_streak", n=count)] if count > 1 else []
    given = late_reason_said(page.reason, words)
    reason = [words("look_reason", reason=given)] if given else []
    return Html(" ".join([said_at, *row, *reason]))


def _figures(page: UnitPage, words: Translator) -> list[Html]:
    lines = []
    for question in page.form.indicators:
        figure = page.figures.get(question.name)
        if figure is None or figure.value is None:
            continue
        label = in_language(question.alone, words.language)
        line = words("look_figure", label=label, value=value_said(page.form, question.name, figure.value, words))
        lines.append(Html(line + _road(page, question.name, words) + _doubted(page, question.name, words)))
    for each in beside(page.form, {name: figure.value for name, figure in page.figures.items()}):
        labels = {
            "part": in_language(each.part.alone, words.language),
            "whole": in_language(each.whole.alone, words.language),
        }
        if each.most is None:
            lines.append(words("look_part_alone", value=each.value, **labels))
        else:
            lines.append(words("look_part", value=each.value, most=each.most, **labels))
    if page.reviewed is not None and page.reviewed.state == "returned":
        lines.append(words("look_returned" if page.reviewed.tiers else "look_returned_public"))
    elif any(figure.provisional for figure in page.figures.values()):
        lines.append(words("look_provisional"))
    return lines or [words("look_no_figures")]


def _road(page: UnitPage, indicator: str, words: Translator) -> Html:
    """By which road a figure came, where most of its report came by another."""
    road = page.road_of(indicator)
    is_told = road not in ("", page.main_road)
    return words("look_figure_road", road=road_name(road, words)) if is_told else Html("")


def _doubted(page: UnitPage, indicator: str, words: Translator) -> Html:
    """That a figure is not what is usual for the unit, and what was said for it when it was entered."""
    unusual = page.is_unusual(indicator)
    said = words("look_figure_unusual", range=bounds_said(page.usual[indicator], words)) if unusual else ""
    reason = page.reason_for(indicator)
    return Html(said + (words("look_figure_reason", reason=reason) if reason else ""))


def _gaps(page: UnitPage, words: Translator) -> list[Html]:
    """What its newest report is without, and why; nothing where that is of another version of the form."""
    report = page.revisions[0] if page.revisions else None
    if report is None or report.version != page.form.version:
        return []
    known = {name for name, figure in page.figures.items() if figure.value is not None}
    without = gaps(page.form, report.answers, known)
    return [words("look_gaps", gaps=gaps_said(page.form, without, words))] if without else []


def _targets(page: UnitPage, words: Translator) -> list[Html]:
    """How far the unit is with each of its own targets."""
    found = [progress_said(each, page.form, words) for each in page.evidence.targets]
    return [words("look_targets"), *(Html(f"• {each}") for each in found)] if found else []


def _levels(page: UnitPage, words: Translator) -> list[Html]:
    lines = []
    for states in page.evidence.states:
        state = states.of_unit.get(page.unit.id)
        if state is not None:
            labels = {each.name: in_language(each.label, words.language) for each in states.question.choices}
            key = "look_level_ground" if state.ground else "look_level"
            label = in_language(states.question.label, words.language)
            lines.append(
                words(
                    key,
                    label=label,
                    level=labels.get(state.choice, state.choice),
                    date=state.since,
                    ground=state.ground,
                )
            )
    return lines


def _revisions(page: UnitPage, words: Translator) -> list[Html]:
    lines = []
    for report in page.revisions[:MOST_REVISIONS]:
        name = page.names.get(report.sent_by or 0, words.plain("nobody"))
        at = _local(page, report.sent_at)
        key = "look_revision_because" if report.reason else "look_revision"
        said = roads_said(report, words)
        roads = f", {said}" if said else ""
        what = {"number": report.number, "reason": report.reason, "roads": roads}
        lines.append(words(key, k=report.revision, at=at, name=name, **what))
    return lines


def _days(page: UnitPage, words: Translator) -> Html:
    """«🟢 4 🟢 5 🔴 6 …»: a sign for each of the periods before."""
    signs = [
        f"{standing_sign(each)} {words.short_period(page.evidence.form.period(each.deadline.period), page.evidence.period)}"
        for each in page.evidence.past[-DAYS:]
        if each.deadline.unit_id == page.unit.id
    ]
    return words("look_days", days=" · ".join(signs) or "–")


def _local(page: UnitPage, at: datetime) -> datetime:
    return at.astimezone(page.evidence.zone)


def _buttons(page: UnitPage, words: Translator) -> tuple[tuple[Button, ...], ...]:
    form, unit, period = page.form, page.unit, page.evidence.period

    def to(label: str, kind: type[OfForm], on: date = period, *more: int) -> Button:
        return Button(words.plain(label), kind(form.key, unit.id, on, *more))

    leaf = [to("look_button_before", ShowUnit, period_before(form.schedule.period_type, period))]
    if page.evidence.now.astimezone(page.evidence.zone).date() > period:
        leaf.append(to("look_button_after", ShowUnit, _after(form, period)))
    act = []
    revision = page.revisions[0].revision if page.revisions else 0
    if page.revisions and "approve" in page.may:
        act.append(approval_button(form, page.revisions[0], words))
    if page.revisions and "unapprove" in page.may:
        act.append(to("unapprove_button", Unapprove, period, revision))
    if page.revisions and "return" in page.may:
        act.append(to("return_button", ReturnReport, period, revision))
    if page.revisions and "ask back" in page.may:
        act.append(to("look_button_ask", ChooseFigure, period, 0))
    if page.standing is not None and page.standing.is_open and "nudge" in page.may:
        act.append(to("look_button_nudge", NudgePress))
    if page.standing is not None and page.evidence.now >= page.standing.deadline.closes_at and "reopen" in page.may:
        act.append(to("look_button_reopen", Reopen))
    return tuple(tuple(row) for row in (leaf, act[:2], act[2:4], act[4:]) if row)


def _after(form: Form, period: date) -> date:
    """The period after this one."""
    return period_of(form.schedule.period_type, period + timedelta(days=1))
