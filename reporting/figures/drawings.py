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
    """The bulletin of the public channel. `carried`: the places of the tiles in which late units stand with an earlier value."""

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
