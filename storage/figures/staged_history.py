"""A file of history on its way into the figures: in a database of its own, which has no name and goes with the process."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

TOGETHER = 1000
"""So many rows are put in at once."""
ROOM = 16_000
"""So many kilobytes stay in memory, the rest lies in a temporary file."""


class StagedFigure(NamedTuple):
    """What the file gives for an indicator, and the row that gives it."""

    indicator: str
    text: str
    row: int


class StagedMonth(NamedTuple):
    """A form's figures of a month, which is counted from the year 0."""

    form: str
    month: int


_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
Given = Mapping[date, Mapping[str, StagedFigure]]
"""What the file gives for a unit: by period and indicator."""


class StagedHistory:
    """Rows may come in any order; figures of one unit and period that come one after the other are one row here."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{ROOM}"):
            self._rows.execute(f"PRAGMA {pragma}")
        self._rows.execute("create table given (form, month, unit_id, period, spelt, figures)")
        self._at: tuple[str, int, date, bool] | None = None
        self._figures: dict[str, StagedFigure] = {}
        self._waiting: list[tuple[object, ...]] = []

    def close(self) -> None:
        self._rows.close()

    def add(self, form: str, unit_id: int, period: date, spelt: bool, figure: StagedFigure) -> StagedFigure:
        """Puts a figure there; the one that stands: another where the file has given it right before.

        `spelt`: whether the unit is named by its code and first day.
        """
        at = (form, unit_id, period, spelt)
        if at != self._at:
            self._flush()
            self._at = at
        return self._figures.setdefault(figure.indicator, figure)

    def settle(self) -> None:
        """All is there: from now on it is read."""
        self._flush()
        self._write()
        self._rows.execute("create index given_order on given (form, month, unit_id, period, spelt)")

    def twice(self) -> Iterator[tuple[StagedFigure, StagedFigure]]:
        """Figures that the file gives again, far from the first time: the first and the other."""
        several = "select form, unit_id, period, spelt from given group by form, month, unit_id, period, spelt having count(*) > 1"
        if self._rows.execute(f"{several} limit 1").fetchone() is None:
            return
        same = "select figures from given where form = ? and month = ? and unit_id = ? and period = ? and spelt = ?"
        for at in self._rows.execute(several.replace("select form", "select form, month")):
            seen: dict[str, StagedFigure] = {}
            found = [StagedFigure(*each) for (body,) in self._rows.execute(same, at) for each in json.loads(body)]
            for figure in sorted(found, key=lambda each: each.row):
                first = seen.setdefault(figure.indicator, figure)
                if first is not figure:
                    yield first, figure

    def months(self) -> list[StagedMonth]:
        """In their order, forms one after the other."""
        found = self._rows.execute("select distinct form, month from given order by month, form")
        return [StagedMonth(*row) for row in found]

    def units(self, of: StagedMonth) -> Iterator[tuple[int, Given]]:
        """What is given for a month, unit by unit as their ids sort; of what is given twice the last."""
        rows = self._rows.execute(
            "select unit_id, period, figures from given where form = ? and month = ? order by unit_id, period", of
        )
        for unit_id, days in groupby(rows, key=itemgetter(0)):
            given: dict[date, dict[str, StagedFigure]] = {}
            for _, period, body in days:
                here = given.setdefault(date.fromisoformat(period), {})
                for each in json.loads(body):
                    figure = StagedFigure(*each)
                    stands = here.setdefault(figure.indicator, figure)
                    if stands.row < figure.row:
                        here[figure.indicator] = figure
            yield unit_id, given

    def last_months(self) -> dict[str, int]:
        """The last month of each form."""
        return dict(self._rows.execute("select form, max(month) from given group by form").fetchall())

    def unit_days(self) -> int:
        """How many units' periods the file gives anything for, what stands apart counted apart."""
        return int(self._rows.execute("select count(*) from given").fetchone()[0])

    def _flush(self) -> None:
        if self._at is not None:
            form, unit_id, period, spelt = self._at
            month = period.year * 12 + period.month
            self._waiting.append(
                (form, month, unit_id, period.isoformat(), spelt, _encode(list(self._figures.values())))
            )
            self._at, self._figures = None, {}
            if len(self._waiting) >= TOGETHER:
                self._write()

    def _write(self) -> None:
        self._rows.executemany("insert into given values (?, ?, ?, ?, ?, ?)", self._waiting)
        self._waiting = []
