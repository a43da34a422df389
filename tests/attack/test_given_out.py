"""Files that are given out: whatever somebody typed is a text in them, no formula and no markup, and keeps none from being made."""

import ast
import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.cli.exporting import FORMATS
from bot.cli.reports import as_csv, as_json, as_xlsx
from bot.drawing import MAKERS
from reporting.dataclass_json import of_json
from reporting.harmless_cells import harmless, harmless_row
from reporting.report_tables import ReportTable
from services.export_figures import ExportedFigure
from tests.environment import ROOT

FORMULA = '=HYPERLINK("http://x.invalid";"Thọ Dân")'
HOSTILE = (
    FORMULA, "+1+1", "-1+1|x", "@SUM(A1:A9)", "\t=1+1", "\r=1+1", " =1+1", "＝1+1", "%0A=1", "a\x00b\x0b\x1b[2J", "<b>Thọ Dân</b> & <",
    "*[x](http://x.invalid)* _y_ `z`", "\u202eđảo ngược", "x" * 40_000, "a\nb\r\nc",
)  # fmt: skip
SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "%", "|")
DRAWN = sorted((ROOT / "tests" / "storage" / "contents" / "drawn").glob("*.json"))


def content_of(path: Path) -> tuple[str, dict[str, Any]]:
    kept = json.loads(path.read_text(encoding="utf-8"))
    drawn = kept.get("photo") or kept["document"]
    return drawn["maker"], drawn["content"]


def with_words(kept: Any, change: Callable[[str], str], name: str = "") -> Any:
    """The content with another text wherever there is one for people: of several words, or with a letter that codes have not."""
    if isinstance(kept, dict):
        return {each: with_words(value, change, each) for each, value in kept.items()}
    if isinstance(kept, list):
        return [with_words(each, change, name) for each in kept]
    is_words = isinstance(kept, str) and (" " in kept or not kept.isascii()) and name != "source"
    return change(kept) if is_words else kept


def replaced(_: str, by: str) -> str:
    return by


def drawn(maker: str, content: dict[str, Any]) -> bytes:
    return MAKERS[maker].draw(of_json(MAKERS[maker].content, content))


def cells(file: bytes) -> Iterator[Any]:
    for sheet in load_workbook(BytesIO(file)).worksheets:
        yield from (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


def formulas(file: bytes) -> list[str]:
    return [str(cell.value) for cell in cells(file) if cell.data_type == "f"]


def is_a_formula(text: str) -> bool:
    return text.lstrip(" \u00a0\ufeff").startswith(SIGNS) and not text[1:].isdigit()


def test_every_kind_of_drawing_is_tried() -> None:
    assert {content_of(path)[0] for path in DRAWN} == set(MAKERS)


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.stem)
def test_a_drawing_is_made_of_any_words_and_no_formula_of_them(path: Path) -> None:
    maker, content = content_of(path)
    hostile = iter([each[:4096] for each in HOSTILE] * 1000)
    file = drawn(maker, with_words(content, lambda _: next(hostile)))
    assert file
    if file.startswith(b"PK") and maker != "letter":
        before = {each.partition("(")[0] for each in formulas(drawn(maker, content))}
        found = formulas(file)
        assert {each.partition("(")[0] for each in found} <= before
        assert not any("x.invalid" in each for each in found)


@pytest.mark.parametrize(
    "path", [each for each in DRAWN if each.stem in {"digest_day", "trend", "targets"}], ids=lambda path: path.stem
)
def test_a_picture_shows_markup_as_it_is_typed(path: Path) -> None:
    maker, content = content_of(path)
    texts = ("Thọ Dân", "<b>Thọ Dân</b>")
    bare, marked = (drawn(maker, with_words(content, partial(replaced, by=text))) for text in texts)
    assert bare != marked


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_every_format_of_an_export_takes_any_text_and_makes_no_formula(text: str) -> None:
    rows = [ExportedFigure(date(2021, 11, 10), text, text, text)]
    for name, made in FORMATS.items():
        out = BytesIO()
        made.write(rows, out)
        file = out.getvalue()
        if name == "xlsx":
            assert formulas(file) == []
        elif name == "csv":
            assert [
                each
                for row in csv.reader(StringIO(file.decode(errors="replace")))
                for each in row
                if is_a_formula(each)
            ] == []


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_reports_take_any_text_and_make_no_formula(text: str) -> None:
    table = ReportTable("f" * 40, ["unit", "remark"], [{"unit": text, "remark": text}])
    assert formulas(as_xlsx([table, replace(table, name="g" * 40)])) == []
    found = csv.reader(StringIO(as_csv(table).decode(errors="replace")))
    assert [each for row in found for each in row if is_a_formula(each)] == []
    assert json.loads(as_json([table]))["f" * 40][0]["unit"]


def test_numbers_stay_numbers() -> None:
    assert harmless_row(["-3", "+4", "1,5", -3, 2.5, "", "xã Thọ Dân", "- 3"]) == [
        "-3",
        "+4",
        "1,5",
        -3,
        2.5,
        "",
        "xã Thọ Dân",
        "'- 3",
    ]
    assert harmless("Thọ Dân") == "Thọ Dân"


NOT_GIVEN_OUT = {
    "reporting/unit_tables.py": "the text of a file that came, to be read at once",
    "messages/residents/open_data.py": "guards the cells that bot/web/open_data.py writes",
}


def test_every_module_that_writes_tables_guards_their_cells() -> None:
    """Whoever adds an export says with which guard its cells are written."""
    writers, unguarded = [], []
    for room in ("bot", "services", "reporting", "messages", "handlers", "reminders", "storage"):
        for path in sorted((ROOT / room).rglob("*.py")):
            text, name = path.read_text(encoding="utf-8"), str(path.relative_to(ROOT))
            if "csv.writer" not in text and "Workbook(" not in text:
                continue
            called = {ast.unparse(each.func) for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Call)}
            guards = {"csv.writer": ("harmless", "flat("), "Workbook": ('data_type = "s"', "put_text(")}
            for writer, guarded in guards.items():
                if writer in called and name not in NOT_GIVEN_OUT:
                    writers.append(name)
                    unguarded += [name] if not any(each in text for each in guarded) else []
    assert unguarded == []
    assert {"bot/cli/exporting.py", "bot/cli/reports.py", "bot/web/open_data.py", "bot/drawing/workbook.py"} <= set(
        writers
    )
