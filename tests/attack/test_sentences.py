"""Whatever is filled into a sentence, in each language: it stays well-formed HTML for Telegram, and shows as it was typed."""

import re
from string import Formatter

import pytest

from reporting.translator import LANGUAGES, Translator, translator
from simulator.entities import parse_html
from tests.environment import ROOT

HOSTILE = (
    "<b>Thọ Dân", "</b>", "<a href='http://x.invalid'>x</a>", "a & b &lt; &amp;amp; &#60;", '" onclick="x', "<", ">", "'><script>",
    "*x* _y_ [z](http://x.invalid) `w`", "{unit} {0} %s", "&",
)  # fmt: skip
HARMLESS = "zxq"
"""A text that stands in no sentence."""


FILLED_INTO_OTHERS = {
    "form_expression_character_mend",
    "form_file_looked_up_mend",
    "form_file_missing_mend",
    "form_held_back_whole_mend",
}
"""How a form is mended: never said alone, but filled as text into the sentence that says what is wrong."""


def fields_of(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name}


def patterns(words: Translator, key: str) -> list[tuple[str, int]]:
    """The sentence in each of its numbers."""
    counts = (1, 2) if key in words.plurals else (0,)
    return [(words._pattern(key, {"n": count}), count) for count in counts]  # the very text that is filled


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_with_any_values_is_well_formed_and_shows_them_as_typed(language: str) -> None:
    words = translator(language)
    wrong = []
    for key in sorted(words.keys - FILLED_INTO_OTHERS):
        for pattern, count in patterns(words, key):
            names = fields_of(pattern) - {"n"}
            number = {"n": count} if "n" in fields_of(pattern) or key in words.plurals else {}
            for hostile in HOSTILE if names else ("",):
                shown, tags = parse_html(words(key, **number, **dict.fromkeys(names, hostile)))
                calm, calm_tags = parse_html(words(key, **number, **dict.fromkeys(names, HARMLESS)))
                is_same = [each["type"] for each in tags] == [each["type"] for each in calm_tags]
                if shown != calm.replace(HARMLESS, hostile) or not is_same:
                    wrong.append((key, hostile, shown))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_value_is_filled_into_a_tag(language: str) -> None:
    """There a quotation mark would end the attribute: values are escaped for text alone."""
    words = translator(language)
    inside = [
        key
        for key in words.keys - FILLED_INTO_OTHERS
        for pattern, _ in patterns(words, key)
        if re.search(r"<[^>]*\{", pattern)
    ]
    assert inside == []


def test_the_pages_escape_what_they_are_filled_with() -> None:
    """No template takes a text for HTML, but for what `as_read` has made of a sentence."""
    templates = sorted((ROOT / "bot" / "web").glob("*/templates/*.html"))
    assert len(templates) > 10
    assert [
        each.name for each in templates if re.search(r"\|\s*safe|autoescape\s+false", each.read_text("utf-8"))
    ] == []
    made = {
        each: each.read_text("utf-8")
        for each in (ROOT / "bot").rglob("*.py")
        if re.search(r"\bEnvironment\(", each.read_text("utf-8"))
    }
    assert {each.name: "autoescape=True" in text for each, text in made.items()} == {"templates.py": True}
