"""ODK's XPath functions, as extensions of lxml: https://getodk.github.io/xforms-spec/#xpath-functions."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from reporting.expressions.dates import AROUND, as_date, date_time, decimal_date_time, decimal_time, format_date
from reporting.expressions.values import boolean, number, scalar, string

NAMESPACE = "urn:giaoban:odk"
Kind = Literal["number", "string", "boolean", "any"]
LONGEST_MATCHED = 1_000
"""A text longer than this matches no `regex`: a bad pattern could hold everybody up."""


def _if(condition: bool, then: Any, otherwise: Any) -> Any:
    return then if condition else otherwise


def _coalesce(*values: Any) -> Any:
    return next((value for value in values if string(value) not in ("", "NaN")), "")


def _substr(text: str, start: float, end: float = math.inf) -> str:
    """What is no number is 0, as Java makes it."""
    first, last = (0 if math.isnan(each) else each for each in (start, end))
    if math.isinf(first):
        return text if first < 0 else ""
    return text[int(first) :] if math.isinf(last) else text[int(first) : int(last)]


def _round(value: Any, digits: float = 0.0) -> float:
    """Halves go up (towards +∞), as in JavaRosa; a decimal comma is read too."""
    value = scalar(value)
    figure = number(value.replace(",", ".") if isinstance(value, str) else value)
    digits = 0.0 if math.isnan(digits) else digits
    if abs(digits) > 300:
        return math.nan
    if not math.isfinite(figure) or abs(digits) > 30:
        return figure
    scale = 10.0 ** int(digits)
    return math.floor(float(f"{figure * scale:.9f}") + 0.5) / scale


def _int(value: float) -> float:
    return float(math.trunc(value)) if math.isfinite(value) else value


def _regex(text: str, pattern: str) -> bool:
    """Java's `matches`: the whole text, not a part of it; `\\d`, `\\w` and `\\s` are those of ASCII, as in all of ODK's engines."""
    try:
        return len(text) <= LONGEST_MATCHED and re.fullmatch(pattern, text, re.ASCII) is not None
    except re.error:
        return False


def _string_length(text: str) -> float:
    """In UTF-16, as Java and JavaScript count: an emoji is two."""
    return float(len(text) + sum(letter > "\uffff" for letter in text))


def _selected(chosen: str, name: str) -> bool:
    names, wanted = chosen.split(), name.strip()
    return wanted in names if wanted else not names


def _selected_at(chosen: str, index: float) -> str:
    names = chosen.split()
    return names[int(index)] if math.isfinite(index) and 0 <= index < len(names) else ""


def _checklist(least: float, most: float, *answers: bool) -> bool:
    count = sum(answers)
    return (least < 0 or count >= least) and (most < 0 or count <= most)


def _weighted_checklist(least: float, most: float, *pairs: float) -> bool:
    weight = sum(w for answer, w in zip(pairs[::2], pairs[1::2], strict=False) if answer)
    return (least < 0 or weight >= least) and (most < 0 or weight <= most)


def _choice_name(value: str, question: str) -> str:
    return AROUND.get().choice_name(question, value)


def _safe(of: Callable[..., Any]) -> Callable[..., float]:
    """Mathematics that answers NaN where Python raises, and infinity where it says that the result is too large."""

    def guarded(*values: float) -> float:
        try:
            result = of(*values)
        except OverflowError:
            return math.inf
        except (ValueError, ZeroDivisionError):
            return math.nan
        return float(result) if isinstance(result, float | int) else math.nan

    return guarded


def _pow(base: float, power: float) -> float:
    """As in IEEE 754: what is too large is infinite, and so is 0 to a power under 0."""
    is_odd = power % 2 == 1
    if base == 0 and power < 0:
        return math.copysign(math.inf, base) if is_odd else math.inf
    try:
        result = base**power
    except OverflowError:
        return -math.inf if base < 0 and is_odd else math.inf
    return result if isinstance(result, float) else math.nan


def _logarithm(of: Callable[[float], float]) -> Callable[..., float]:
    return _safe(lambda value: -math.inf if value == 0 else of(value))


@dataclass(frozen=True, slots=True)
class Function:
    """How a function is called: `takes` has a letter an argument, n, s, b or a (number, string, boolean, any); the last ones repeat.

    `least` to `most` arguments (None: any number). `run` is None where XPath's own function is right. `again`: how many repeat.
    """

    least: int
    most: int | None
    takes: str
    gives: Kind
    run: Callable[..., Any] | None = None
    again: int = 1


FUNCTIONS: dict[str, Function] = {
    "true": Function(0, 0, "", "boolean"),
    "false": Function(0, 0, "", "boolean"),
    "not": Function(1, 1, "b", "boolean"),
    "boolean": Function(1, 1, "b", "boolean", boolean),
    "boolean-from-string": Function(1, 1, "s", "boolean", lambda text: text in ("true", "1")),
    "if": Function(3, 3, "baa", "any", _if),
    "coalesce": Function(2, None, "a", "any", _coalesce),
    "once": Function(1, 1, "a", "any"),
    "string": Function(1, 1, "s", "string", string),
    "concat": Function(0, None, "s", "string", lambda *parts: "".join(parts)),
    "join": Function(1, None, "s", "string", lambda separator, *parts: separator.join(parts)),
    "substr": Function(2, 3, "snn", "string", _substr),
    "substring-before": Function(2, 2, "s", "string"),
    "substring-after": Function(2, 2, "s", "string"),
    "translate": Function(3, 3, "s", "string"),
    "string-length": Function(1, 1, "s", "number", _string_length),
    "normalize-space": Function(1, 1, "s", "string"),
    "contains": Function(2, 2, "s", "boolean"),
    "starts-with": Function(2, 2, "s", "boolean"),
    "ends-with": Function(2, 2, "s", "boolean", lambda text, end: text.endswith(end)),
    "regex": Function(2, 2, "s", "boolean", _regex),
    "number": Function(1, 1, "a", "number", number),
    "int": Function(1, 1, "n", "number", _int),
    "round": Function(1, 2, "an", "number", _round),
    "sum": Function(1, 1, "n", "number", lambda figure: figure),
    "min": Function(1, None, "n", "number", lambda *all_: math.nan if any(map(math.isnan, all_)) else min(all_)),
    "max": Function(1, None, "n", "number", lambda *all_: math.nan if any(map(math.isnan, all_)) else max(all_)),
    "abs": Function(1, 1, "n", "number", abs),
    "pow": Function(2, 2, "n", "number", _pow),
    "log": Function(1, 1, "n", "number", _logarithm(math.log)),
    "log10": Function(1, 1, "n", "number", _logarithm(math.log10)),
    "exp": Function(1, 1, "n", "number", _safe(math.exp)),
    "exp10": Function(1, 1, "n", "number", lambda power: _pow(10.0, power)),
    "sqrt": Function(1, 1, "n", "number", _safe(math.sqrt)),
    "sin": Function(1, 1, "n", "number", _safe(math.sin)),
    "cos": Function(1, 1, "n", "number", _safe(math.cos)),
    "tan": Function(1, 1, "n", "number", _safe(math.tan)),
    "asin": Function(1, 1, "n", "number", _safe(math.asin)),
    "acos": Function(1, 1, "n", "number", _safe(math.acos)),
    "atan": Function(1, 1, "n", "number", _safe(math.atan)),
    "atan2": Function(2, 2, "n", "number", _safe(math.atan2)),
    "pi": Function(0, 0, "", "number", lambda: math.pi),
    "count": Function(1, 1, "a", "number", lambda _value: 1.0),
    "count-non-empty": Function(1, None, "s", "number", lambda *all_: float(sum(map(bool, all_)))),
    "today": Function(0, 0, "", "string"),
    "now": Function(0, 0, "", "string"),
    "date": Function(1, 1, "a", "string", as_date),
    "date-time": Function(1, 1, "a", "string", date_time),
    "format-date": Function(2, 2, "as", "string", format_date),
    "format-date-time": Function(2, 2, "as", "string", format_date),
    "decimal-date-time": Function(1, 1, "a", "number", decimal_date_time),
    "decimal-time": Function(1, 1, "s", "number", decimal_time),
    "selected": Function(2, 2, "s", "boolean", _selected),
    "selected-at": Function(2, 2, "sn", "string", _selected_at),
    "count-selected": Function(1, 1, "s", "number", lambda chosen: float(len(chosen.split()))),
    "jr:choice-name": Function(2, 2, "s", "string", _choice_name),
    "checklist": Function(3, None, "nnb", "boolean", _checklist),
    "weighted-checklist": Function(4, None, "nnbn", "boolean", _weighted_checklist, again=2),
}
"""Every function that an expression may call."""

LEFT_OUT = frozenset(
    (
        "area",
        "distance",
        "geofence",
        "current",
        "digest",
        "extract-signed",
        "indexed-repeat",
        "instance",
        "jr:itext",
        "last",
        "position",
        "property",
        "pulldata",
        "pull-data",
        "random",
        "randomize",
        "uuid",
        "version",
        "base64-decode",
        "floor",
        "ceiling",
        "local-name",
        "name",
        "namespace-uri",
        "id",
        "lang",
    )
)
"""Functions of ODK or XPath that mean nothing in a chat, or whose result could not be had again."""

_READERS: dict[str, Callable[[Any], Any]] = {"n": number, "s": string, "b": boolean, "a": scalar}


def takes(function: Function, index: int) -> str:
    """The letter of the argument at `index`."""
    letters = function.takes
    return letters[index] if index < len(letters) else letters[(index - len(letters)) % function.again - function.again]


def _extension(function: Function, run: Callable[..., Any]) -> Callable[..., Any]:
    def called(_context: object, *values: Any) -> Any:
        return run(*(_READERS[takes(function, index)](value) for index, value in enumerate(values)))

    return called


def local_name(name: str) -> str:
    """The name under which a function is registered: without the prefix that ODK gives it."""
    return name.rpartition(":")[2]


EXTENSIONS: dict[str, Callable[..., Any]] = {
    local_name(name): _extension(function, function.run)
    for name, function in FUNCTIONS.items()
    if function.run is not None
}
"""What lxml calls, by the name in NAMESPACE. Each expression is given only its own: lxml registers them anew at every evaluation."""
