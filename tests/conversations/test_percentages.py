"""A form of percentages, as a leader and a resident read it: over a day, a week and a month, in text, workbook and pictures."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Connection, select, update

from reporting.answers import Answer
from reporting.reports import Report
from services.submit_report import accept
from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from storage.database.tables import metadata
from storage.organisation import units
from storage.reports import forms
from tests.conversations.house import START, House, Talker, furnish
from tests.sqlite import fresh_sqlite

UNITS = """code,name,kind,parent,aliases,since,until
38,Thanh Hóa,tỉnh,,toàn tỉnh,,
397,Triệu Sơn,huyện,38,,,
398,Thọ Xuân,huyện,38,,,
15742,Thọ Dân,xã,397,,,
15700,Dân Lực,xã,397,,,
15718,Nưa,thị trấn,397,,,
15800,Xuân Hồng,xã,398,,,
15801,Xuân Lai,xã,398,,,
"""
RATES = """| settings | form_title | form_id | version | opens | due | closes | digest | default_language | topic | authority |
|---|---|---|---|---|---|---|---|---|---|---|
| | Báo cáo xét nghiệm | rates | 1 | 07:00 | 16:30 | 08:00+1d | 17:00 | vi | xét nghiệm | Sở Y tế |

| survey | type | name | label | kind | visibility | unit | aliases | calculation | adds_up |
|---|---|---|---|---|---|---|---|---|---|
| | decimal | occupied | Công suất giường bệnh | flow | public | % | công suất giường | | |
| | integer | tested | Số mẫu xét nghiệm | flow | public | mẫu | mẫu xét nghiệm | | |
| | integer | found | Số mẫu dương tính | flow | public | mẫu/ngày | mẫu dương tính | | |
| | calculate | positive | Tỷ lệ dương tính | stock | public | điểm | tỷ lệ dương tính | round(100 * ${found} div ${tested}, 2) | |
| | decimal | covered | Tỷ lệ bao phủ vắc-xin | total | public | phần trăm | tỷ lệ bao phủ | | |
| | decimal | water | Mực nước sông | stock | public | m | mực nước | | no |
"""
digest = metadata.tables["digest"]
CODES = ("15742", "15700", "15718", "15800", "15801")
TODAY = START.date()


def answers_of(place: int, ago: int) -> Mapping[str, int | Decimal]:
    return {
        "occupied": 60 + 2 * place + ago,
        "tested": 200,
        "found": 10 + place,
        "covered": Decimal(f"{80 + place - ago}.5"),
        "water": Decimal(f"{3 + place}.25"),
    }


def sends(
    connection: Connection, house: House, code: str, on: date, values: Mapping[str, int | Decimal], revision: int = 1
) -> None:
    form, unit = forms.published(connection, "rates", on), units.tree(connection).find(code, on)
    assert form is not None
    assert unit is not None
    now = house.simulator.clock.now() - timedelta(days=(TODAY - on).days)
    answers = {name: Answer(value) for name, value in values.items()}
    key = (form.version, unit.id, on, revision)
    number = f"R-{code}-{on:%d%m%y}-{revision}"
    assert accept(
        connection, form, Report(number, form.key, *key, answers, None, now, now, reason="đếm lại"), house.settings.zone
    )


def prepare(url: str, folder: Path) -> None:
    migrate(url)
    engine, file = writing_engine(url), folder / "rates.md"
    file.write_text(RATES, encoding="utf-8")
    with engine.begin() as connection:
        furnish(connection, (file,), UNITS, date(2021, 10, 1))
    engine.dispose()


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return fresh_sqlite(tmp_path / "giaoban.db", lambda url: prepare(url, tmp_path))


@pytest.fixture
async def rated(house: House, leader: Talker) -> House:
    """The evening of the last of forty days, after all have reported but Nưa today."""

    def put(connection: Connection) -> None:
        for ago in range(40):
            for place, code in enumerate(CODES):
                if (code, ago) != ("15718", 0):
                    sends(connection, house, code, TODAY - timedelta(days=ago), answers_of(place, ago))

    await house.running.clerk.write(put)
    await house.moves_to("16:45")
    leader.forgets()
    return house


async def heard_from(talker: Talker, said: str) -> str:
    await talker.says(said)
    return "\n".join(each.text for each in talker.forgets())


def cells(sheet: Worksheet, label: str) -> list[object]:
    """The numbers' cells of the row that this stands in."""
    row = next(row for row in sheet.iter_rows(values_only=True) if label in row)
    return [each for each in row[row.index(label) + 1 :] if each is not None]


async def workbook_of(talker: Talker, said: str) -> list[Worksheet]:
    await talker.says(said)
    file = next(each.document for each in talker.forgets() if each.document is not None)
    return list(load_workbook(BytesIO(file.content)).worksheets)


@pytest.mark.parametrize(
    ("said", "tested", "newest"), [("", 400, 60), (" 7 ngày qua", 4000, 60), (" tháng trước", 18000, 70)]
)
async def test_a_digest_adds_up_counts_alone(rated: House, leader: Talker, said: str, tested: int, newest: int) -> None:
    text = await heard_from(leader, f"/tonghop{said}")
    assert f"Số mẫu xét nghiệm: {tested:,} mẫu".replace(",", ".") in text
    for label in ("Công suất giường bệnh", "Tỷ lệ dương tính", "Mực nước sông"):
        assert f"• {label}: không cộng chung các đơn vị; xem số của từng đơn vị" in text
    units, days = await workbook_of(leader, f"/tonghop{said}")
    assert cells(units, "xã Thọ Dân")[0] == newest
    total = cells(units, next(str(row[1]) for row in units.iter_rows(values_only=True) if "Tổng số" in str(row[1])))
    assert total[0] == "không cộng chung"
    assert total[3:] == ["không cộng chung"] * 3
    assert str(total[1]).startswith("=SUM(")
    assert days["C17"].value if said == " tháng trước" else days["C16"].value == "không cộng chung"


async def test_groups_of_a_province_have_no_total_either(rated: House) -> None:
    governor = await rated.joined("Phạm Văn Tỉnh", "leader", "38")
    *_, groups = await workbook_of(governor, "/tonghop")
    assert cells(groups, "huyện Triệu Sơn") == ["2/3", "không cộng chung", 400, 21, *["không cộng chung"] * 2]
    said = await heard_from(governor, "so sánh số mẫu xét nghiệm triệu sơn và thọ xuân")
    assert "huyện Triệu Sơn 400 (2/3 đơn vị); huyện Thọ Xuân 400 (2/2 đơn vị)" in said
    said = await heard_from(governor, "so sánh công suất giường triệu sơn và thọ xuân")
    assert "huyện Triệu Sơn không cộng chung; huyện Thọ Xuân không cộng chung" in said


async def test_a_residents_day_week_and_month(rated: House, resident: Talker) -> None:
    asked = [
        (label, days)
        for label in ("công suất giường", "tỷ lệ dương tính", "mực nước sông")
        for days in ("hôm nay", "hôm qua", "7 ngày qua", "tháng này")
    ]
    for label, days in (*asked, ("tỷ lệ bao phủ", "hôm nay"), ("tỷ lệ bao phủ", "hôm qua")):
        said = await heard_from(resident, f"{label} huyện Triệu Sơn {days}")
        assert "không cộng chung các đơn vị được" in said, (label, days, said)
        assert "phần trăm (" not in said
    assert "60 %, tính đến ngày 10/11/2021" in await heard_from(resident, "công suất giường xã Thọ Dân 7 ngày qua")
    assert "219 mẫu/ngày" in await heard_from(resident, "mẫu dương tính huyện Triệu Sơn 7 ngày qua")


async def test_a_target_goes_by_the_newest_percentage(rated: House, leader: Talker) -> None:
    said = await heard_from(leader, "/muctieu thọ dân công suất giường nhiều nhất 70% mỗi ngày")
    assert "Đã giao mục tiêu cho xã Thọ Dân" in said
    said = await heard_from(leader, "/muctieu triệu sơn công suất giường nhiều nhất 70% mỗi tuần")
    assert "không cộng chung được, nên không giao cho huyện Triệu Sơn được" in said
    await rated.moves_to("08:30")
    assert "60%" in (said := await heard_from(leader, "/muctieu")), said
    assert "vượt mức" not in said


async def test_a_correction_tells_no_total_of_what_an_earlier_release_had_added_up(
    rated: House, leader: Talker
) -> None:
    await rated.moves_to("17:00")
    leader.forgets()

    def freezes_as_before(connection: Connection) -> None:
        kept = connection.execute(select(digest)).mappings().one()
        of, *others = kept["content"]["indicators"]
        old = {**kept["content"], "indicators": [{**of, "total": 122, "untold": False, "is_no_sum": False}, *others]}
        connection.execute(update(digest).values(content=old))

    def corrects(connection: Connection) -> None:
        sends(connection, rated, "15742", TODAY, {**answers_of(0, 0), "occupied": 66, "tested": 210}, 2)

    await rated.running.clerk.write(freezes_as_before)
    rated.simulator.clock.move_to(datetime.fromisoformat("2021-11-10T17:10+07:00"))
    await rated.running.clerk.write(corrects)
    await rated.moves_to("17:11")
    said = leader.hears("Đính chính số liệu ngày 10/11/2021").text
    assert "60 → 66 % (huyện Triệu Sơn: 122 → không cộng chung)" in said
    assert "200 → 210 mẫu (huyện Triệu Sơn: 400 → 410)" in said
