"""A form from elsewhere, with a repeat, is published as it is, filled in by chat, and its answers are exported."""

import csv
from datetime import date
from pathlib import Path

import pytest

from bot.cli.main import main
from storage.reports import forms
from tests.conversations.house import House

VISIT = """| survey |
|  | type | name | label | appearance | required |
|  | deviceid | deviceid | | | |
|  | text | village | Village | signature | yes |
|  | begin repeat | child | Child | | |
|  | text | name | Name | | yes |
|  | integer | age | Age of ${name} | | |
|  | end repeat | | | | |
|  | note | thanks | Thank ${village} | | |
| settings |
|  | form_id | form_title |
|  | visit:2021 | Visits |
"""


@pytest.fixture
async def visits(house: House) -> House:
    now = house.simulator.clock.now()
    await house.running.clerk.write(
        lambda connection: forms.publish(connection, VISIT.encode(), "visit.md", date(2021, 11, 10), now)
    )
    return house


TALK = (
    ("Thôn 1", ("Child: có trường hợp nào để ghi không?", "[Có]", "[Không]")),
    ("Có", ("Child 1 – Name",)),
    ("Lan", ("Child 1 – Age of Lan",)),
    ("3", ("Child: đã ghi 1. Ghi thêm nữa không?",)),
    ("Có", ("Child 2 – Name",)),
    ("Bình", ("Child 2 – Age of Bình",)),
    ("5", ("đã ghi 2",)),
    ("Không", ("Báo cáo ngày", "Child 1 – Name: Lan", "Child 2 – Age of Bình: 5", "đã ghi 2", "Thank Thôn 1")),
    ("sửa 4", ("Child 1 – Age of Lan",)),
    ("4", ("Child 1 – Age of Lan: 4",)),
    ("gửi", ("đã tiếp nhận", "V2-15742-101121-1")),
)
"""(What is said or tapped, what is heard to it)."""


async def test_a_repeat_is_filled_in_by_taps_and_exported_in_a_file_of_its_own(
    visits: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nam = await visits.joined("Lê Văn Nam", "reporter", "15742")
    await nam.says("/baocao")
    offered = nam.hears("Visits")
    await nam.taps(next(label for label in offered.labels if "Visits" in label and "10/11" in label))
    heard = nam.hears("Village")
    for said, fragments in TALK:
        await (nam.taps(said) if said in heard.labels else nam.says(said))
        heard = nam.hears(*fragments)
        assert "Child 3" not in heard.text
    await visits.stop()
    monkeypatch.setenv("DATABASE_URL", visits.database_url)
    assert main(["reports", "export", "visit_2021", "-o", str(tmp_path / "visits.csv")]) == 0
    await visits.start()
    (report,) = csv.DictReader((tmp_path / "visits.csv").read_text("utf-8").splitlines())
    assert (report["report"], report["unit"], report["village"]) == ("V2-15742-101121-1", "15742", "Thôn 1")
    children = list(csv.DictReader((tmp_path / "visits-child.csv").read_text("utf-8").splitlines()))
    assert [(each["report"], each["child#"], each["name"], each["age"]) for each in children] == [
        ("V2-15742-101121-1", "1", "Lan", "4"),
        ("V2-15742-101121-1", "2", "Bình", "5"),
    ]
