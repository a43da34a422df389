"""What staff do by a command they say in words: at any time, with marks or without, and it is theirs before it is a resident's."""

import pytest

from tests.conversations.house import House, Talker, fills_in
from tests.conversations.test_groups import says_in

LEADERS_SAY = (
    ("mở lại Thọ Dân hôm qua", "Đã mở lại báo cáo ngày 09/11/2021 của xã Thọ Dân"),
    ("dạ mo lai tho dan ngay 08/11 giúp em với", "Đã mở lại báo cáo ngày 08/11/2021 của xã Thọ Dân"),
    ("đôn đốc Dân Lực", "1 đơn vị chưa có cán bộ đầu mối nhận được tin: xã Dân Lực"),
    ("nhắc các xã chưa báo cáo", "2 đơn vị chưa có cán bộ đầu mối"),
    ("duyệt", "Không có báo cáo nào chờ đồng chí duyệt"),
    ("cho tôi xem tổng hợp 7 ngày", "từ ngày 04/11/2021 đến ngày 10/11/2021"),
    ("ty le thang 10", "Tháng 10/2021: đủ 0%"),
    ("so sánh f0", "Chưa có số liệu (3)"),
    ("đơn vị Thọ Dân", "Các kỳ trước"),
    ("tình hình", "Chưa báo cáo, còn trong hạn (3)"),
    ("bảng theo dõi", "Theo dõi báo cáo – huyện Triệu Sơn"),
    ("công văn", "Dự thảo báo cáo"),
    ("hỏi lại Dân Lực số ca mới sao cao thế?", "xã Dân Lực chưa có báo cáo ngày 10/11/2021 để hỏi lại"),
    ("mở lại", "Đề nghị ghi đơn vị, ngày và thời hạn"),
    ("trợ giúp", "Các lệnh có thể dùng"),
    ("/mở lại Thọ Dân hôm qua", "Đã mở lại báo cáo ngày 09/11/2021 của xã Thọ Dân"),
    ("/don_doc Dân Lực", "1 đơn vị chưa có cán bộ đầu mối nhận được tin: xã Dân Lực"),
)
ASKED_AS_BEFORE = (
    ("hôm nay huyện có bao nhiêu ca?", "chưa có đơn vị nào báo cáo"),
    ("tình hình dịch hôm nay thế nào?", "chưa có đơn vị nào báo cáo"),
    ("đơn vị nào chưa báo cáo", "Chưa báo cáo (3)"),
    ("tổng hợp F0 tháng này", "muốn hỏi số liệu nào"),
)


@pytest.mark.parametrize(("said", "heard"), LEADERS_SAY)
async def test_a_leader_says_in_words_what_a_command_does(
    house: House, leader: Talker, reporter: Talker, said: str, heard: str
) -> None:
    await leader.says(said)
    told = [each.text for each in leader.forgets()]
    assert any(heard in each for each in told), told
    reporter.forgets()


@pytest.mark.parametrize(("said", "heard"), ASKED_AS_BEFORE)
async def test_a_question_for_figures_is_answered_to_staff_too(leader: Talker, said: str, heard: str) -> None:
    await leader.says(said)
    leader.hears(heard)


async def test_the_words_of_a_doubt_reach_the_reporter(house: House, leader: Talker, reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.says("gửi")
    reporter.forgets()
    leader.forgets()
    await leader.says("hoi lai tho dan so ca mac moi hom nay sao cao the")
    leader.hears("Đã hỏi xã Thọ Dân")
    reporter.hears("Số ca mắc mới (F0)", "Nội dung hỏi: ", "sao cao the")


async def test_words_in_the_middle_of_a_report_do_what_the_command_does(reporter: Talker) -> None:
    await reporter.says("báo cáo")
    reporter.hears("(1/20)")
    await reporter.says("tình hình")
    reporter.hears("Đã báo cáo: 0/1 đơn vị")
    await reporter.says("tôi bàn giao cho Hùng")
    reporter.hears("chưa có cán bộ dự phòng để nhận bàn giao")
    await reporter.says("3")
    reporter.hears("(2/20)")


async def test_an_answer_in_words_is_no_command(reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.says("sửa 20")
    reporter.hears("(20/20)")
    await reporter.says("tình hình ổn định")
    reporter.hears("Báo cáo ngày", "tình hình ổn định")


async def test_in_a_group_the_bot_is_told_in_words_too(house: House, leader: Talker) -> None:
    other = house.talker("Ông Bình")
    group = house.simulator.group("Cán bộ huyện", [leader.person, other.person])
    name = house.bot_name
    heard = await says_in(house, leader, group, f"@{name} tình hình")
    assert "gửi riêng" in heard[0]
    leader.hears("Chưa báo cáo, còn trong hạn (3)")
    heard = await says_in(house, other, group, f"@{name} tình hình")
    assert "chưa có đơn vị nào báo cáo" in heard[0]


async def test_whatever_is_not_understood_of_staff_gets_one_line(reporter: Talker) -> None:
    await reporter.says("anh ơi máy em hỏng")
    heard = reporter.hears("Chưa hiểu «anh ơi máy em hỏng»", "/baocao", "/trogiup")
    assert "ông/bà" not in heard.text
    assert len(heard.text) < 250


async def test_what_a_role_may_not_do_is_refused_in_words_as_by_its_command(reporter: Talker) -> None:
    await reporter.says("mở lại Thọ Dân hôm qua")
    in_words = reporter.hears("").text
    await reporter.says("/molai Thọ Dân hôm qua")
    assert reporter.hears("").text == in_words


async def test_a_resident_is_understood_as_a_resident(resident: Talker) -> None:
    await resident.says("mở lại Thọ Dân hôm qua")
    resident.hears("«mở»")
