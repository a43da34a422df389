"""The sentences that people read: gettext catalogues, one per language, filled with formatted values."""

from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from gettext import GNUTranslations
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_group_symbol

from reporting.errors import Refusal

LOCALE = Path(__file__).parent.parent / "messages" / "locale"
LANGUAGES = ("vi", "en")


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
        catalog = Catalog(locale=language)
        for path in sorted((LOCALE / language).glob("*.po")):
            with path.open("rb") as file:
                for message in read_po(file, locale=language):
                    if message.id:
                        catalog.add(message.id, message.string)
        self.keys = frozenset(m.id if isinstance(m.id, str) else m.id[0] for m in catalog if m.id)
        self.plurals = frozenset(m.id[0] for m in catalog if m.id and not isinstance(m.id, str))
        compiled = BytesIO()
        write_mo(compiled, catalog)
        compiled.seek(0)
        self._gettext = GNUTranslations(compiled)
        self._sentences = {key: self._gettext.gettext(key) for key in self.keys - self.plurals}

    def __call__(self, key: str, **values: Any) -> Html:
        """The sentence `key` as HTML. KeyError if the catalogue has none."""
        return Html(self._pattern(key, values).format_map({k: self.format(v) for k, v in values.items()}))

    def plain(self, key: str, **values: Any) -> str:
        """The sentence `key` for where no HTML is read: a button, a file, a terminal."""
        return self._pattern(key, values).format_map({k: self.show(v) for k, v in values.items()})

    def refusal(self, refusal: Refusal) -> Html:
        return self(refusal.key, **refusal.values)

    def format(self, value: Any) -> str:
        """A value as people of this language write it, safe in HTML."""
        return value if isinstance(value, Html) else escape(self.show(value), quote=False)

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
            return str(format_decimal(value, locale=self.language))
        if isinstance(value, datetime):
            return self.plain("format_moment", time=value.time(), date=value.date())
        if isinstance(value, date):
            return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
        if isinstance(value, time):
            return self.plain("format_time", hour=f"{value.hour:02d}", minute=f"{value.minute:02d}")
        return str(value)

    def weekday(self, on: date) -> str:
        """«Thứ Hai»."""
        return format_date(on, "EEEE", locale=self.language)

    def _pattern(self, key: str, values: dict[str, Any]) -> str:
        if key not in self.keys:
            raise KeyError(key)
        if key in self.plurals:
            return self._gettext.ngettext(key, key + "_plural", int(values["n"]))
        return self._sentences[key]


@lru_cache
def translator(language: str) -> Translator:
    """The sentences in `language` («vi» or «en»); Vietnamese for any other."""
    return Translator(language if language in LANGUAGES else "vi")
