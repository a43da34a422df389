"""Import history: past figures are taken in as they are; unit, indicator, day and type are checked, the form's rules are not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.answers import Value
from reporting.archive import ArchiveLine, read_archive
from reporting.errors import Refused, by_row, refuse_all
from reporting.expressions.chance import seed_of
from reporting.filling.tasks import expects
from reporting.forms import Form, Question
from reporting.period_types import period_before, period_of
from reporting.questions.archived import archived_value
from reporting.questions.checks import imported
from reporting.units import Unit, UnitTree
from storage.database import audit
from storage.figures import figures
from storage.organisation import units
from storage.reports import forms, last_saved, reports
from storage.reports.accepting import ripple

Given = dict[str, tuple[Value, int]]
"""Indicator to value and the row of the file that gives it."""


class Batch(NamedTuple):
    """What the file gives for one report."""

    form: Form
    unit: Unit
    period: date
    given: Given


Progressing = Callable[[int], None]
"""What is told how much is done by now."""


@dataclass(frozen=True, slots=True)
class ImportedHistory:
    """How many figures the file gives, and how many unit days changed by them."""

    lines: int
    unit_days: int


def import_history(
    connection: Connection,
    text: str,
    now: datetime,
    zone: ZoneInfo,
    by: int | None = None,
    progress: Progressing = lambda _: None,
) -> ImportedHistory:
    """Takes in the text of a CSV file, all of it or nothing. `by`: a person's id, None for the desk's command line.

    Refused with everything that is wrong with the file. `progress` is told how many unit days have been taken in.
    """
    problems: list[Refused] = []
    lines = read_archive(text, problems)
    return ImportedHistory(len(lines), take_in(connection, lines, now, zone, problems, by, progress))


def take_in(
    connection: Connection,
    lines: Sequence[ArchiveLine],
    now: datetime,
    zone: ZoneInfo,
    problems: Sequence[Refused] = (),
    by: int | None = None,
    progress: Progressing = lambda _: None,
) -> int:
    """Takes in the lines of an archive; how many unit days changed. The same file again changes nothing.

    Calculated indicators of the days taken in are computed, unless the file gives them; so are those of later days.
    Raises Refused with every line that cannot be taken, and the `problems` found before; nothing is taken in then.
    """
    found, changed = list(problems), 0
    batches = _batches(connection, lines, now.astimezone(zone).date(), found)
    fresh = []
    for each in sorted(batches.values(), key=lambda batch: batch.period):
        if reports.newest(connection, each.form.key, each.unit.id, each.period) is None:
            fresh.append(each)
        else:
            found += _refused_as_reported(connection, each)
    refuse_all(sorted(found, key=by_row))
    for done, each in enumerate(fresh, 1):
        changed += _take_in_day(connection, each, now, zone)
        progress(done)
    if changed:
        audit.write(connection, now, by, "import", lines=len(lines), unit_days=changed)
    return changed


def _batches(
    connection: Connection, lines: Sequence[ArchiveLine], today: date, found: list[Refused]
) -> dict[tuple[str, int, date], Batch]:
    tree = units.tree(connection)
    known: dict[date, list[Form]] = {}
    batches: dict[tuple[str, int, date], Batch] = {}
    for line in lines:
        if line.on not in known:
            known[line.on] = forms.for_history(connection, line.on)
        try:
            form, unit, question, value = _read(line, tree, known[line.on], today)
        except Refused as refused:
            found.append(Refused(refused.key, row=str(line.row), **refused.values))
            continue
        batch = batches.setdefault((form.key, unit.id, line.on), Batch(form, unit, line.on, {}))
        batch.given[question.name] = (value, line.row)
    return batches


def _read(line: ArchiveLine, tree: UnitTree, known: Sequence[Form], today: date) -> tuple[Form, Unit, Question, Value]:
    """What a line gives. Raises Refused with the first thing that is wrong with it."""
    if line.on > today:
        raise Refused("archive_future", date=line.on)
    form, unit, question = _about(line, tree, known)
    return form, unit, question, archived_value(question, line.value)


def _about(line: ArchiveLine, tree: UnitTree, known: Sequence[Form]) -> tuple[Form, Unit, Question]:
    """Whose figure a line gives, and of what: of a unit that the form expects on that day, or from the next period on."""
    unit = tree.identified(line.unit) if "@" in line.unit else tree.find(line.unit, line.on)
    if unit is None:
        raise Refused("archive_unit", unit=line.unit, date=line.on)
    form, question = _indicator(known, line)
    opening = not unit.exists(line.on)
    if opening and not _opens(form, unit, line.on):
        raise Refused("archive_unit", unit=line.unit, date=line.on)
    of = form.schedule.period_type
    if period_of(of, line.on) != line.on:
        raise Refused("archive_period", date=line.on)
    reports_on = period_of(of, unit.since) if opening and unit.since is not None else line.on
    if not expects(form, unit, tree, reports_on):
        raise Refused("archive_not_expected", unit=unit.title, code=line.unit, form=form.key, date=line.on)
    return form, unit, question


def _opens(form: Form, unit: Unit, on: date) -> bool:
    """Whether what a unit has on that day is its opening balance: for the last period before it began."""
    of = form.schedule.period_type
    return unit.since is not None and on == period_before(of, period_of(of, unit.since))


def _indicator(known: Sequence[Form], line: ArchiveLine) -> tuple[Form, Question]:
    found = [(form, q) for form in known for q in form.indicators if q.name == line.indicator]
    if not found:
        raise Refused("archive_indicator", indicator=line.indicator)
    return found[0]


def _refused_as_reported(connection: Connection, batch: Batch) -> list[Refused]:
    """What a unit has reported itself is never replaced by an archive."""
    form, unit, period, given = batch
    stands = figures.of_period(connection, form.key, unit.id, period)
    return [
        Refused("archive_reported", row=str(row), unit=unit.title, date=period)
        for name, (value, row) in given.items()
        if name not in stands or stands[name].value != value
    ]


def _take_in_day(connection: Connection, batch: Batch, now: datetime, zone: ZoneInfo) -> bool:
    form, unit, period, given = batch
    stands = figures.of_period(connection, form.key, unit.id, period, accepted=True)
    entered: dict[str, Value] = {}
    entered |= {name: each.value for name, each in stands.items() if each.source == "import" and each.value is not None}
    entered |= {name: value for name, (value, _) in given.items()}
    last = last_saved.last_values(connection, form, unit.id, period, accepted=True)
    before, held = (last[1], last[2]) if last else ({}, frozenset[str]())
    values = imported(form, entered, before, now.astimezone(zone), held, seed=seed_of(form.key, unit.id, period))
    names = {question.name for question in form.indicators}
    have = {name: figure.value for name, figure in stands.items()}
    if {name: value for name, value in values.items() if name in names} == have:
        return False
    revision = max((each.revision for each in stands.values()), default=0) + 1
    figures.put(
        connection,
        form,
        unit.id,
        period,
        values,
        as_of=now,
        revision=revision,
        source="import",
        given=frozenset(entered),
    )
    ripple(connection, form, unit.id, period, now, zone)
    return True
