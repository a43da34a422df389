"""A reason behind figures («f0 5, lý do: nhập nhầm»), and what stands in it that may be a figure itself."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from reporting.filling.line_names import figures_given, figures_mentioned, gives_figure
from reporting.filling.line_pieces import line_words, parted
from reporting.filling.mistakes import PHONE
from reporting.questions.dates import read_time
from reporting.questions.names import Names, plain_name
from reporting.questions.number_words import is_digit, is_of_number
from reporting.questions.numbers import is_persons
from understanding.inquiry import DaysSaid
from understanding.typed_requests import part_day
from understanding.ways_typed import any_way_of, with_marks
from understanding.word_lists import word_list

_WHY = any_way_of(word_list("requests").words("reason"))
_WHY_MARKED = with_marks(word_list("requests").words("reason if marked"))
_REASON = re.compile(
    rf"[,;\s]*\b(?:{_WHY}|{_WHY_MARKED})(?:\s*[:\-–]\s*|\s+)(?P<why>\S.*)$", re.IGNORECASE | re.VERBOSE | re.DOTALL
)
_NOT_BEHIND_ITEM = r"(?<![,;\n]\d)(?<![,;\n]\d\d)(?<![,;\n][ ]\d)(?<![,;\n][ ]\d\d)"
"""Of a list «2. 3» is one clause."""
_CLAUSES = re.compile(rf"(?=[;\n]|,(?!\d)|(?<!\d),|{_NOT_BEHIND_ITEM}\.\s)", re.VERBOSE)
_COMMA_AT_ONCE = re.compile(r"^,(?=\d)")
"""«Nhầm,3 ca mới»: behind the figure before it this is no number, «5,3»."""
_AROUND = " ,;.\n"
_FIGURE = re.compile(r"\d|[:=]")
_MARKS = ".,!+-()«»\"'"


class SaidWithReason(NamedTuple):
    """The figures of a message, the day that it names for them, its reason, and the pieces of the reason with numbers that were
    not read as figures: whoever sent them is told so."""

    figures: str
    day: DaysSaid
    reason: str
    unread: tuple[str, ...]


def reason_apart(text: str) -> tuple[str, str]:
    """What stands before a reason, and the reason with all that follows («f0 5, lý do: nhập nhầm, số cũ 3»)."""
    found = _REASON.search(text)
    return (text, "") if found is None else (text[: found.start()], _in_one_line(found["why"]))


def part_day_and_reason(text: str, today: date, names: Sequence[Names]) -> SaidWithReason:
    """The figures of a message, the day that it names for them, and its reason («f0 5, lý do: nhập nhầm»). What follows the reason
    with a number stays in both, where it gives a figure of `names` a number: those of the forms that it may be for.

    A day within the reason is none of theirs («lý do: hôm qua mất điện») but where it stands in a line of its own.
    """
    before, reason = reason_apart(text)
    figures, _, others = _parted(text, names)
    unread = tuple(each for each in others if _may_be_figure(each, before, today, names))
    if not before.strip():
        return SaidWithReason(*part_day(figures, today), reason, unread)
    rest, day = part_day(before, today)
    lines = figures[len(before) :].split("\n")
    for place, line in enumerate(lines[1:], 1):
        if day == DaysSaid() and not (parted_line := part_day(line, today))[0]:
            lines[place], day = parted_line
    return SaidWithReason(rest + "\n".join(lines), day, reason, unread)


def numbers_in_reason(reason: str, figures: str, today: date, names: Sequence[Names]) -> list[str]:
    """The pieces of a reason that may be meant as figures, where nothing in it is read as one."""
    return [clause for clause in _clauses_of(reason) if _may_be_figure(clause, figures, today, names)]


def _clauses_of(reason: str) -> list[str]:
    """The pieces of a reason between its commas."""
    return [piece for clause in _CLAUSES.split(reason) if (piece := clause.strip(_AROUND))]


def days_in_reason(reason: str, figures: str, today: date) -> list[DaysSaid]:
    """The days that may be those of the figures, though a reason stands before them: one that is alone between the reason's commas
    («nhập nhầm, ngày 9/11»), or stands beside what was kept with the `figures` («sót, f0 4 hôm qua»).
    """
    alone = (day for clause in _clauses_of(reason) for rest, day in [part_day(clause, today)] if not rest)
    beside = (part_day(clause, today)[1] for clause in _clauses_of(figures))
    return [day for day in (*alone, *beside) if day != DaysSaid()]


def _may_be_figure(piece: str, before: str, today: date, names: Sequence[Names]) -> bool:
    """Whether a piece of a reason may be meant as a figure: it has a number that is no day, no time, no telephone's and no count of
    persons («sót 2 ca»), or a count of them beside the name of a figure that does not stand before it («sót 2 ca khỏi»).
    """
    rest = part_day(piece, today)[0]
    is_named = any(figures_mentioned(rest, each)[0] - figures_given(before, each) for each in names)
    words = [word.strip(_MARKS) for word in line_words(_without_times(parted(rest)))]
    for at, word in enumerate(words):
        is_count = is_persons(" ".join(words[at + 1 : at + 2]))
        if word[:1].isdigit() and sum(map(str.isdigit, word)) < PHONE and (is_named or not is_count):
            return True
        if is_named and is_digit(word) and (is_count or _is_behind_name(words, at, names)):
            return True
    return False


def _is_behind_name(words: Sequence[str], at: int, names: Sequence[Names]) -> bool:
    """Whether a name ends right before this word: «còn khỏi hai»; of «f1 báo sau» the last is no number."""
    return any(
        each.meaning(plain_name(" ".join(words[begun:at]))) for each in names for begun in range(max(0, at - 4), at)
    )


def _without_times(text: str) -> str:
    """Without times of day: «8h», «16h30», «16:30»."""
    return " ".join(word for word in text.split() if read_time(word.strip(_MARKS)) is None)


def _parted(text: str, names: Sequence[Names]) -> tuple[str, str, list[str]]:
    """The figures of a message, its reason, and the pieces of the reason that are not kept with the figures."""
    found = _REASON.search(text)
    if found is None:
        return text, "", []
    before, reason = reason_apart(text)
    figures, others, is_other_line = before, list[str](), False
    for place, clause in enumerate(_CLAUSES.split(found["why"])):
        is_other_line = is_other_line or clause.startswith(("\n", ";"))
        piece = clause.strip(_AROUND)
        is_kept = _holds_figure(clause) if is_other_line else any(gives_figure(piece, before, each) for each in names)
        if place and is_kept:
            figures += _COMMA_AT_ONCE.sub(", ", clause)
        else:
            others.append(_in_one_line(piece))
    return figures, reason, others


def _holds_figure(clause: str) -> bool:
    """Whether a clause behind the reason's line has a number, be it in words where it is a line of its own: «⏎về quê mười bốn»."""
    is_line = clause.startswith(("\n", ";"))
    return bool(_FIGURE.search(clause)) or (is_line and any(map(is_of_number, clause.split())))


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
