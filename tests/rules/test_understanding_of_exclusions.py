"""What leaves something out is never answered with what was left out, whatever the unit, the spelling and the words around it."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.units import Unit
from tests.rules.asked import every_question
from tests.rules.spent import at_most
from tests.rules.vocabularies import covid, dengue, harvest
from understanding import ABOUT_FIGURES, Inquiry, Vocabulary, understand
from understanding.folding import fold

TODAY = date(2021, 11, 10)
Place = Callable[[], Vocabulary]
COUNTED: dict[Place, str] = {covid: "ca mắc", harvest: "lúa gặt", dengue: "ca sốt xuất huyết"}
AROUND = (
    "toàn {root} hôm nay bao nhiêu {counted} {out} {unit}",
    "{out} {unit} thì hôm nay {root} bao nhiêu {counted}",
    "{root} bao nhiêu {counted} hôm qua, {out} {unit}",
    "hôm nay {root} {out} {unit} có bao nhiêu {counted}",
)
OUT = (
    "không tính",
    "không kể",
    "không bao gồm",
    "không phải",
    "không hỏi",
    "chưa tính",
    "trừ",
    "trừ đi",
    "ngoại trừ",
    "loại trừ",
    "ngoài",
    "đừng tính",
    "đừng nói",
    "bỏ",
    "except",
    "excluding",
    "without",
    "other than",
    "apart from",
    "not",
)
words = sorted({word for _, question in every_question() for word in question["text"].split()})
chatter = st.lists(st.sampled_from(words), max_size=4).map(" ".join)


def is_answered_for(unit: Unit, inquiry: Inquiry) -> bool:
    return inquiry.intent in ABOUT_FIGURES and not inquiry.doubts and unit in inquiry.units


def texts(place: Place, unit: Unit, out: str, around: str) -> list[str]:
    """The question with the unit's title and with its bare name, with marks and without."""
    tree_root = place().root
    root = tree_root.kind if tree_root is not None else ""
    said = [around.format(root=root, counted=COUNTED[place], out=out, unit=name) for name in (unit.title, unit.name)]
    return [*said, *map(fold, said)]


@settings(max_examples=300, deadline=None)
@given(
    data=st.data(),
    place=st.sampled_from(list(COUNTED)),
    out=st.sampled_from(OUT),
    around=st.sampled_from(AROUND),
    before=chatter,
    behind=chatter,
)
def test_no_unit_that_is_left_out_is_answered_for(
    data: st.DataObject, place: Place, out: str, around: str, before: str, behind: str
) -> None:
    unit = data.draw(st.sampled_from([each for each in place().tree if each != place().root]))
    for text in texts(place, unit, out, around):
        said = f"{before} {text} {behind}"
        with at_most():
            inquiry = understand(said, place(), TODAY)
        assert not is_answered_for(unit, inquiry), said


@pytest.mark.parametrize("place", list(COUNTED))
@pytest.mark.parametrize("out", OUT)
def test_every_word_of_exclusion_is_a_doubt_of_its_own(place: Place, out: str) -> None:
    unit = [each for each in place().tree if each != place().root][7]
    for around in AROUND:
        (text, *_) = texts(place, unit, out, around)
        inquiry = understand(text, place(), TODAY)
        assert inquiry.doubts[:1] == ("exclusion",), text


@pytest.mark.parametrize("place", list(COUNTED))
@pytest.mark.parametrize(
    "around",
    [
        "{unit} hôm nay có {counted} nào không",
        "{unit} có {counted} nào chưa ạ",
        "hôm nay có {counted} nào không ở {unit}",
        "không biết hôm nay {unit} bao nhiêu {counted}",
        "{unit} hôm nay không có {counted} nào à",
        "hôm nay {unit} bao nhiêu {counted} vậy, tôi không rõ",
    ],
)
def test_a_question_that_only_ends_or_begins_with_a_negation_is_answered(place: Place, around: str) -> None:
    unit = [each for each in place().tree if each != place().root][7]
    inquiry = understand(around.format(unit=unit.title, counted=COUNTED[place]), place(), TODAY)
    assert (inquiry.units, inquiry.doubts) == ((unit,), ())


@settings(max_examples=200, deadline=None)
@given(place=st.sampled_from(list(COUNTED)), stranger=st.text(alphabet="bcdghklmnpqrstvx", min_size=4, max_size=9))
def test_no_figure_is_told_of_a_word_that_nothing_knows(place: Place, stranger: str) -> None:
    unit = [each for each in place().tree if each != place().root][7]
    for text in (
        f"{stranger} ở {unit.title} hôm nay bao nhiêu {COUNTED[place]}",
        f"ở {unit.title} hôm nay bao nhiêu {COUNTED[place]} vì {stranger}",
        f"tình hình {stranger} ở {unit.title} hôm nay",
    ):
        with at_most():
            inquiry = understand(text, place(), TODAY)
        assert inquiry.doubts, text
