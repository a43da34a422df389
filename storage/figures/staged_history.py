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


class StagedDay(NamedTuple):
    """What the file gives for a unit's period: texts by indicator, and the rows that give them."""

    texts: dict[str, str]
    rows: dict[str, int]


class StagedMonth(NamedTuple):
    """A form's figures of a month, which is counted from the year 0."""

    form: str
    month: int


_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
Given = Mapping[date, StagedDay]
"""What the file gives for a unit, by period."""


class StagedHistory:
    """Rows may come in any order; figures of one unit and period that come one after the other are one row here."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{ROOM}"):
            self._rows.execute(f"PRAGMA {pragma}")
        self._rows.execute("create table given (form, month, unit_id, period, spelt, figures)")
        self._at: tuple[str, int, date, bool] | None = None
        self._day = StagedDay({}, {})
        self._waiting: list[tuple[object, ...]] = []

    def close(self) -> None:
        self._rows.close()

    def add(self, form: str, unit_id: int, period: date, spelt: bool, indicator: str, text: str, row: int) -> int:
        """Puts a figure there; the row of the one that stands: another where the file has given it right before.

        `spelt`: whether the unit is named by its code and first day.
        """
        at = (form, unit_id, period, spelt)
        if at != self._at:
            self._flush()
            self._at = at
        texts, rows = self._day
        if indicator not in rows:
            texts[indicator], rows[indicator] = text, row
        return rows[indicator]

    def settle(self) -> None:
        """All is there: from now on it is read."""
        self._flush()
        self._write()
        self._rows.execute("create index given_order on given (form, month, unit_id, period, spelt)")

    def twice(self) -> Iterator[tuple[int, int]]:
        """Figures that the file gives again, far from the first time: the rows of the first and of the other."""
        several = "select form, unit_id, period, spelt from given group by form, month, unit_id, period, spelt having count(*) > 1"
        if self._rows.execute(f"{several} limit 1").fetchone() is None:
            return
        same = "select figures from given where form = ? and month = ? and unit_id = ? and period = ? and spelt = ?"
        for at in self._rows.execute(several.replace("select form", "select form, month")):
            seen: dict[str, int] = {}
            found = [each for (body,) in self._rows.execute(same, at) for each in _read(body).rows.items()]
            for indicator, row in sorted(found, key=itemgetter(1)):
                first = seen.setdefault(indicator, row)
                if first != row:
                    yield first, row

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
            given: dict[date, StagedDay] = {}
            for _, period, body in days:
                on, found = date.fromisoformat(period), _read(body)
                stands = given.setdefault(on, found)
                if stands is not found:
                    _add_later(stands, found)
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
            self._waiting.append((form, month, unit_id, period.isoformat(), spelt, _encode(self._day)))
            self._at, self._day = None, StagedDay({}, {})
            if len(self._waiting) >= TOGETHER:
                self._write()

    def _write(self) -> None:
        self._rows.executemany("insert into given values (?, ?, ?, ?, ?, ?)", self._waiting)
        self._waiting = []


def _read(body: str) -> StagedDay:
    return StagedDay(*json.loads(body))


def _add_later(day: StagedDay, other: StagedDay) -> None:
    """Of what both give, that of the later row stands."""
    for indicator, row in other.rows.items():
        if day.rows.get(indicator, 0) < row:
            day.texts[indicator], day.rows[indicator] = other.texts[indicator], row
