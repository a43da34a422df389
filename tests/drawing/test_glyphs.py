"""No picture shows an empty box: whatever is drawn has a glyph in the pictures' font, and no text is cut within a word."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from PIL import ImageFont

from bot.drawing import MAKERS
from bot.drawing.canvas import RED, Canvas
from bot.drawing.glyphs import font_file, glyphs, writable
from bot.drawing.marks import WrittenLine
from bot.telegram.channel import TELEGRAM
from messages.briefings.briefing_page import briefing_page
from messages.digests.digest import digest
from reporting.briefings.briefing_content import BriefingPicture, briefing_part
from reporting.dataclass_json import as_json, of_json
from reporting.digests.content import DigestContent
from reporting.digests.drawings import DigestPicture, drawn_from
from reporting.say import Drawing
from reporting.translator import translator
from reporting.units import Unit, UnitTree
from tests.drawing.pictures_made import laid_out
from tests.rules.briefings_made import facts, round_facts
from tests.rules.digests_made import evidence

FILES = {"briefing_sheet", "workbook", "letter", "filling", "form_workbook", "text_lines", "invitations", "table"}
"""Makers of files, whose letters are the reader's own; those of the sheet of invitations go through the same canvas, card by card."""
PICTURES = sorted(set(MAKERS) - FILES)
SIGNS = "«Thọ Dân» “số liệu” ‘mới’ – … · ▲▼◆ ≥ → 1.234 ½ º"
"""Quotes, arrows and signs that people type and that the font has."""
STRANGE = "Trạm 🏥 三村"
LACKED = {"🏥", "三", "村"}


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def tree_of(name: str) -> UnitTree:
    units = [Unit(1, "397", "Triệu Sơn", "huyện")]
    return UnitTree([*units, *(Unit(2 + n, f"{15700 + n}", f"{name} {n}", "xã", 1) for n in range(9))])


def digest_of(maker: str, name: str, language: str) -> Drawing:
    made = digest(evidence(tree_of(name), missing=[3], demonstration=True), translator(language), TELEGRAM)
    content = of_json(DigestContent, json.loads(json.dumps(as_json(made.content))))
    labelled = tuple(replace(each, label=f"{each.label} {name}") for each in content.indicators)
    part: Drawing = drawn_from(MAKERS[maker].content, replace(content, indicators=labelled))
    return part


def figures_of(maker: str, name: str, language: str) -> Drawing:
    """What the pictures of one figure and the bulletin are drawn from."""
    points: list[list[Any]] = [[f"2021-11-{day:02d}", day, day + day % 2, 3, 4] for day in range(1, 10)]
    points[2][1:] = [None, None, 0, 4]
    series = {"label": name, "unit": name, "values": [None if low is None else float(low) for _, low, *_ in points]}
    kept = {
        "language": language,
        "title": name,
        "window": name,
        "coverage_text": name,
        "unit": name,
        "tiles": [[name, 0, 4], [name, 12, 12]],
        "trend_title": name,
        "points": points,
        "series": [series],
        "periods": [iso for iso, *_ in points],
        "first": "2021-11-01",
        "last": "2021-11-09",
        "bars_title": name,
        "bars": [[name, 0, 0, "", ""], [name, None, None, "", name], [name, 1, 4, "3/4", ""]],
        "as_of": "2021-11-10T16:05:00+07:00",
        "source": name,
        "is_corrected": True,
        "demonstration": True,
    }
    made: Drawing = of_json(MAKERS[maker].content, kept)
    return made


def briefing_of(maker: str, name: str, language: str) -> Drawing:
    seen = facts(round_facts(missing=(3,), tree=tree_of(name)), demonstration=True)
    made: Drawing = briefing_part(BriefingPicture, briefing_page(seen, translator(language)).content)
    return made


def bars_of(maker: str, name: str, language: str) -> Drawing:
    """What the pictures of bars beside names are drawn from: targets, and how complete questions are answered."""
    bars = {
        "targets": [[name, name, 1.2, 0.5, name, "", True], [name, name, None, 0.5, name, name, False]],
        "answers": [[name, 4, 1, 2, name, name], [name, 0, 0, 0, name, ""]],
    }
    kept = {
        "language": language,
        "title": name,
        "window": name,
        "coverage_text": name,
        "bars": bars[maker],
        "as_of": "2021-11-10T16:05:00+07:00",
        "demonstration": True,
    }
    made: Drawing = of_json(MAKERS[maker].content, kept)
    return made


CONTENTS = {
    "answers": bars_of,
    "briefing": briefing_of,
    "digest": digest_of,
    "board": digest_of,
    "trend": figures_of,
    "public_trend": figures_of,
    "bulletin": figures_of,
    "targets": bars_of,
}


def drawn(maker: str, name: str, language: str = "vi") -> Canvas:
    """A picture, laid out."""
    return laid_out(CONTENTS[maker](maker, name, language))


@cache
def shape(character: str, bold: bool) -> bytes:
    """A character as the font draws it."""
    font = ImageFont.truetype(font_file(bold), 40, layout_engine=ImageFont.Layout.BASIC)
    mask = font.getmask(character)
    return bytes(mask) + bytes(mask.size)


def is_empty_box(character: str, bold: bool) -> bool:
    """Whether it is drawn as what the font has no glyph for: U+FFFF is no character."""
    return shape(character, bold) == shape("\uffff", bold)


def without_glyph(lines: Sequence[WrittenLine]) -> set[str]:
    """The characters in a picture that its font draws as an empty box."""
    return {letter for line in lines for letter in line.text if is_empty_box(letter, line.bold)}


def test_every_maker_of_pictures_is_walked_here() -> None:
    assert sorted(CONTENTS) == PICTURES


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("maker", PICTURES)
def test_what_we_say_and_what_people_type_is_drawn_as_it_is(maker: str, language: str) -> None:
    for name in (SIGNS, decomposed("Xã Nghĩa Lộ – khu phố «Đường Ỷ»")):
        canvas = drawn(maker, name, language)
        assert canvas.lacking == set()
        assert without_glyph(canvas.lines) == set()
        assert all(line.text == unicodedata.normalize("NFC", line.text) for line in canvas.lines)


@pytest.mark.parametrize("maker", PICTURES)
def test_what_the_font_lacks_is_left_out_or_stood_in_for(maker: str) -> None:
    canvas = drawn(maker, STRANGE)
    assert canvas.lacking == LACKED
    assert without_glyph(canvas.lines) == set()
    assert any("Trạm ??" in line.text for line in canvas.lines)


def test_the_walk_sees_a_sign_that_the_font_lacks() -> None:
    line = WrittenLine(0, 20, "xã 🏥", 20, "#000000", False, 50)
    assert without_glyph([line]) == {"🏥"}


@pytest.mark.parametrize("bold", [False, True])
def test_the_font_has_exactly_the_letters_that_it_is_said_to_have(bold: bool) -> None:
    said = glyphs(bold)
    assert len(said) > 2000
    assert [hex(code) for code in said if is_empty_box(chr(code), bold)] == []
    others = [code for code in range(0x20, 0x3000) if code not in said and not unicodedata.combining(chr(code))]
    assert [hex(code) for code in others if not is_empty_box(chr(code), bold) and chr(code).isprintable()] == []


VIETNAMESE = "aăâeêioôơuưyđ"


@pytest.mark.parametrize("bold", [False, True])
def test_the_font_has_every_vietnamese_letter_in_one_piece(bold: bool) -> None:
    toned = [
        unicodedata.normalize("NFC", letter + tone)
        for letter in VIETNAMESE[:-1]
        for tone in "\u0300\u0301\u0303\u0309\u0323"
    ]
    letters = {each for letter in (*VIETNAMESE, *toned) for each in (letter, letter.upper())}
    assert len(letters) == 2 * (len(VIETNAMESE) + 60)
    assert all(len(letter) == 1 and ord(letter) in glyphs(bold) for letter in letters)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (decomposed("xã Thọ Dân"), "xã Thọ Dân"),
        ("Trạm 🏥 Dân Lực", "Trạm Dân Lực"),
        ("三村", "??"),
        ("🏥", "?"),
        ("👨‍👩‍👧 hộ", "hộ"),
        ("𝟑 ca, Ｆ０", "3 ca, F0"),
        ("hai\ndòng\tmột", "hai dòng một"),
        ("trước\u200b sau\ufe0f\x00", "trước sau"),
        ("A  ·  B", "A  ·  B"),
    ],
)
def test_a_text_is_composed_and_has_only_what_the_font_has(typed: str, shown: str) -> None:
    assert writable(typed).text == shown
    assert writable(typed, bold=True).text == shown


LONG = "F0 mới – trong đó: ca ghi nhận tại cộng đồng, khu công nghiệp và trường học trên địa bàn"


@pytest.mark.parametrize("width", [120, 233, 400, 992])
@pytest.mark.parametrize("most", [1, 2, 3])
def test_a_text_that_is_too_long_is_cut_after_a_word(width: float, most: int) -> None:
    letters, lines = Canvas(100).fit(LONG, 20, width, most)
    said = " ".join(lines)
    assert 15 <= letters <= 20
    assert said == LONG or (said.endswith("…") and f"{LONG} ".startswith(said.removesuffix("…") + " "))
    assert all(Canvas(100).width_of(line, letters) <= width for line in lines)


def test_a_label_that_nearly_fits_stands_there_whole_in_smaller_letters() -> None:
    canvas = drawn("digest", "khu phố")
    shown = " ".join(line.text for line in canvas.lines)
    assert "Số ca mắc mới (F0) ghi nhận trong kỳ khu phố" in shown
    assert "…" not in shown


def test_what_explains_the_arrows_is_no_smaller_than_the_labels_of_the_figures() -> None:
    pixels = {line.text: line.pixels for line in drawn("digest", "khu phố").lines}
    explained = next(size for text, size in pixels.items() if text.startswith("▲▼"))
    assert explained >= 20
    assert explained >= next(size for text, size in pixels.items() if text.startswith("Số ca mắc mới"))


@pytest.mark.parametrize("maker", ["digest", "board"])
def test_who_has_not_reported_stands_out_in_red(maker: str) -> None:
    shown = [line for line in drawn(maker, "Thọ Dân").lines if line.text == "chưa báo cáo"]
    assert shown
    assert {line.colour for line in shown} == {RED}


def test_the_title_of_a_span_keeps_its_last_day() -> None:
    made = digest(evidence(days=7), translator("vi"), TELEGRAM)
    canvas = laid_out(drawn_from(DigestPicture, made.content))
    shown = [line.text for line in canvas.lines]
    assert "Số ca mắc mới (F0) ghi nhận trong kỳ, từng đơn vị, 04/11/2021–10/11/2021" in shown


def test_the_board_has_a_heading_of_its_own() -> None:
    assert drawn("board", "Thọ Dân").lines[0].text == "THEO DÕI BÁO CÁO – HUYỆN TRIỆU SƠN"
