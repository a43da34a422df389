"""The official letter: a page and an annex in the form of the decree, whose head, items, rows and words break where they should."""

import json
from dataclasses import replace
from datetime import datetime, time
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Letter
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.table import Table, _Row

from bot.drawing import draw
from bot.drawing.letter_parts import widest_word
from bot.telegram.channel import TELEGRAM
from messages.digests.digest import digest
from reporting.dataclass_json import as_json, of_json
from reporting.digests.drawings import DigestLetter, drawn_from
from reporting.digests.evidence import Evidence
from reporting.say import Drawn
from reporting.translator import translator
from tests.rules.digests_made import evidence, province

SPACE = "\u00a0"


def content_of(of: Evidence | None = None, language: str = "vi", **more: Any) -> DigestLetter:
    """As the outbox keeps it: through JSON; with `more` instead of its own."""
    shown = of or evidence(missing=[11, 12], late={5: time(16, 45)}, demonstration=True)
    content = drawn_from(DigestLetter, digest(shown, translator(language), TELEGRAM).content)
    return replace(of_json(DigestLetter, json.loads(json.dumps(as_json(content)))), **more)


def letter(content: DigestLetter) -> Letter:
    return Document(BytesIO(draw(Drawn("x", content))))


def body_of(of: Letter) -> list[str]:
    return [paragraph.text for paragraph in of.paragraphs if paragraph.text]


def head_of(of: Letter) -> list[str]:
    return [paragraph.text for paragraph in of.tables[0].rows[0].cells[0].paragraphs if paragraph.text]


def has(row: _Row, mark: str) -> bool:
    return row._tr.trPr is not None and row._tr.trPr.find(qn(mark)) is not None


def test_the_letter_has_what_the_decree_wants() -> None:
    made = letter(content_of())
    page = made.sections[0]
    assert (round(page.page_width.mm if page.page_width else 0), page.orientation) == (210, WD_ORIENT.PORTRAIT)
    assert round(page.left_margin.mm if page.left_margin else 0) == 30
    head, signature, units, others = made.tables
    assert head_of(made) == ["ỦY BAN NHÂN DÂN", f"HUYỆN{SPACE}TRIỆU{SPACE}SƠN", "Số:        /BC-UBND"]
    assert [each.text for each in head.rows[0].cells[1].paragraphs if each.text] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Triệu Sơn, ngày 10 tháng 11 năm 2021",
    ]
    body = "\n".join(body_of(made))
    assert "BÁO CÁO\nTình hình phòng, chống dịch COVID-19 huyện Triệu Sơn\nSỐ LIỆU MINH HỌA" in body
    assert "▲" not in body
    assert "Nơi nhận:" in signature.rows[0].cells[0].text
    assert "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH" in signature.rows[0].cells[1].text
    assert len(units.rows) == 36
    assert [row.cells[1].text for row in others.rows] == [
        "Chỉ tiêu",
        "Lũy kế số ca mắc",
        "Số mẫu xét nghiệm lấy trong kỳ",
        "Số F2 đang theo dõi",
    ]


@pytest.mark.parametrize(
    ("authority", "unit", "name", "lines"),
    [
        ("UBND thành phố Thủ Đức", "thành phố Thủ Đức", "Thủ Đức", ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ THỦ ĐỨC"]),
        ("Phòng Giáo dục và Đào tạo huyện Ia Grai", "huyện Ia Grai", "Ia Grai", None),
        ("Sở Y tế Thanh Hóa", "tỉnh Thanh Hóa", "Thanh Hóa", ["SỞ Y TẾ", "THANH HÓA"]),
        ("Ban Chỉ đạo", "huyện Ia Grai", "Ia Grai", ["BAN CHỈ ĐẠO"]),
        ("", "huyện Ia Grai", "Ia Grai", ["ỦY BAN NHÂN DÂN", "HUYỆN IA GRAI"]),
    ],
)
def test_the_head_breaks_before_the_unit_that_it_is_of(
    authority: str, unit: str, name: str, lines: list[str] | None
) -> None:
    said = head_of(letter(content_of(authority=authority, unit=unit, name=name)))[:-1]
    assert [line.replace(SPACE, " ") for line in said] == (lines or ["PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "HUYỆN IA GRAI"])


def test_above_a_communes_own_name_stands_its_districts() -> None:
    said = head_of(letter(content_of(evidence(unit_id=26))))
    assert said[:3] == ["UBND HUYỆN TRIỆU SƠN", "ỦY BAN NHÂN DÂN", f"XÃ{SPACE}THỌ{SPACE}DÂN"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_items_end_with_semicolons_and_the_last_with_a_full_stop(language: str) -> None:
    items = [line for line in body_of(letter(content_of(language=language))) if line.startswith("- ")]
    assert len(items) == 6
    assert all(line.endswith(";") for line in items[:-1])
    assert items[-1].endswith(".")


def test_an_item_says_the_figure_what_it_has_changed_by_and_what_it_adds_up_to() -> None:
    items = [line for line in body_of(letter(content_of())) if line.startswith("- ")]
    assert items[0] == "- Số ca mắc mới (F0) ghi nhận trong kỳ: 62 ca, giảm 2 (lũy kế: 7.423*);"
    assert items[3] == "- Số ca tử vong trong kỳ: 0 ca, không đổi;"


def test_who_is_missing_stands_in_the_letter_and_every_units_figures_in_the_annex() -> None:
    made = letter(content_of())
    body = body_of(made)
    assert "Chưa báo cáo, chưa tính số liệu kỳ này (2 đơn vị): xã Hợp Thắng, xã Minh Sơn." in body
    assert not [line for line in body if "xã Thọ Sơn" in line]
    annexed = body.index("Phụ lục")
    assert body[annexed : annexed + 3] == [
        "Phụ lục",
        "SỐ LIỆU CHI TIẾT",
        "(Kèm theo Báo cáo số        /BC-UBND ngày 10 tháng 11 năm 2021 của UBND huyện Triệu Sơn)",
    ]
    assert body[annexed - 1].endswith("số liệu chi tiết tại Phụ lục kèm theo./.")
    assert made.sections[1].orientation == WD_ORIENT.LANDSCAPE


def test_what_is_to_be_noted_of_many_units_stands_behind_the_tables() -> None:
    body = body_of(letter(content_of(evidence(province(), missing=[29]))))
    assert body.index("Các chỉ tiêu khác") > body.index("Phụ lục")
    assert "Số liệu từng đơn vị" not in body


def test_a_letter_without_a_topic_is_named_by_its_form() -> None:
    content = content_of(topic="", title="TỔNG HỢP BÁO CÁO NGÀY – HUYỆN TRIỆU SƠN")
    assert "BÁO CÁO\nTỔNG HỢP BÁO CÁO NGÀY – HUYỆN TRIỆU SƠN\n" in "\n".join(body_of(letter(content)))


def test_a_digest_that_was_frozen_before_says_all_its_paragraphs_in_the_letter() -> None:
    kept = as_json(content_of())
    del kept["sections"]
    body = "\n".join(body_of(letter(of_json(DigestLetter, kept))))
    for said in ("lũy kế: 7.423*", "Chưa báo cáo, chưa tính số liệu kỳ này (2 đơn vị)", "Chỉ tiêu khác: Số mẫu"):
        assert said in body


def test_no_row_is_split_and_the_signature_stays_with_the_last_words() -> None:
    made = letter(content_of())
    _, signature, *tables = made.tables
    assert all(has(row, "w:cantSplit") for table in (signature, *tables) for row in table.rows)
    assert all(has(table.rows[0], "w:tblHeader") for table in tables)
    last = next(each for each in made.paragraphs if each.text.endswith("./."))
    gap = made.paragraphs[[each.text for each in made.paragraphs].index(last.text) + 1]
    assert last.paragraph_format.keep_with_next
    assert gap.paragraph_format.keep_with_next
    above_the_sum = made.tables[2].rows[-2]
    assert all(each.paragraph_format.keep_with_next for cell in above_the_sum.cells for each in cell.paragraphs)


LABELS = ("Số ca khỏi bệnh/ra viện", "Diện tích lúa bị ngập (ha)", "Congregational", "Ủy ban nhân dân")


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_word_of_a_header_is_wider_than_its_column(label: str, language: str) -> None:
    content = content_of(language=language)
    labelled = tuple(replace(each, label=label) for each in content.indicators)
    for table in letter(replace(content, indicators=labelled)).tables[2:]:
        assert sum(_wide(table)) <= 247.5
        for cell, wide in zip(table.rows[0].cells, _wide(table), strict=True):
            size = cell.paragraphs[0].runs[0].font.size
            assert size is not None
            assert widest_word(cell.text, size.pt) + 3.8 <= wide


def _wide(table: Table) -> list[float]:
    return [column.width.mm if column.width else 0 for column in table.columns]


def test_a_letter_of_january_writes_its_month_with_a_nought() -> None:
    content = content_of(as_of=datetime.fromisoformat("2022-01-05T17:00:00+07:00"))
    assert "ngày 05 tháng 01 năm 2022" in letter(content).tables[0].rows[0].cells[1].text


def test_a_deputy_signs_for_the_head_as_the_decree_has_it() -> None:
    _, signature, *_ = letter(content_of(by_deputy=True)).tables
    assert "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH" in signature.rows[0].cells[1].text
    _, signature, *_ = letter(content_of(language="en", by_deputy=True)).tables
    assert "FOR THE CHAIR\nVICE-CHAIR" in signature.rows[0].cells[1].text
