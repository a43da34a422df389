"""History that was imported: everybody reads that the figures are there, and nobody that they came in time."""

from datetime import date

import pytest
from sqlalchemy import Connection

from reporting.archive import ArchiveLine
from services.import_history import take_in
from storage.reports import forms
from tests.conversations.house import ANSWERS, House, Talker, fills_in

EIGHTH, NINTH, TODAY = date(2021, 11, 8), date(2021, 11, 9), date(2021, 11, 10)


async def brought(house: House, *days: date, most: int = len(ANSWERS)) -> None:
    """The archive has the day's numbers of Thọ Dân for these days, or the first of them."""

    def bring(connection: Connection) -> None:
        form = forms.published(connection, "covid_daily", TODAY)
        assert form is not None
        pairs = list(zip((q.name for q in form.asked), ANSWERS, strict=False))[:most]
        lines = [ArchiveLine(2, day, "15742", name, value) for day in days for name, value in pairs]
        take_in(connection, lines, house.simulator.clock.now(), house.settings.zone)

    await house.running.clerk.write(bring)


async def test_a_leader_reads_what_the_archive_has_as_received_and_marked_so(house: House, leader: Talker) -> None:
    await brought(house, EIGHTH, NINTH)
    await leader.says("/tinhhinh hôm qua")
    heard = leader.hears("1/3", "🗂 Số liệu lưu trữ, không rõ giờ gửi (1)\n🗂 xã Thọ Dân", "🔴 thị trấn Nưa")
    assert "Đúng hạn" not in heard.text
    await leader.says("/donvi thọ dân hôm qua")
    heard = leader.hears("🗂 Có số liệu lưu trữ", "3 ca", "🗂 08/11", "🔴 07/11", "không tính 2 báo cáo")
    assert not [label for label in heard.labels if "Đôn đốc" in label]
    await leader.says("/tonghop hôm qua")
    leader.hears("1/3 đơn vị đã báo cáo (1 theo số liệu lưu trữ)")
    leader.hears("1/3 đơn vị đã báo cáo (1 theo số liệu lưu trữ)", "Chưa báo cáo, chưa tính số liệu (2 đơn vị)")
    leader.hears()
    await leader.says("/bang hôm qua")
    assert leader.hears().photo is not None
    board = leader.hears("□ số liệu lưu trữ").text
    assert [line.split()[-2:] for line in board.splitlines() if line.startswith("xã Thọ Dân")] == [["□", "□"]]
    await leader.says("/tyle")
    leader.hears("Tháng 11/2021: đủ 7,4% (2/27), đúng hạn 0% (không tính 2 báo cáo từ số liệu lưu trữ)")


async def test_a_reporter_finds_the_archive_in_his_own_record(house: House, reporter: Talker) -> None:
    await brought(house, EIGHTH, NINTH)
    await reporter.says("/lichsu")
    reporter.hears("10/11/2021: đang chờ", "09/11/2021: 🗂 số liệu lưu trữ", "07/11/2021: ❌", "Đúng hạn: 0/27")
    assert reporter.hears("Diễn biến").photo is not None


async def test_figures_imported_for_today_are_not_reminded_of_and_a_report_may_still_come(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await brought(house, TODAY)
    for clock in ("16:00", "16:30"):
        await house.moves_to(clock)
        reporter.hears_nothing()
    await reporter.says("lý do: mất điện")
    reporter.hears("không còn nợ báo cáo nào")
    await house.moves_to("17:00")
    leader.hears("1/3")
    leader.hears("1/3 đơn vị đã báo cáo")
    leader.hears()
    await reporter.says("/baocao")
    reporter.hears("(1/20)")


async def test_a_first_report_goes_on_from_the_opening_balances(house: House, reporter: Talker) -> None:
    balances = {"f0_cum": "240", "f0_recovered_cum": "215", "f0_death_cum": "1"}
    lines = [ArchiveLine(2, NINTH, "15742", name, value) for name, value in balances.items()]

    def bring(connection: Connection) -> None:
        take_in(connection, lines, house.simulator.clock.now(), house.settings.zone)

    await house.running.clerk.write(bring)
    await fills_in(reporter)
    assert reporter.last is not None
    for told in ("Lũy kế số ca mắc: 240 → 243 ca", "Số ca đang điều trị: 24 → 25 ca"):
        assert told in reporter.last.text


async def test_a_part_of_the_figures_is_no_report(house: House, reporter: Talker, leader: Talker) -> None:
    await brought(house, TODAY, most=3)
    await leader.says("/tinhhinh")
    leader.hears("0/3", "🟡 Chưa báo cáo, còn trong hạn (3)")
    await leader.says("/tonghop")
    leader.hears("0/3")
    leader.hears("0/3 đơn vị đã báo cáo", "Trong đó 1 đơn vị có một phần số liệu lưu trữ, đã tính vào tổng.")
    leader.hears()
    await house.moves_to("16:00")
    reporter.hears("Còn 30 phút")


@pytest.mark.parametrize(("most", "said"), [(len(ANSWERS), "đã có số liệu"), (3, "chưa báo cáo số liệu")])
async def test_residents_hear_the_same_of_who_has_reported(
    house: House, resident: Talker, most: int, said: str
) -> None:
    await brought(house, NINTH, most=most)
    await resident.says("hôm qua xã Thọ Dân đã báo cáo chưa")
    resident.hears("Xã Thọ Dân", said)
