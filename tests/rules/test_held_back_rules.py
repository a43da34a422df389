"""A form in which a count that is held back could be worked out of other public answers is not published."""

import pytest

from reporting.forms import Form
from reporting.xlsforms.reading import BadForm, checked_form, read_form

HEAD = "| survey | type | name | label | kind | visibility | suppress_below | constraint | calculation | relevant |"
ROWS = """
| | integer | staff | Staff | flow | internal | | | | |
| | integer | all | All | flow | public | | | | |
| | integer | home | At home | flow | public | 5 | . <= ${all} | | |
"""


SETTINGS = """
| settings | due |
|---|---|
| | 16:30 |
"""


def form_of(*rows: str) -> str:
    return "\n".join([HEAD, "|---" * 10 + "|", ROWS.strip(), *(f"| | {row} |" for row in rows), SETTINGS])


def found(*rows: str) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.key) for each in checked_form(form_of(*rows).encode(), "ward.md")[1]]


@pytest.mark.parametrize(
    "row",
    [
        "integer | care | In care | flow | internal | | . <= ${home} | |",
        "integer | care | In care | flow | public | 5 | . <= ${home} | |",
        "integer | care | In care | flow | public | | . <= ${all} | |",
        "integer | care | In care | flow | internal | | . + ${home} <= ${all} | |",
        "calculate | sum | | total | internal | | | ${home} + 1 |",
        "calculate | sum | | total | public | 5 | | ${all} + ${staff} |",
        "calculate | sum | | total | public | | | coalesce(${last-saved#sum}, 0) + ${all} |",
        "integer | care | In care | flow | public | 5 | . >= coalesce(${last-saved#care}, 0) | |",
        "integer | care | In care | flow | public | 5 | ${all} = '' or coalesce(${all}, 0) >= . | |",
    ],
)
def test_what_tells_nothing_of_it_is_taken(row: str) -> None:
    assert found(row) == []


@pytest.mark.parametrize(
    ("row", "column", "key"),
    [
        ("calculate | rest | | flow | public | | | ${all} - ${home} |", "calculation", "held_back_told"),
        ("calculate | rest | | flow | public | 5 | | ${all} - ${home} |", "calculation", "held_back_told"),
        (
            "calculate | total | | total | public | 5 | | coalesce(${last-saved#total}, 0) + ${home} |",
            "calculation", "held_back_told",
        ),
        ("calculate | later | | flow | public | | | ${last-saved#home} |", "calculation", "held_back_told"),
        ("integer | worse | Worse | flow | public | | | | ${home} > 0", "relevant", "held_back_told"),
        (
            "calculate | total | | total | public | 5 | | coalesce(${last-saved#total}, 0) + ${all} |",
            "calculation", "held_back_calculated",
        ),
        ("integer | care | In care | flow | public | 3 | . <= ${home} | |", "constraint", "held_back_bound"),
        ("integer | care | In care | flow | public | | ${home} >= . | |", "constraint", "held_back_bound"),
        ("integer | care | In care | flow | public | | . = ${home} | |", "constraint", "held_back_bound"),
        ("integer | care | In care | flow | public | | . + ${home} <= ${all} | |", "constraint", "held_back_bound"),
        ("integer | care | In care | flow | public | 5 | . <= ${last-saved#all} | |", "constraint", "held_back_bound"),
        ("integer | care | In care | flow | public | 5 | not(. > ${all}) | |", "constraint", "held_back_bound"),
        ("integer | care | Of which in care | flow | public | 5 | | |", "constraint", "held_back_whole"),
        ("integer | care | In care | flow | public | 2 | | |", "suppress_below", "suppress_below"),
        ("decimal | care | In care | flow | public | 5 | | |", "suppress_below", "suppress_below"),
    ],
)  # fmt: skip
def test_what_tells_of_it_is_named(row: str, column: str, key: str) -> None:
    assert found(row) == [(5, column, key)]


def test_what_is_told_by_way_of_others_is_named_too() -> None:
    by_the_way = "calculate | twice | | flow | internal | | | 2 * ${home} |"
    assert found(by_the_way, "calculate | half | | flow | public | | | ${twice} div 4 |") == [
        (6, "calculation", "held_back_told")
    ]
    made = "calculate | made | | flow | internal | | | ${all} + 1 |"
    bound = "integer | care | In care | flow | public | 5 | . <= ${made} | |"
    assert found(made, bound) == [(6, "constraint", "held_back_bound")]


def test_a_whole_of_its_whole_is_one_of_its_own() -> None:
    care = "integer | care | In care | flow | public | 5 | . <= ${home} | |"
    form: Form = read_form(form_of(care).encode(), "ward.md", gate=False)
    assert {name: set(wholes) for name, wholes in form.wholes.items()} == {"home": {"all"}, "care": {"home", "all"}}


def test_a_form_that_was_published_before_there_was_such_a_rule_is_read() -> None:
    bad = form_of("calculate | rest | | flow | public | | | ${all} - ${home} |").encode()
    with pytest.raises(BadForm):
        read_form(bad, "ward.md")
    assert "rest" in read_form(bad, "ward.md", gate=False).by_name
