"""What the pictures of a unit's figures and of the bulletin are drawn from."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, NamedTuple

from reporting.say import Drawing


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """An indicator of a unit: a value for each period, None where nothing was reported."""

    label: str
    unit: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class UnitTrend(Drawing):
    """A unit's own figures over the last periods, for whoever reports them."""

    maker: ClassVar[str] = "trend"
    language: str
    title: str
    window: str
    coverage_text: str
    periods: tuple[date, ...]
    series: tuple[TrendSeries, ...]
    as_of: datetime
    demonstration: bool


class PublicPoint(NamedTuple):
    """What is told of a period: from `low` to `high` of a count that is held back, None where there is no number; with coverage."""

    period: date
    low: float | None
    high: float | None
    received: int
    expected: int


@dataclass(frozen=True, slots=True)
class PublicTrend(Drawing):
    """One figure of one unit, for residents. `as_of`: when the newest of it was published."""

    maker: ClassVar[str] = "public_trend"
    language: str
    title: str
    unit: str
    first: date
    last: date
    points: tuple[PublicPoint, ...]
    as_of: datetime | None
    demonstration: bool
    is_carried: bool = False


class BulletinTile(NamedTuple):
    """A headline figure, from `low` to `high`."""

    label: str
    low: float
    high: float


class BulletinBar(NamedTuple):
    """A unit's figure; `note`: the coverage of a group; `why` there is none, where there is none."""

    unit: str
    low: float | None
    high: float | None
    note: str
    why: str


@dataclass(frozen=True, slots=True)
class BulletinPicture(Drawing):
    """The bulletin of the public channel. `carried`: the places of the tiles in which late units stand with an earlier value;
    `adds_up`: whether the bars of several units come to something together.
    """

    maker: ClassVar[str] = "bulletin"
    language: str
    title: str
    window: str
    coverage_text: str
    tiles: tuple[BulletinTile, ...]
    trend_title: str
    points: tuple[PublicPoint, ...]
    bars_title: str
    bars: tuple[BulletinBar, ...]
    as_of: datetime | None
    source: str
    is_corrected: bool
    demonstration: bool
    carried: tuple[int, ...] = ()
    adds_up: bool = True


class TargetBar(NamedTuple):
    """How far a unit is with a target: `share` and `due` are parts of the target, 1 the whole; `share` None: nothing reported."""

    unit: str
    goal: str
    share: float | None
    due: float
    value: str
    state: str
    is_wanting: bool


@dataclass(frozen=True, slots=True)
class TargetPicture(Drawing):
    """How far units are with their targets, a bar for each."""

    maker: ClassVar[str] = "targets"
    language: str
    title: str
    window: str
    coverage_text: str
    bars: tuple[TargetBar, ...]
    as_of: datetime
    demonstration: bool


class CompletenessBar(NamedTuple):
    """A question, and in how many reports it was answered, said to be unknown and left empty; `complete`: per cent, in words."""

    label: str
    answered: int
    unknown: int
    empty: int
    complete: str
    why: str


@dataclass(frozen=True, slots=True)
class CompletenessPicture(Drawing):
    """How complete the questions of a form are answered, a bar for each."""

    maker: ClassVar[str] = "answers"  # so it waits in outboxes since before it was called completeness
    language: str
    title: str
    window: str
    coverage_text: str
    bars: tuple[CompletenessBar, ...]
    as_of: datetime
    demonstration: bool


@dataclass(frozen=True, slots=True)
class PlainTable(Drawing):
    """A workbook of one sheet: a title, column heads and rows; numbers are numbers, texts never formulas."""

    maker: ClassVar[str] = "table"
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]
