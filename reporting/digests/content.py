"""A digest's figures as JSON: what pictures, workbook and letter are drawn from, then and years later."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from html import unescape
from re import sub
from typing import Any, NamedTuple

from reporting.digests.evidence import Evidence, Number, States, headlines, numeric
from reporting.digests.parts import remarks_on_parts
from reporting.digests.reading import Reading
from reporting.digests.sections import coverage, legend, title, window
from reporting.digests.tallies import over
from reporting.forms import Question
from reporting.rounds.standing_words import excuse_said
from reporting.rounds.standings import Standing, Status
from reporting.rounds.standings import coverage as coverage_of
from reporting.texts import in_language
from reporting.units import Unit
from reporting.words import Words

MOST_BARS = 64
"""With more units than this a picture shows the groups between (districts of a province)."""


def number(value: Number | None) -> int | float | None:
    """A number as JSON has it: whole, or as a float, which holds our six digits after the point."""
    return (
        float(value) if isinstance(value, Decimal) and value != int(value) else value if value is None else int(value)
    )


def content_of(reading: Reading) -> dict[str, Any]:
    """All of it. `rows` has one list of values for each unit, in the order of `indicators`; null: not reported."""
    evidence, words = reading.evidence, reading.words
    form = evidence.form
    shown = headlines(form)
    return {
        "language": words.language,
        "form": form.key,
        "version": form.version,
        "unit_id": evidence.unit.id,
        "unit": evidence.unit.title,
        "name": evidence.unit.name,
        "above": _above(evidence),
        "is_root": evidence.unit.parent_id is None,
        "authority": in_language(form.authority, words.language),
        "topic": in_language(form.topic, words.language),
        "title": plain(title(reading)),
        "window": plain(window(reading)),
        "coverage_text": plain(coverage(reading)),
        "legend": plain(legend(reading) or ""),
        "periods": [period.isoformat() for period in evidence.periods],
        "as_of": evidence.now.astimezone(evidence.zone).isoformat(),
        "demonstration": evidence.demonstration,
        "coverage": [evidence.coverage.received, evidence.coverage.expected],
        "headlines": [question.name for question in shown],
        "indicators": [_indicator(reading, question) for question in numeric(form)],
        "states": [_states(reading, each) for each in evidence.states],
        "standouts": [
            [unit.id, question.name, number(odd.value), number(odd.usual), odd.is_high]
            for unit, question, odd in reading.outliers
        ],
        "rows": _rows(reading),
        "groups": _groups(reading),
        "trend": {question.name: _trend(evidence, question) for question in shown},
        "days": [period.isoformat() for period in evidence.days],
        "expected": _expected(evidence),
        "board": _board(evidence, shown[0]) if shown else [],
    }


def plain(html: str) -> str:
    """Our HTML as the text that is left of it in another messenger, in a file or in a picture."""
    return unescape(sub(r"</?[a-z-]+>", "", html))


def _above(evidence: Evidence) -> str:
    parent = evidence.unit.parent_id
    return evidence.tree.unit(parent).title if parent is not None else ""


def _indicator(reading: Reading, question: Question) -> dict[str, Any]:
    tally, language = reading.tallies[question.name], reading.words.language
    return {
        "name": question.name,
        "label": in_language(question.alone, language),
        "kind": question.kind,
        "unit": in_language(question.unit, language),
        "total": number(tally.value),
        "units": tally.units,
        "before": None if tally.before is None else number(tally.before.then),
        "change": None if tally.before is None else number(tally.before.change),
        "mean": None if tally.mean is None else round(float(tally.mean.then), 3),
    }


def _states(reading: Reading, of: States) -> dict[str, Any]:
    language = reading.words.language
    labels = {choice.name: in_language(choice.label, language) for choice in of.question.choices}
    return {
        "label": in_language(of.question.label, language),
        "of_unit": {
            str(unit.id): [labels.get(state.choice, state.choice), state.since.isoformat(), state.ground]
            for unit in reading.evidence.units
            if (state := of.of_unit.get(unit.id)) is not None
        },
    }


def _rows(reading: Reading) -> list[dict[str, Any]]:
    evidence = reading.evidence
    standings: dict[int, list[Standing]] = {}
    for standing in evidence.standings:
        standings.setdefault(standing.deadline.unit_id, []).append(standing)
    questions = numeric(evidence.form)
    rows = []
    for unit in evidence.units:
        group = evidence.group(unit)
        of_unit = [evidence.history.get(question.name, {}).get(unit.id, {}) for question in questions]
        pairs = zip(questions, of_unit, strict=True)
        rows.append(
            {
                "id": unit.id,
                "code": unit.code,
                "unit": unit.title,
                "group": group.title if group else "",
                "reports": _reports(standings[unit.id]),
                "excused": _excused(standings[unit.id], reading.words),
                "late": sum(each.status is Status.LATE for each in standings[unit.id]),
                "archive": sum(each.in_archive for each in standings[unit.id]),
                "sent_at": _sent_at(evidence, standings[unit.id]),
                "remark": reading.late_reason(unit.id),
                "provisional": unit.id in evidence.provisional,
                "parts": remarks_on_parts(reading, unit),
                "values": [number(over(question.kind, row, evidence.periods)) for question, row in pairs],
            }
        )
    return rows


def _reports(standings: list[Standing]) -> list[int]:
    """Received and expected, as the coverage counts them."""
    covered = coverage_of(standings)
    return [covered.received, covered.expected]


def _excused(standings: list[Standing], words: Words) -> str:
    """«tạm dừng báo cáo: lũ» of a unit that owed nothing in all of the span and sent nothing; else «»."""
    return excuse_said(standings[-1].deadline, words) if all(each.is_excused for each in standings) else ""


def _sent_at(evidence: Evidence, standings: list[Standing]) -> str:
    """When the span's last report first came, local; «» where none has."""
    sent = [each.sent.first_sent_at for each in standings if each.sent is not None]
    return max(sent).astimezone(evidence.zone).isoformat() if sent else ""


def _groups(reading: Reading) -> list[dict[str, Any]]:
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
        values = [_sum(evidence, question, units) for question in reading.headlines]
        title = evidence.tree.unit(group_id).title
        rows.append({"id": group_id, "unit": title, "reports": _reports(standings[group_id]), "values": values})
    return rows


def _sum(evidence: Evidence, question: Question, units: list[Unit]) -> int | float | None:
    of_unit = evidence.history.get(question.name, {})
    values = [over(question.kind, of_unit.get(unit.id, {}), evidence.periods) for unit in units]
    known = [value for value in values if value is not None]
    return number(sum(known)) if known else None


def _trend(evidence: Evidence, question: Question) -> list[list[int | float | None]]:
    """For each of the days: the total and how many units are in it, those included that are no more."""
    ids = {unit.id for unit in evidence.units_by_day}
    rows = [row for unit_id, row in evidence.history.get(question.name, {}).items() if unit_id in ids]
    found: list[list[int | float | None]] = []
    for period in evidence.days:
        values = [row[period] for row in rows if period in row]
        found.append([number(sum(values)) if values else None, len(values)])
    return found


def _expected(evidence: Evidence) -> list[int]:
    """How many units were expected on each of the days, or have figures all the same: trees change, units are suspended."""
    ids = {unit.id for unit in evidence.units_by_day}
    return [len(evidence.owing[day] | evidence.with_figures(day) & ids) for day in evidence.days]


def _board(evidence: Evidence, question: Question) -> list[dict[str, Any]]:
    """A row for each unit of any of the days, or where they are many for each group: the first headline on each of the days.

    `values`: null where there is none; `units`: how many are in each value; `owed`: how many were expected to report, or did all the
    same, `of` at most; `came`: how many of them have reported, `late`: how many late, `archive`: how many only the archive knows.
    """
    of_unit, days = evidence.history.get(question.name, {}), evidence.days
    units = evidence.units_by_day
    below: dict[int, tuple[str, list[Unit]]] = {}
    for unit in units:
        row = (evidence.group(unit) if len(units) > MOST_BARS else None) or unit
        below.setdefault(row.id, (row.title, []))[1].append(unit)
    rows = []
    for name, units_of in below.values():
        by_unit = [of_unit.get(unit.id, {}) for unit in units_of]
        found = [[row[day] for row in by_unit if day in row] for day in days]
        marks = [[_mark(evidence, unit, day, of_unit) for unit in units_of] for day in days]
        owed = [sum(each.is_owed for each in of_day) for of_day in marks]
        rows.append(
            {
                "unit": name,
                "values": [number(sum(values)) if values else None for values in found],
                "units": [len(values) for values in found],
                "of": max(owed, default=0),
                "owed": owed,
                "came": [sum(each.has_come for each in of_day) for of_day in marks],
                "late": [sum(each.is_late for each in of_day) for of_day in marks],
                "archive": [sum(each.in_archive for each in of_day) for of_day in marks],
            }
        )
    return rows


class _Mark(NamedTuple):
    """What a board shows of a unit on a day; `is_owed`: a report was expected, or has come all the same."""

    is_owed: bool
    has_come: bool
    is_late: bool = False
    in_archive: bool = False


def _mark(evidence: Evidence, unit: Unit, day: date, of_unit: Mapping[int, Mapping[date, Number]]) -> _Mark:
    """By the unit's standing; where there is none (a figure from before the form's first day, many units) by its figure."""
    standing = evidence.seen.get((unit.id, day))
    is_owed = unit.id in evidence.owing[day]
    if standing is None:
        is_known = day in of_unit.get(unit.id, {})
        return _Mark(is_owed or is_known, is_known, in_archive=is_known and len(evidence.units) <= MOST_BARS)
    came = standing.has_come
    return _Mark(standing.deadline.is_owed or came, came, standing.status is Status.LATE, standing.in_archive)
