"""Every command that takes a day: of one that there is not, or that is ahead, the same is said to all, and nothing answered."""

from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, func, select

from reporting.commands import COMMANDS
from storage.database.tables import metadata
from tests.conversations.house import House, Talker, fills_in
from tests.conversations.test_groups import says_in

AHEAD = {"13/11": "«13/11» chưa tới: hôm nay là 10/11/2021.", "ngày mai": "«ngày mai» chưa tới: hôm nay là 10/11/2021."}
NONE = {"31/11": "Không có ngày 31/11.", "30/02": "Không có ngày 30/"}
WRONG = AHEAD | NONE


@dataclass(frozen=True)
class Takes:
    """What is typed before the day, a day that is right, and how the answer names it."""

    typed: str
    day: str = "09/11"
    names: str = "09/11/2021"


STAFF = {
    "tinhhinh": Takes("/tinhhinh"),
    "tonghop": Takes("/tonghop"),
    "donduc": Takes("/donduc dân lực"),
    "donvi": Takes("/donvi thọ dân"),
    "bang": Takes("/bang"),
    "sosanh": Takes("/sosanh f0"),
    "tyle": Takes("/tyle", "tháng 10", "Tháng 10/2021"),
    "congvan": Takes("/congvan", "09/11", ""),
    "hoilai": Takes("/hoilai thọ dân ca mắc mới", "10/11", "10/11/2021"),
    "molai": Takes("/molai thọ dân"),
    "tracuu": Takes("/tracuu thọ dân f0"),
    "baocao": Takes("/baocao thọ dân", "10/11", "10/11/2021"),
    "daydu": Takes("/daydu thọ dân"),
    "tralai": Takes("/tralai thọ dân", "10/11", "10/11/2021"),
}
"""What leaders type: by the command's Vietnamese name."""
REPORTERS = {
    "baocao": Takes("/baocao", "10/11", "10/11/2021"),
    "capnhat": Takes("/capnhat test 41", "10/11", "10/11/2021"),
    "donvi": Takes("/donvi"),
    "tinhhinh": Takes("/tinhhinh"),
}
WITHOUT = {
    "huy", "dieuchinh", "chuagui", "lichsu", "kiemtra", "bangiao", "dientap", "traloi", "duyet", "nhom", "theodoi", "quen", "gopy",
    "ngonngu", "trogiup", "dexuat", "moi", "nhansu", "trang", "giaoban", "thongbao", "boduyet",
    "phieu", "lienket",
}  # fmt: skip
"""Commands that take no day: a number, a text, or nothing."""
BEFOREHAND = {
    "nghi": "leave is arranged before it is taken",
    "bieumau": "a form is published, and retired, before the day",
    "muctieu": "a target is to be reached by a day to come",
}
"""Commands that rightly take days ahead, and why. They refuse only days that there are not."""


def test_every_command_is_known_to_take_a_day_or_none() -> None:
    names = {command.names["vi"] for command in COMMANDS}
    assert names == set(STAFF) | set(REPORTERS) | WITHOUT | set(BEFOREHAND)
    assert not (set(STAFF) | set(REPORTERS)) & WITHOUT


async def on_record(house: House) -> dict[str, int]:
    """How many rows stand in every table but those of the messages themselves, and who waits for what."""

    def count(connection: Connection) -> dict[str, int]:
        tables = (each for each in metadata.sorted_tables if each.name not in ("inbox", "outbox", "address"))
        return {
            each.name: int(connection.execute(select(func.count()).select_from(each)).scalar_one()) for each in tables
        }

    return await house.running.clerk.write(count)


async def is_refused(house: House, talker: Talker, typed: str, sentence: str) -> None:
    before = await on_record(house)
    await talker.says(typed)
    heard = talker.hears(sentence)
    assert heard.photo is None, typed
    assert heard.document is None, typed
    talker.hears_nothing()
    assert await on_record(house) == before, typed


async def sent(house: House, reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")


async def test_leaders_commands_refuse_days_that_are_none_or_ahead(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await sent(house, reporter)
    for takes in STAFF.values():
        for day, sentence in WRONG.items():
            await is_refused(house, leader, f"{takes.typed} {day}", sentence)
    reporter.hears_nothing()


async def test_reporters_commands_refuse_days_that_are_none_or_ahead(house: House, reporter: Talker) -> None:
    await sent(house, reporter)
    for takes in REPORTERS.values():
        for day, sentence in WRONG.items():
            await is_refused(house, reporter, f"{takes.typed} {day}", sentence)


async def test_what_is_typed_behind_baocao_and_is_no_day_never_opens_todays_report_instead(
    house: House, reporter: Talker
) -> None:
    for typed in ("hôm kia", "2021-11-11", "10/13", "tuần sau", "abc"):
        await is_refused(house, reporter, f"/baocao {typed}", "là ngày nào")


async def test_figures_behind_baocao_are_offered_for_the_report_and_none_is_dropped(
    house: House, reporter: Talker
) -> None:
    await reporter.says("/baocao f0 mới 4, tử vong mới 0")
    reporter.hears("ghi vào báo cáo ngày 10/11/2021", "F0 mới: 4 ca", "Tử vong mới: 0 ca")


@pytest.mark.parametrize("begun", [False, True])
async def test_figures_of_a_day_and_a_night_are_of_the_day_on_which_they_end(reporter: Talker, begun: bool) -> None:
    if begun:
        await reporter.says("/baocao")
        reporter.hears("(1/20)")
    await reporter.says("Từ 16h ngày 09/11 đến 16h ngày 10/11:\nf0 3, khỏi 2")
    reporter.hears("F0 mới: 3 ca; Khỏi mới: 2 ca")


async def test_figures_typed_by_themselves_for_such_a_day_are_refused(house: House, reporter: Talker) -> None:
    for day, sentence in WRONG.items():
        await is_refused(house, reporter, f"f0 5 ngày {day.removeprefix('ngày ')}", sentence)


async def test_residents_hear_the_same_of_such_a_day(house: House, resident: Talker) -> None:
    for typed in ("thọ dân f0 {}", "/tracuu thọ dân f0 {}", "{}"):
        for day, sentence in WRONG.items():
            await is_refused(house, resident, typed.format(day), sentence)


async def test_leave_may_be_ahead_but_not_on_a_day_that_there_is_not(house: House, reporter: Talker) -> None:
    for day, sentence in NONE.items():
        await is_refused(house, reporter, f"/nghi {day}", sentence)
    await reporter.says("/nghi 13/11")
    reporter.hears("nghỉ từ 13/11/2021")


async def test_a_day_that_can_be_is_named_in_the_answer(house: House, reporter: Talker, leader: Talker) -> None:
    await sent(house, reporter)
    for takes in STAFF.values():
        await leader.says(f"{takes.typed} {takes.day}")
        heard = leader.forgets()
        assert heard, takes.typed
        assert all("chưa tới" not in each.text and "Không có ngày" not in each.text for each in heard)
        assert any(takes.names in each.text for each in heard), (takes.typed, [each.text for each in heard])
        assert takes.names or any(each.document is not None for each in heard)
        await leader.says("/huy")
        leader.forgets()
    reporter.forgets()
    for takes in REPORTERS.values():
        await reporter.says(f"{takes.typed} {takes.day}")
        assert any(takes.names in each.text for each in reporter.forgets()), takes.typed


async def test_days_before_the_first_figure_are_refused_by_when_there_are_any(leader: Talker) -> None:
    for typed in ("/tinhhinh", "/tonghop", "/donvi thọ dân", "/bang", "/sosanh f0", "/tyle", "/congvan", "/donduc"):
        await leader.says(f"{typed} 05/09")
        leader.hears("Kênh có số liệu từ ngày 01/10/2021")
        leader.hears_nothing()
    await leader.says("/tonghop năm nay")
    picture, said, *_ = leader.forgets()
    assert picture.photo is not None
    assert "từ ngày 01/10/2021 đến ngày 10/11/2021" in said.text


@pytest.mark.parametrize("typed", ["/tonghop 8/11 và 9/11", "/tonghop từ đầu dịch đến nay", "/bang tháng 13"])
async def test_days_that_may_be_several_are_asked_for_again(leader: Talker, typed: str) -> None:
    await leader.says(typed)
    leader.hears(f"Chưa rõ «{typed.partition(' ')[2]}» là ngày nào.", "ví dụ: 10/11")


@pytest.mark.parametrize("span", ["trong 100 giờ", "trong 73 giờ", "trong 1000 giờ", "trong 0 giờ"])
async def test_a_report_is_opened_for_hours_that_may_be(leader: Talker, span: str) -> None:
    await leader.says(f"/molai thọ dân 07/11 {span}")
    leader.hears("Đề nghị ghi đơn vị, ngày và thời hạn", "tối đa 72 giờ")


async def test_a_report_of_many_lines_is_not_put_into_another_day(reporter: Talker) -> None:
    await reporter.says("Báo cáo ngày 08/11/2021 – xã Thọ Dân\n1. F0 mới: 7\n2. Cộng đồng: 1")
    reporter.hears("Không có báo cáo nào của ngày 08/11/2021 đang mở")
    await reporter.says("Báo cáo ngày 31/11/2021 – xã Thọ Dân\n1. F0 mới: 7\n2. Cộng đồng: 1")
    reporter.hears("Không có ngày 31/11/2021.")


async def test_a_group_takes_no_day(house: House, leader: Talker) -> None:
    group = house.simulator.group("Lãnh đạo huyện", [leader.person])
    (heard,) = await says_in(house, leader, group, "/nhom thọ dân 09/11")
    assert "không theo từng ngày" in heard
