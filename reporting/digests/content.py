"""A digest's figures as JSON: what pictures, workbook and letter are drawn from, then and years later."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from html import unescape
from re import sub
from typing import Any

from reporting.digests.evidence import Evidence, Number, States, headlines, numeric
from reporting.digests.reading import Reading
from reporting.digests.sections import coverage, legend, title, window
from reporting.digests.tallies import over
from reporting.forms import Question
from reporting.rounds.standings import Standing, Status
from reporting.texts import in_language
from reporting.units import Unit

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
        "days": [period.isoformat() for period in _days(evidence)],
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
                "reports": [len(standings[unit.id]) - evidence.missing.get(unit.id, 0), len(standings[unit.id])],
                "late": sum(each.status is Status.LATE for each in standings[unit.id]),
                "archive": sum(each.in_archive for each in standings[unit.id]),
                "sent_at": _sent_at(evidence, standings[unit.id]),
                "remark": reading.late_reason(unit.id),
                "provisional": unit.id in evidence.provisional,
                "values": [number(over(question.kind, row, evidence.periods)) for question, row in pairs],
            }
        )
    return rows


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
    rows = []
    for group_id, units in below.items():
        expected = len(units) * len(evidence.periods)
        missing = sum(evidence.missing.get(unit.id, 0) for unit in units)
        values = [_sum(evidence, question, units) for question in reading.headlines]
        title = evidence.tree.unit(group_id).title
        rows.append({"id": group_id, "unit": title, "reports": [expected - missing, expected], "values": values})
    return rows


def _sum(evidence: Evidence, question: Question, units: list[Unit]) -> int | float | None:
    of_unit = evidence.history.get(question.name, {})
    values = [over(question.kind, of_unit.get(unit.id, {}), evidence.periods) for unit in units]
    known = [value for value in values if value is not None]
    return number(sum(known)) if known else None


def _days(evidence: Evidence) -> tuple[date, ...]:
    """The periods that a trend is drawn over: the look back and the span, from the first on for which there are figures."""
    days = sorted({*evidence.look_back, *evidence.periods})
    first = next((place for place, day in enumerate(days) if evidence.with_figures(day)), 0)
    return tuple(day for place, day in enumerate(days) if place >= first or day in evidence.periods)


def _trend(evidence: Evidence, question: Question) -> list[list[int | float | None]]:
    """For each of the days: the total and how many units are in it."""
    ids = {unit.id for unit in evidence.units}
    rows = [row for unit_id, row in evidence.history.get(question.name, {}).items() if unit_id in ids]
    found: list[list[int | float | None]] = []
    for period in _days(evidence):
        values = [row[period] for row in rows if period in row]
        found.append([number(sum(values)) if values else None, len(values)])
    return found


def _expected(evidence: Evidence) -> list[int]:
    """How many units were expected on each of the days: trees change."""
    turns = sorted({day for unit in evidence.tree for day in (unit.since, unit.until) if day is not None})
    counts: dict[int, int] = {}
    for day in (days := _days(evidence)):
        if (era := bisect_right(turns, day)) not in counts:
            counts[era] = len(evidence.tree.reporting(evidence.unit, evidence.form.reports, day))
    return [counts[bisect_right(turns, day)] for day in days]


def _board(evidence: Evidence, question: Question) -> list[dict[str, Any]]:
    """A row for each unit, or where they are many for each group: the first headline on each of the days.

    `values`: null where nothing was reported; `units`: how many are in each value, of the `of` there are; `came`: how many have
    reported, `late`: how many of them late, `archive`: how many of them are known from the archive.
    """
    of_unit, days = evidence.history.get(question.name, {}), _days(evidence)
    below: dict[str, list[Unit]] = {}
    for unit in evidence.units:
        group = evidence.group(unit) if len(evidence.units) > MOST_BARS else None
        below.setdefault((group or unit).title, []).append(unit)
    rows = []
    for name, units in below.items():
        by_unit = [of_unit.get(unit.id, {}) for unit in units]
        found = [[row[day] for row in by_unit if day in row] for day in days]
        marks = [[_mark(evidence, unit, day, of_unit) for unit in units] for day in days]
        rows.append(
            {
                "unit": name,
                "values": [number(sum(values)) if values else None for values in found],
                "units": [len(values) for values in found],
                "of": len(units),
                "came": [sum(came for came, _, _ in of_day) for of_day in marks],
                "late": [sum(late for _, late, _ in of_day) for of_day in marks],
                "archive": [sum(archive for _, _, archive in of_day) for of_day in marks],
            }
        )
    return rows


def _mark(
    evidence: Evidence, unit: Unit, day: date, of_unit: Mapping[int, Mapping[date, Number]]
) -> tuple[bool, bool, bool]:
    """Whether a unit has reported for a day, late, or only the archive knows: so too a figure from before the form's first day."""
    standing = evidence.seen.get((unit.id, day))
    if standing is None:
        is_known = day in of_unit.get(unit.id, {})
        return is_known, False, is_known and len(evidence.units) <= MOST_BARS
    return standing.has_come, standing.status is Status.LATE, standing.in_archive
