"""A digest's content: its figures in words of one language, which pictures, workbook and letter are drawn from."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import unescape
from re import sub

from messages.digests.board import board
from messages.digests.carried_words import carried_notes, no_sum_notes
from messages.digests.heading import coverage_line, title, window
from messages.digests.headlines import legend
from messages.digests.parts import remarks_on_parts
from messages.digests.reading import Reading, Room
from messages.leaders.standing_words import excuse_said
from reporting.amounts import number
from reporting.digests.content import (
    CarriedFigure,
    DigestContent,
    DigestGroup,
    DigestIndicator,
    DigestStates,
    DigestUnit,
    ReportsCounted,
    Standout,
    TrendPoint,
    UnitState,
)
from reporting.digests.evidence import Evidence, States
from reporting.digests.totals import brought, is_carried, over, total
from reporting.figures.headlines import headlines, numeric
from reporting.forms import Question
from reporting.rounds.standings import Standing, Status
from reporting.rounds.standings import coverage as coverage_of
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit

NOTES = Room(6, 6)
"""How many names a picture or a workbook has under its figures."""


def content_of(reading: Reading, said: Mapping[str, Html]) -> DigestContent:
    """All of it, in the words of one language; `said`: its paragraphs by the section that each is."""
    evidence, words = reading.evidence, reading.words
    form = evidence.form
    shown = headlines(form)
    return DigestContent(
        language=words.language,
        form=form.key,
        version=form.version,
        unit_id=evidence.unit.id,
        unit=evidence.unit.title,
        name=evidence.unit.name,
        above=_above(evidence),
        is_root=evidence.unit.parent_id is None,
        authority=in_language(form.authority, words.language),
        topic=in_language(form.topic, words.language),
        title=plain(title(reading)),
        window=plain(window(reading)),
        coverage_text=plain(coverage_line(reading)),
        legend=plain(legend(reading) or ""),
        notes=tuple(plain(note) for note in (*carried_notes(reading, NOTES), *no_sum_notes(reading))),
        periods=evidence.periods,
        as_of=evidence.now.astimezone(evidence.zone),
        demonstration=evidence.demonstration,
        coverage=ReportsCounted(evidence.coverage.received, evidence.coverage.expected),
        headlines=tuple(question.name for question in shown),
        indicators=tuple(_indicator(reading, question) for question in numeric(form)),
        states=tuple(_states(reading, each) for each in evidence.states),
        standouts=tuple(
            Standout(unit.id, question.name, number(odd.value), number(odd.usual.middle + odd.usual.base), odd.is_high)
            for unit, question, odd in reading.outliers
        ),
        rows=_rows(reading),
        groups=_groups(reading),
        trend={question.name: _trend(evidence, question) for question in shown},
        days=tuple(evidence.days),
        expected=_expected(evidence),
        board=board(evidence, shown[0]) if shown else (),
        paragraphs=tuple(said.values()),
        sections=tuple(said),
    )


def plain(html: str) -> str:
    """Our HTML as the text that is left of it in another messenger, in a file or in a picture."""
    return unescape(sub(r"</?[a-z-]+>", "", html))


def _above(evidence: Evidence) -> str:
    parent = evidence.unit.parent_id
    return evidence.tree.unit(parent).title if parent is not None else ""


def _indicator(reading: Reading, question: Question) -> DigestIndicator:
    tally, language = reading.tallies[question.name], reading.words.language
    return DigestIndicator(
        name=question.name,
        label=in_language(question.alone, language),
        kind=question.kind,
        unit=in_language(question.unit, language),
        total=number(tally.value),
        units=tally.units,
        carried=len(tally.carried),
        mark=reading.marks.get(question.name, ""),
        untold=tally.is_untold,
        grown=reading.grown[question.name].question.name if question.name in reading.grown else "",
        before=None if tally.before is None else number(tally.before.then),
        change=None if tally.before is None else number(tally.before.change),
        is_no_sum=tally.is_no_sum,
        mean=None if tally.mean is None else round(float(tally.mean.then), 3),
    )


def _states(reading: Reading, of: States) -> DigestStates:
    language = reading.words.language
    labels = {choice.name: in_language(choice.label, language) for choice in of.question.choices}
    of_unit = {
        unit.id: UnitState(labels.get(state.choice, state.choice), state.since, state.ground)
        for unit in reading.evidence.units
        if (state := of.of_unit.get(unit.id)) is not None
    }
    return DigestStates(in_language(of.question.label, language), of_unit)


def _rows(reading: Reading) -> tuple[DigestUnit, ...]:
    evidence = reading.evidence
    standings: dict[int, list[Standing]] = {}
    for standing in evidence.standings:
        standings.setdefault(standing.deadline.unit_id, []).append(standing)
    questions = numeric(evidence.form)
    carried = [question for question in questions if is_carried(evidence, question)]
    return tuple(_row(reading, unit, standings[unit.id], questions, carried) for unit in evidence.units)


def _row(
    reading: Reading,
    unit: Unit,
    standings: list[Standing],
    questions: Sequence[Question],
    carried: Sequence[Question],
) -> DigestUnit:
    """A unit's row; `carried`: which of the questions it may stand in a total with that it has not reported for the span's end."""
    evidence = reading.evidence
    group = evidence.group(unit)
    of_unit = [evidence.history.get(question.name, {}).get(unit.id, {}) for question in questions]
    pairs = zip(questions, of_unit, strict=True)
    shares = {question.name: brought(evidence, question, unit) for question in carried}
    stands_with = {
        name: CarriedFigure(number(each.value), each.period)
        for name, each in shares.items()
        if each.value is not None and each.period is not None
    }
    periods = sorted({each.period for each in stands_with.values()})
    return DigestUnit(
        id=unit.id,
        code=unit.code,
        unit=unit.title,
        group=group.title if group else "",
        reports=_reports(standings),
        excused=_excused(standings, reading.words),
        late=sum(each.status is Status.LATE for each in standings),
        archive=sum(each.in_archive for each in standings),
        sent_at=_sent_at(evidence, standings),
        remark=reading.late_reason(unit.id),
        provisional=unit.id in evidence.provisional,
        parts=tuple(remarks_on_parts(reading, unit)),
        values=tuple(number(over(question, row, evidence.periods)) for question, row in pairs),
        carried=stands_with,
        carried_of=", ".join(
            reading.words.short_period(evidence.form.period(period), evidence.period) for period in periods
        ),
        withheld=tuple(name for name, each in shares.items() if each.is_withheld),
    )


def _reports(standings: list[Standing]) -> ReportsCounted:
    covered = coverage_of(standings)
    return ReportsCounted(covered.received, covered.expected)


def _excused(standings: list[Standing], words: Translator) -> str:
    """«tạm dừng báo cáo: lũ» of a unit that owed nothing in all of the span and sent nothing; else «»."""
    return excuse_said(standings[-1].deadline, words) if all(each.is_excused for each in standings) else ""


def _sent_at(evidence: Evidence, standings: list[Standing]) -> datetime | None:
    """When the span's last report first came, local; None where none has."""
    sent = [each.sent.first_sent_at for each in standings if each.sent is not None]
    return max(sent).astimezone(evidence.zone) if sent else None


def _groups(reading: Reading) -> tuple[DigestGroup, ...]:
    """The headlines summed over what lies right under the unit, with coverage; empty where units lie right under it."""
    evidence = reading.evidence
    below: dict[int, list[Unit]] = {}
    for unit in evidence.units:
        group = evidence.group(unit)
        if group is not None:
            below.setdefault(group.id, []).append(unit)
    standings: dict[int, list[Standing]] = {}
    for each in evidence.standings if below else ():
        group = evidence.group(evidence.tree.unit(each.deadline.unit_id))
        if group is not None:
            standings.setdefault(group.id, []).append(each)
    rows = []
    for group_id, units in below.items():
        sums = [total(evidence, question, units, evidence.periods) for question in reading.headlines]
        rows.append(
            DigestGroup(
                id=group_id,
                unit=evidence.tree.unit(group_id).title,
                reports=_reports(standings[group_id]),
                values=tuple(number(each.value) for each in sums),
                carried=tuple(len(each.carried) for each in sums),
                untold=tuple(each.is_untold for each in sums),
            )
        )
    return tuple(rows)


def _trend(evidence: Evidence, question: Question) -> tuple[TrendPoint, ...]:
    """For each of the days; units are included that are no more."""
    found = []
    carries = is_carried(evidence, question)
    for period in evidence.days:
        of = total(evidence, question, evidence.existing(period) if carries else evidence.units_by_day, (period,))
        late, withheld = (len(of.carried), len(of.withheld)) if carries else (None, None)
        found.append(
            TrendPoint(number(of.value), of.units + len(of.carried), late, withheld, of.is_no_sum or None),
        )
    return tuple(found)


def _expected(evidence: Evidence) -> tuple[int, ...]:
    """How many units were expected on each of the days, or have figures all the same: trees change, units are suspended."""
    ids = {unit.id for unit in evidence.units_by_day}
    return tuple(len(evidence.owing[day] | evidence.with_figures(day) & ids) for day in evidence.days)
