"""What a form draws by lot is in the report, its figures and the export what it was in the draft."""

import csv
from datetime import date
from pathlib import Path

import pytest

from bot.cli.main import main
from storage.reports import forms
from tests.conversations.house import House

VISIT = """| survey |
|  | type | name | label | calculation | kind |
|  | text | village | Village | | |
|  | calculate | code | | once(uuid(6)) | |
|  | calculate | lot | Lot | int(random() * 1000000) | stock |
|  | note | told | Code ${code} | | |
| settings |
|  | form_id | form_title |
|  | visit | Visits |
"""


async def test_what_was_drawn_for_a_draft_stands_in_its_report_and_in_the_export(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = house.simulator.clock.now()
    await house.running.clerk.write(
        lambda connection: forms.publish(connection, VISIT.encode(), "visit.md", date(2021, 11, 10), now)
    )
    nam = await house.joined("Lê Văn Nam", "reporter", "15742")
    await nam.says("/baocao")
    offered = nam.hears("Visits")
    await nam.taps(next(label for label in offered.labels if "Visits" in label and "10/11" in label))
    nam.hears("Village")
    await nam.says("Thôn 1")
    told = nam.hears("Báo cáo ngày", "Code ").text
    await nam.says("gửi")
    nam.hears("đã tiếp nhận")
    await house.stop()
    monkeypatch.setenv("DATABASE_URL", house.database_url)
    assert main(["reports", "export", "visit", "-o", str(tmp_path / "visits.csv")]) == 0
    assert main(["figures", "export", "-o", str(tmp_path / "figures.csv")]) == 0
    await house.start()
    (report,) = csv.DictReader((tmp_path / "visits.csv").read_text("utf-8").splitlines())
    assert f"Code {report['code']}" in told
    figured = csv.DictReader((tmp_path / "figures.csv").read_text("utf-8").splitlines())
    assert [each["value"] for each in figured if each["indicator"] == "lot"] == [report["lot"]]
    assert 0 <= int(report["lot"]) < 1_000_000
