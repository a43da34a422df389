"""Days and months as English names and numbers them: November, Fri, 3rd, third."""

from collections.abc import Iterable, Sequence

from understanding.word_lists import word_list

MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTHS = {name: at for at, full in enumerate(MONTH_NAMES, 1) for name in (full, full[:3])} | {"sept": 9}
WEEKDAY_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_ORDINALS = word_list("time").numbers("ordinals")


_YEAR = len("2021")


def any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_BEHIND = "|".join(rf"(?<={before}{word} )" for word in ("on", "last", "past", "this", "next") for before in (" ", "^"))
"""Short names of days are other words too, but behind these."""
WEEKDAY = rf"{any_of(WEEKDAY_NAMES)}|(?:{_BEHIND})(?:{any_of(_SHORT_DAYS)})"
MARKED_ORDINAL = rf"{any_of(_ORDINALS)}|\d{{1,2}} (?:st|nd|rd|th)"
"""A day of the month that is marked as one: «3rd», «third»."""
ORDINAL = rf"(?:\d{{1,2}}(?: (?:st|nd|rd|th))?|{any_of(_ORDINALS)})"
TIME_OF_DAY = r"(?: (?:morning|afternoon|evening|night))?"


_SYLLABLES = ("may", "sep")
"""Months whose names are syllables of ours too: «ngay 10 may ca» is «ngày 10 mấy ca»."""
_DAY_WORDS = ("ngay", "hom", "bua", "mung", "mong", "thu", "thang", "tuan")
CERTAINLY_ENGLISH = word_list("languages").words("certainly english")
PERHAPS_ENGLISH = word_list("languages").words("perhaps english")
_BEFORE_DATES = ("on", "of", "since", "from", "until", "till", "before", "after", "by", "to", "and", "in")


def is_month(line: Sequence[str], at: int) -> bool:
    """Whether a word behind a number is a month: of those that are syllables of ours too, only where the text is English."""
    if line[at] not in _SYLLABLES or not at:
        return True
    number = at - 2 if line[at - 1] in ("st", "nd", "rd", "th") else at - 1
    if not line[number].isdigit():
        return True
    before = line[number - 1] if number else ""
    behind = line[at + 1] if at + 1 < len(line) else ""
    if before in _DAY_WORDS:
        return False
    return (
        number < at - 1
        or before in _BEFORE_DATES
        or (behind.isdigit() and len(behind) == _YEAR)
        or not CERTAINLY_ENGLISH.isdisjoint(line)
    )


def day_of_month(said: str) -> int:
    """What an `ORDINAL` says: «3», «3 rd», «third»."""
    return _ORDINALS[said] if said in _ORDINALS else int(said.split(maxsplit=1)[0])


def weekday(name: str) -> int:
    """Monday is 0, by its whole name or its short one."""
    return _SHORT_DAYS[name] if name in _SHORT_DAYS else WEEKDAY_NAMES.index(name)
