"""A form at run time: an admin sends it, it is checked by row, tried out, published from a day on; retired; drafts follow."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, select

from reporting.reports import Report
from storage.database.tables import metadata
from storage.reports import forms, many_drafts, reports
from tests.conversations.house import House, Talker, fills_in

HARVEST = """| settings | form_id | version | form_title | due | closes | reports |
|---|---|---|---|---|---|---|
| | harvest | {version} | Thu hoạch lúa | 20:00 | 23:00 | leaves |

| survey | type | name | label | kind | visibility | unit | required | constraint | constraint_message | hint |
|---|---|---|---|---|---|---|---|---|---|---|
| | integer | reaped | Diện tích đã gặt | flow | public | {unit} | yes | . <= 5000 | Không quá 5.000 | Tính cả lúa nếp |
{more}"""
ROAD = "| | integer | dried | Diện tích đã phơi | flow | public | ha | yes | | | |\n"
figure, audit = metadata.tables["figure"], metadata.tables["audit"]


def harvest(version: str = "1", more: str = "", unit: str = "ha") -> bytes:
    return HARVEST.format(version=version, more=more, unit=unit).encode()


@pytest.fixture
async def admin(house: House) -> Talker:
    return await house.joined("Đỗ Thị Lan", "admin", "397")


async def sends(house: House, talker: Talker, content: bytes, name: str = "thu hoach.md") -> None:
    await talker.person.sends_document(content, name)
    for _ in range(3):  # the file is fetched, then heard, then answered
        await house.settled()


async def read(house: House, what: Any) -> Any:
    return await house.running.clerk.write(what)


def figures_of(connection: Connection) -> list[tuple[str, int]]:
    found = connection.execute(select(figure.c.indicator, figure.c.amount).where(figure.c.form == "harvest"))
    return [(row.indicator, row.amount // 1_000_000) for row in found]


def audited(connection: Connection) -> list[str]:
    kinds = ("form sent", "form", "form retired", "proposal", "proposal decided")
    return [
        row.what for row in connection.execute(select(audit.c.what).where(audit.c.what.in_(kinds)).order_by(audit.c.id))
    ]


async def test_a_form_is_sent_tried_published_and_brings_its_first_figure(
    house: House, admin: Talker, reporter: Talker
) -> None:
    await sends(house, admin, harvest())
    admin.hears("Thu hoạch lúa", "harvest, phiên bản 1", "đạt, 1 câu hỏi", "biểu mẫu mới", "[Làm thử]", "[Công bố]")
    await admin.taps("Xem câu hỏi")
    admin.hears("1. Diện tích đã gặt [số nguyên, ha, bắt buộc, công khai]", "quy tắc chặn: . <= 5000")
    await admin.taps("Làm thử")
    admin.hears("Diện tích đã gặt", "LÀM THỬ", "Tính cả lúa nếp")
    await admin.says("6000")
    admin.hears("Không quá 5.000", "LÀM THỬ")
    await house.restart()
    await admin.says("120")
    admin.hears("Báo cáo ngày", "Diện tích đã gặt: 120 ha", "LÀM THỬ")
    await admin.taps("Gửi")
    assert admin.hears("không có gì được ghi thành số liệu", "[Công bố]").text.count("LÀM THỬ") == 1
    assert await read(house, figures_of) == []
    await admin.says("công bố")
    admin.hears("phiên bản 1: công bố từ ngày nào", "[Từ hôm nay (10/11/2021)]", "[Từ ngày mai (11/11/2021)]")
    await house.restart()
    await admin.says("hôm nay")
    admin.hears("Đã công bố", "áp dụng từ 10/11/2021")
    await reporter.says("/baocao")
    reporter.hears("nhiều báo cáo đang mở", "Thu hoạch lúa")
    await reporter.taps("Thu hoạch lúa – xã Thọ Dân – 10/11/2021")
    reporter.hears("Diện tích đã gặt")
    await reporter.says("75")
    reporter.hears("Diện tích đã gặt: 75 ha")
    await reporter.says("gửi")
    reporter.hears("đã tiếp nhận")
    assert await read(house, figures_of) == [("reaped", 75)]
    assert await read(house, audited) == ["form sent", "form"]


async def test_all_that_is_wrong_is_told_by_row_and_a_long_list_comes_as_a_file(house: House, admin: Talker) -> None:
    bad = harvest().replace(b"| integer |", b"| intger |")
    await sends(house, admin, bad)
    admin.hears(
        "chưa dùng làm biểu mẫu được", "survey, dòng 2, cột «type»", "intger", "Biểu mẫu đang áp dụng không thay đổi"
    )
    rows = "".join(f"| | whatever{n} | q{n} | Câu {n} | | | | | | | |\n" for n in range(20))
    await sends(house, admin, harvest(more=rows))
    heard = admin.hears()
    admin.hears("20 chỗ phải sửa", "và 5 dòng nữa")
    assert heard.document is not None
    assert heard.document.name == "can-sua.txt"
    assert heard.document.content.decode("utf-8-sig").count("survey, dòng") == 20
    await admin.says("/bieumau")
    admin.hears("covid_daily", "Gửi tệp .xlsx")
    assert "chờ quyết định" not in (admin.last.text if admin.last else "")


async def test_what_has_history_is_not_made_another_and_the_difference_is_told(
    house: House, admin: Talker, reporter: Talker
) -> None:
    await read(
        house, lambda c: forms.publish(c, harvest(more=ROAD), "h.md", date(2021, 11, 10), house.simulator.clock.now())
    )
    await reporter.says("/baocao")
    reporter.hears("nhiều báo cáo đang mở")
    await reporter.taps("Thu hoạch lúa – xã Thọ Dân – 10/11/2021")
    reporter.hears("đã gặt")
    await reporter.says("5")
    reporter.hears("đã phơi")
    await reporter.says("3")
    reporter.hears("Báo cáo ngày")
    await reporter.says("gửi")
    reporter.hears("đã tiếp nhận")
    await sends(house, admin, harvest("2", unit="sào"))
    admin.hears("reaped", "tính bằng «ha»", "không đổi sang «sào»", "đặt tên (name) mới")
    await sends(house, admin, harvest("2", more=ROAD.replace("dried", "stored").replace("đã phơi", "đã cất")))
    admin.hears("So với phiên bản 1 có 2 thay đổi", "Thêm: Diện tích đã cất (stored)", "Bỏ: Diện tích đã phơi (dried)")
    await admin.says("/bieumau bỏ")
    admin.hears("Đã bỏ tệp biểu mẫu")
    await admin.says("/bieumau công bố mai")
    admin.hears("Không có biểu mẫu nào đang chờ")


async def test_a_draft_goes_on_in_the_new_version_with_what_still_fits(
    house: House, admin: Talker, reporter: Talker
) -> None:
    await read(
        house, lambda c: forms.publish(c, harvest(more=ROAD), "h.md", date(2021, 11, 10), house.simulator.clock.now())
    )
    await reporter.says("/baocao")
    reporter.hears("nhiều báo cáo đang mở")
    await reporter.taps("Thu hoạch lúa – xã Thọ Dân – 10/11/2021")
    reporter.hears("đã gặt")
    await reporter.says("5")
    reporter.hears("đã phơi")
    newer = harvest(
        "2", more=ROAD.replace("yes | |", "yes | . <= 9 |") + ROAD.replace("dried", "stored").replace("phơi", "cất")
    )
    await sends(house, admin, newer)
    admin.hears("2 thay đổi", "quy tắc chặn", "Thêm: Diện tích đã cất")
    await admin.says("/bieumau công bố từ hôm nay")
    admin.hears("Đã công bố", "1 báo cáo đang ghi dở được chuyển sang phiên bản mới")
    reporter.hears("có phiên bản mới", "giữ 1 câu trả lời", "/baocao")
    await reporter.taps("Báo cáo ngay")
    reporter.hears("đã phơi", "(2/3)")
    await reporter.says("10")
    reporter.hears("chưa phù hợp với quy định")
    await reporter.says("9")
    reporter.hears("đã cất")
    await reporter.says("1")
    reporter.hears("Báo cáo ngày", "đã gặt: 5 ha", "đã cất: 1 ha")
    await reporter.says("gửi")
    reporter.hears("đã tiếp nhận")

    def newest(connection: Connection) -> Report | None:
        unit = connection.execute(select(metadata.tables["unit"].c.id).where(metadata.tables["unit"].c.code == "15742"))
        return reports.newest(connection, "harvest", unit.scalar_one(), date(2021, 11, 10))

    sent = await read(house, newest)
    assert sent is not None
    assert sent.version == "2"


async def test_a_retired_form_is_owed_no_more_and_its_draft_is_settled(
    house: House, admin: Talker, reporter: Talker, resident: Talker
) -> None:
    await fills_in(reporter)
    await reporter.says("/huy")
    reporter.hears("tạm dừng")
    await admin.says("/bieumau ngừng covid_daily")
    admin.hears("từ ngày nào", "/bieumau ngừng covid_daily từ 10/11/2021")
    await admin.says("/bieumau ngừng covid_daily từ hôm qua")
    admin.hears("từ ngày nào")
    await admin.says("/bieumau ngừng covid_daily từ 10/11/2021")
    admin.hears("thôi áp dụng từ 10/11/2021", "1 báo cáo đang ghi dở không phải gửi nữa")
    reporter.hears("thôi áp dụng", "không phải gửi nữa")
    assert await read(house, lambda c: many_drafts.begun(c, "covid_daily", date(2021, 11, 1), None)) == []
    await reporter.says("/baocao")
    reporter.hears("không có báo cáo nào đang mở")
    await house.moves_to("17:30")
    reporter.hears_nothing()
    await admin.says("/bieumau")
    admin.hears("thôi áp dụng từ 10/11/2021")


async def test_who_does_not_keep_the_forms_cannot_publish_one(house: House, reporter: Talker) -> None:
    await reporter.says("/bieumau")
    reporter.hears("chưa được phân quyền")
    of_commune = await house.joined("Lê Thị Bé", "admin", "15742")
    await sends(house, of_commune, harvest())
    of_commune.hears("quản trị của đơn vị cấp trên cùng")
    await of_commune.says("/bieumau ngừng covid_daily từ mai")
    of_commune.hears("quản trị của đơn vị cấp trên cùng")


async def test_an_indicator_is_proposed_and_the_desk_decides_with_a_word(
    house: House, admin: Talker, reporter: Talker
) -> None:
    await reporter.says("/dexuat")
    reporter.hears("chỉ tiêu gì")
    await reporter.says("Số hộ thiếu nước sạch")
    reporter.hears("Vì sao")
    await house.restart()
    await reporter.says("Nhiều thôn phải chở nước")
    reporter.hears("Đơn vị tính")
    await reporter.says("hộ")
    reporter.hears("Số hộ thiếu nước sạch", "Nhiều thôn phải chở nước", "Đơn vị tính: hộ", "[Gửi đề xuất]")
    await reporter.says("gửi")
    reporter.hears("Đã gửi đề xuất số 1")
    admin.hears("Lê Văn Nam (xã Thọ Dân)", "Số hộ thiếu nước sạch", "[Tiếp nhận]", "[Không đưa vào]")
    await admin.taps("Để sau")
    admin.hears("gõ một lời")
    await admin.says("Chờ họp giao ban tuần sau")
    admin.hears("Để sau", "đã được báo")
    reporter.hears("xem xét sau", "Chờ họp giao ban tuần sau")
    await admin.says("/dexuat danh sách")
    admin.hears("1 đề xuất", "đã để sau")
    await admin.says("/dexuat từ chối 1")
    admin.hears("ghi một lời")
    await admin.says("/dexuat nhận 1 Sẽ đưa vào biểu mẫu tháng 12")
    admin.hears("Tiếp nhận")
    reporter.hears("đã được tiếp nhận", "tháng 12")
    await admin.says("/dexuat nhận 1")
    admin.hears("Không có đề xuất số 1")
    await reporter.says("/dexuat danh sách")
    reporter.hears("đã tiếp nhận", "tháng 12")
    assert await read(house, audited) == ["proposal", "proposal decided", "proposal decided"]


async def test_what_is_said_after_another_command_is_for_no_proposal(house: House, reporter: Talker) -> None:
    await reporter.says("/dexuat")
    reporter.hears("chỉ tiêu gì")
    await reporter.says("/ngonngu")
    reporter.hears("ngôn ngữ nào")
    await reporter.says("cảm ơn")
    assert "Vì sao" not in reporter.hears().text
    await reporter.says("/dexuat Số hộ thiếu nước sạch")
    reporter.hears("Vì sao")
    await reporter.says("thôi")
    reporter.hears("Đã bỏ đề xuất")
    await reporter.says("gửi")
    assert "đề xuất số" not in reporter.hears().text
