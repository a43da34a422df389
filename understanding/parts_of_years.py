"""Parts of years as offices report them: nửa đầu năm, 9 tháng năm 2026, and in English halves, quarters and nine months."""

from datetime import date

from understanding import period_words as words
from understanding.dates import Options
from understanding.spans import Reading, as_range, month_of

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}


def read_part_of_year(line: str, at: int, today: date) -> Reading | None:
    """The half, the quarter or the first months of a year that are named from offset `at` on; of no year: the last that began."""
    if (match := words.FIRST_MONTHS.match(line, at)) is not None:
        count = match["count"] or match["count_en"]
        months = int(count) if count.isdigit() else {"ba": 3, "chin": 9, "six": 6, "nine": 9}[count]
        return _months(1, months, match["year"] or match["year_en"], today), match.end()
    if (match := words.HALF_YEAR.match(line, at)) is not None:
        begins = 1 if (match["half"] or match["half_en"]) in ("dau", "first") else 7
        return _months(begins, 6, match["year"] or match["year_en"], today), match.end()
    if (match := words.QUARTER_IN_ENGLISH.match(line, at)) is not None:
        said = match["ordinal"] or match["number"]
        quarter = int(said) if said.isdigit() else _ORDINALS[said]
        return _months(3 * quarter - 2, 3, match["year"], today), match.end()
    return None


def _months(begins: int, count: int, said: str | None, today: date) -> Options:
    year = _year(said, begins, today)
    if not 1900 <= year < 2200:
        return ()
    first = date(year, begins, 1)
    return (as_range(first, month_of(first.replace(month=begins + count - 1), date.max).last_on, today),)


def _year(said: str | None, begins: int, today: date) -> int:
    if said is None:
        return today.year if begins <= today.month else today.year - 1
    if said.isdigit():
        return int(said)
    return today.year - (said.startswith("last") or said.removesuffix("+").endswith(("ngoai", "truoc")))
