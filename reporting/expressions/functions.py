"""ODK's XPath functions as ODK Collect's engine runs them: https://docs.getodk.org/form-operators-functions/."""

import base64
import binascii
import hashlib
import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from reporting.expressions import mathematics
from reporting.expressions.dates import (
    as_date,
    date_added,
    date_time,
    decimal_date_time,
    decimal_time,
    format_date,
    of_timestamp,
    whole_days,
    whole_months,
    whole_weeks,
    whole_years,
)
from reporting.expressions.patterns import matches
from reporting.expressions.values import BLANKS, Result, java_int


def _substr(text: str, start: float, end: float = math.inf) -> str:
    """What is no number is 0, and what is under 0 counts from the end, as Java makes it."""
    first, last = (each + len(text) if each < 0 else each for each in (java_int(start), java_int(end)))
    return text[max(first, 0) : max(last, 0)]


def _before(text: str, part: str) -> str:
    return text.partition(part)[0] if part and part in text else ""


def _after(text: str, part: str) -> str:
    return text.partition(part)[2] if part else text


def _translate(text: str, letters: str, others: str) -> str:
    table = {ord(letter): others[place : place + 1] for place, letter in reversed(list(enumerate(letters)))}
    return text.translate(table)


def _normalize_space(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip(BLANKS), flags=re.ASCII)


def _string_length(text: str) -> float:
    """In UTF-16, as Java and JavaScript count: an emoji is two."""
    return float(len(text) + sum(letter > "\uffff" for letter in text))


def _chosen(text: str) -> list[str]:
    return [name for name in text.split(" ") if name]


def _selected(chosen: str, name: str) -> bool:
    """Names in a row, too, as they stand in the text."""
    return f" {name.strip(BLANKS)} " in f" {chosen} "


def _selected_at(chosen: str, index: float) -> str:
    names, place = _chosen(chosen), java_int(index)
    return names[place] if 0 <= place < len(names) else ""


def _checklist(least: float, most: float, *answers: bool) -> bool:
    count, first, last = sum(answers), java_int(least), java_int(most)
    return (first < 0 or count >= first) and (last < 0 or count <= last)


def _weighted_checklist(least: float, most: float, *pairs: float) -> bool:
    return least <= sum(w for answer, w in zip(pairs[::2], pairs[1::2], strict=False) if answer) <= most


def _digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    """«» for an algorithm or an encoding that ODK does not name."""
    name = algorithm.upper().replace("-", "").lower()
    if name not in ("md5", "sha1", "sha256", "sha384", "sha512"):
        return ""
    made = hashlib.new(name, text.encode(), usedforsecurity=False)
    written = {"hex": made.hexdigest(), "base64": base64.b64encode(made.digest()).decode()}
    return written.get(encoding.lower(), "")


def _base64_decode(text: str) -> str:
    try:
        return base64.b64decode(text).decode(errors="replace")
    except (binascii.Error, ValueError):
        return ""


@dataclass(frozen=True, slots=True)
class Function:
    """How a function is called: `takes` has a letter an argument; the last `again` of them repeat.

    The letters: n a number, m one for mathematics (a date with the fraction of its day), s a text, b a condition, a what it is.
    `least` to `most` arguments (None: any number). `run` is None for what xpath.py evaluates itself; it is given the form's
    `now` first if `by_clock`. `of_here`: without an argument it is called with «.».
    """

    least: int
    most: int | None
    takes: str
    run: Callable[..., Result] | None = None
    again: int = 1
    by_clock: bool = False
    of_here: bool = False


FUNCTIONS: dict[str, Function] = {
    "true": Function(0, 0, "", lambda: True),
    "false": Function(0, 0, "", lambda: False),
    "not": Function(1, 1, "b", lambda condition: not condition),
    "boolean": Function(1, 1, "b", lambda condition: condition),
    "boolean-from-string": Function(1, 1, "s", lambda text: text.lower() == "true" or text == "1"),
    "if": Function(3, 3, "baa"),
    "coalesce": Function(2, None, "a"),
    "once": Function(1, 1, "a"),
    "string": Function(1, 1, "s", lambda text: text),
    "concat": Function(0, None, "s", lambda *parts: "".join(parts)),
    "join": Function(1, None, "s", lambda separator, *parts: separator.join(parts)),
    "substr": Function(2, 3, "snn", _substr),
    "substring-before": Function(2, 2, "s", _before),
    "substring-after": Function(2, 2, "s", _after),
    "translate": Function(3, 3, "s", _translate),
    "string-length": Function(0, 1, "s", _string_length, of_here=True),
    "normalize-space": Function(0, 1, "s", _normalize_space, of_here=True),
    "contains": Function(2, 2, "s", lambda text, part: part in text),
    "starts-with": Function(2, 2, "s", lambda text, start: text.startswith(start)),
    "ends-with": Function(2, 2, "s", lambda text, end: text.endswith(end)),
    "regex": Function(2, 2, "s", matches),
    "digest": Function(2, 3, "s", _digest),
    "base64-decode": Function(1, 1, "s", _base64_decode),
    "number": Function(1, 1, "n", lambda figure: figure),
    "int": Function(1, 1, "n", mathematics.whole),
    "round": Function(1, 2, "n", mathematics.rounded),
    "floor": Function(1, 1, "n", mathematics.safe(math.floor)),
    "ceiling": Function(1, 1, "n", mathematics.safe(math.ceil)),
    "sum": Function(1, None, "n", lambda *figures: sum((each for each in figures if not math.isnan(each)), start=0.0)),
    "min": Function(1, None, "n", mathematics.least),
    "max": Function(1, None, "n", mathematics.greatest),
    "abs": Function(1, 1, "m", abs),
    "pow": Function(2, 2, "m", mathematics.power),
    "log": Function(1, 1, "m", mathematics.logarithm(math.log)),
    "log10": Function(1, 1, "m", mathematics.logarithm(math.log10)),
    "exp": Function(1, 1, "m", mathematics.safe(math.exp)),
    "exp10": Function(1, 1, "m", lambda exponent: mathematics.power(10.0, exponent)),
    "sqrt": Function(1, 1, "m", mathematics.safe(math.sqrt)),
    "sin": Function(1, 1, "m", mathematics.safe(math.sin)),
    "cos": Function(1, 1, "m", mathematics.safe(math.cos)),
    "tan": Function(1, 1, "m", mathematics.safe(math.tan)),
    "asin": Function(1, 1, "m", mathematics.safe(math.asin)),
    "acos": Function(1, 1, "m", mathematics.safe(math.acos)),
    "atan": Function(1, 1, "m", mathematics.safe(math.atan)),
    "atan2": Function(2, 2, "m", mathematics.safe(math.atan2)),
    "pi": Function(0, 0, "", lambda: math.pi),
    "random": Function(0, 0, ""),
    "uuid": Function(0, 1, "n"),
    "count": Function(1, 1, "a", lambda _value: 1.0),
    "count-non-empty": Function(1, None, "s", lambda *texts: float(sum(map(bool, texts)))),
    "today": Function(0, 0, ""),
    "now": Function(0, 0, "", lambda now: now, by_clock=True),
    "date": Function(1, 1, "a", as_date, by_clock=True),
    "date-time": Function(1, 1, "a", date_time, by_clock=True),
    "format-date": Function(2, 2, "as", format_date, by_clock=True),
    "format-date-time": Function(2, 2, "as", format_date, by_clock=True),
    "decimal-date-time": Function(1, 1, "a", decimal_date_time, by_clock=True),
    "decimal-time": Function(1, 1, "a", decimal_time, by_clock=True),
    "add-date": Function(1, 6, "an", date_added, by_clock=True),
    "parse-timestamp-to-date": Function(1, 1, "n", of_timestamp, by_clock=True),
    "difference-in-months": Function(2, 2, "a", whole_months, by_clock=True),
    "cht:difference-in-years": Function(2, 2, "a", whole_years, by_clock=True),
    "cht:difference-in-months": Function(2, 2, "a", whole_months, by_clock=True),
    "cht:difference-in-weeks": Function(2, 2, "a", whole_weeks, by_clock=True),
    "cht:difference-in-days": Function(2, 2, "a", whole_days, by_clock=True),
    "cht:strip-whitespace": Function(1, 1, "s", lambda text: "".join(text.split())),
    "selected": Function(2, 2, "s", _selected),
    "selected-at": Function(2, 2, "sn", _selected_at),
    "count-selected": Function(1, 1, "s", lambda text: float(len(_chosen(text)))),
    "jr:choice-name": Function(2, 2, "s"),
    "checklist": Function(2, None, "nnb", _checklist),
    "weighted-checklist": Function(4, None, "nnbn", _weighted_checklist, again=2),
}
"""Every function that an expression may call: ODK's, and those about dates of the Community Health Toolkit, which many forms use."""

LEFT_OUT = frozenset(
    (
        "area",
        "distance",
        "geofence",
        "current",
        "extract-signed",
        "indexed-repeat",
        "instance",
        "jr:itext",
        "last",
        "position",
        "property",
        "pulldata",
        "pull-data",
        "randomize",
        "version",
        "local-name",
        "name",
        "namespace-uri",
        "id",
        "lang",
    )
)
"""Functions of ODK or XPath that mean nothing in a chat, or whose result could not be had again."""


def takes(function: Function, index: int) -> str:
    """The letter of the argument at `index`."""
    letters = function.takes
    return letters[index] if index < len(letters) else letters[(index - len(letters)) % function.again - function.again]
