"""What such a server knows before any value comes: units, elements, data sets, and by which schemes they are named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

DEFAULT_COMBO = "HllvX50cXC0"


class Named(Protocol):
    """Whatever has a uid, a code, a name and unique attributes."""

    @property
    def uid(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def attributes(self) -> dict[str, str]: ...


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """A unit, open from `opened` up to `closed`. `attributes`: unique ones, by the attribute's uid."""

    uid: str
    code: str
    name: str = ""
    opened: date = date(1990, 1, 1)
    closed: date | None = None
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Element:
    """A data element. `combos`: by uid those that its values may have, with the categories that ADX explodes them to."""

    uid: str
    code: str
    name: str = ""
    value_type: str = "INTEGER_ZERO_OR_POSITIVE"
    zero_is_significant: bool = True
    options: tuple[str, ...] = ()
    combos: dict[str, dict[str, str]] = field(default_factory=lambda: {DEFAULT_COMBO: {}})
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set with its elements and the units that report it. `expiry_days` 0: never; `future_periods`: so many are open."""

    uid: str
    code: str
    name: str = ""
    period_type: str = "Daily"
    elements: tuple[Element, ...] = ()
    units: tuple[OrgUnit, ...] = ()
    expiry_days: int = 0
    future_periods: int = 0
    attributes: dict[str, str] = field(default_factory=dict)


M = TypeVar("M")
N = TypeVar("N", OrgUnit, Element, DataSet)


@dataclass
class Metadata:
    """All of it. `today` is the server's day; `approved`: (data set, unit, period) that take no more values."""

    sets: tuple[DataSet, ...]
    today: Callable[[], date] = date.today
    approved: set[tuple[str, str, str]] = field(default_factory=set)
    token: str = "d2pat_simulated"  # noqa: S105  # it opens nothing

    _known: tuple[tuple[DataSet, ...], dict[str, Any]] = field(default=((), {}), repr=False, compare=False)

    def _once(self, name: str, make: Callable[[], M]) -> M:
        """What is made of the sets, as long as they are the same."""
        if self._known[0] is not self.sets:
            self._known = (self.sets, {})
        known = self._known[1]
        if name not in known:
            known[name] = make()
        made: M = known[name]
        return made

    @property
    def units(self) -> list[OrgUnit]:
        return self._once("units", lambda: list({each.uid: each for of in self.sets for each in of.units}.values()))

    @property
    def elements(self) -> list[Element]:
        return self._once(
            "elements", lambda: list({each.uid: each for of in self.sets for each in of.elements}.values())
        )

    def unit(self, scheme: str, name: str | None) -> OrgUnit | None:
        """The unit that is called so by a scheme."""
        return self._once(f"units by {scheme}", lambda: _index(self.units, scheme)).get(name or "")

    def element(self, scheme: str, name: str | None) -> Element | None:
        """The element that is called so by a scheme."""
        return self._once(f"elements by {scheme}", lambda: _index(self.elements, scheme)).get(name or "")

    def is_assigned(self, of: DataSet, unit: OrgUnit | None) -> bool:
        """Whether the unit reports the set."""
        uids = self._once(f"units of {of.uid}", lambda: {each.uid for each in of.units})
        return unit is not None and unit.uid in uids


def _index(among: Iterable[N], scheme: str) -> dict[str, N]:
    """By what they are called by a scheme; of two of one name the first."""
    found: dict[str, N] = {}
    for each in among:
        called = name_of(each, scheme)
        if called:
            found.setdefault(called, each)
    return found


def name_of(each: Named, scheme: str) -> str | None:
    """What it is called by a scheme (uid, code, name, attribute:ID)."""
    kind, _, attribute = scheme.partition(":")
    if kind.lower() == "attribute":
        return each.attributes.get(attribute)
    return {"uid": each.uid, "id": each.uid, "code": each.code, "name": each.name}.get(kind.lower())


def by_scheme(among: Iterable[N], scheme: str, name: str | None) -> N | None:
    """The one that is called so by a scheme (uid, code, name, attribute:ID)."""
    if not name:
        return None
    return next((each for each in among if name_of(each, scheme) == name), None)


_WEEKS = ("", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEK = re.compile(r"(\d{4})(|Wed|Thu|Fri|Sat|Sun)W(\d{1,2})")
_MONTHS = re.compile(r"(\d{4})([QS])(\d)")
_LENGTHS = {"Q": 3, "S": 6}
_YEAR = re.compile(r"(\d{4})(|Feb|April|July|Aug|Sep|Oct|Nov)")
_BEGINS = {"": 1, "Feb": 2, "April": 4, "July": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11}
_TYPES = {"Q": "Quarterly", "S": "SixMonthly", "": "Weekly", "Wed": "WeeklyWednesday", "Thu": "WeeklyThursday"}
_TYPES |= {"Fri": "WeeklyFriday", "Sat": "WeeklySaturday", "Sun": "WeeklySunday"}


def period_days(period_type: str, period: str) -> tuple[date, date] | None:
    """First and last day of a period by its id; None where it is no id of this type."""
    found = _read_period(period)
    return (found[1], found[2]) if found is not None and found[0] == period_type else None


def type_of_period(period: str) -> str | None:
    """Which type an id is of, if of any."""
    found = _read_period(period)
    return found[0] if found is not None else None


def _read_period(period: str) -> tuple[str, date, date] | None:
    """Type, first and last day."""
    try:
        if re.fullmatch(r"\d{8}", period):
            day = date.fromisoformat(period)
            return "Daily", day, day
        if re.fullmatch(r"\d{6}", period):
            return "Monthly", *_months(int(period[:4]), int(period[4:]), 1)
        if week := _WEEK.fullmatch(period):
            return _week(int(week[1]), week[2], int(week[3]))
        if part := _MONTHS.fullmatch(period):
            length = _LENGTHS[part[2]]
            return _TYPES[part[2]], *_months(int(part[1]), (int(part[3]) - 1) * length + 1, length)
        if year := _YEAR.fullmatch(period):
            return f"Financial{year[2]}" if year[2] else "Yearly", *_months(int(year[1]), _BEGINS[year[2]], 12)
    except ValueError:
        return None
    return None


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    first, after = date(year, month, 1), year * 12 + month - 1 + count
    return first, date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _week(year: int, begins: str, number: int) -> tuple[str, date, date] | None:
    """The first week of a year is the one that has the fourth of January; it has 52 of them or 53."""
    fourth, weekday = date(year, 1, 4), _WEEKS.index(begins) + (1 if begins else 0)
    first = fourth - timedelta(days=(fourth.weekday() - weekday) % 7) + timedelta(weeks=number - 1)
    is_of_year = number > 0 and (first + timedelta(days=3)).year == year
    return (_TYPES[begins], first, first + timedelta(days=6)) if is_of_year else None


def value_problem(element: Element, value: str) -> str | None:
    """Why a value is none of the element's type, as a key of the server's; None where it is."""
    if len(value) > 50000:
        return "value_length_greater_than_max_length"
    match element.value_type:
        case "INTEGER_ZERO_OR_POSITIVE":
            return None if value.isascii() and value.isdigit() else "value_not_zero_or_positive_integer"
        case "INTEGER" | "NUMBER":
            try:
                number = float(value)
            except ValueError:
                return "value_not_numeric"
            is_whole = element.value_type == "NUMBER" or number == int(number)
            return None if is_whole else "value_not_integer"
        case "BOOLEAN":
            known = ("true", "false", "1", "0", "t", "f")
            return None if value.lower() in known else "value_not_bool"
    return None
