"""What a resident meant: what is wanted, of which units, indicators and days, and what has to be asked back."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from reporting.units import Unit

Intent = Literal[
    "value",
    "overview",
    "rank",
    "list",
    "compare",
    "trend",
    "missing",
    "meta",
    "greet",
    "thanks",
    "help",
    "about",
    "contact",
    "complaint",
    "report_help",
    "subscribe",
    "unsubscribe",
    "flag",
    "personal",
    "emergency",
    "future",
    "outside",
    "not collected",
    "unclear",
]
Doubt = Literal["unit", "indicator", "period", "gone"]

ABOUT_FIGURES: frozenset[Intent] = frozenset({"value", "overview", "rank", "list", "compare", "trend", "missing"})
"""The intents that are answered with figures of units on days."""


class Indicator(NamedTuple):
    """A question of a form that makes figures: the form's key and the question's name."""

    form: str
    question: str


@dataclass(frozen=True, slots=True)
class Span:
    """The days asked about, both ends included.

    `kind`: latest (the newest figure known; both days are today), today, yesterday, date, range, last_days (so many days up to
    today), to_date (from the first figure there is; `first_on` is date.min until whoever answers knows that day), this_week,
    last_week (from Monday), this_month, last_month, month, this_year, year.
    """

    kind: str
    first_on: date
    last_on: date

    @property
    def days(self) -> int:
        return (self.last_on - self.first_on).days + 1

    @property
    def name(self) -> str:
        """A short name that identifies it: «today», «date:2021-11-05», «last_7_days», «range:2021-11-01..2021-11-05»."""
        match self.kind:
            case "date":
                return f"date:{self.first_on.isoformat()}"
            case "range":
                return f"range:{self.first_on.isoformat()}..{self.last_on.isoformat()}"
            case "last_days":
                return f"last_{self.days}_days"
            case "month":
                return f"month:{self.first_on:%Y-%m}"
            case "year":
                return f"year:{self.first_on:%Y}"
        return self.kind


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question as understood. It may be answered only if `doubts` is empty.

    `wanted` is what would be answered if the unit were ours and nothing were in doubt; `intent` is what to do now.
    `units`: those named, in the order of naming; with `all_units` the root, for the area as a whole. Both empty: none was
    named, and the one who answers may take the unit of the question before, else the root, and says which.
    `against`: the days with which those of `span` are compared.
    `kinds`: the kinds of units to rank or list («xã»); empty: all. `order` and `limit` are of a ranking.
    `choice`: the name of the choice asked about («vùng đỏ» is choice «4» of the level).
    `doubts`, in the order to ask: «unit» (offer `unit_choices`; none: ask for it), «indicator» (`indicator_choices`), «period»
    (`span_choices`; none: ask for it), «gone» (the units named did not exist on those days).
    `is_part`: what was asked is only a part, a share or another number of `indicator_choices`, and is not collected itself.
    `named_outside`: the place that was named and is not ours, as typed; `unit_choices` may then hold similar names of ours.
    """

    intent: Intent
    wanted: Intent
    units: tuple[Unit, ...] = ()
    all_units: bool = False
    indicators: tuple[Indicator, ...] = ()
    span: Span | None = None
    against: Span | None = None
    choice: str | None = None
    kinds: tuple[str, ...] = ()
    order: Literal["", "most", "least"] = ""
    limit: int | None = None
    doubts: tuple[Doubt, ...] = ()
    unit_choices: tuple[Unit, ...] = ()
    indicator_choices: tuple[Indicator, ...] = ()
    span_choices: tuple[Span, ...] = ()
    named_outside: str = ""
    is_part: bool = False

    @property
    def is_certain(self) -> bool:
        return not self.doubts and self.intent not in ("outside", "unclear")

    def with_unit(self, unit: Unit) -> "Inquiry":
        """The same question once the person has chosen one of `unit_choices`."""
        return replace(
            self,
            intent=self.wanted,
            units=(*(each for each in self.units if "gone" not in self.doubts), unit),
            all_units=False,
            unit_choices=(),
            named_outside="",
            doubts=tuple(doubt for doubt in self.doubts if doubt not in ("unit", "gone")),
        )

    def with_indicator(self, indicator: Indicator) -> "Inquiry":
        """The same question once the person has chosen one of `indicator_choices`."""
        doubts = tuple(doubt for doubt in self.doubts if doubt != "indicator")
        return replace(
            self, indicators=(*self.indicators, indicator), indicator_choices=(), doubts=doubts, is_part=False
        )

    def with_span(self, span: Span) -> "Inquiry":
        """The same question once the person has chosen one of `span_choices`."""
        return replace(
            self, span=span, span_choices=(), doubts=tuple(doubt for doubt in self.doubts if doubt != "period")
        )
