"""What is asked of the open data: the query of an address, read strictly, so that a slip is no wrong answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reporting.errors import Refused
from reporting.translator import LANGUAGES

MOST_DAYS = 366
LONGEST_SEARCH = 60
_NAME = re.compile(r"[\w.\-]{1,100}")


@dataclass(frozen=True, slots=True)
class Query:
    """Days (None: the newest), codes of units, names of indicators and forms (none: all), and the language of names.

    `is_by_units_of_today`: figures of former units are added up for what they have become.
    """

    language: str
    first_on: date | None = None
    last_on: date | None = None
    units: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    search: str = ""
    is_for_excel: bool = False
    is_by_units_of_today: bool = False


FIGURES = ("lang", "date", "from", "to", "unit", "indicator", "form", "excel", "units")
STANDING = ("lang", "date", "unit", "form", "excel")
NAMES = ("lang", "excel")
PAGE = ("lang", "date", "unit", "q", "units")


def read_query(asked: Sequence[tuple[str, str]], allowed: Sequence[str], language: str) -> Query:
    """The query of its names and values. Raises Refused with what is wrong; a name that is not `allowed` is wrong."""
    given: dict[str, list[str]] = {}
    for name, value in asked:
        if name not in allowed:
            raise Refused("open_no_such_option", name=name[:40], known=", ".join(allowed))
        if value.strip():
            given.setdefault(name, []).append(value.strip())
    spoken = _one(given, "lang") or language
    if spoken not in LANGUAGES:
        raise Refused("open_no_such_language", value=spoken[:40], known=", ".join(LANGUAGES))
    views = _one(given, "units") or "then"
    if views not in ("then", "now"):
        raise Refused("open_no_such_units", value=views[:40])
    first, last = _days(given)
    return Query(
        spoken,
        first,
        last,
        _names(given, "unit"),
        _names(given, "indicator"),
        _names(given, "form"),
        (_one(given, "q") or "")[:LONGEST_SEARCH],
        _one(given, "excel") == "1",
        views == "now",
    )


def _one(given: Mapping[str, list[str]], name: str) -> str | None:
    return given[name][-1] if name in given else None


def _names(given: Mapping[str, list[str]], name: str) -> tuple[str, ...]:
    """Names come several times or with commas between them."""
    found = [each.strip() for value in given.get(name, []) for each in value.split(",") if each.strip()]
    for each in found:
        if not _NAME.fullmatch(each):
            raise Refused(f"open_no_such_{name}", value=each[:40])
    return tuple(dict.fromkeys(found))


def _days(given: Mapping[str, list[str]]) -> tuple[date | None, date | None]:
    if "date" in given:
        if "from" in given or "to" in given:
            raise Refused("open_date_or_range")
        day = _day(given["date"][-1])
        return day, day
    if "from" not in given and "to" not in given:
        return None, None
    if "from" not in given or "to" not in given:
        raise Refused("open_date_or_range")
    first, last = _day(given["from"][-1]), _day(given["to"][-1])
    if first > last or (last - first).days >= MOST_DAYS:
        raise Refused("open_range", days=MOST_DAYS)
    return first, last


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused("open_no_date", value=text[:40]) from None
    if len(text) != 10 or not 1900 <= day.year <= 2200:
        raise Refused("open_no_date", value=text[:40])
    return day
