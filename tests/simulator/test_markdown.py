"""Both kinds of Markdown of the Bot API into text with entities."""

from typing import Any

import pytest

from simulator import Refusal
from simulator.markdown import parse_markdown, parse_markdown_v2


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


OLD = [
    ("*Số* _ca_ `3`", "Số ca 3", [entity("bold", 0, 2), entity("italic", 3, 2), entity("code", 6, 1)]),
    ("😀[xã](https://e.org/a)", "😀xã", [entity("text_link", 2, 2, url="https://e.org/a")]),
    ("[Nam](tg://user?id=7)", "Nam", [entity("text_mention", 0, 3, user=7)]),
    ("```py\nx = 1\n```", "x = 1", [entity("pre", 0, 5, language="py")]),
    ("```x```", "x", [entity("pre", 0, 1)]),
    (r"a\_b 3.5 (x)!", "a_b 3.5 (x)!", []),
    ("*a_b*", "a_b", [entity("bold", 0, 3)]),
]

NEW = [
    ("*a _b __c___*", "a b c", [entity("bold", 0, 5), entity("italic", 2, 3), entity("underline", 4, 1)]),
    ("~a~ ||b|| `c`", "a b c", [entity("strikethrough", 0, 1), entity("spoiler", 2, 1), entity("code", 4, 1)]),
    (r"3\.5 \(x\)\!", "3.5 (x)!", []),
    (r"[x](https://e.org/\)a)", "x", [entity("text_link", 0, 1, url="https://e.org/)a")]),
    ("![👍](tg://emoji?id=5)", "👍", [entity("custom_emoji", 0, 2, custom_emoji_id="5")]),
    (">a\n>b\nc", "a\nb\nc", [entity("blockquote", 0, 3)]),
    ("```py\nx = 1\n```", "x = 1", [entity("pre", 0, 5, language="py")]),
    ("`a.b-c`", "a.b-c", [entity("code", 0, 5)]),
]

WRONG = [
    (parse_markdown, "a_b", "Can't find end of the entity starting at byte offset 1"),
    (parse_markdown, "số *a", "Can't find end of the entity starting at byte offset 5"),
    (parse_markdown_v2, "3.5", "Character '.' is reserved and must be escaped with the preceding '\\'"),
    (parse_markdown_v2, "*a", "Can't find end of Bold entity at byte offset 0"),
    (parse_markdown_v2, "[a](b", "Can't find end of a URL at byte offset 4"),
]


@pytest.mark.parametrize(("source", "text", "entities"), OLD)
def test_the_older_markdown_is_read(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_markdown(source) == (text, entities)


@pytest.mark.parametrize(("source", "text", "entities"), NEW)
def test_markdown_v2_is_read(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_markdown_v2(source) == (text, entities)


@pytest.mark.parametrize(("parse", "source", "words"), WRONG)
def test_what_is_left_open_or_not_escaped_is_refused_in_telegrams_words(parse: Any, source: str, words: str) -> None:
    with pytest.raises(Refusal, match="can't parse entities") as refused:
        parse(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"
