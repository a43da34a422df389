"""Which days a question is about: hôm qua, ngày 5/11, tuần này, từ … đến …, tháng 11, and their English."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from understanding import period_words as words
from understanding.ambiguous_days import OFFERS
from understanding.dates import Options, Rule, no_such_date, on_day, read_spoken_date
from understanding.day_ranges import read_end, read_range
from understanding.english_days import is_month
from understanding.parts_of_periods import read_part
from understanding.parts_of_years import read_part_of_year
from understanding.spans import UP_TO_TODAY, WHOLES
from understanding.tokens import Token


@dataclass(slots=True)
class Periods:
    """The periods named, each one's readings, and the tokens that name them: `at` all of them, `runs` those of one phrase.

    `is_ahead`: days to come are asked for, `is_forecast`: without naming any; `is_vague`: days past, but not which; `as_of_now`,
    `as_of`: all up to now, or up to the day named; `is_unclear`: what was said of days is no such day, has several meanings, or was
    not understood; `no_day`: the first day named that is in no calendar («31/11»).
    """

    named: list[Options] = field(default_factory=list)
    at: set[int] = field(default_factory=set)
    runs: list[range] = field(default_factory=list)
    is_ahead: bool = False
    is_forecast: bool = False
    is_vague: bool = False
    as_of_now: bool = False
    as_of: bool = False
    is_unclear: bool = False
    no_day: str = ""

    def go_beyond(self, at: Collection[int]) -> bool:
        """Whether some of these words are words of longer days: of «mỗi tuần» in «moi tuan nay», which is «mới tuần này» too."""
        return any(set(run).intersection(at) and not set(run).issubset(at) for run in self.runs)


_ANY_DAY = date(2000, 1, 1)
CLEAR: tuple[Rule, ...] = (*UP_TO_TODAY, read_part, read_spoken_date, *WHOLES)


def read_periods(tokens: Sequence[Token], taken: Collection[int], today: date) -> Periods:
    """The periods that the tokens name, but for those `taken` by the names of units."""
    marked = ["~" if at in taken else words.marked(token) for at, token in enumerate(tokens)]
    line_words = [word if is_month(marked, at) else f"{word}~" for at, word in enumerate(marked)]
    line = " ".join(line_words)
    starts: list[int] = []
    at = 0
    for word in line_words:
        starts.append(at)
        at += len(word) + 1
    found = Periods()
    index = 0
    while index < len(line_words):
        end = _take(line, starts[index], today, found) if _may_begin(line_words, index) else None
        after = index + 1 if end is None else bisect_left(starts, end)
        if end is not None:
            found.at.update(range(index, after))
            found.runs.append(range(index, after))
        index = after
    return found


def _may_begin(line_words: Sequence[str], at: int) -> bool:
    """Whether a period may begin there: of one word, or of several, the second of which stands in a pattern too. Most words do not."""
    if not words.may_begin(line_words[at]):
        return False
    behind = line_words[at + 1] if at + 1 < len(line_words) else ""
    goes_on = bool(behind) and (not behind.isalnum() or words.may_begin(behind))
    return goes_on or _is_period(line_words[at])


@lru_cache(maxsize=4096)
def _is_period(word: str) -> bool:
    """Whether a word is one by itself: «yesterday», «2021»; whatever day it is."""
    return _take(word, 0, _ANY_DAY, Periods()) is not None


def _take(line: str, at: int, today: date, found: Periods) -> int | None:
    """Reads what begins at an offset into `found`; the offset after it, or None if nothing begins there."""
    if line.startswith("~", at):
        return None
    if (match := words.AS_OF_NOW.match(line, at)) is not None:
        found.as_of_now = True
        return match.end()
    if (match := words.FUTURE.match(line, at)) is not None:
        found.is_ahead = True
        found.is_forecast |= words.FORECAST.match(line, at) is not None
        return match.end()
    if (end := _take_days(line, at, today, found)) is not None:
        return end
    if (match := words.UNCLEAR.match(line, at)) is not None:
        found.is_unclear = True
        return match.end()
    if (match := words.VAGUE.match(line, at)) is not None:
        found.is_vague = True
        return match.end()
    if (match := words.TODAY_ALONE.match(line, at)) is not None and not words.NOT_TODAY_AFTER.search(line[:at]):
        found.named.append((on_day(today, today),))
        return match.end()
    return None


def _take_days(line: str, at: int, today: date, found: Periods) -> int | None:
    """Days that are named for certain, that several readings are offered for, or up to which it is asked."""
    for rules, is_offer in (((read_range, read_part_of_year), False), (OFFERS, True), (CLEAR, False)):
        for rule in rules:
            if (read := rule(line, at, today)) is not None:
                options, end = read
                found.is_unclear |= is_offer or not options
                found.no_day = found.no_day or ("" if options else no_such_date(line, at, end, today))
                found.is_ahead |= any(span.first_on > today for span in options)
                found.named.append(options)
                return end
    if (read := read_end(line, at, today)) is None:
        return None
    options, end = read
    found.is_ahead |= any(span.last_on > today for span in options)
    if len(options) == 1 and options[0].last_on == today:
        found.as_of_now = True
    else:
        found.as_of = True
        found.is_unclear |= not options
        found.no_day = found.no_day or ("" if options else no_such_date(line, at, end, today))
        found.named.append(options)
    return end
