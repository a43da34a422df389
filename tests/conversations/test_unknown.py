"""What is not known yet is no zero: not in the figure itself, nor in what is worked out from it, nor on later days."""

from datetime import date, timedelta

from sqlalchemy import Connection

from storage.figures import figures
from storage.organisation import units
from tests.conversations.house import ANSWERS, House, Talker, fills_in

DAYS = (date(2021, 11, 10), date(2021, 11, 11))


async def totals(house: House) -> list[object]:
    """The cumulative figures of the two days; None where there is none."""

    def read(connection: Connection) -> list[object]:
        unit = units.tree(connection).find("15742", DAYS[0])
        assert unit is not None
        found = [figures.of_period(connection, "covid_daily", unit.id, day).get("f0_cum") for day in DAYS]
        return [each.value if each else None for each in found]

    return await house.running.clerk.write(read)


async def test_a_total_that_rests_on_an_unknown_is_held_back_until_it_is_known(
    house: House, reporter: Talker, resident: Talker
) -> None:
    await fills_in(reporter, (1, "chưa rõ"), (2, "chưa rõ"))
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    assert await totals(house) == [None, None]
    await resident.says("tổng số ca từ đầu dịch xã Thọ Dân")
    assert " 0 ca" not in resident.hears("Thọ Dân").text
    house.simulator.clock.advance(timedelta(days=1))
    reporter.forgets()
    await fills_in(reporter)
    reporter.forgets()
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    reporter.forgets()
    assert await totals(house) == [None, None]


async def test_what_is_cumulative_does_not_fall_behind_a_day_on_which_it_was_not_known(
    house: House, reporter: Talker
) -> None:
    for instead in ((), ((15, "chưa rõ"), (16, "chưa rõ"))):
        await fills_in(reporter, *instead)
        await reporter.taps("Gửi")
        reporter.hears("đã tiếp nhận")
        house.simulator.clock.advance(timedelta(days=1))
        reporter.forgets()
    await reporter.says("/baocao")
    for place, answer in enumerate((*ANSWERS[:14], "4900"), 1):
        reporter.hears(f"({place}/20)")
        await reporter.says(answer)
    reporter.hears("không được nhỏ hơn kỳ trước (5.000)")


async def test_why_a_figure_is_missing_is_the_same_in_ones_own_record_and_on_the_units_page(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await fills_in(reporter, (1, "chưa rõ"))
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận", "Chưa rõ: F0 mới")
    await reporter.says("/lichsu")
    reporter.hears("10/11/2021: ✅ đúng hạn", "mã CD-15742-101121-1); chưa rõ: F0 mới\n")
    reporter.forgets()
    await leader.says("/donvi thọ dân")
    leader.hears("Chưa có số liệu: F0 mới: chưa rõ; Lũy kế F0: chưa tính được, vì chưa rõ F0 mới; ")
    await reporter.says("/capnhat f0 mới 3, lý do: nay đã rõ")
    reporter.forgets()
    await reporter.says("/lichsu")
    assert "chưa rõ" not in reporter.hears("10/11/2021: ✅ đúng hạn", "điều chỉnh").text
    reporter.forgets()
    await leader.says("/donvi thọ dân")
    assert "Chưa có số liệu" not in leader.hears("Số ca mắc mới").text


async def test_what_is_not_known_yet_is_said_in_ones_own_words(reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("dạ chưa thống kê được ạ")
    reporter.hears("(2/20)", "F0 mới: chưa rõ")
    await reporter.says("không có")
    reporter.hears("(3/20)")
    await reporter.says("quay lại")
    reporter.hears("(2/20)")
    await reporter.says("đang rà soát")
    reporter.hears("(3/20)", "0 ca → chưa rõ")


async def test_at_a_doubt_what_is_not_known_yet_is_asked_about(reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("250")
    reporter.hears("Đang ghi: 250 ca")
    await reporter.says("đang rà soát")
    reporter.hears("Đang ghi: 250 ca", "chưa phải là lý do", "«chưa rõ»")
    await reporter.says("chưa rõ")
    reporter.hears("(2/20)")
