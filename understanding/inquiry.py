"""What a resident meant: what is wanted, of which units, indicators and days, and what has to be asked back."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from reporting.figures.indicator import Indicator
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
Doubt = Literal["meaning", "exclusion", "unknown", "unit", "indicator", "period", "gone"]

ABOUT_FIGURES: frozenset[Intent] = frozenset({"value", "overview", "rank", "list", "compare", "trend", "missing"})
"""The intents that are answered with figures of units on days."""

OF_ONE_INDICATOR: frozenset[Intent] = frozenset({"rank", "list", "compare", "trend"})
"""The intents whose answer tells of one indicator only."""


class Merged(NamedTuple):
    """A unit that was asked about and had ended by then, and the one of that time whose figures are told instead."""

    was: Unit
    now: Unit


class TakenFor(NamedTuple):
    """A name as it was typed, and the unit whose name sounds so."""

    said: str
    unit: Unit


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


Wrong = Literal["", "none", "ahead", "unclear"]
"""Why days are none to tell of: there is no such day, it is still ahead, or it is not clear which are meant."""


@dataclass(frozen=True, slots=True)
class DaysSaid:
    """What a text says of days: the words `said`, as typed, and their `span`, None where there is none; or what is `wrong` with it."""

    said: str = ""
    span: Span | None = None
    wrong: Wrong = ""

    @property
    def day(self) -> date | None:
        """The day that is named, where it is one and not ahead; of several the last."""
        return self.span.last_on if self.span is not None and not self.wrong else None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a figure must come to for its unit to be told of, both ends included; None: whatever it is."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Inquiry:
    """A question as understood. It may be answered only if `doubts` is empty.

    `wanted` is what would be answered if the unit were ours and nothing were in doubt; `intent` is what to do now.
    `units`: those named, in the order of naming; with `all_units` the root, for the area as a whole. Both empty: none was
    named, and the one who answers may take the unit of the question before, else the root, and says which.
    `against`: the days with which those of `span` are compared.
    `kinds`: the kinds of units to rank or list («xã»); empty: all. `order` and `limit` are of a ranking.
    `bounds`: of a ranking, which units are asked for («trên 5 ca», «không có ca nào»).
    `choice`: the name of the choice asked about («vùng đỏ» is choice «4» of the level).
    `merged`: those of `units` that stand for a former unit; nobody may take their figures for the former one's.
    `heard`: those of `units` whose names are typed as they are spoken, «Dân Nực»; the answer says for which it was taken.
    `doubts`, in the order to ask: «meaning» (words that are a unit's name and a day too, «Tư», «Tháng Tám»: each of `meanings` is a
    whole question that may be meant), «exclusion» (something is left out, «trừ», «chưa», «không phải», which no figure tells),
    «unknown» (`unknown`, as typed, is nothing that is known here: another subject, or a part), «unit» (offer `unit_choices`;
    none: ask for it), «indicator» (`indicator_choices`), «period» (`span_choices`; none: ask for it), «gone» (the units named
    did not exist on those days).
    `no_day`: the day named that is in no calendar («31/11»); then the period is in doubt.
    `is_of_fire`: of an emergency, that something burns: it has a number of its own.
    `also`: what the text asks beside it, each to be answered by itself.
    `days`: what was said of days, whatever is wanted; what goes without saying is not in it.
    `may_be_other`: of a unit in doubt, that it may be none of `unit_choices` (a school of that name), rather than one of several.
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
    bounds: Bounds | None = None
    doubts: tuple[Doubt, ...] = ()
    unit_choices: tuple[Unit, ...] = ()
    indicator_choices: tuple[Indicator, ...] = ()
    span_choices: tuple[Span, ...] = ()
    merged: tuple[Merged, ...] = ()
    heard: tuple[TakenFor, ...] = ()
    named_outside: str = ""
    unknown: str = ""
    no_day: str = ""
    may_be_other: bool = False
    is_part: bool = False
    is_of_fire: bool = False
    days: DaysSaid = field(default_factory=DaysSaid, compare=False)
    meanings: tuple["Inquiry", ...] = ()
    also: tuple["Inquiry", ...] = ()

    @property
    def is_certain(self) -> bool:
        return not self.doubts and self.intent not in ("outside", "unclear")

    def changed(self, **fields: Any) -> "Inquiry":
        """The same but for these fields. It is copied a dozen times a question, and `dataclasses.replace` would set each anew."""
        other = object.__new__(Inquiry)
        other.__dict__.update(self.__dict__, **fields)
        return other

    def with_also(self, other: "Inquiry") -> "Inquiry":
        """The same question, and another beside it with those beside that."""
        return self.changed(also=(other.changed(also=()), *other.also))

    def with_unit(self, unit: Unit) -> "Inquiry":
        """The same question once the person has chosen one of `unit_choices`."""
        return self.changed(
            intent=self.wanted,
            units=tuple(dict.fromkeys((*self._standing(), unit))),
            all_units=False,
            unit_choices=(),
            named_outside="",
            doubts=tuple(doubt for doubt in self.doubts if doubt not in ("unit", "gone")),
        )

    def _standing(self) -> tuple[Unit, ...]:
        """The units named that existed on the days asked about."""
        if "gone" not in self.doubts:
            return self.units
        span = self.span
        return tuple(unit for unit in self.units if span and unit.exists_between(span.first_on, span.last_on))

    def offering(self, units: tuple[Unit, ...], indicators: tuple[Indicator, ...]) -> "Inquiry":
        """The plain question about just these, once the person was told what it leaves out and chose it nevertheless."""
        settled = ("exclusion", "unknown", "unit", "gone", *(("indicator",) if indicators else ()))
        return self.changed(
            intent=self.wanted,
            units=units,
            indicators=indicators,
            all_units=False,
            unit_choices=(),
            indicator_choices=() if indicators else self.indicator_choices,
            unknown="",
            named_outside="",
            doubts=tuple(doubt for doubt in self.doubts if doubt not in settled),
        )

    def with_indicator(self, indicator: Indicator) -> "Inquiry":
        """The same question once the person has chosen one of `indicator_choices`."""
        doubts = tuple(doubt for doubt in self.doubts if doubt != "indicator")
        return self.changed(
            indicators=(*self.indicators, indicator), indicator_choices=(), doubts=doubts, is_part=False
        )

    def with_span(self, span: Span) -> "Inquiry":
        """The same question once the person has chosen one of `span_choices`."""
        return self.changed(
            span=span, span_choices=(), doubts=tuple(doubt for doubt in self.doubts if doubt != "period")
        )
