"""Reports as tables: a row a report with all that it says, and a table of its own for each repeat, keyed by the report's number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from reporting.answers import Attachment, GeoPoint, Value, Values
from reporting.forms import Form, Question
from reporting.questions.question_types import type_of
from reporting.reports import Report
from reporting.reviews import Reviewed

HEAD = ("report", "date", "unit", "revision", "sent_at", "review_state", "reviewed_at", "reviewed_by")
Cell = int | Decimal | str | date | None


@dataclass
class ReportTable:
    """`columns`: the names at its head, those of the report first. `rows`: cells by column; what was not said is not in them."""

    name: str
    columns: list[str] = field(default_factory=list)
    rows: list[Mapping[str, Cell]] = field(default_factory=list)

    def add(self, columns: Iterable[str], row: Mapping[str, Cell]) -> None:
        self.columns += [each for each in columns if each not in self.columns]
        self.rows.append(row)


@dataclass(frozen=True)
class ReportSaid:
    """A report, the form in the version that it was answered in, the unit's code, and what it comes to: answers and calculations.

    `reviewed`: where it stands; `by`: who took the last step about it, «» where nobody did.
    """

    report: Report
    form: Form
    unit: str
    values: Values
    reviewed: Reviewed
    by: str = ""


def tables_of(key: str, said: Iterable[ReportSaid]) -> list[ReportTable]:
    """The table of the reports, by the form's key, and one for each repeat, by its name, in the order of the form."""
    main = ReportTable(key, [*HEAD])
    repeats: dict[str, ReportTable] = {}
    for each in said:
        _add_report(main, each)
        _add_instances(repeats, each)
    return [main, *repeats.values()]


def column_of(name: str) -> str:
    """The column of a question: its name, but for one that the report itself has; no name has a colon in it."""
    return f"answer:{name}" if name in HEAD else name


def _add_report(table: ReportTable, said: ReportSaid) -> None:
    report = said.report
    head: dict[str, Cell] = {
        "report": report.number,
        "date": report.period,
        "unit": said.unit,
        "revision": report.revision,
        "sent_at": report.sent_at.isoformat(timespec="seconds"),
        "review_state": said.reviewed.state,
        "reviewed_at": said.reviewed.last.at.isoformat(timespec="seconds") if said.reviewed.last is not None else None,
        "reviewed_by": said.by or None,
    }
    names = [each.name for each in _kept(said.form) if each.instance is None]
    answers = {column_of(name): cell(said.values[name]) for name in names if name in said.values}
    table.add([*HEAD, *map(column_of, names)], head | answers)


def _add_instances(tables: dict[str, ReportTable], said: ReportSaid) -> None:
    """A row an instance: the report, the number in each repeat, and what was said there."""
    rows: dict[tuple[tuple[str, ...], tuple[int, ...]], dict[str, Cell]] = {}
    columns: dict[str, list[str]] = {}
    for question in _kept(said.form):
        instance = question.instance
        if instance is None:
            continue
        repeat = instance.repeats[-1]
        tables.setdefault(repeat, ReportTable(repeat))
        head = columns.setdefault(repeat, ["report", *(f"{each}#" for each in instance.repeats)])
        column = column_of(instance.name)
        if question.within and column not in head:
            head.append(column)
        is_there = said.values.get(question.within) == "yes"
        if is_there:
            numbers: dict[str, Cell] = {
                f"{each}#": number for each, number in zip(instance.repeats, instance.at, strict=True)
            }
            row = rows.setdefault((instance.repeats, instance.at), {"report": said.report.number, **numbers})
            if question.name in said.values:
                row[column] = cell(said.values[question.name])
    for repeat, head in columns.items():
        tables[repeat].add(head, {})
        tables[repeat].rows.pop()
    for (repeats, _), row in rows.items():
        tables[repeats[-1]].add(columns[repeats[-1]], row)


def _kept(form: Form) -> list[Question]:
    """The questions that have a value of their own: no notes, and not whether an instance is there, which its row tells."""
    return [
        each
        for each in form.questions
        if not type_of(each).is_shown and not (each.instance is not None and each.instance.name == "there")
    ]


def cell(value: Value | None) -> Cell:
    """A value as programs read it: ISO moments, choices by spaces as in ODK, «latitude longitude», a file's name."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, datetime | time):
        return value.isoformat()
    if isinstance(value, int | Decimal | date):
        return value
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, GeoPoint):
        return f"{value.latitude} {value.longitude}"
    return value.file_name or value.file_id if isinstance(value, Attachment) else value
