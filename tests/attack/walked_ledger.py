"""What everybody must be told after a walk, added up in plain Python from the revisions that stand and the decisions about them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from storage.database.tables import metadata

report, review, figure, unit, audit, inbox = (
    metadata.tables[name] for name in ("report", "review", "figure", "unit", "audit", "inbox")
)
Place = tuple[str, int, date]
"""A form's key, a unit's id and a day."""
NUMBER = re.compile(r"đã tiếp nhận (?:bản điều chỉnh )?báo cáo .*?\(mã: ([\w-]+-\d{6}-\d+), dấu")
"""The number in a receipt."""
FIGURES = re.compile(r"Đã nhận: ([^\n]*)\.(?=\n|$)")
NAMED = {"cây mới trồng": "planted", "cuốc": "tools", "giường trống": "beds"}
"""What receipts call the figures."""


@dataclass
class Ledger:
    """The newest revision of each report, and the one that is accepted; `values`: the answers of every revision by its number."""

    newest: dict[Place, Mapping[str, Any]] = field(default_factory=dict)
    accepted: dict[Place, Mapping[str, Any]] = field(default_factory=dict)
    by_number: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    spans: dict[str, tuple[date | None, date | None]] = field(default_factory=dict)
    opened: dict[int, date] = field(default_factory=dict)
    opening: dict[int, int] = field(default_factory=dict)
    figures: dict[tuple[str, int, date], int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def value(self, name: str, unit_id: int, on: date) -> int | None:
        """What a unit is told with."""
        stands = self.newest if name != "beds" else self.accepted
        answers = stands.get(("beds" if name == "beds" else "trees", unit_id, on))
        given = answers.get(name, {}).get("value") if answers is not None else None
        return given if isinstance(given, int) else None

    def exists(self, code: str, on: date) -> bool:
        since, until = self.spans[code]
        return (since is None or since <= on) and (until is None or on < until)

    def is_known(self, unit_id: int, on: date) -> bool:
        """Whether the running total of the day can be worked out: every report up to it says what was planted."""
        places = [each for each in self.newest if each[:2] == ("trees", unit_id) and each[2] <= on]
        return all(self.value("planted", unit_id, each[2]) is not None for each in places)

    def running(self, unit_id: int) -> Iterator[tuple[date, int]]:
        """The running total of a unit day by day, up to the first report that does not say what was planted."""
        total = self.opening.get(unit_id, 0)
        if unit_id in self.opened:
            yield self.opened[unit_id], total
        for on in sorted(on for form, of, on in self.newest if form == "trees" and of == unit_id):
            planted = self.value("planted", unit_id, on)
            if planted is None:
                return
            total += planted
            yield on, total

    def total(self, on: date) -> int | None:
        """What all communes have planted on a day."""
        found = [self.value("planted", of, on) for form, of, day in self.newest if form == "trees" and day == on]
        known = [each for each in found if each is not None]
        return sum(known) if known else None

    def unlike(self) -> Iterator[str]:
        """Figures that are not what they must be."""
        wanted: dict[tuple[str, int, date], int] = {}
        for form, of, on in self.newest:
            for name in ("planted", "tools") if form == "trees" else ("beds",):
                value = self.value(name, of, on)
                if value is not None:
                    wanted[name, of, on] = value
        for of in self.codes:
            wanted |= {("planted_cum", of, on): total for on, total in self.running(of)}
        for place in wanted.keys() | {each for each in self.figures if each[0] != "planted_cum"}:
            if wanted.get(place) != self.figures.get(place):
                yield f"{place}: {wanted.get(place)} was reported, {self.figures.get(place)} stands"


def kept(connection: Connection) -> Ledger:
    """What the database has, and what of it does not hold by itself."""
    ledger = Ledger()
    for row in connection.execute(select(unit)):
        ledger.codes[row.id], ledger.spans[row.code] = row.code, (row.since, row.until)
    revisions: dict[Place, int] = {}
    of_revision: dict[tuple[Place, int], Mapping[str, Any]] = {}
    for row in connection.execute(select(report).order_by(report.c.id)):
        place = (row.form, row.unit_id, row.period)
        if row.revision != revisions.get(place, 0) + 1:
            ledger.wrong.append(f"revision {row.revision} of {place} follows {revisions.get(place, 0)}")
        revisions[place] = row.revision
        ledger.newest[place] = of_revision[place, row.revision] = ledger.by_number[row.number] = row.answers
    for row in connection.execute(select(review).order_by(review.c.id)):
        place = (row.form, row.unit_id, row.period)
        if row.step == "approved":
            ledger.accepted[place] = of_revision[place, row.revision]
        elif row.step == "unapproved":
            ledger.accepted.pop(place, None)
        elif row.step == "returned" and ledger.accepted.get(place) is of_revision[place, row.revision]:
            del ledger.accepted[place]  # it waits again
    for row in connection.execute(select(figure).where(figure.c.amount.is_not(None))):
        if row.source == "import":
            ledger.opening[row.unit_id] = row.amount // 1_000_000
            ledger.opened[row.unit_id] = row.period
        if row.indicator in ("planted", "tools", "beds", "planted_cum"):
            ledger.figures[row.indicator, row.unit_id, row.period] = row.amount // 1_000_000
    ledger.wrong += [*_untraced(connection, ledger), *_unhandled(connection)]
    return ledger


def _untraced(connection: Connection, ledger: Ledger) -> Iterator[str]:
    """Revisions without their one line in the audit."""
    lines = connection.execute(select(audit.c.detail).where(audit.c.what.in_(("report", "correction"))))
    traced = [row.detail["number"] for row in lines]
    if sorted(traced) != sorted(ledger.by_number):
        yield f"the audit has {sorted(set(traced) ^ set(ledger.by_number))} or twice the same"


def _unhandled(connection: Connection) -> Iterator[str]:
    """What was heard and not handled."""
    for row in connection.execute(select(inbox.c.state, inbox.c.error).where(inbox.c.state != "done")):
        yield f"heard and {row.state}: {row.error}"


def deeds(connection: Connection) -> Counter[str]:
    """How often each thing was done, by the audit: a walk that never sends, returns or merges proves little."""
    return Counter(connection.execute(select(audit.c.what)).scalars())


def receipts(text: str) -> dict[str, int]:
    """The figures that a receipt names."""
    found = FIGURES.search(text)
    parts = [each.rpartition(": ") for each in found[1].split("; ")] if found else []
    return {
        NAMED[name]: int(value.replace(".", "")) for name, _, value in parts if name in NAMED and value[:1].isdigit()
    }
