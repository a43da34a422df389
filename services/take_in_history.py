"""Take in history: what a file gives for a month of some units becomes their figures, with all that is worked out from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.answers import Value, Values
from reporting.errors import refuse_all
from reporting.expressions.chance import seed_of
from reporting.forms import Form
from reporting.questions.checks import imported
from services.check_archive import Archive, refused_as_reported
from storage.figures import figure_rows, figures, history_imports
from storage.figures.figure_rows import Day, KeptFigure
from storage.figures.staged_history import Given
from storage.portal import due_deliveries
from storage.reports import last_saved, reports
from storage.reports.accepting import recompute

Place = tuple[int, date]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class History:
    """What is the same for all that is taken in at once. `is_kept`: what stood before is kept, to be taken back."""

    archive: Archive
    now: datetime
    zone: ZoneInfo
    is_kept: bool


@dataclass(slots=True)
class TakenIn:
    """What came of some units and days: `count`, how many the file has changed; `first`: by unit id, the first day that is
    another now; `moved`: units whose last day there is; `days`: all that are others, the units by day."""

    count: int = 0
    first: dict[int, date] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)
    days: dict[date, set[int]] = field(default_factory=dict)

    def note(self, unit_id: int, period: date) -> None:
        self.days.setdefault(period, set()).add(unit_id)
        self.first[unit_id] = min(period, self.first.get(unit_id, period))


def take_in_units(
    connection: Connection, of: History, form: str, units: Mapping[int, Given], moved: set[int], days: tuple[date, date]
) -> TakenIn:
    """Takes in what is given for these units (by id; maybe nothing) from the first to the last of the `days`.

    `moved`: whose day before has become another, so that the next may have to be worked out anew. Groups are not added up yet.
    Raises Refused where a unit has meanwhile reported other figures itself.
    """
    stands = figure_rows.of_days(connection, form, list(units), *days)
    came = reports.reported(connection, form, list(units), *days)
    done, new, fresh = TakenIn(), dict[Place, list[KeptFigure]](), list[Place]()
    old: dict[Place, Sequence[KeptFigure]] = {}
    for unit_id, given in units.items():
        here, reported = stands.get(unit_id, {}), came.get(unit_id, set())
        if reported & given.keys():
            refuse_all(refused_as_reported(connection, of.archive, form, unit_id, given))
        start = days[0] if unit_id in moved else min(given)
        periods = sorted(each for each in given.keys() | here.keys() | reported if each >= start)
        is_moved = unit_id in moved
        if reported.isdisjoint(periods):
            timeline = _Timeline(connection, of, form, unit_id, given, here)
            for period, rows in timeline.changed(periods, is_moved):
                new[unit_id, period] = rows
                done.note(unit_id, period)
                if period in here:
                    old[unit_id, period] = list(here[period].values())
                else:
                    fresh.append((unit_id, period))
            done.count += timeline.count
            is_moved = timeline.is_moved
        else:
            is_moved = _among_reports(connection, of, form, unit_id, given, periods, reported, is_moved, done)
        if is_moved:
            done.moved.add(unit_id)
    if of.is_kept:
        history_imports.keep_new(connection, form, {place: old.get(place, ()) for place in new})
    figure_rows.replace(connection, form, new, fresh)
    due_deliveries.note_changes(connection, form, new.keys(), of.now)
    return done


class _Timeline:
    """A unit's days of the archive alone, worked out one after the other without the database.

    `count`: days that the file has changed; `is_moved`: whether the last day that was looked at has become another.
    """

    def __init__(
        self, connection: Connection, of: History, form: str, unit_id: int, given: Given, stands: Mapping[date, Day]
    ) -> None:
        self._connection, self._of, self._form, self._unit_id = connection, of, form, unit_id
        self._given, self._stands = given, stands
        self._local = of.now.astimezone(of.zone)
        self._newest: dict[str, Value | None] = {}
        self.count, self.is_moved = 0, False

    def changed(self, periods: Sequence[date], is_moved: bool) -> Iterator[tuple[date, list[KeptFigure]]]:
        """The days that become others, with all their figures."""
        self.is_moved = is_moved
        before: tuple[Values, frozenset[str]] | None = None
        for place, period in enumerate(periods):
            form, stands = self._of.archive.form(self._form, period, self._connection), self._stands.get(period, {})
            have: Values = {name: each.value for name, each in stands.items()}
            if period in self._given or self.is_moved:
                if before is None:
                    before = self._first(form, period)
                stood: Values = {name: each.value for name, each in stands.items() if each.source == "import"}
                entered: Values = {**stood, **self._read(form, period)}
                figured, values = self._worked_out(form, period, entered, before)
                is_other = figured != have
                if period in self._given and self._is_by_file(form, period, stood, before, figured, is_other):
                    self.count += 1
                self.is_moved = is_other or (self.is_moved and bool(form.read_past(figured)))
                if is_other:
                    revision = max((each.revision for each in stands.values()), default=0) + 1
                    yield period, figure_rows.made(form, values, entered, self._of.now, revision, "import")
                have = figured
            if place + 1 < len(periods):
                before = self._after(have, periods[0], periods[place + 1])

    def _read(self, form: Form, period: date) -> dict[str, Value]:
        given, value, asked = self._given.get(period), self._of.archive.value, form.by_name
        return {} if given is None else {name: value(asked[name], text) for name, text in given.texts.items()}

    def _worked_out(
        self, form: Form, period: date, entered: Values, before: tuple[Values, frozenset[str]]
    ) -> tuple[Values, Values]:
        """What the day's indicators come to, and all that was worked out."""
        seed = seed_of(form.key, self._unit_id, period)
        values = imported(form, entered, before[0], self._local, before[1], seed=seed)
        return {q.name: values[q.name] for q in form.indicators if q.name in values}, values

    def _is_by_file(
        self,
        form: Form,
        period: date,
        stood: Values,
        before: tuple[Values, frozenset[str]],
        figured: Values,
        is_other: bool,
    ) -> bool:
        """Whether the file has changed it, and not only what came before."""
        if not (self.is_moved and stood):
            return is_other
        return figured != self._worked_out(form, period, stood, before)[0]

    def _first(self, form: Form, period: date) -> tuple[Values, frozenset[str]]:
        if not form.reads_last_saved:
            return {}, frozenset()
        last = last_saved.last_values(self._connection, form, self._unit_id, period, accepted=True)
        return (last[1], last[2]) if last else ({}, frozenset())

    def _after(self, have: Values, first: date, period: date) -> tuple[Values, frozenset[str]]:
        """What the day after one with these figures reads of it: as `last_saved.last_values` has it."""
        self._newest.update(have)
        form = self._of.archive.form(self._form, period, self._connection)
        if not form.reads_last_saved:
            return {}, frozenset()
        missing = [
            q for q in form.indicators if q.name not in have and (q.calculation is not None or q.kind == "total")
        ]
        for question in missing:
            if question.name not in self._newest:
                found = figures.newest(
                    self._connection, form.key, question.name, self._unit_id, first - _DAY, accepted=True
                )
                self._newest[question.name] = found.value if found is not None else None
        known = {q.name: value for q in missing if (value := self._newest[q.name]) is not None}
        held = frozenset(q.name for q in missing if q.calculation is not None and q.name in known)
        return {**have, **known}, held


def _among_reports(
    connection: Connection,
    of: History,
    form: str,
    unit_id: int,
    given: Given,
    periods: Sequence[date],
    reported: set[date],
    is_moved: bool,
    done: TakenIn,
) -> bool:
    """The same where reports lie among the days: day by day in the database; whether the last day has become another."""
    for period in periods:
        asked = of.archive.form(form, period, connection)
        if period in given and period not in reported:
            stands = figure_rows.of_days(connection, form, [unit_id], period, period).get(unit_id, {})
            timeline = _Timeline(connection, of, form, unit_id, {period: given[period]}, stands)
            new = dict(timeline.changed([period], is_moved))
            keep_places(connection, of, form, unit_id, [period] if new else ())
            figure_rows.replace(connection, form, {(unit_id, each): rows for each, rows in new.items()})
            due_deliveries.note_changes(connection, form, [(unit_id, each) for each in new], of.now)
            done.count += timeline.count
            is_moved = timeline.is_moved
        elif is_moved:
            keep_places(connection, of, form, unit_id, [period])
            is_moved = recompute(connection, asked, unit_id, period, of.now, of.zone)
        if is_moved:
            done.note(unit_id, period)
    return is_moved


def keep_places(connection: Connection, of: History, form: str, unit_id: int, periods: Sequence[date]) -> None:
    """Keeps what stands there, since it is about to be changed."""
    if not of.is_kept or not periods:
        return
    stands = figure_rows.of_days(connection, form, [unit_id], min(periods), max(periods)).get(unit_id, {})
    history_imports.keep(connection, form, {(unit_id, each): list(stands.get(each, {}).values()) for each in periods})
