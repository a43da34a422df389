"""A question's head says how many there are only as far as that is known."""

from datetime import UTC, datetime

import pytest

from messages.reporters.draft_words import ask, refused_at
from reporting.answers import Answer, Answers
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.people import Address
from reporting.translator import translator
from reporting.units import Unit
from reporting.xlsforms.reading import read_form

NOW = datetime(2021, 11, 10, 15, 30, tzinfo=UTC)
FORM = """
| survey |
| | type | name | label::vi | relevant | calculation |
| | integer | ill | Số ca | | |
| | calculate | many | | | ${ill} * 2 |
| | integer | dead | Số chết | ${ill} > 0 | |
| | integer | grave | Số nặng | ${many} > 2 | |
| | integer | left | Số ra viện | ${grave} > 0 | |
"""
REPEATED = """
| survey |
| | type | name | label::vi | repeat_count |
| | integer | members | Số người | |
| | begin repeat | person | Người | ${members} |
| | integer | age | Tuổi | |
| | end repeat | | | |
"""


def head(table: str, answers: Answers, language: str = "vi") -> str:
    form = read_form(table.encode(), "form.md")
    filling = Filling(form, Draft(1, form.key, form.version, 1, NOW.date(), answers), {}, None, NOW).settled()
    words = translator(language)
    said = ask(filling, Unit(1, "1", "Nưa", "xã"), Address("telegram", "1"), words)
    short = refused_at(filling, said, "", words).text.strip()
    assert said.text.startswith(f"<b>{short.split(')')[0]})")
    return short.split(") ")[0] + ")"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "(1/tối đa 4)"),
        ({"ill": Answer(1)}, "(2/2)"),
        ({"ill": Answer(5)}, "(2/tối đa 4)"),
        ({"ill": Answer(5), "dead": Answer(0)}, "(3/tối đa 4)"),
        ({"ill": Answer(5), "dead": Answer(0), "grave": Answer(1)}, "(4/4)"),
    ],
)
def test_it_says_at_most_while_an_open_answer_decides(answers: Answers, said: str) -> None:
    assert head(FORM, answers) == said


def test_the_same_in_english() -> None:
    assert head(FORM, {}, "en") == "(1/at most 4)"


def test_of_a_repeat_nobody_knows_how_many_follow() -> None:
    assert head(REPEATED, {}) == "(1)"
    assert head(REPEATED, {"members": Answer(2)}) == "(2/3)"
