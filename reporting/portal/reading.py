"""A mapping file is read: every mistake in it is named with its line and what to do."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, time
from difflib import get_close_matches
from typing import Any, get_args
from urllib.parse import urlsplit

from reporting.errors import Refused, refuse_all
from reporting.portal.dhis2 import SCHEMES, scheme_is_known
from reporting.portal.formats.formats import PORTAL_FORMATS
from reporting.portal.mapping import Authentication, MappedIndicator, Others, PortalMapping, PortalRules, SendingTime
from reporting.portal.toml_lines import Path, key_line, key_lines

KEYS = ("target", "title", "format", "url", "authentication", "secret", "form", "when", "since")
TABLES = ("rules", "units", "indicators")
RULES: Mapping[str, tuple[str, ...]] = {
    "provisional": ("wait", "send"),
    "suppressed": ("exact", "as residents"),
    "carried": ("send", "leave out"),
    "merged": ("send", "leave out"),
    "periods": ("exact", "calendar"),
}
NUMBERS = ("first",)
"""The options that may be written as a number."""
INDICATOR_KEYS = ("element", "combo", "categories", "choices")
UNKEPT = re.compile(r"PORTAL_[A-Z0-9_]{1,50}")
TARGET = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_AT = re.compile(r"\(at line (\d+), column \d+\)")
XML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def read_mapping(text: str) -> PortalMapping:
    """The mapping that a file's text is. Raises Refused with everything that is wrong with it, in the order of lines."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line = at[1] if at else str(text.count("\n") + 1)
        raise Refused("mapping_no_toml", row=line, why=str(error).partition(" (at ")[0]) from None
    reader = _Reader(found, key_lines(text))
    mapping = reader.mapping()
    refuse_all(sorted(reader.problems, key=lambda each: int(each.values["row"])))
    return mapping


class _Reader:
    """Takes a file's table apart; what is wrong is gathered, and something harmless stands in its place."""

    def __init__(self, found: Mapping[str, Any], lines: Mapping[Path, int]) -> None:
        self.found, self.lines = found, lines
        self.problems: list[Refused] = []

    def mapping(self) -> PortalMapping:
        name = self._one_of(("format",), tuple(PORTAL_FORMATS), needed=True)
        of = PORTAL_FORMATS.get(name)
        tables = (*TABLES, of.table) if of and of.table else TABLES
        self._unknown((), self.found, (*KEYS, *tables))
        units = self._table(("units",))
        self._unknown(("units",), units, ("others", "codes"))
        authentication: Any = self._one_of(("authentication",), get_args(Authentication), "none")
        others: Any = self._one_of(("units", "others"), get_args(Others), "refuse")
        return PortalMapping(
            key=self._matching(("target",), TARGET, "mapping_bad_target"),
            title=self._text(("title",)),
            format=name,
            form=self._text(("form",), needed=True),
            indicators=self._indicators(),
            codes=self._texts(("units", "codes")),
            others=others,
            url=self._url() if of is None or of.fill is None else "",
            authentication=authentication,
            secret=self._secret(authentication),
            when=self._when(),
            since=self._since(),
            rules=self._rules(),
            options=self._options(of.table, of.allowed, of.needed) if of and of.table else {},
        )

    def _say(self, path: Path, key: str, **values: Any) -> None:
        self.problems.append(Refused(key, row=str(key_line(self.lines, path)), **values))

    def _at(self, path: Path) -> Any:
        at: Any = self.found
        for each in path:
            at = at.get(each) if isinstance(at, Mapping) else None
        return at

    def _unknown(self, path: Path, table: Mapping[str, Any], known: Sequence[str]) -> None:
        for name in table:
            if name not in known:
                near = get_close_matches(name, known, 1)
                self._say((*path, name), "mapping_unknown_key", name=name, allowed=", ".join(near or known))

    def _table(self, path: Path, *, needed: bool = False) -> Mapping[str, Any]:
        found = self._at(path)
        if found is None and not needed:
            return {}
        if not isinstance(found, Mapping) or (needed and not found):
            self._say(path, "mapping_no_table", name=".".join(path))
            return {}
        return found

    def _text(self, path: Path, *, needed: bool = False) -> str:
        found = self._at(path)
        if found is None and not needed:
            return ""
        if not isinstance(found, str) or not found.strip():
            self._say(path, "mapping_no_text", name=".".join(path))
            return ""
        return found.strip()

    def _texts(self, path: Path) -> dict[str, str]:
        return {name: self._text((*path, name), needed=True) for name in self._table(path)}

    def _matching(self, path: Path, pattern: re.Pattern[str], key: str) -> str:
        found = self._text(path, needed=True)
        if found and not pattern.fullmatch(found):
            self._say(path, key, value=found)
        return found

    def _one_of(self, path: Path, allowed: Sequence[str], default: str = "", *, needed: bool = False) -> str:
        found = self._at(path)
        if found is None and not needed:
            return default
        if found not in allowed:
            name, value = ".".join(path), str(found if found is not None else "")
            self._say(path, "mapping_not_allowed", name=name, value=value, allowed=", ".join(allowed))
            return default
        return str(found)

    def _url(self) -> str:
        """Of a format that is sent; a file is only written."""
        found = self._text(("url",), needed=True)
        parts = urlsplit(found)
        if found and (parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.fragment):
            self._say(("url",), "mapping_bad_url", value=found)
        return found.rstrip("/")

    def _secret(self, authentication: str) -> str:
        found = self._text(("secret",))
        if found and not UNKEPT.fullmatch(found):
            self._say(("secret",), "mapping_bad_secret")
        if authentication != "none" and not found:
            self._say(("authentication",), "mapping_secret_missing", value=authentication)
        return found

    def _when(self) -> SendingTime:
        found = self._at(("when",))
        if found in (None, "accepted"):
            return SendingTime()
        if found == "by hand":
            return SendingTime(by_hand=True)
        if isinstance(found, time):
            return SendingTime(found.replace(second=0, microsecond=0, tzinfo=None))
        try:
            return SendingTime(time.fromisoformat(str(found)))
        except ValueError:
            self._say(
                ("when",), "mapping_not_allowed", name="when", value=str(found), allowed="accepted, by hand, 17:30"
            )
            return SendingTime()

    def _since(self) -> date | None:
        found = self._at(("since",))
        if found is None or type(found) is date:
            return found
        self._say(("since",), "mapping_not_allowed", name="since", value=str(found), allowed="2021-11-01")
        return None

    def _rules(self) -> PortalRules:
        self._unknown(("rules",), self._table(("rules",)), tuple(RULES))
        chosen: dict[str, Any] = {name: self._one_of(("rules", name), of, of[0]) for name, of in RULES.items()}
        rules = PortalRules(**chosen)
        if rules.provisional == "send" and rules.suppressed == "as residents":
            self._say(("rules", "provisional"), "mapping_rules_clash")
        return rules

    def _options(self, table: str, allowed: frozenset[str], needed: frozenset[str]) -> dict[str, str]:
        options = self._table((table,), needed=bool(needed))
        self._unknown((table,), options, sorted(allowed))
        found = {}
        for name in sorted(allowed & set(options) | (needed if options else set())):
            value = self._at((table, name))
            is_plain = isinstance(value, bool) or (isinstance(value, int) and name in NUMBERS)
            found[name] = str(value).lower() if is_plain else self._text((table, name), needed=True)
            if name in SCHEMES and found[name] and not scheme_is_known(found[name]):
                self._say((table, name), "mapping_bad_scheme", name=name, value=found[name])
        return found

    def _indicators(self) -> tuple[MappedIndicator, ...]:
        table = self._table(("indicators",), needed=True)
        found = tuple(self._indicator(name, each) for name, each in table.items())
        seen: dict[tuple[object, ...], str] = {}
        for each in found:
            place = (each.element, each.combo, tuple(sorted(each.categories.items())))
            if each.element and seen.setdefault(place, each.name) != each.name:
                path = ("indicators", each.name)
                self._say(path, "mapping_same_element", name=each.name, other=seen[place], element=each.element)
        return found

    def _indicator(self, name: str, given: Any) -> MappedIndicator:
        path = ("indicators", name)
        if not isinstance(given, Mapping):
            return MappedIndicator(name, self._text(path, needed=True))
        self._unknown(path, given, INDICATOR_KEYS)
        categories = self._texts((*path, "categories"))
        for each in categories:
            if not XML_NAME.fullmatch(each):
                self._say((*path, "categories"), "mapping_bad_category", name=each)
        choices = self._texts((*path, "choices"))
        element = self._text((*path, "element"), needed=True)
        return MappedIndicator(name, element, self._text((*path, "combo")), categories, choices)
