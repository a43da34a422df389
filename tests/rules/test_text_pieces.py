"""A long text is cut where a reader would cut it, and every piece is whole HTML."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reporting.text_pieces import pieces, visible


def tags_match(html: str) -> bool:
    opened: list[str] = []
    for end, name in re.findall(r"<(/?)([a-z]+)[^>]*>", html):
        if not end:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


def words(html: str) -> str:
    return "".join(re.sub(r"<[^>]*>", "", html).split())


def test_a_short_text_stays_as_it_is() -> None:
    assert pieces("<b>Số ca</b>\n\n3", 4096) == ["<b>Số ca</b>\n\n3"]


def test_length_is_what_is_seen_in_utf_16_units() -> None:
    assert visible("<b>a</b>&lt;&#7879;🦠ệ") == 1 + 1 + 1 + 2 + 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aaaa\n\nbbbb\ncc", ["aaaa", "bbbb\ncc"]),
        ("aaaa\nbbbb cccc", ["aaaa", "bbbb cccc"]),
        ("aaaa bbbb cccc", ["aaaa bbbb", "cccc"]),
        ("aaaabbbbccccdddd", ["aaaabbbbcc", "ccdddd"]),
        ("<b>aaaa\n\nbbbbbbb</b>", ["<b>aaaa</b>", "<b>bbbbbbb</b>"]),
        (
            '<a href="http://x.vn/a b"><i>aaaa\n\nbbbbbbb</i></a>',
            ['<a href="http://x.vn/a b"><i>aaaa</i></a>', '<a href="http://x.vn/a b"><i>bbbbbbb</i></a>'],
        ),
        ("&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;", ["&lt;" * 10, "&lt;"]),
        ("🦠🦠🦠🦠🦠🦠", ["🦠🦠🦠🦠🦠", "🦠"]),
    ],
)
def test_it_is_cut_after_a_paragraph_else_a_line_else_a_word_else_anywhere(text: str, expected: list[str]) -> None:
    assert pieces(text, 10) == expected


PARTS = st.sampled_from(["<b>", "</b>", "<i>", "</i>", "xã Thọ Dân", "31/34", " ", "\n", "\n\n", "&amp;", "🦠", "ệ"])


def well_formed(parts: list[str]) -> str:
    opened: list[str] = []
    made: list[str] = []
    for part in parts:
        if part.startswith("</"):
            if not opened or opened[-1] != part[2]:
                continue
            opened.pop()
        elif part.startswith("<"):
            if part[1] in opened:
                continue
            opened.append(part[1])
        made.append(part)
    return "".join(made) + "".join(f"</{name}>" for name in reversed(opened))


@example(["\n\n", "xã Thọ Dân"], 5)
@example(["31/34", " ", "<b>", " "], 5)
@given(st.lists(PARTS, max_size=200), st.integers(5, 60))
def test_no_word_is_lost_no_piece_too_long_and_no_tag_left_open(parts: list[str], most: int) -> None:
    html = well_formed(parts)
    made = pieces(html, most)
    assert "".join(map(words, made)) == words(html)
    assert all(visible(piece) <= most for piece in made)
    assert all(map(tags_match, made))
    assert all(words(piece) for piece in made) or not words(html)
