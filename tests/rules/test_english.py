"""English questions: words in other forms, numerals and kinds, and days, whatever their order; what is another word stays one."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.rules.vocabularies import covid, schools, storm
from understanding import Inquiry, Vocabulary, understand
from understanding.word_forms import stem
from understanding.word_lists import word_list

TODAY = date(2021, 11, 10)
"""A Wednesday."""
SAME = word_list("languages").pairs("same")


def told(text: str, vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    inquiry = understand(text, vocabulary, TODAY)
    assert inquiry.is_certain, (text, inquiry)
    return [unit.name for unit in inquiry.units], [each.question for each in inquiry.indicators]


@pytest.mark.parametrize(
    "words",
    [
        ("infection", "infections", "infected", "infecting"),
        ("vaccinate", "vaccinated", "vaccination", "vaccinating"),
        ("injury", "injuries", "injured"),
        ("death", "deaths", "died", "dead", "killed"),
        ("pupil", "pupils", "kids", "children", "students"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word, SAME) for word in words}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("recovering", "recovered"), ("dying", "died"), ("community", "communes"), ("dose", "does")]
)
def test_words_that_say_something_else_have_not(one: str, other: str) -> None:
    assert stem(one, SAME) != stem(other, SAME)


@pytest.mark.parametrize(
    ("text", "vocabulary", "unit", "figure"),
    [
        ("how many people got infected in Tho Son yesterday", covid, "Thọ Sơn", "f0_new"),
        ("how many patients died in Dan Quyen over the weekend", covid, "Dân Quyền", "f0_death_new"),
        ("how many have gotten two shots in Nua", covid, "Nưa", "vax2_cum"),
        ("was anyone killed in Nghia Lo last night", storm, "Nghĩa Lộ", "dead_new"),
        ("how many people have died so far in the province", storm, "Quảng Lâm", "dead_cum"),
        ("rice flooded in Binh Minh", storm, "Bình Minh", "rice_flooded"),
        ("houses that are flooded in Duc Pho", storm, "Đức Phổ", "houses_flooded"),
        ("is the road to Son Mai open", storm, "Sơn Mai", "road"),
        ("how many children were missing at Kim Dong last Monday", schools, "Kim Đồng", "absent"),
        ("kids with fever at school number 5 today", schools, "Số 5", "feverish"),
        ("is Nguyen Du teaching online?", schools, "Nguyễn Du", "way"),
        ("vaccinated children at Kim Dong school", schools, "Kim Đồng", "vaccinated_cum"),
    ],
)
def test_a_figure_is_found_by_any_form_of_its_words_in_any_order(
    text: str, vocabulary: Callable[[], Vocabulary], unit: str, figure: str
) -> None:
    assert told(text, vocabulary()) == ([unit], [figure])


def test_children_are_a_part_of_those_who_are_counted_where_no_form_counts_them() -> None:
    assert not understand("how many children are infected in Tho Dan", covid(), TODAY).is_certain


def asked(days: str) -> list[Inquiry]:
    texts = (f"how many new cases in Tho Dan {days}", f"new cases {days} in Tho Dan commune")
    return [understand(text, covid(), TODAY) for text in texts]


@pytest.mark.parametrize(
    ("days", "span"),
    [
        ("last Friday", "date:2021-11-05"),
        ("this past Friday", "date:2021-11-05"),
        ("Friday last week", "date:2021-11-05"),
        ("on Fri", "date:2021-11-05"),
        ("on Sunday evening", "date:2021-11-07"),
        ("yesterday morning", "yesterday"),
        ("on 3 Nov", "date:2021-11-03"),
        ("on Nov. 3", "date:2021-11-03"),
        ("on the 3rd of November", "date:2021-11-03"),
        ("on the third of November", "date:2021-11-03"),
        ("on the 3rd", "date:2021-11-03"),
        ("on the twenty first of October", "date:2021-10-21"),
        ("three days ago", "date:2021-11-07"),
        ("from 1st to 5th November", "range:2021-11-01..2021-11-05"),
        ("since last Monday", "range:2021-11-08..2021-11-10"),
        ("over the past week", "last_7_days"),
        ("over the weekend", "range:2021-11-06..2021-11-07"),
        ("in the first week of October", "range:2021-10-01..2021-10-07"),
        ("in the last week of October", "range:2021-10-25..2021-10-31"),
        ("the first ten days of October", "range:2021-10-01..2021-10-10"),
        ("at the end of October", "range:2021-10-21..2021-10-31"),
        ("since the start of the month", "this_month"),
        ("since the beginning of November", "this_month"),
    ],
)
def test_days_are_read_as_english_says_them(days: str, span: str) -> None:
    for inquiry in asked(days):
        assert inquiry.span is not None, inquiry
        assert (inquiry.span.name, inquiry.doubts) == (span, ())
        assert [each.question for each in inquiry.indicators] == ["f0_new"]


@pytest.mark.parametrize("text", ["con thu nay ở Thọ Dân mấy ca", "xã Thọ Dân con sun mấy ca"])
def test_a_short_name_of_a_day_is_none_behind_a_word_that_only_ends_like_one_before_it(text: str) -> None:
    assert not any(span.kind == "date" for span in [understand(text, covid(), TODAY).span] if span)


def test_keys_of_telex_are_read_in_vietnamese_and_not_in_english() -> None:
    inquiry = understand("how many cases of Tho Dan commune", covid(), TODAY)
    assert inquiry.is_certain
    assert understand("xax thoj daan hoom nay maays ca", covid(), TODAY).is_certain
