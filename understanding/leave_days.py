"""The days for which somebody says that he is away: they are to come, in dates or in words, with an end or of one day."""

import re
from datetime import date, timedelta

from understanding.days import any_days
from understanding.folding import fold
from understanding.inquiry import DaysSaid
from understanding.reading import understand
from understanding.typed_requests import LEAVE, LONGEST, SINCE, UNTIL, leave_days
from understanding.vocabulary import Vocabulary
from understanding.word_lists import word_list

_AHEAD = word_list("staff").numbers("days ahead")
_UNTIL = re.compile(rf"\s+{UNTIL}\s+", re.IGNORECASE)
_SINCE = re.compile(rf"{SINCE}\b", re.IGNORECASE)
"""Before a day without a last one: how long is not said. (`typed_requests.leave_days` holds the same of dates alone.)"""
_WEEK = timedelta(days=7)


def days_of_leave(text: str, vocabulary: Vocabulary, today: date) -> tuple[date, date] | None:
    """The first and the last day of leave; None where none are named, or not for certain, or past. Refused for what is no day."""
    if LEAVE.fullmatch(text.strip()):
        return leave_days(text, today)
    days = understand(text, vocabulary, today).days
    span = days.span
    if span is not None and span.kind == "range":
        return _kept(span.first_on, span.last_on, today)
    sides = [understand(side, vocabulary, today).days for side in _UNTIL.split(text, maxsplit=1)]
    told = [side for side in sides if side.said]
    named = [_one_day(side, today) for side in told]
    if not named or None in named or (len(named) == 1 and _SINCE.match(told[0].said)):
        return None
    first, last = named[0], named[-1]
    return _kept(first, last, today) if first is not None and last is not None else None


def _one_day(days: DaysSaid, today: date) -> date | None:
    """The one day that is named; a day of the week is the next of that name."""
    if days.span is None and (ahead := _ahead(days.said)) is not None:
        return today + timedelta(days=ahead)
    span = any_days(days) if days.wrong != "unclear" else None
    if span is None or span.kind not in ("today", "date"):
        return None
    is_weekday = not any(map(str.isdigit, days.said))
    return span.last_on + _WEEK if is_weekday and span.last_on < today else span.last_on


def _ahead(said: str) -> int | None:
    """How many days from today the words are, where they count none themselves («3 ngày từ mai» are more than one)."""
    words = fold(said).split()
    lengths = range(len(words), 0, -1)
    runs = (" ".join(words[at : at + size]) for size in lengths for at in range(len(words) - size + 1))
    found = next((_AHEAD[run] for run in runs if run in _AHEAD), None)
    return found if not any(map(str.isdigit, said)) else None


def _kept(first: date, last: date, today: date) -> tuple[date, date] | None:
    return (max(first, today), last) if first <= last and last >= today and last - first <= LONGEST else None
