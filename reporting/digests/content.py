"""What a digest holds, then and years later.

Fields with a default were not always kept: digests were frozen without them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from reporting.forms import Kind
from reporting.translator import Html

Amounts = tuple[float | None, ...]
"""Whole numbers are int; None: not reported."""


class ReportsCounted(NamedTuple):
    """Received and expected, as the coverage counts them."""

    received: int
    expected: int


@dataclass(frozen=True, slots=True)
class DigestIndicator:
    """An indicator with its total over `units` units, of which `carried` stand in it with an earlier value.

    `mark` stands behind the total and is explained in the notes; `untold`: it cannot be told (`is_no_sum`: such values are not
    added up); `grown`: the indicator that it is added up in. `before`, `change` and `mean` are of the periods before; None: not known.
    """

    name: str
    label: str
    kind: Kind | None
    unit: str
    total: float | None
    units: int
    before: float | None
    change: float | None
    mean: float | None
    carried: int = 0
    mark: str = ""
    untold: bool = False
    grown: str = ""
    is_no_sum: bool = False

    @property
    def untold_key(self) -> str:
        """The words in place of a total that cannot be told."""
        return "picture_no_sum" if self.is_no_sum else "picture_untold"


class UnitState(NamedTuple):
    """The choice's label, since which day, and on what ground."""

    label: str
    since: date
    ground: str = ""


@dataclass(frozen=True, slots=True)
class DigestStates:
    """Where units stand with one state indicator, by unit id."""

    label: str
    of_unit: Mapping[int, UnitState]


class Standout(NamedTuple):
    """A unit's value of an indicator that is not as usual."""

    unit_id: int
    indicator: str
    value: float
    usual: float
    is_high: bool


class CarriedFigure(NamedTuple):
    """What a unit stands in a total with, and of which earlier period."""

    value: float
    period: date


@dataclass(frozen=True, slots=True)
class DigestUnit:
    """A unit: `values` in the order of the digest's indicators.

    `carried`: what it stands in totals with instead, by indicator, and `carried_of` the periods of that in words; `withheld`: the
    indicators whose totals cannot be told as long as the unit's value is not known. `late`, `archive`: how many of its reports.
    `sent_at`: when the span's last report first came, local.
    """

    id: int
    code: str
    unit: str
    group: str
    reports: ReportsCounted
    late: int
    sent_at: datetime | None
    remark: str
    provisional: bool
    values: Amounts
    excused: str = ""
    archive: int = 0
    parts: tuple[str, ...] = ()
    carried: Mapping[str, CarriedFigure] = field(default_factory=dict)
    carried_of: str = ""
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestGroup:
    """What lies right under the digest's unit where that is no reporting unit: `values` of the headlines, in their order."""

    id: int
    unit: str
    reports: ReportsCounted
    values: Amounts
    carried: tuple[int, ...] = ()
    untold: tuple[bool, ...] = ()


class TrendPoint(NamedTuple):
    """A day's total, and how many units are in it; of what is carried forward also how many of these with an earlier value, and how
    many keep it from being told. `is_no_sum`: it is not told, as such values are not added up; digests were frozen that say 1
    `withheld` for that.
    """

    value: float | None
    units: int
    carried: int | None = None
    withheld: int | None = None
    is_no_sum: bool | None = None

    @property
    def is_untold(self) -> bool:
        return bool(self.withheld) or bool(self.is_no_sum)


class BoardCell(NamedTuple):
    """A row's day: its value, which `units` are in; how many were expected, have come, came late, are known to the archive only."""

    value: float | None
    units: int
    owed: int
    came: int
    late: int
    archive: int
    untold: bool

    @property
    def is_partly(self) -> bool:
        """Whether a figure is there though not all units have reported, or only a part of a unit's figures was imported."""
        return self.value is not None and self.came < self.owed


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A unit's days, or a group's: `values` of the first headline, None also where a group's total cannot be told (`untold`).

    `unit` is its title, `name` is without the kind.

    `units`: how many are in each value; `owed`: how many were expected to report, or did all the same, `of` at most; `came`: how
    many of them have reported, `late`: how many late, `archive`: how many only the archive knows.
    """

    unit: str
    values: Amounts
    units: tuple[int, ...]
    of: int
    late: tuple[int, ...]
    untold: tuple[bool, ...] = ()
    owed: tuple[int, ...] = ()
    came: tuple[int, ...] = ()
    archive: tuple[int, ...] = ()
    name: str = ""

    @property
    def cells(self) -> tuple[BoardCell, ...]:
        """Its days; where a row was kept with less, whoever is in a value has come, and as many were expected every day."""
        days = len(self.units)
        owed, came = self.owed or (self.of,) * days, self.came or self.units
        archive, untold = self.archive or (0,) * days, self.untold or (False,) * days
        kept = zip(self.values, self.units, owed, came, self.late, archive, untold, strict=True)
        return tuple(BoardCell(*each) for each in kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestFigures:
    """What every drawing of a digest needs. `headlines` are names of `indicators`; `expected`: how many units, on each of the
    `days`.
    """

    language: str
    form: str
    version: str
    unit_id: int
    unit: str
    name: str
    above: str
    is_root: bool
    authority: str
    topic: str
    title: str
    window: str
    coverage_text: str
    legend: str
    notes: tuple[str, ...] = ()
    periods: tuple[date, ...]
    as_of: datetime
    demonstration: bool
    coverage: ReportsCounted
    headlines: tuple[str, ...]
    indicators: tuple[DigestIndicator, ...]
    standouts: tuple[Standout, ...]
    rows: tuple[DigestUnit, ...]
    days: tuple[date, ...]
    expected: tuple[int, ...]

    def indicator(self, name: str) -> DigestIndicator:
        """The indicator of that name, which there must be."""
        return next(each for each in self.indicators if each.name == name)


Trend = Mapping[str, tuple[TrendPoint, ...]]
"""By headline, a point for each of the days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestContent(DigestFigures):
    """All that a digest holds. `paragraphs` are HTML, and `sections` names what each of them is; `groups` is empty where units lie
    right under its unit.
    """

    states: tuple[DigestStates, ...]
    groups: tuple[DigestGroup, ...]
    trend: Trend
    board: tuple[BoardRow, ...]
    paragraphs: tuple[Html, ...]
    sections: tuple[str, ...] = ()
