"""Pictures, workbooks and letters, drawn from the JSON that a digest is frozen as."""

import json
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from bot.drawing import MAKERS, draw
from bot.drawing.digest_bars import bars_of
from bot.telegram.channel import TELEGRAM
from messages.digests.content import plain
from messages.digests.digest import digest
from messages.digests.digest_messages import board_say, digest_says, letter_say
from reporting.dataclass_json import as_json
from reporting.digests.digest_record import Digest
from reporting.digests.drawings import DigestPicture, DigestWorkbook, drawn_from
from reporting.digests.evidence import Evidence, Number
from reporting.figures.drawings import PublicPoint, PublicTrend
from reporting.people import Address
from reporting.rounds.late_reason import LateReason
from reporting.say import Drawn, KeptDrawing
from reporting.text_pieces import visible
from reporting.translator import translator
from reporting.units import Unit, UnitTree
from tests.rules.digests_made import FORM, TODAY, evidence, province, usual

VI = translator("vi")
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
    return digest(of or day(), translator(language), TELEGRAM)


def drawn(maker: str, of: Digest) -> bytes:
    """As the outbox keeps it: through JSON."""
    kept = Drawn("x", drawn_from(MAKERS[maker].content, of.content)).kept
    return draw(Drawn("x", KeptDrawing(maker, json.loads(json.dumps(kept)))))


CUMULATIVE = 5
"""The workbook's column of the one indicator that is carried forward."""


def unknown() -> Evidence:
    """A day on which everybody has reported, but one does not know what the running total rests on."""

    def figure(name: str, unit_id: int, ago: int) -> Number | None:
        return None if (name, unit_id, ago) == ("f0_cum", 12, 0) else usual(name, unit_id, ago)

    return evidence(figure=figure, reported={"f0_cum": {12: (TODAY,)}})


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


STOCKS = replace(FORM, questions=tuple(each for each in FORM.questions if each.kind == "total"))
"""A form of running totals alone: the picture is of them."""


def test_a_districts_bar_of_a_running_total_is_whole_or_says_that_it_is_not_told() -> None:
    tree = province(3, 9)
    silent = made(replace(evidence(tree, missing=[7]), form=STOCKS))
    late = next(bar for bar in bars_of(silent.content, VI) if bar.note)
    whole = sum(usual("f0_cum", unit_id, 1 if unit_id == 7 else 0) for unit_id in (7, 10, 13))
    assert (late.name, late.value, late.text, late.note) == ("huyện Nông Cống 3", whole, f"{whole}*", "  2/3")
    gone = {"f0_cum": {7: (TODAY,)}}
    untold = made(replace(evidence(tree, missing=[7], reported=gone), form=STOCKS))
    last = bars_of(untold.content, VI)[-1]
    assert (last.name, last.value, last.text) == ("huyện Nông Cống 3", None, "chưa tính được")
    for of in (silent, untold):
        for maker in OF_DIGESTS:
            assert drawn(maker, of)


def test_the_bar_of_the_rest_of_the_units_is_whole_too() -> None:
    tree = UnitTree([Unit(1, "1", "Gốc", "huyện"), *(Unit(n, f"{n:03d}", f"Xã {n}", "xã", 1) for n in range(2, 102))])
    *shown, rest = bars_of(made(replace(evidence(tree, missing=[2, 50]), form=STOCKS)).content, VI)
    whole = sum(usual("f0_cum", unit_id, 1 if unit_id in (2, 50) else 0) for unit_id in range(2, 102))
    assert (rest.name, rest.value) == ("37 đơn vị còn lại", whole - sum(bar.value or 0 for bar in shown))
    assert rest.text.endswith("*")


def test_digests_that_were_frozen_without_what_is_carried_are_still_drawn() -> None:
    content = json.loads(json.dumps(as_json(made(evidence(province(), missing=[29])).content)))
    del content["notes"]
    for row in (*content["rows"], *content["groups"], *content["board"], *content["indicators"]):
        for name in ("carried", "carried_of", "withheld", "mark", "untold", "grown"):
            row.pop(name, None)
    for name, days in content["trend"].items():
        content["trend"][name] = [day[:2] for day in days]
    for maker in OF_DIGESTS:
        assert len(draw(Drawn("x", KeptDrawing(maker, content)))) > 1000


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
    code = "import sys, bot.drawing; print([n for n in ('PIL', 'openpyxl', 'docx') if n in sys.modules])"
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
        assert values.count(None) == (0 if column == CUMULATIVE else 2)
        assert shown.cell(last + 1, column).value == sum(value for value in values if isinstance(value, int))
        assert shown.cell(last + 2, column).value == 34 - values.count(None)


def test_the_workbook_leaves_what_was_not_reported_empty_with_a_remark() -> None:
    sheet = load_workbook(BytesIO(drawn("workbook", made()))).worksheets[0]
    row = next(row for row in sheet.iter_rows() if row[1].value == "xã Minh Sơn")
    own = [cell for cell in row[2:11] if cell.column != CUMULATIVE]
    assert [cell.value for cell in own] == [None] * 8
    assert row[-1].value == "chưa báo cáo; ô in nghiêng: số kỳ trước 09/11"


def test_the_workbook_shows_what_a_late_unit_stands_in_a_running_total_with() -> None:
    sheet = load_workbook(BytesIO(drawn("workbook", made()))).worksheets[0]
    late, sent = (
        next(row[CUMULATIVE - 1] for row in sheet.iter_rows() if row[1].value == name)
        for name in ("xã Minh Sơn", "xã Thọ Dân")
    )
    assert late.value == usual("f0_cum", 12, 1)
    assert (late.font.i, sent.font.i) == (True, False)
    sums = next(row for row in sheet.iter_rows() if str(row[1].value).startswith("Tổng số"))
    assert sums[CUMULATIVE - 1].number_format == '#,##0"*"'
    assert any(str(row[0].value).startswith("* Gồm số kỳ trước của xã") for row in sheet.iter_rows())


def test_a_running_total_that_rests_on_what_is_not_known_has_no_sum_but_the_reason() -> None:
    sheet = load_workbook(BytesIO(drawn("workbook", made(unknown())))).worksheets[0]
    sums = next(row for row in sheet.iter_rows() if str(row[1].value).startswith("Tổng số"))
    assert sums[CUMULATIVE - 1].value == "chưa tính được"
    row = next(row for row in sheet.iter_rows() if row[1].value == "xã Minh Sơn")
    assert row[CUMULATIVE - 1].value is None
    assert row[-1].value == "báo cáo mới nhất còn thiếu số liệu nên chưa tính được"
    said = "Chưa tính được Lũy kế số ca mắc: báo cáo mới nhất của xã Minh Sơn chưa có số này."
    assert [row[0].value for row in sheet.iter_rows() if row[0].value == said] == [said]


def test_the_workbook_says_why_a_report_is_missing() -> None:
    of = evidence(missing=[11], late_reasons={11: LateReason("power")})
    sheet = load_workbook(BytesIO(drawn("workbook", made(of)))).worksheets[0]
    remarks = [row[-1].value for row in sheet.iter_rows() if row[-1].value]
    assert "chưa báo cáo: mất điện, mất mạng; ô in nghiêng: số kỳ trước 09/11" in remarks


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
    rows = tuple(replace(row, unit="=2+2") for row in of.content.rows)
    content = drawn_from(DigestWorkbook, replace(of.content, rows=rows))
    sheet = load_workbook(BytesIO(draw(Drawn("x", content)))).worksheets[0]
    cell = next(row[1] for row in sheet.iter_rows() if row[1].value == "=2+2")
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_the_workbook_has_the_days_with_their_coverage() -> None:
    sheet = load_workbook(BytesIO(drawn("workbook", made()))).worksheets[1]
    rows = list(sheet.iter_rows(values_only=True))
    assert str(rows[-1][0]).startswith("2021-11-10")
    assert rows[-1][1] == 34
    assert rows[-1][3] == 32


def test_a_digest_is_said_picture_first_then_text_then_workbook() -> None:
    of = made()
    picture, text, workbook = digest_says(of, LAN, VI)
    assert picture.photo is not None
    assert visible(picture.text) <= TELEGRAM.caption_length
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
    assert len(json.dumps(as_json(drawn_from(DigestPicture, of.content)))) < 40_000
    assert drawn_from(DigestWorkbook, of.content).rows


def test_a_file_inside_the_workbook_is_not_touched_but_for_results() -> None:
    with ZipFile(BytesIO(drawn("workbook", made()))) as file:
        assert file.testzip() is None
        assert b"<f>SUM(C8:C41)</f><v>" in file.read("xl/worksheets/sheet1.xml")


def test_what_is_drawn_says_that_it_is_a_demonstration() -> None:
    says = digest_says(made(), LAN, VI)
    assert all("minh họa" in plain(each.text) for each in says)
    assert made().content.periods[0] == date(2021, 11, 10)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("days", [7, 92])
def test_a_public_trend_is_drawn_with_missing_days_and_counts_held_back(language: str, days: int) -> None:
    first = date(2021, 8, 11)
    points = [PublicPoint(first + timedelta(n), float(n), float(n), 30, 34) for n in range(days)]
    points[2] = PublicPoint(points[2].period, None, None, 0, 0)
    points[3] = PublicPoint(points[3].period, 1.0, 4.0, 34, 34)
    content = PublicTrend(
        language=language,
        title="Huyện Triệu Sơn – Số ca mắc mới",
        unit="ca",
        first=points[0].period,
        last=points[-1].period,
        points=tuple(points),
        as_of=datetime.fromisoformat("2021-11-10T16:05:00+07:00"),
        demonstration=True,
    )
    assert size_of(draw(Drawn("x.png", content)))[0] == 1080


def test_a_workbook_shows_a_total_with_its_fraction() -> None:
    """1,5 and 0,333 stood over a total that was shown as 2."""
    units = [unit.id for unit in evidence().units]
    of = {units[0]: Decimal("1.5"), units[1]: Decimal("0.3331")}

    def figure(name: str, unit_id: int, ago: int) -> Number | None:
        return of.get(unit_id, 0) if name == "f0_new" and not ago else None

    sheet = load_workbook(BytesIO(drawn("workbook", made(evidence(figure=figure))))).worksheets[0]
    shown = {cell.value: cell.number_format for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert (shown[1.5], shown[0.3331]) == ("#,##0.0#####", "#,##0.0#####")
    total = next(form for value, form in shown.items() if str(value).startswith("=SUM("))
    counted = next(form for value, form in shown.items() if str(value).startswith("=COUNT("))
    assert (total, counted) == ("#,##0.0#####", "#,##0")
