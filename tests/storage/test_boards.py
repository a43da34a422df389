"""Boards of days on which not all units owed a report: some were suspended, some did not exist yet, some are no more."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import insert

from bot.drawing import draw
from bot.drawing.board import FREE
from bot.telegram.channel import TELEGRAM
from messages.digests.board_words import board_text
from messages.digests.digest import digest
from reporting.amounts import MILLION
from reporting.dataclass_json import as_json, of_json
from reporting.digests.content import DigestContent, TrendPoint
from reporting.digests.digest_record import Digest
from reporting.digests.drawings import BoardPicture, DigestWorkbook, drawn_from
from reporting.rounds.suspensions import Suspension
from reporting.say import Drawn
from reporting.translator import translator
from services.digest_evidence import digest_evidence
from storage.database.tables import metadata
from storage.organisation import units
from storage.reports import forms
from storage.schedule import suspensions
from tests.reminders.town import DAY, UNITS, ZONE, Town, at, days, tables
from tests.sqlite import fresh_sqlite

FIRST = DAY - timedelta(days=5)
TURN = DAY - timedelta(days=2)
"""On this day xã Cũ is merged into xã Mới."""
MERGED = f"{UNITS}15701,Cũ,xã,397,,,{TURN}\n15702,Mới,xã,397,,{TURN},\n"


@dataclass(frozen=True)
class Boards:
    town: Town

    def made(self, name: str = "Triệu Sơn", language: str = "vi", span: int = 1) -> Digest:
        unit, periods = self.town.unit(name), list(days(DAY - timedelta(days=span - 1), span))
        with self.town.engine.begin() as connection:
            form, tree = forms.published(connection, "daily", DAY), units.tree(connection)
            assert form is not None
            facts = digest_evidence(connection, form, unit, periods, at("18:10").astimezone(ZONE), ZONE, tree=tree)
            return digest(facts, translator(language), TELEGRAM)

    def signs(self, **more: Any) -> dict[str, str]:
        """The signs of the newest days, by unit."""
        text = board_text(self.made(**more), translator("vi"))
        rows = text.split("<pre>")[1].split("</pre>")[0].splitlines()[1:]
        return {row[:15].strip(): row[15:].replace(" ", "") for row in rows}


@pytest.fixture
def boards(tmp_path: Path) -> Iterator[Boards]:
    """Six days: Thọ Dân and Dân Lực report, Cũ until it is merged into Mới, which is silent today; Nưa is flooded for three days."""
    url = fresh_sqlite(tmp_path / "boards.db", tables)
    town = Town(url)
    town.furnish(FIRST, MERGED)
    for day in days(FIRST, 6):
        for unit in ("Thọ Dân", "Dân Lực", "Cũ" if day < TURN else "Mới"):
            if (unit, day) != ("Mới", DAY):
                reports(town, unit, day)
    flood = Suspension("", town.unit("Nưa").id, DAY - timedelta(days=2), DAY, "lũ")
    with town.engine.begin() as connection:
        suspensions.suspend(connection, flood, None, at("08:00"))
    yield Boards(town)
    town.close()


def reports(town: Town, unit: str, day: date) -> None:
    """A report with seven cases."""
    town.sends(unit, "10:00", day)
    values = {
        "form": "daily",
        "indicator": "cases",
        "unit_id": town.unit(unit).id,
        "period": day,
        "amount": 7 * MILLION,
    }
    with town.engine.begin() as connection:
        connection.execute(insert(metadata.tables["figure"]), values | {"revision": 1, "as_of": at("10:00", day)})


def test_a_unit_is_missing_only_on_days_on_which_it_owed_a_report(boards: Boards) -> None:
    assert boards.signs() == {
        "xã Dân Lực": "✓✓✓✓✓✓",
        "xã Cũ": "✓✓✓~~~",
        "xã Mới": "~~~✓✓–",
        "thị trấn Nưa": "–––~~~",
        "xã Thọ Dân": "✓✓✓✓✓✓",
    }
    assert "~ không phải báo cáo" in board_text(boards.made(), translator("vi"))
    assert "~ none owed" in board_text(boards.made(language="en"), translator("en"))


def test_a_unit_that_is_no_more_stays_in_the_sums_of_its_days(boards: Boards) -> None:
    content = boards.made().content
    assert content.days == tuple(days(FIRST, 6))
    assert content.trend["cases"] == (*[TrendPoint(21, 3)] * 5, TrendPoint(14, 2))
    assert content.expected == (4, 4, 4, 3, 3, 3)
    assert content.coverage == (2, 3)
    assert {row.unit for row in content.rows} == {"xã Thọ Dân", "xã Dân Lực", "xã Mới", "thị trấn Nưa"}


def test_whoever_is_suspended_and_reports_all_the_same_has_reported(boards: Boards) -> None:
    reports(boards.town, "Nưa", DAY)
    assert boards.signs()["thị trấn Nưa"] == "–––~~✓"
    content = boards.made().content
    assert content.trend["cases"][-1] == TrendPoint(21, 3)
    assert content.expected[-1] == 4
    assert content.coverage == (2, 3)


def test_digests_that_were_frozen_before_there_was_the_mark_are_still_read(boards: Boards) -> None:
    made = boards.made()
    kept = as_json(made.content)
    for row in kept["board"]:
        del row["owed"]
    old = replace(made, content=of_json(DigestContent, kept))
    assert "thị trấn Nưa" in board_text(old, translator("vi"))
    assert draw(Drawn("x", drawn_from(BoardPicture, old.content))).startswith(b"\x89PNG")


def test_the_picture_draws_what_was_not_owed_as_grey_cells(boards: Boards) -> None:
    picture = Image.open(BytesIO(draw(Drawn("x", drawn_from(BoardPicture, boards.made().content))))).convert("RGB")
    colours = {colour: count for count, colour in picture.getcolors(256) or ()}
    count = colours[tuple(bytes.fromhex(FREE[1:]))]
    cells = 9  # Cũ on three days, Mới on three, Nưa on three
    wide = (1080 - 88 - 160) / 6
    assert cells * wide * 20 < count < (cells + 1) * 200 * 36


def test_the_workbook_remarks_why_nothing_was_owed(boards: Boards) -> None:
    made = boards.made()
    sheet = load_workbook(BytesIO(draw(Drawn("x", drawn_from(DigestWorkbook, made.content))))).worksheets[0]
    remarks = {row[1].value: row[-1].value for row in sheet.iter_rows() if row[1].value in ("thị trấn Nưa", "xã Mới")}
    assert remarks == {"thị trấn Nưa": "tạm dừng báo cáo: lũ", "xã Mới": "chưa báo cáo"}


def test_over_a_span_only_what_was_owed_is_counted(boards: Boards) -> None:
    rows = {row.unit: (row.reports, row.excused) for row in boards.made(span=6).content.rows}
    assert rows["xã Cũ"] == ((3, 3), "")
    assert rows["xã Mới"] == ((2, 3), "")
    assert rows["thị trấn Nưa"] == ((0, 3), "")
    assert {row.unit: row.excused for row in boards.made().content.rows}["thị trấn Nưa"] == "tạm dừng báo cáo: lũ"
