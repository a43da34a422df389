"""A file of targets: what is wrong in it is named by row and column, all of it at once."""

from datetime import date
from decimal import Decimal

import pytest

from reporting.errors import Refused
from reporting.target_list import TargetLine, read_targets

HEAD = "unit,indicator,bound,value,of,each,from,to,change,form\n"


def read(*rows: str) -> tuple[list[TargetLine], list[tuple[str, str]]]:
    problems: list[Refused] = []
    lines = read_targets(HEAD + "\n".join(rows) + "\n", problems)
    return lines, [(each.key, each.values["row"]) for each in problems]


def test_a_line_in_the_words_of_the_file() -> None:
    lines, problems = read('15742,tiem,at least,"95,5%",dan,,2021-01-01,2021-12-31,2,covid_daily')
    assert problems == []
    days = (date(2021, 1, 1), date(2021, 12, 31))
    assert lines == [
        TargetLine(2, "15742", "tiem", "at least", Decimal("95.5"), True, "dan", "", *days, 2, "covid_daily")
    ]


def test_signs_and_vietnamese_words_are_read() -> None:
    lines, problems = read("15742,f0,≤,10,,tuần,,,,", "15742,f0,ít nhất,10,,tháng,,,,")
    assert problems == []
    assert [(each.bound, each.each) for each in lines] == [("at most", "weekly"), ("at least", "monthly")]


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("15742,,at least,95,,,,2021-12-31,,", "targets_empty"),
        ("15742,f0,about,95,,,,2021-12-31,,", "targets_bound"),
        ("15742,f0,at least,many,,,,2021-12-31,,", "targets_number"),
        ("15742,f0,at least,1e30,,,,2021-12-31,,", "targets_number"),
        ("15742,f0,at least,nan,,,,2021-12-31,,", "targets_number"),
        ("15742,f0,at least,95,,fortnight,,2021-12-31,,", "targets_each"),
        ("15742,f0,at least,95,,,,31/12/2021,,", "targets_day"),
        ("15742,f0,at least,95,,,,,,", "targets_no_end"),
        ("15742,f0,at least,95,,,2021-12-31,2021-01-01,,", "targets_row"),
        ("15742,f0,at least,95,,weekly,,,-1,", "targets_change"),
    ],
)
def test_what_is_wrong_is_named_by_its_row(row: str, key: str) -> None:
    lines, problems = read("15742,f0,at least,95,,,,2021-12-31,,", row)
    assert problems == [(key, "3")]
    assert len(lines) == 1


def test_columns_that_there_must_be() -> None:
    with pytest.raises(Refused, match="targets_columns"):
        read_targets("unit,indicator\n", [])
