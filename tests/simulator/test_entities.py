"""HTML into text with entities and back."""

from typing import Any

import pytest

from simulator.entities import find, parse_html, to_html, units


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


CASES = [
    ("<b>a</b> &lt;3 &amp; &#273;", "a <3 & đ", [entity("bold", 0, 1)]),
    ("😀<i>Số</i>", "😀Số", [entity("italic", 2, 2)]),
    ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
    ('<a href="https://e.org/?a=1&amp;b=2">x</a>', "x", [entity("text_link", 0, 1, url="https://e.org/?a=1&b=2")]),
    ('<pre><code class="language-python">x</code></pre>', "x", [entity("pre", 0, 1, language="python")]),
    ("<code>x</code>", "x", [entity("code", 0, 1)]),
    ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
    (
        '<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>',
        "xy",
        [entity("spoiler", 0, 1), entity("spoiler", 1, 1)],
    ),
    ("  <b> a </b>\n", "a", [entity("bold", 0, 1)]),
    ("<B>a</B><strong></strong>", "a", [entity("bold", 0, 1)]),
    ("&nbsp; &unknown;", "&nbsp; &unknown;", []),
    (
        "<s>a</s><u>b</u><del>c</del>",
        "abc",
        [entity("strikethrough", 0, 1), entity("underline", 1, 1), entity("strikethrough", 2, 1)],
    ),
]


@pytest.mark.parametrize(("source", "text", "entities"), CASES)
def test_telegrams_html_is_read(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    "source", ["<b>a<i>b</i></b> &amp; c", "<pre>1\n2</pre>x", "😀<u>đ</u>", '<a href="https://e.org">x</a>']
)
def test_html_comes_back_as_it_was(source: str) -> None:
    assert to_html(*parse_html(source)) == source


def test_overlapping_entities_are_closed_and_opened_again() -> None:
    assert to_html("abc", [entity("bold", 0, 2), entity("italic", 1, 2)]) == "<b>a<i>b</i></b><i>c</i>"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/baocao nhé", ["/baocao"]),
        ("a/b 10/11/2021 và/hoặc", []),
        ("xem /trogiup@giaoban_bot", ["/trogiup@giaoban_bot"]),
        ("https://e.org/a?b=1, t.me/giaoban_bot", ["https://e.org/a?b=1", "t.me/giaoban_bot"]),
        ("hỏi @giaoban_bot hoặc a@b.vn #tho_dan", ["@giaoban_bot", "a@b.vn", "#tho_dan"]),
        ("1.234 ca, 0,5; 16:00; v.v.", []),
    ],
)
def test_commands_links_and_mentions_are_found(text: str, found: list[str]) -> None:
    assert [text[e["offset"] : e["offset"] + e["length"]] for e in find(text, [])] == found


def test_what_is_code_or_a_link_already_holds_no_command() -> None:
    assert find("/a /b", [entity("code", 0, 2)]) == [entity("code", 0, 2), entity("bot_command", 3, 2)]


def test_lengths_are_utf_16() -> None:
    assert [units(text) for text in ("a", "ố", "😀")] == [1, 1, 2]
