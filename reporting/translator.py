"""The sentences that people read: gettext catalogues, one per language, filled with formatted values."""

from collections.abc import Sequence
from copy import copy
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property, lru_cache
from gettext import c2py
from html import escape
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_group_symbol

from reporting.amounts import PLACES
from reporting.errors import Refusal
from reporting.period_types import LAST_MONTH, Period

LOCALE = Path(__file__).parent.parent / "messages" / "locale"
LANGUAGES = ("vi", "en")
ON_SHEET = "_on_sheet"
_SMALLEST = Decimal(1).scaleb(-PLACES)
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
"""Room for every number that a float may be, with the digits behind its point."""
_QUARTERS = ("I", "II", "III", "IV")


def _exact(value: int | float | Decimal) -> int | Decimal:
    """A number with all the digits after the point that are kept of it."""
    if isinstance(value, int):
        return value
    return _WIDE.add(Decimal(str(value)).quantize(_SMALLEST, context=_WIDE).normalize(_WIDE), Decimal(0))


class Html(str):
    """Text that is already HTML: it is filled into a sentence as it stands."""

    __slots__ = ()


class Translator:
    """One language's sentences: `words("receipt", unit="xã Thọ Dân", n=3)` is HTML with every value formatted and escaped.

    Numbers come as 1.234, dates as 10/11/2021, times as 16 giờ 00; `n` chooses the plural where the sentence has one.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._group_mark = get_group_symbol(language)
        self._sentences: dict[str, str] = {}
        self._plurals: dict[str, Sequence[str]] = {}
        for path in sorted((LOCALE / language).glob("*.po")):
            with path.open("rb") as file:
                for message in read_po(file, locale=language):
                    if isinstance(message.id, str):
                        self._sentences[message.id] = str(message.string)
                    else:
                        self._plurals[message.id[0]] = tuple(message.string or ())
        self._sentences.pop("", None)  # the head of each catalogue
        self.keys, self.plurals = frozenset(self._sentences | self._plurals), frozenset(self._plurals)
        self._place = c2py(get_plural(language).plural_expr)

    @cached_property
    def on_sheet(self) -> "Translator":
        """The same language on a report's page: where a sentence speaks of the chat, its «…_on_sheet» stands in for it."""
        found = copy(self)
        there = {key.removesuffix(ON_SHEET): said for key, said in self._sentences.items() if key.endswith(ON_SHEET)}
        found._sentences = {**self._sentences, **there}
        return found

    def __call__(self, key: str, **values: Any) -> Html:
        """The sentence `key` as HTML. KeyError if the catalogue has none."""
        safe = {k: v if type(v) is Html else self.format(v) for k, v in values.items()}
        return Html(self._pattern(key, values).format_map(safe))

    def plain(self, key: str, **values: Any) -> str:
        """The sentence `key` for where no HTML is read: a button, a file, a terminal."""
        return self._pattern(key, values).format_map({k: self.show(v) for k, v in values.items()})

    def refusal(self, refusal: Refusal) -> Html:
        return self(refusal.key, **refusal.values)

    def format(self, value: Any) -> str:
        """A value as people of this language write it, safe in HTML."""
        if isinstance(value, Html):
            return value
        said = value if type(value) is str else self.show(value)
        return escape(said, quote=False) if "&" in said or "<" in said or ">" in said else said

    def show(self, value: Any) -> str:
        """A value as people of this language write it."""
        if isinstance(value, str):
            return str(value)
        if isinstance(value, bool) or value is None:
            raise TypeError(f"no words for {value!r}")
        if isinstance(value, Refusal):
            return self.plain(value.key, **value.values)
        if isinstance(value, int) and value >= 0:
            return f"{value:,}".replace(",", self._group_mark)
        if isinstance(value, int | float | Decimal):
            return str(format_decimal(_exact(value), locale=self.language, decimal_quantization=False))
        if isinstance(value, Period):
            return self._period(value)
        if isinstance(value, datetime):
            return self.plain("format_moment", time=value.time(), date=value.date())
        if isinstance(value, date):
            return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
        if isinstance(value, time):
            return self.plain("format_time", hour=f"{value.hour:02d}", minute=f"{value.minute:02d}")
        return str(value)

    def _period(self, period: Period) -> str:
        """«ngày 10/11/2021», «quý III năm 2026»; where it is not the calendar's with its days: «tháng 09/2026 (15/08–14/09/2026)»."""
        of, last = period.of, period.last_on
        if not of.is_long:
            return self.plain("period_day", date=last)
        if of.kind == "weekly":
            return self.plain("period_week", date=last)
        name = self._months_named(period)
        if of.is_calendar:
            return name
        first = period.first_on
        return self.plain("period_cut", name=name, first=self.beside(first, last), last=last)

    def _months_named(self, period: Period) -> str:
        of, last = period.of, period.last_on
        match of.kind:
            case "monthly":
                return self.plain("period_month", month=f"{last:%m/%Y}")
            case "quarterly":
                return self.plain("period_quarter", quarter=_QUARTERS[(last.month - 1) // 3], year=str(last.year))
            case "half-yearly":
                half = "period_half_first" if last.month <= LAST_MONTH // 2 else "period_half_second"
                return self.plain(half, year=str(last.year))
            case "nine-monthly":
                return self.plain("period_nine_months", year=str(last.year))
        years = [last.year] if of.year_ends == LAST_MONTH else [last.year - 1, last.year]
        return self.plain("period_year", year="–".join(map(str, years)))

    def short_period(self, period: Period, beside: date) -> str:
        """A period as it is named beside another: «10/11», with its year where that is another; a month or longer by its name."""
        return self.brief(period) if period.of.months else self.beside(period.last_on, beside)

    def brief(self, period: Period) -> str:
        """A period where it is plain that one is meant: «10/11/2021», «quý III năm 2026»."""
        return self._months_named(period) if period.of.months else self.show(period.last_on)

    def beside(self, on: date, other: date) -> str:
        """A day as it is written beside another: without its year where that is the same."""
        return self.show(on)[:5] if on.year == other.year else self.show(on)

    def weekday(self, on: date) -> str:
        """«Thứ Hai»."""
        return format_date(on, "EEEE", locale=self.language)

    def _pattern(self, key: str, values: dict[str, Any]) -> str:
        if key not in self.keys:
            raise KeyError(key)
        if key in self.plurals:
            return self._plurals[key][self._place(int(values["n"]))]
        return self._sentences[key]


@lru_cache
def translator(language: str) -> Translator:
    """The sentences in `language` («vi» or «en»); Vietnamese for any other."""
    return Translator(language if language in LANGUAGES else "vi")
