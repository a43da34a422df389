"""Pictures, workbooks and letters, drawn from the JSON that a digest is frozen as."""

import json
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from bot.drawing import draw
from bot.drawing.digest import bars_of
from reporting.digests.content import plain
from reporting.digests.digest import Digest, digest
from reporting.digests.evidence import Evidence, LateReason
from reporting.digests.saying import board_say, digest_says, drawn_from, letter_say
from reporting.people import Address
from reporting.pieces import CAPTION, visible
from reporting.say import Drawn
from reporting.words import words_in
from tests.rules.digests_made import evidence, province, usual

VI = words_in("vi")
LAN = Address("telegram", "1")


def day(**more: Any) -> Evidence:
    return evidence(
        missing=[11, 12],
        late={5: time(16, 45)},
        late_reasons={5: LateReason("other", '=HYPERLINK("http://x","y")')},
        demonstration=True,
        **more,
    )


def made(of: Evidence | None = None, language: str = "vi") -> Digest:
    return digest(of or day(), words_in(language))


def drawn(maker: str, of: Digest) -> bytes:
    """As the outbox keeps it: through JSON."""
    content = json.loads(json.dumps(drawn_from(maker, of.content)))
    return draw(Drawn(maker, "x", content))


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high


OF_DIGESTS = ("digest", "board", "workbook", "letter")
"""The makers that draw from a digest's content."""


@pytest.mark.parametrize("maker", OF_DIGESTS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_maker_makes_something_in_every_language(maker: str, language: str) -> None:
    assert len(drawn(maker, made(language=language))) > 1000


def test_a_picture_is_as_wide_as_a_phone_and_not_much_higher() -> None:
    for maker in ("digest", "board"):
        wide, high = size_of(drawn(maker, made()))
        assert wide == 1080
        assert high < 1700


def test_a_picture_of_one_unit_shows_its_days_instead_of_bars() -> None:
    own = made(evidence(unit_id=26))
    assert bars_of(own.content, VI) == []
    assert size_of(drawn("digest", own))[0] == 1080


def test_a_missing_unit_is_no_bar_of_zero_and_stands_last() -> None:
    bars = bars_of(made().content, VI)
    assert len(bars) == 34
    assert [bar.name for bar in bars if bar.value is None] == ["xã Hợp Thắng", "xã Minh Sơn"]
    assert all(bar.value is None for bar in bars[-2:])
    assert bars[-3].value == 0


def test_a_province_is_drawn_by_district_with_its_coverage() -> None:
    bars = bars_of(made(evidence(province(), missing=[29])).content, VI)
    assert len(bars) == 27
    assert [bar.note.strip() for bar in bars if bar.note] == ["20/21"]


def test_with_more_districts_than_fit_the_rest_is_one_bar() -> None:
    bars = bars_of(made(evidence(province(100, 300))).content, VI)
    assert len(bars) == 64
    assert bars[-1].name == "37 đơn vị còn lại"


def test_pictures_can_be_drawn_in_several_threads_at_once() -> None:
    content = made()
    alone = drawn("digest", content)
    with ThreadPoolExecutor(3) as threads:
        assert set(threads.map(lambda _: drawn("digest", content), range(3))) == {alone}


def test_nothing_is_imported_before_it_is_drawn() -> None:
    code = "import sys, bot.drawing; print([n for n in ('matplotlib', 'openpyxl', 'docx') if n in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == "[]"


def test_the_workbook_holds_numbers_and_sums_them_by_formulas_that_are_right() -> None:
    file = drawn("workbook", made())
    sheet, shown = (
        load_workbook(BytesIO(file)).worksheets[0],
        load_workbook(BytesIO(file), data_only=True).worksheets[0],
    )
    head = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "STT")
    last = head + 34
    assert sheet.freeze_panes == f"C{head + 1}"
    assert sheet.auto_filter.ref == f"A{head}:M{last}"
    for column in range(3, 12):
        letter = get_column_letter(column)
        values = [sheet.cell(row, column).value for row in range(head + 1, last + 1)]
        assert sheet.cell(last + 1, column).value == f"=SUM({letter}{head + 1}:{letter}{last})"
        assert all(value is None or isinstance(value, int) for value in values)
        assert values.count(None) == 2
        assert shown.cell(last + 1, column).value == sum(value for value in values if isinstance(value, int))
        assert shown.cell(last + 2, column).value == 32


def test_the_workbook_leaves_what_was_not_reported_empty_with_a_remark() -> None:
    sheet = load_workbook(BytesIO(drawn("workbook", made()))).worksheets[0]
    row = next(row for row in sheet.iter_rows() if row[1].value == "xã Minh Sơn")
    assert [cell.value for cell in row[2:11]] == [None] * 9
    assert row[-1].value == "chưa báo cáo"


def test_the_workbook_says_why_a_report_is_missing() -> None:
    of = evidence(missing=[11], late_reasons={11: LateReason("power")})
    sheet = load_workbook(BytesIO(drawn("workbook", made(of)))).worksheets[0]
    remarks = [row[-1].value for row in sheet.iter_rows() if row[-1].value]
    assert "chưa báo cáo: mất điện, mất mạng" in remarks


def test_a_column_that_nobody_reported_has_no_sum() -> None:
    never = day(figure=lambda name, unit_id, ago: None if name == "tests_new" else usual(name, unit_id, ago))
    sheet = load_workbook(BytesIO(drawn("workbook", made(never)))).worksheets[0]
    sums = next(row for row in sheet.iter_rows() if str(row[1].value).startswith("Tổng số"))
    assert [cell.value for cell in sums[2:11]].count(None) == 1


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "a\x00b", "=HYPERLINK(1)"])
def test_no_text_that_a_person_typed_becomes_a_formula(typed: str) -> None:
    of = evidence(late={5: time(16, 45)}, late_reasons={5: LateReason("other", typed)})
    for row in load_workbook(BytesIO(drawn("workbook", made(of)))).worksheets[0].iter_rows():
        for cell in row:
            if cell.data_type == "f":
                assert str(cell.value).startswith(("=SUM(", "=COUNT("))


def test_a_units_name_that_looks_like_a_formula_stays_a_name() -> None:
    of = made()
    rows = [{**row, "unit": "=2+2"} for row in of.content["rows"]]
    sheet = load_workbook(BytesIO(draw(Drawn("workbook", "x", {**of.content, "rows": rows})))).worksheets[0]
    cell = next(row[1] for row in sheet.iter_rows() if row[1].value == "=2+2")
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_the_workbook_has_the_days_with_their_coverage() -> None:
    sheet = load_workbook(BytesIO(drawn("workbook", made()))).worksheets[1]
    rows = list(sheet.iter_rows(values_only=True))
    assert str(rows[-1][0]).startswith("2021-11-10")
    assert rows[-1][1] == 34
    assert rows[-1][3] == 32


def test_the_letter_has_what_the_decree_wants() -> None:
    letter = Document(BytesIO(drawn("letter", made())))
    page = letter.sections[0]
    assert page.page_width is not None
    assert round(page.page_width.mm) == 210
    assert page.left_margin is not None
    assert round(page.left_margin.mm) == 30
    head, signature, annex = letter.tables
    said = "\n".join(cell.text for cell in head.rows[0].cells)
    for wanted in (
        "ỦY BAN NHÂN DÂN HUYỆN TRIỆU SƠN",
        "Số:        /BC-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Triệu Sơn, ngày 10 tháng 11 năm 2021",
    ):
        assert wanted in said
    body = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    assert "BÁO CÁO\nTình hình phòng, chống dịch COVID-19 huyện Triệu Sơn" in body
    assert "SỐ LIỆU MINH HỌA" in body
    assert "▲" not in body
    assert "Nơi nhận:" in signature.rows[0].cells[0].text
    assert "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH" in signature.rows[0].cells[1].text
    assert len(annex.rows) == 36


def test_a_letter_of_january_writes_its_month_with_a_nought() -> None:
    content = {**made().content, "as_of": "2022-01-05T17:00:00+07:00"}
    letter = Document(BytesIO(draw(Drawn("letter", "x", content))))
    assert "ngày 05 tháng 01 năm 2022" in letter.tables[0].rows[0].cells[1].text


def test_a_digest_is_said_picture_first_then_text_then_workbook() -> None:
    of = made()
    picture, text, workbook = digest_says(of, LAN, VI)
    assert picture.photo is not None
    assert visible(picture.text) <= CAPTION
    assert text.text == of.text
    assert workbook.document is not None
    assert workbook.document.file_name == "Tổng hợp huyện Triệu Sơn 2021-11-10.xlsx"
    for say in (picture, workbook, letter_say(of, LAN, VI), board_say(of, LAN, VI)):
        one = say.photo or say.document
        assert one is not None
        assert draw(one)


def test_a_unit_alone_needs_no_workbook() -> None:
    assert len(digest_says(made(evidence(unit_id=26)), LAN, VI)) == 2


def test_a_picture_of_a_province_does_not_carry_its_workbook() -> None:
    of = made(evidence(province()))
    assert len(json.dumps(drawn_from("digest", of.content))) < 40_000
    assert "rows" in drawn_from("workbook", of.content)


def test_a_file_inside_the_workbook_is_not_touched_but_for_results() -> None:
    with ZipFile(BytesIO(drawn("workbook", made()))) as file:
        assert file.testzip() is None
        assert b"<f>SUM(C8:C41)</f><v>" in file.read("xl/worksheets/sheet1.xml")


def test_what_is_drawn_says_that_it_is_a_demonstration() -> None:
    says = digest_says(made(), LAN, VI)
    assert all("minh họa" in plain(each.text) for each in says)
    assert date.fromisoformat(made().content["periods"][0]) == date(2021, 11, 10)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("days", [7, 92])
def test_a_public_trend_is_drawn_with_missing_days_and_counts_held_back(language: str, days: int) -> None:
    first = date(2021, 8, 11)
    points = [[(first + timedelta(n)).isoformat(), float(n), float(n), 30, 34] for n in range(days)]
    points[2][1:] = [None, None, 0, 0]
    points[3][1:] = [1.0, 4.0, 34, 34]
    content = {
        "language": language,
        "title": "Huyện Triệu Sơn – Số ca mắc mới",
        "unit": "ca",
        "first": points[0][0],
        "last": points[-1][0],
        "points": points,
        "as_of": "2021-11-10T16:05:00+07:00",
        "demonstration": True,
    }
    assert size_of(draw(Drawn("public_trend", "x.png", content)))[0] == 1080
