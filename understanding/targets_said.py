"""A target as a leader types it: «Thọ Dân F0 mới nhiều nhất 10 mỗi tuần», «… ít nhất 95% trước 31/12»."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reporting.days_without_year import next_so_named
from reporting.figures.indicator_targets import Bound, Number
from reporting.period_types import PeriodKind
from understanding.folding import Sign, sign_of
from understanding.word_lists import word_list

_BOUNDS: Mapping[Bound, Sequence[tuple[Sign, ...]]] = {
    "at least": word_list("staff").phrases("at least"),
    "at most": word_list("staff").phrases("at most"),
}
_SIGNS: Mapping[str, Bound] = {">=": "at least", "≥": "at least", "<=": "at most", "≤": "at most"}
_EACH: Mapping[PeriodKind, Sequence[tuple[Sign, ...]]] = {
    "daily": word_list("staff").phrases("every day"),
    "weekly": word_list("staff").phrases("every week"),
    "monthly": word_list("staff").phrases("every month"),
    "quarterly": word_list("staff").phrases("every quarter"),
    "yearly": word_list("staff").phrases("every year"),
}
_NUMBER = re.compile(r"(?P<number>\d+(?:[.,]\d{1,6})?)(?P<percent>%)?")
_DAY = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}))?")
_PUNCTUATION = " .,;:!?…«»\"'()"


@dataclass(frozen=True, slots=True)
class TargetSaid:
    """`about`: the words before the bound, which name the unit and the figure. `until` None: for each period `each`."""

    about: str
    bound: Bound
    value: Number
    is_percentage: bool
    each: PeriodKind | None = None
    until: date | None = None


def says_target(text: str) -> bool:
    """Whether a bound with a number behind it is in the words, so that somebody wants to set a target."""
    return _parted(text) is not None


def target_said_in(text: str, today: date) -> TargetSaid | None:
    """The target in these words; None where its bound, or its end, cannot be read. A day without a year is yet to come."""
    parted = _parted(text)
    if parted is None:
        return None
    about, bound, number, rest = parted
    value = Decimal(number["number"].replace(",", "."))
    given = (about, bound, int(value) if value == value.to_integral_value() else value, number["percent"] is not None)
    words = [sign_of(word.strip(_PUNCTUATION)) for word in rest]
    each = next((kind for kind, among in _EACH.items() if _stands_in(words, among)), None)
    until = None if each else _day_in(" ".join(rest), today)
    return TargetSaid(*given, each, until) if each or until else None


def _parted(text: str) -> tuple[str, Bound, re.Match[str], list[str]] | None:
    """What stands before the bound, the bound, its number, and the words behind that."""
    typed = re.sub(r"(>=|<=|≥|≤)\s*(?=\d)", r"\1 ", text).replace(" %", "%").split()
    words = [sign_of(word.strip(_PUNCTUATION)) for word in typed]
    for at, word in enumerate(typed):
        bound, size = (_SIGNS[word], 1) if word in _SIGNS else _bound_at(words[at:])
        number = _NUMBER.fullmatch(typed[at + size].rstrip(",;")) if bound and at + size < len(typed) else None
        if bound is not None and number is not None:
            return " ".join(typed[:at]).strip(" :,;–-"), bound, number, typed[at + size + 1 :]
    return None


def _bound_at(words: Sequence[Sign]) -> tuple[Bound | None, int]:
    found = [
        (len(phrase), bound) for bound, among in _BOUNDS.items() for phrase in among if _begins_with(words, phrase)
    ]
    size, bound = max(found, default=(0, None), key=lambda each: each[0])
    return bound, size


def _begins_with(words: Sequence[Sign], phrase: Sequence[Sign]) -> bool:
    return len(words) >= len(phrase) and all(word.base == sign.base for word, sign in zip(words, phrase, strict=False))


def _stands_in(words: Sequence[Sign], among: Sequence[tuple[Sign, ...]]) -> bool:
    return any(_begins_with(words[at:], phrase) for at in range(len(words)) for phrase in among)


def _day_in(text: str, today: date) -> date | None:
    match = _DAY.search(text)
    if match is None:
        return None
    day, month = int(match["day"]), int(match["month"])
    try:
        return date(int(match["year"]), month, day) if match["year"] else next_so_named(day, month, today)
    except ValueError:
        return None
