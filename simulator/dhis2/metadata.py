"""What such a server knows before any value comes: units, elements, data sets, and by which schemes they are named."""

from __future__ import annotations

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


def period_days(period_type: str, period: str) -> tuple[date, date] | None:
    """First and last day of a period by its id; None where it is no id of this type."""
    try:
        if period_type == "Daily" and len(period) == 8:
            day = date.fromisoformat(period)
            return day, day
        if period_type == "Weekly" and "W" in period:
            year, _, week = period.partition("W")
            first = date.fromisocalendar(int(year), int(week), 1)
            return first, first + timedelta(days=6)
        if period_type == "Monthly" and len(period) == 6:
            first = date(int(period[:4]), int(period[4:]), 1)
            return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    except ValueError:
        return None
    return None


def type_of_period(period: str) -> str | None:
    """Which type an id is of, if of any."""
    return next((each for each in ("Daily", "Weekly", "Monthly") if period_days(each, period) is not None), None)


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
