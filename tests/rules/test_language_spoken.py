"""In which language a question is, where that is clear."""

import pytest

from tests.rules.asked import every_question
from understanding import language_spoken


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How many new cases in Tho Dan today?", "en"),
        ("how many new cases in xã Thọ Dân today", "en"),
        ("which commune has the most cases", "en"),
        ("what about yesterday", "en"),
        ("who are you", "en"),
        ("Hôm nay xã Thọ Dân có bao nhiêu ca?", "vi"),
        ("hom nay xa tho dan co may ca", "vi"),
        ("hnay tho dan bn ca v", "vi"),
        ("hôm nay thọ dân có bao nhiêu case", "vi"),
        ("ban la ai", None),
        ("Thọ Dân", None),
        ("tho dan F0", None),
        ("ok", None),
        ("hello", None),
        ("", None),
        ("<b>/start @bot 12 😷", None),
    ],
)
def test_a_language_is_told_where_it_is_clear(text: str, language: str | None) -> None:
    assert language_spoken(text) == language


def test_no_vietnamese_question_is_taken_for_an_english_one() -> None:
    for _, question in every_question():
        if language_spoken(question["text"]) == "en":
            assert question["text"].isascii(), question
            assert not {"hom", "nay", "xa", "bao", "nhieu", "qua"} & set(question["text"].lower().split()), question
