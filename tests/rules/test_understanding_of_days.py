"""Whatever is said of days: no word of time is left out in silence; what is not understood is asked back."""

import re
from datetime import date
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.rules.vocabularies import covid
from understanding import Inquiry, understand
from understanding.folding import fold

TODAY = date(2021, 11, 10)
PHRASES = {
    "hôm nay": "today",
    "hôm qua": "yesterday",
    "hôm kia": "date:2021-11-08",
    "tuần này": "this_week",
    "tuần trước": "last_week",
    "tuần trước nữa": "range:2021-10-25..2021-10-31",
    "tháng này": "this_month",
    "tháng trước": "last_month",
    "tháng trước nữa": "month:2021-09",
    "năm nay": "this_year",
    "năm ngoái": "year:2020",
    "quý này": "range:2021-10-01..2021-11-10",
    "quý trước": "range:2021-07-01..2021-09-30",
    "ngày 5/11": "date:2021-11-05",
    "ngày 3": "date:2021-11-03",
    "tháng 10": "month:2021-10",
    "thứ năm": "date:2021-11-04",
    "chủ nhật tuần trước": "date:2021-11-07",
    "7 ngày qua": "last_7_days",
    "2 tuần qua": "last_14_days",
    "11 ngày trước": "date:2021-10-30",
    "cách đây 11 ngày": "date:2021-10-30",
    "cách đây 11 ngày trước": "date:2021-10-30",
    "nửa tháng qua": "last_15_days",
    "đầu tháng 10": "range:2021-10-01..2021-10-10",
    "giữa tháng 10": "range:2021-10-11..2021-10-20",
    "cuối tháng 10": "range:2021-10-21..2021-10-31",
    "nửa đầu tháng 10": "range:2021-10-01..2021-10-15",
    "nửa cuối tháng 10": "range:2021-10-16..2021-10-31",
    "nửa đầu tháng trước": "range:2021-10-01..2021-10-15",
    "nửa đầu tháng 9/2021": "range:2021-09-01..2021-09-15",
    "cuối tháng trước": "range:2021-10-21..2021-10-31",
    "cuối tuần trước": "range:2021-11-06..2021-11-07",
    "từ đầu tháng 10": "range:2021-10-01..2021-11-10",
    "từ đầu tháng": "this_month",
    "từ đầu tháng 11": "this_month",
    "từ hôm nay": "today",
    "từ tuần này": "this_week",
    "từ tháng này": "this_month",
    "từ năm nay": "this_year",
    "từ quý này": "range:2021-10-01..2021-11-10",
    "tính đến hôm nay": "latest",
    "từ hôm kia": "range:2021-11-08..2021-11-10",
    "từ tháng 10": "range:2021-10-01..2021-11-10",
    "từ tháng 11": "month:2021-11",
    "từ tuần trước": "range:2021-11-01..2021-11-10",
    "từ ngày 3": "range:2021-11-03..2021-11-10",
    "từ ngày 5/11": "range:2021-11-05..2021-11-10",
    "từ ngày 5/11 đến hôm qua": "range:2021-11-05..2021-11-09",
}
"""Whole phrases of days, and what each says on `TODAY`."""
CHANGING = [
    *["trước", "sau", "nửa", "đầu", "cuối", "tuần", "tháng", "quý", "3", "11", "tết", "rằm", "tới", "16h"],
    "cùng kỳ", "thứ 7", "mùng 1", "đợt 4", "âm lịch", "năm",
]  # fmt: skip
"""Words of time that, wherever they stand beside a phrase, make it another one, or none at all."""
CHANGING_BEFORE = [*CHANGING, *["giữa", "mười", "hai", "cách", "đến", "trừ"], "tính đến"]
CHANGING_AFTER = [*CHANGING, "nữa", "kia"]
"""Words that change it on one side only: «hôm nay hai xã», «xã kia hôm nay» and «còn ca nào nữa hôm nay» are no other days."""
_PIECES = re.compile(r"chủ nhật|thứ năm|thứ 7|cách đây|cùng kỳ|âm lịch|tính đến|mùng 1|đợt 4|\S+")
CLOSING = frozenset(["nữa", "kia", "này", "tới", "ngoái", "qua"])
"""Words that say something of what stands before them, and alone are everyday words: «xã kia», «về qua»."""
OPENING = frozenset(["từ", "đến", "đầu", "giữa", "mười", "hai", "cách", "trừ", "sau", "nửa"]) | {"tính đến", "cách đây"}
"""Words that say something of what stands behind them; with nothing there they speak of no time: «cách ly», «hai xã»."""
IDLE = frozenset(["ngày", "hôm", "trong", "nay"])
"""Words that may stand with a day and say nothing more of it: «ngày hôm qua»."""
_UNTIL = {"đến", "tính đến", "7", "10"}
"""Left out, because they name the same day in two ways: «tính đến (cuối) tháng trước», «chủ nhật ngày 7»."""
WORDS = sorted(
    {word for phrase in (*PHRASES, *CHANGING_BEFORE) for word in _PIECES.findall(phrase)} - CLOSING - _UNTIL
    | {"hôm qua", "hôm kia"}
)
OF_TIME = frozenset(["hôm", "tuần", "tháng", "quý", "năm", "tết", "rằm", "trước", "cuối", "nửa", "3", "11", "16h"])
"""Words of which one alone says that it is not the newest figure that is asked for."""
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6, unique=True)


def asked(days: str) -> Inquiry:
    return understand(f"thọ dân {days} có mấy ca mắc mới", covid(), TODAY)


def answered(inquiry: Inquiry) -> str | None:
    """The days that would be answered for; None where it is asked back or declined."""
    is_told = inquiry.is_certain and inquiry.intent in ("value", "trend", "compare")
    return inquiry.span.name if is_told and inquiry.span is not None else None


def told(days: str) -> tuple[object, ...] | None:
    """All that would be answered: what is counted to date is another figure than what is counted on the day."""
    inquiry = asked(days)
    return None if answered(inquiry) is None else (inquiry.span, inquiry.against, inquiry.indicators)


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_of_days_means_what_it_says(phrase: str) -> None:
    assert answered(asked(phrase)) == PHRASES[phrase]
    assert answered(understand(f"{phrase} thọ dân có mấy ca mắc mới", covid(), TODAY)) == PHRASES[phrase]


@pytest.mark.parametrize("phrase", [phrase for phrase in PHRASES if not phrase.startswith("nửa")])
def test_it_means_the_same_without_marks(phrase: str) -> None:
    assert answered(understand(fold(f"thọ dân {phrase} có mấy ca mắc mới"), covid(), TODAY)) == PHRASES[phrase]


AROUND = (
    "{} mấy ca mắc mới ở thọ dân",
    "thọ dân {} mấy ca mắc mới",
    "thọ dân {} bao nhiêu ca mắc mới",
    "{} ca mắc mới thọ dân",
)


@pytest.mark.parametrize("around", AROUND)
def test_whatever_stands_behind_the_days_they_mean_the_same_without_marks(around: str) -> None:
    """«ngay 10 may ca» is no 10 May."""
    others = {
        phrase: said
        for phrase in (*PHRASES, "ngày 10", "mùng 5", "hôm 7", "từ ngày 1 đến ngày 5", "mùng 1 đến mùng 5")
        if (said := answered(understand(fold(around.format(phrase)), covid(), TODAY))) is not None
        and said != answered(understand(around.format(phrase), covid(), TODAY))
    }
    assert others == {}


@pytest.mark.parametrize(
    ("asked_in_english", "days"),
    [
        ("how many cases in tho dan on 10 may", "date:2021-05-10"),
        ("tho dan cases since 5 may", "range:2021-05-05..2021-11-10"),
        ("new cases in tho dan from 1 to 5 may", "range:2021-05-01..2021-05-05"),
        ("cases in tho dan on may 10", "date:2021-05-10"),
    ],
)
def test_in_english_may_is_a_month(asked_in_english: str, days: str) -> None:
    assert answered(understand(asked_in_english, covid(), TODAY)) == days


def test_a_word_of_time_beside_a_phrase_is_never_left_out() -> None:
    beside = [(f"{word} {phrase}", phrase) for word, phrase in product(CHANGING_BEFORE, PHRASES)]
    beside += [(f"{phrase} {word}", phrase) for word, phrase in product(CHANGING_AFTER, PHRASES)]
    same = [said for said, phrase in beside if said not in PHRASES and told(said) == told(phrase)]
    assert same == []


@settings(max_examples=300, deadline=None)
@given(words=texts)
@example(words=["từ", "đầu", "tháng", "10"])
@example(words=["hôm", "nay", "3"])
def test_each_word_of_time_tells_or_the_days_are_asked_back(words: list[str]) -> None:
    """If a text is answered, then either it is a phrase, or to leave out any word of time changes the answer."""
    while words and words[-1] in OPENING:
        words = words[:-1]
    said = " ".join(words)
    if (answer := told(said)) is None:
        return
    if said in PHRASES:
        assert answered(asked(said)) == PHRASES[said]
        return
    if answered(asked(said)) == "latest":
        assert not OF_TIME.intersection(words), (said, answer)
        return
    for at, word in enumerate(words):
        rest = " ".join(words[:at] + words[at + 1 :])
        is_idle = word in IDLE or (word == "đầu" and words[at - 1] == "từ")
        assert is_idle or told(rest) != answer, (said, rest, answer)
