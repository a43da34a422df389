"""Import history: past figures are taken in as they are; unit, indicator, day and type are checked, the form's rules are not."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from reporting.archive import ArchiveLine, archive_lines
from reporting.errors import Refused
from reporting.problem_list import ProblemList
from services.check_archive import Archive, check_archive, check_reported
from services.take_back_history import forget_kept, take_back
from services.take_in_history import History, TakenIn, keep_places, take_in_units
from storage.database import audit
from storage.database.process_locks import alone
from storage.database.short_transactions import Pieces
from storage.database.stopped_by_hand import given_up_by_hand
from storage.figures import figure_rows, group_totals, history_imports, pending_figures
from storage.figures.staged_history import Given, StagedHistory, StagedMonth
from storage.reports.accepting import ripple
from storage.reports.last_saved import periods_after

DAYS_OF_A_MONTH = 30
FIRST_LOOK = 64
"""After so many unit days, and whenever there are twice as many, the database looks anew how much there is of what."""
FIGURES_ADDED_UP = 10
"""So many are added up while one is taken in, about."""
Progressing = Callable[[int, int], None]
"""What is told how much is done by now, and of how much (0: nobody knows)."""


@dataclass(frozen=True, slots=True)
class ImportedHistory:
    """How many figures the file gives, and how many unit days changed by them."""

    lines: int
    unit_days: int


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is told how far it has come: while the file is read (its lines), taken in, and taken back (days of units)."""

    reading: Progressing = lambda _, __: None
    taking_in: Progressing = lambda _, __: None
    taking_back: Progressing = lambda _, __: None


def import_history(
    reader: Engine,
    writer: Engine,
    text: str | Iterable[str],
    now: datetime,
    zone: ZoneInfo,
    by: int | None = None,
    telling: Telling = Telling(),
) -> ImportedHistory:
    """Takes in the text of a CSV file, all of it or nothing, in pieces, so that whoever else writes waits for none of it.

    All is checked before anything is written. What stood before each piece is kept beside it until the last; who is stopped takes
    it back, and of who is killed the next process to look does. Refused with everything that is wrong with the file, or where
    another is at it. `by`: a person's id, None for the desk's command line.
    """
    problems = ProblemList()
    with alone(writer) as is_alone, closing(StagedHistory()) as staged:
        if not is_alone:
            raise Refused("import_at_work")
        pieces = Pieces(writer)
        take_back(pieces, now, zone, telling.taking_back)
        with reader.begin() as connection:
            archive = Archive(connection, now.astimezone(zone).date())
            lines = _counted(archive_lines(text, problems), telling.reading)
            count = check_archive(archive, lines, staged, problems)
            check_reported(connection, archive, staged, problems)
        problems.refuse()
        taking_in = _TakingIn(pieces, History(archive, now, zone, is_kept=True), staged, telling.taking_in)
        try:
            with pieces.one() as connection:
                history_imports.begin(connection, now)
            changed = taking_in.all()
            with pieces.one(is_last=True) as connection:
                history_imports.over(connection)
                if changed:
                    audit.write(connection, now, by, "import", lines=count, unit_days=changed)
        except BaseException:
            take_back(pieces, now, zone, telling.taking_back)
            raise
        with (
            suppress(KeyboardInterrupt),
            given_up_by_hand(),
        ):  # the import stands, and what is still kept goes when the next one begins
            forget_kept(pieces)
    return ImportedHistory(count, changed)


def take_in(
    connection: Connection, lines: Iterable[ArchiveLine], now: datetime, zone: ZoneInfo, by: int | None = None
) -> int:
    """Takes in the lines of an archive in the connection's transaction; how many unit days changed. Again it changes nothing.

    Calculated indicators of the days taken in are computed, unless the file gives them; so are those of later days.
    Raises Refused with every line that cannot be taken; nothing is taken in then.
    """
    problems = ProblemList()
    with closing(StagedHistory()) as staged:
        archive = Archive(connection, now.astimezone(zone).date())
        count = check_archive(archive, lines, staged, problems)
        check_reported(connection, archive, staged, problems)
        problems.refuse()
        history = History(archive, now, zone, is_kept=False)
        changed = _TakingIn(Pieces(connection), history, staged, lambda _, __: None).all()
    if changed:
        audit.write(connection, now, by, "import", lines=count, unit_days=changed)
    return changed


def _counted(lines: Iterable[ArchiveLine], telling: Progressing) -> Iterator[ArchiveLine]:
    for count, line in enumerate(lines, 1):
        if count % 1000 == 0:
            telling(count, 0)
        yield line


@dataclass
class _TakingIn:
    """What is staged on its way into the figures, month by month, some units at a time.

    `moved`: by form the units whose last day has become another; `first`: the first day of a unit that has.
    """

    pieces: Pieces
    of: History
    staged: StagedHistory
    telling: Progressing
    changed: int = 0
    done: int = 0
    look_at: int = FIRST_LOOK
    moved: dict[str, set[int]] = field(default_factory=dict)
    first: dict[tuple[str, int], date] = field(default_factory=dict)

    def all(self) -> int:
        """How many unit days have changed."""
        self._total = self.staged.unit_days()
        for month in self.staged.months():
            self._month(month)
        for form, last in self.staged.last_months().items():
            self._later(form, _days(last)[1])
        return self.changed

    def _month(self, month: StagedMonth) -> None:
        days, moved = _days(month.month), self.moved.setdefault(month.form, set())
        weight = self.of.archive.indicators(month.form) * DAYS_OF_A_MONTH
        touched: dict[date, set[int]] = {}

        def take(connection: Connection, some: list[tuple[int, Given]]) -> tuple[dict[int, Given], TakenIn]:
            units = dict(some)
            return units, take_in_units(connection, self.of, month.form, units, moved & units.keys(), days)

        waiting = _beside(self.staged.units(month), sorted(moved))
        for units, done in self.pieces.each(waiting, take, weight):
            moved.difference_update(units)
            moved.update(done.moved)
            self.changed += done.count
            self.done += sum(map(len, units.values()))
            for unit_id, first in done.first.items():
                self.first.setdefault((month.form, unit_id), first)
            for day, ids in done.days.items():
                touched.setdefault(day, set()).update(ids)
            self.telling(self.done, self._total)
            if self.changed >= self.look_at:
                self.look_at = 2 * self.changed
                with self.pieces.one() as connection:
                    figure_rows.analyze(connection)
        weight = max(map(len, touched.values()), default=1) * weight // DAYS_OF_A_MONTH // FIGURES_ADDED_UP + 1
        for _ in self.pieces.each(sorted(touched.items()), partial(_add_up, form=month.form), weight):
            self.telling(self.done, self._total)

    def _later(self, name: str, last: date) -> None:
        """The days after the last month are worked out anew, and what waits for approval beside any of them."""
        changed = sorted(unit_id for form, unit_id in self.first if form == name)
        weight = self.of.archive.indicators(name) * DAYS_OF_A_MONTH
        for _ in self.pieces.each(changed, partial(self._follow, name=name, last=last), weight):
            self.telling(self.done, self._total)

    def _follow(self, connection: Connection, some: list[int], name: str, last: date) -> None:
        moved = self.moved[name]
        for unit_id in some:
            form = self.of.archive.form(name, self.first[name, unit_id], connection)
            if unit_id in moved and (later := periods_after(connection, name, unit_id, last)):
                keep_places(connection, self.of, name, unit_id, later)
                ripple(connection, form, unit_id, last, self.of.now, self.of.zone)
            if form.approval or pending_figures.any_of(connection, name, unit_id):
                ripple(connection, form, unit_id, self.first[name, unit_id], self.of.now, self.of.zone)


def _beside(given: Iterator[tuple[int, Given]], moved: list[int]) -> Iterator[tuple[int, Given]]:
    """What is given by unit, and in their places the units that only follow what came before."""
    waiting = iter(moved)
    following = next(waiting, None)
    for unit_id, days in given:
        while following is not None and following < unit_id:
            yield following, {}
            following = next(waiting, None)
        if following == unit_id:
            following = next(waiting, None)
        yield unit_id, days
    while following is not None:
        yield following, {}
        following = next(waiting, None)


def _add_up(connection: Connection, some: list[tuple[date, set[int]]], form: str) -> None:
    for day, unit_ids in some:
        group_totals.add_up_day(connection, form, unit_ids, day)


def _days(month: int) -> tuple[date, date]:
    """The first and the last day of a month that is counted from the year 0."""
    year, number = divmod(month - 1, 12)
    return date(year, number + 1, 1), date(year, number + 1, monthrange(year, number + 1)[1])
