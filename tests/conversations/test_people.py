"""Admins and leaders keep their people by chat: they invite, revoke, look who is silent, end a duty, hand it over."""

import re

import pytest
from sqlalchemy import Connection, select

from storage.database.tables import metadata
from tests.conversations.house import House, Talker

outbox, address = metadata.tables["outbox"], metadata.tables["address"]


@pytest.fixture
async def admin(house: House) -> Talker:
    return await house.joined("Phạm Văn An", "admin", "397")


def link_in(text: str) -> str:
    found = re.search(r"https://t\.me/\S+\?start=[\w-]+", text)
    assert found is not None, text
    return found[0]


async def kept_of(house: House, word: str) -> list[object]:
    """What the outbox still has with this word."""

    def read(connection: Connection) -> list[object]:
        return [say for (say,) in connection.execute(select(outbox.c.say)) if word in str(say)]

    return await house.running.clerk.write(read)


async def test_an_admin_invites_a_deputy_who_joins_and_no_code_stays_in_the_outbox(house: House, admin: Talker) -> None:
    await admin.says("/moi dự phòng Thọ Dân")
    made = admin.hears("Giấy mời số", "cán bộ báo cáo dự phòng – xã Thọ Dân", "«Chép đường dẫn»".strip("«»"))
    link = link_in(made.text)
    await house.running.tick()
    assert await kept_of(house, link) == []
    mai = house.talker("Vũ Thị Mai")
    await mai.joins(link)
    mai.hears("Kính chào đồng chí Vũ Thị Mai", "cán bộ báo cáo dự phòng – xã Thọ Dân")
    await house.talker("Người khác").joins(link)
    house.talkers[-1].hears("Mã mời này đã được sử dụng")


async def test_a_revoked_invitation_lets_nobody_in(house: House, admin: Talker) -> None:
    await admin.says("/moi Dân Lực")
    link = link_in(admin.hears("cán bộ báo cáo – xã Dân Lực").text)
    await admin.says("/moi")
    listed = admin.hears(
        "cán bộ báo cáo – xã Dân Lực; Phạm Văn An mời ngày 10/11/2021", "đã dùng 0/1", "3 đơn vị chưa có"
    )
    revoke = next(label for label in listed.labels if "Thu hồi số" in label and "Dân Lực" in label)
    await admin.taps(revoke, listed)
    admin.hears("Đã thu hồi giấy mời số", "xã Dân Lực")
    late = house.talker("Đến muộn")
    await late.joins(link)
    late.hears("Mã mời này đã bị thu hồi")
    number = re.search(r"\d+", revoke)
    assert number is not None
    await admin.says(f"/moi thu hồi {number[0]}")
    admin.hears("không còn hiệu lực từ trước")


async def test_the_sheet_for_all_who_are_lacking_comes_as_a_pdf(house: House, admin: Talker, reporter: Talker) -> None:
    await admin.says("/moi phiếu")
    sent = admin.hears("Phiếu mời cho 2 đơn vị chưa có cán bộ báo cáo")
    assert sent.document is not None
    assert sent.document.name == "phieu_moi.pdf"
    assert sent.document.content.startswith(b"%PDF-")
    await house.running.tick()
    assert await kept_of(house, "start=") == []


async def test_only_an_admin_invites(house: House, leader: Talker, reporter: Talker) -> None:
    for talker in (leader, reporter):
        await talker.says("/moi Thọ Dân")
        talker.hears("chưa được phân quyền")


async def test_a_leader_sees_who_is_silent_and_ends_a_duty_that_he_confirms(
    house: House, leader: Talker, reporter: Talker
) -> None:
    await leader.says("/nhansu")
    leader.hears("2 đơn vị chưa có cán bộ báo cáo", "xã Dân Lực (chưa mời)")
    leader.hears("huyện Triệu Sơn", "Trần Thị Hoa – lãnh đạo")
    await leader.says("/nhansu Thọ Dân")
    seen = leader.hears("Lê Văn Nam – cán bộ báo cáo, từ 10/11/2021; hoạt động gần nhất: 10/11/2021")
    await leader.taps("Thôi: Lê Văn Nam (cán bộ báo cáo)", seen)
    sure = leader.hears("Kết thúc nhiệm vụ cán bộ báo cáo – xã Thọ Dân của đồng chí Lê Văn Nam")
    reporter.hears_nothing()
    await leader.taps("Kết thúc nhiệm vụ", sure)
    leader.hears("Lê Văn Nam thôi cán bộ báo cáo – xã Thọ Dân", "Đề nghị người quản trị mời người mới bằng /moi")
    reporter.hears("Từ hôm nay, đồng chí thôi nhiệm vụ cán bộ báo cáo – xã Thọ Dân")
    await reporter.says("/baocao")
    reporter.hears("chưa được phân quyền")
    await leader.taps("Kết thúc nhiệm vụ", sure)
    leader.hears("không còn hiệu lực")


async def test_a_duty_is_ended_by_its_number_too_and_handed_over_by_a_button(
    house: House, leader: Talker, reporter: Talker
) -> None:
    deputy = await house.joined("Vũ Thị Mai", "deputy", "15742")
    await leader.says("/nhansu Thọ Dân")
    seen = leader.hears("Vũ Thị Mai – cán bộ báo cáo dự phòng")
    await leader.taps("Vũ Thị Mai – từ hôm nay", seen)
    leader.hears("đồng chí Vũ Thị Mai thay đồng chí Lê Văn Nam")
    reporter.hears("đồng chí Vũ Thị Mai thay")
    deputy.hears("đồng chí Vũ Thị Mai thay")
    number = re.search(r"dự phòng, từ \S+; hoạt động gần nhất: \S+ \(nhiệm vụ số (\d+)\)", seen.text)
    assert number is not None
    await leader.says(f"/nhansu thôi {number[1]}")
    leader.hears("cán bộ báo cáo dự phòng – xã Thọ Dân của đồng chí Vũ Thị Mai")
    await leader.says(f"/nhansu thôi {number[1]} đồng ý")
    leader.hears("Vũ Thị Mai thôi cán bộ báo cáo dự phòng", "Người báo cáo hiện nay: Vũ Thị Mai")
    deputy.hears("đồng chí thôi nhiệm vụ cán bộ báo cáo dự phòng")


async def test_whoever_guesses_codes_is_told_when_to_come_again_and_a_restart_forgets_nothing(house: House) -> None:
    guesser = house.talker("Người lạ")
    for n in range(5):
        await guesser.says(f"/start wrong{n}")
        guesser.hears("Mã mời này không đúng")
    await house.restart()
    link = await house.invitation("reporter", "15742")
    await guesser.joins(link)
    guesser.hears("Đề nghị thử lại từ 15 giờ 45 ngày 10/11/2021")
    await house.moves_to("15:46")
    await guesser.joins(link)
    guesser.hears("Kính chào đồng chí")
    guesser.forgets()


async def test_a_resident_sees_what_is_kept_and_has_it_removed_at_once(house: House, resident: Talker) -> None:
    await resident.says("dữ liệu của tôi")
    resident.hears("Kênh không lưu dữ liệu nào về ông/bà")
    await resident.says("/theodoi Thọ Dân")
    await resident.taps(resident.hears().labels[0], resident.last)
    resident.forgets()
    await resident.says("Cho tôi xem dữ liệu của tôi")
    resident.hears("1 mục ông/bà theo dõi", "0 số liệu")
    await resident.says("xoá dữ liệu của tôi")
    resident.hears("Đã xóa mọi theo dõi")
    await resident.says("dữ liệu của tôi")
    resident.hears("Kênh không lưu dữ liệu nào")


async def test_staff_ask_for_erasure_and_are_erased_when_their_duty_has_ended(
    house: House, admin: Talker, reporter: Talker
) -> None:
    await reporter.says("dữ liệu của tôi")
    reporter.hears("Dữ liệu đang lưu về Lê Văn Nam", "cán bộ báo cáo – xã Thọ Dân", "Địa chỉ trò chuyện: 1")
    await reporter.says("tôi muốn xóa dữ liệu của tôi")
    reporter.hears("Đã ghi nhận đề nghị và chuyển bộ phận quản trị")
    admin.hears("Lê Văn Nam", "đề nghị xóa dữ liệu cá nhân", "giaoban people erase")
    await admin.says("/nhansu Thọ Dân")
    await admin.taps("Thôi: Lê Văn Nam (cán bộ báo cáo)", admin.hears("Lê Văn Nam"))
    await admin.taps("Kết thúc nhiệm vụ", admin.hears("Kết thúc nhiệm vụ"))
    admin.hears("Lê Văn Nam thôi")
    reporter.hears("đồng chí thôi nhiệm vụ")
    await reporter.says("xóa dữ liệu của tôi")
    await reporter.taps("Xóa dữ liệu của tôi", reporter.hears("Không hoàn tác được"))
    reporter.hears("Đã xóa dữ liệu cá nhân của đồng chí", "#")
    assert await kept_of(house, "Lê Văn Nam") == []
