"""Why a report that has come is without a figure: worked out in one place, and worded in one."""

import pytest

from messages.common.gap_words import gaps_said
from reporting.answers import Answer
from reporting.questions.gaps import gaps
from reporting.translator import translator
from reporting.xlsforms.reading import read_form

FORM = read_form(
    b"""| survey |
    | | type | name | label::vi | label::en | kind | relevant | calculation |
    | | integer | new | New | New ones | flow | | |
    | | integer | beds | Beds | Beds free | stock | | |
    | | integer | dead | Dead | Dead ones | flow | ${new} > 5 | |
    | | calculate | twice | Twice | Twice | flow | | ${new} * 2 |
    | | calculate | ever | Ever | Ever | total | | coalesce(${last-saved#ever}, 0) + ${twice} |
    """,
    "form.md",
    gate=False,
)
KNOWN = {"new", "beds", "twice", "ever"}


def said(language: str = "vi", known: frozenset[str] = frozenset(), **answers: Answer) -> str:
    return gaps_said(FORM, gaps(FORM, answers, known), translator(language))


def test_what_was_said_to_be_unknown_is_named_where_it_is_missing_and_where_it_is_missed() -> None:
    known = frozenset({"beds"})
    vi = "New: chưa rõ; Twice: chưa tính được, vì chưa rõ New; Ever: chưa tính được, vì chưa rõ New"
    assert said(known=known, new=Answer(None, "unknown"), beds=Answer(3)) == vi
    en = "New ones: not known yet; Twice: not worked out, as this is not known yet: New ones; "
    assert said("en", known, new=Answer(None, "unknown"), beds=Answer(3)).startswith(en)


def test_what_was_skipped_is_left_empty_and_not_unknown() -> None:
    known = frozenset({"new", "twice", "ever"})
    assert said(known=known, new=Answer(1), beds=Answer(None, "empty")) == "Beds: để trống"


def test_what_an_earlier_period_keeps_open_is_put_down_to_nothing_in_this_report() -> None:
    known = frozenset({"new", "beds", "twice"})
    assert said(known=known, new=Answer(1), beds=Answer(3)) == "Ever: chưa tính được"


@pytest.mark.parametrize("known", [frozenset(KNOWN), frozenset({*KNOWN, "dead"})])
def test_what_was_not_asked_is_no_gap(known: frozenset[str]) -> None:
    assert said(known=known, new=Answer(1), beds=Answer(3)) == ""
