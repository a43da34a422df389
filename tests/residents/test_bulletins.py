"""What the public channel is told: only what is public, by the rules that hold for residents."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.drawing import draw
from reminders.context import Tick
from reminders.public_channel import PublicChannel, post, prepared_posts
from reporting.people import Address
from reporting.rounds.quiet_hours import QuietHours
from reporting.rounds.suspensions import Suspension
from reporting.say import Say
from storage.database.engines import writing_engine
from storage.schedule import suspensions
from tests.channels import CHANNELS
from tests.databases import fresh_of_kind
from tests.reminders.town import tables
from tests.residents.town import TODAY, ZONE, Town, at, days_ago, labels, town_of


@pytest.fixture(params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    """What was told is kept in a table: on both databases."""
    url = fresh_of_kind(request, tmp_path / "town.db", tables)
    engine = writing_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


CHANNEL = PublicChannel(Address("telegram", "@bantin"), "vi", "giaoban_bot")


def told(
    town: Town, clock: str | datetime, channel: PublicChannel = CHANNEL, quiet: QuietHours | None = None
) -> list[Say]:
    """What is posted at that time, and recorded."""
    now = at(clock) if isinstance(clock, str) else clock
    tick = Tick(town.connection, now, ZONE, CHANNELS, quiet)
    posts = prepared_posts(tick, channel)
    post(tick, channel, posts)
    return [each.say for each in posts if each.say is not None]


def picture(say: Say) -> dict[str, Any]:
    """What its picture is drawn from; it can be drawn."""
    assert say.photo is not None
    assert draw(say.photo).startswith(b"\x89PNG")
    return dict(say.photo.kept)


def bars(say: Say) -> dict[str, tuple[float | None, str]]:
    return {name: (high, why) for name, _, high, _, why in picture(say)["bars"]}


def test_it_tells_the_public_headlines_and_every_units_bar(town: Town) -> None:
    town.reports("15742", f0_new=3, f0_active=7, f2_active=99)
    town.reports("15700", days_ago(1), f0_new=8)
    (said,) = told(town, "17:00")
    assert "Số ca mắc mới (F0) ghi nhận trong kỳ: <b>3 ca</b>" in said.text
    assert "Số ca tử vong trong kỳ: chưa có số liệu" in said.text
    assert "99" not in f"{said.text} {picture(said)}"
    assert labels(said) == ["Hỏi số liệu của từng đơn vị"]
    assert bars(said)["xã Thọ Dân"] == (3, "")
    assert bars(said)["xã Dân Lực"] == (None, "chưa báo cáo")
    drawn = picture(said)
    assert drawn["coverage_text"] == "Mới có số liệu của 1/5 đơn vị – tạm tính"
    assert drawn["points"][-2:] == [["2021-11-09", 8, 8, 1, 5], ["2021-11-10", 3, 3, 1, 5]]


def test_when_all_have_reported_it_is_not_provisional(town: Town) -> None:
    for code in ("15664", "15700", "15718", "15742", "15667"):
        town.reports(code, f0_new=1)
    (said,) = told(town, "17:00")
    assert "đủ 5/5 đơn vị" in said.text
    assert "tạm tính" not in f"{said.text} {picture(said)}"


def test_small_counts_are_held_back_in_words_and_picture(harvest: Town) -> None:
    for code, sick in (("15742", 2), ("15700", 7), ("15718", 6), ("15664", 9), ("15667", 0)):
        harvest.reports(code, form="harvest", sick=sick, rice=10, secret=5)
    (said,) = told(harvest, at("23:00"))
    assert "Sổ vụ mùa" not in said.text
    assert "Bản tin mùa vụ" in said.text
    assert "Số hộ có gia súc bệnh: <b>từ 23 đến 26 hộ</b>" in said.text
    assert "bảo vệ thông tin cá nhân" in said.text
    assert "Số tiền hỗ trợ" not in said.text
    assert next(bar for bar in picture(said)["bars"] if bar[0] == "xã Thọ Dân")[1:3] == [1, 4]


def test_who_need_not_report_is_not_said_to_be_late(town: Town) -> None:
    town.reports("15742", f0_new=3)
    dan_luc = town.tree.find("15700", TODAY)
    assert dan_luc is not None
    suspensions.suspend(town.connection, Suspension("", dan_luc.id, TODAY, TODAY, "lụt"), None, town.now)
    (said,) = told(town, "17:00")
    assert "1/4 đơn vị" in said.text
    assert bars(said)["xã Dân Lực"] == (None, "tạm dừng báo cáo")


def test_what_waits_for_approval_is_not_told(town: Town) -> None:
    town.reports("15742", f0_new=3, provisional=True)
    assert told(town, "17:00") == []
    town.reports("15700", f0_new=4)
    (said,) = told(town, "17:05")
    assert "<b>4 ca</b>" in said.text


def test_a_correction_is_told_when_it_is_approved_and_until_then_the_old_figure_stands(town: Town) -> None:
    town.reports("15742", f0_new=3)
    town.reports("15700", f0_new=4)
    told(town, "17:00")
    town.reports("15742", f0_new=9, revision=2, provisional=True, clock="17:10")
    assert told(town, "17:11") == []
    town.reports("15718", f0_new=1, clock="17:20")
    assert told(town, "17:21") == []
    (said,) = told(town, at("08:01", days_ago(-1)))
    assert "Đã có thêm báo cáo của: thị trấn Nưa" in said.text
    assert "Thọ Dân" not in said.text
    assert told(town, at("17:12", days_ago(-1))) == []
    town.reports("15742", f0_new=9, revision=2, clock="18:00")
    (said,) = told(town, at("18:01", days_ago(-1)))
    assert "Đính chính" in said.text
    assert "xã Thọ Dân – Số ca mắc mới (F0) ghi nhận trong kỳ: <b>9 ca</b> (đã công bố: 3 ca)" in said.text


def test_corrections_of_several_days_come_in_one_message(town: Town) -> None:
    for on in (days_ago(1), TODAY):
        town.reports("15742", on, f0_new=3)
        assert len(told(town, at("17:00", on))) == 1
    for on in (days_ago(1), TODAY):
        town.reports("15742", on, f0_new=5, revision=2, clock="18:00")
    (said,) = told(town, "18:01")
    assert said.text.index("ngày 09/11/2021") < said.text.index("ngày 10/11/2021")
    assert said.text.count("(đã công bố: 3 ca)") == 4
    assert (said.silent, said.reply_to) == (True, "")
    assert told(town, "18:30") == []


def test_a_correction_behind_a_held_back_count_changes_nothing_that_was_told(harvest: Town) -> None:
    for code, sick in (("15742", 2), ("15700", 7), ("15718", 6)):
        harvest.reports(code, form="harvest", sick=sick)
    told(harvest, at("23:00"))
    harvest.reports("15742", form="harvest", sick=3, revision=2, clock="23:10")
    assert told(harvest, at("23:11")) == []


def test_a_correction_and_a_late_report_that_cancel_out_are_both_told(town: Town) -> None:
    town.reports("15742", f0_new=3)
    told(town, "17:00")
    town.reports("15742", f0_new=1, revision=2, clock="17:10")
    town.reports("15700", f0_new=2, clock="17:10")
    (said,) = told(town, "17:11")
    assert "xã Thọ Dân – Số ca mắc mới (F0) ghi nhận trong kỳ: <b>1 ca</b> (đã công bố: 3 ca)" in said.text
    assert "Đã có thêm báo cáo của: xã Dân Lực" in said.text
    assert "2/5 đơn vị" in said.text


def test_a_late_report_of_zero_is_told_of_when_the_day_closes(town: Town) -> None:
    town.reports("15742", f0_new=3)
    told(town, "17:00")
    town.reports("15700", f0_new=0, clock="17:10")
    assert told(town, "17:11") == []
    (said,) = told(town, at("08:00", days_ago(-1)))
    assert "Bổ sung số liệu" in said.text
    assert "Đã có thêm báo cáo của: xã Dân Lực" in said.text
    assert told(town, at("08:01", days_ago(-1))) == []


def test_in_quiet_hours_nothing_is_posted_but_what_is_set_for_a_time_in_them(town: Town) -> None:
    night, morning = (time(17, 5), time(6)), days_ago(-1)
    town.reports("15742", f0_new=3)
    assert told(town, "17:10", quiet=night) == []
    (said,) = told(town, at("06:00", morning), quiet=night)
    assert "<b>3 ca</b>" in said.text
    town.reports("15742", f0_new=5, revision=2, clock="06:01")
    assert told(town, at("05:59", morning), quiet=night) == []
    (said,) = told(town, at("06:20", morning), quiet=night)
    assert "(đã công bố: 3 ca)" in said.text
    another = replace(CHANNEL, to=Address("telegram", "@dem"))
    assert len(told(town, "17:00", another, (time(16), time(6)))) == 1


def test_another_channel_is_told_for_itself(town: Town) -> None:
    town.reports("15742", f0_new=3)
    assert len(told(town, "17:00")) == 1
    other = PublicChannel(Address("telegram", "-1001234567890"), "en")
    (said,) = told(town, "17:30", other)
    assert "provisional" in said.text
    assert said.buttons == ()


@pytest.mark.parametrize("count", [34, 65])
def test_of_more_units_than_fit_those_right_under_the_root_stand_in_the_picture(
    connection: Connection, count: int
) -> None:
    lines = ["code,name,kind,parent,aliases,since,until", "1,Thanh Hóa,tỉnh,,,,", "2,Triệu Sơn,huyện,1,,,"]
    lines += [f"{100 + n},Số {n},xã,2,,," for n in range(count)]
    town = town_of(connection, "\n".join(lines))
    for n in range(3):
        town.reports(str(100 + n), f0_new=n)
    (said,) = told(town, "17:00")
    shown = picture(said)["bars"]
    assert len(shown) == (34 if count == 34 else 1)
    if count == 65:
        assert shown == [["huyện Triệu Sơn", 3, 3, "3/65", ""]]
        town.reports("100", f0_new=5, revision=2, clock="17:10")
        town.reports("164", f0_new=0, clock="17:10")
        (said,) = told(town, "17:11")
        assert "huyện Triệu Sơn – Số ca mắc mới" in said.text
        town.reports("163", f0_new=0, clock="17:20")
        assert told(town, "17:40") == []
        (said,) = told(town, at("08:10", days_ago(-1)))
        assert "Bổ sung số liệu" in said.text
        assert "5/65 đơn vị" in said.text


def late_today(town: Town) -> None:
    """Two of five are late today. Each has three under treatment, and on the days before ten new cases."""
    for code in ("15664", "15700", "15718", "15742", "15667"):
        town.reports(code, days_ago(1), f0_new=10, f0_active=3)
        if code not in ("15742", "15667"):
            town.reports(code, f0_new=1, f0_active=3)


def test_what_stands_does_not_fall_because_somebody_is_late(town: Town) -> None:
    late_today(town)
    (said,) = told(town, "17:00")
    named = "gồm số kỳ trước của xã Thọ Dân (09/11), xã Thọ Sơn (09/11)"
    assert f"Số ca đang điều trị: <b>15 ca</b> ({named})" in said.text
    assert "trong kỳ: <b>3 ca</b>\n" in said.text
    drawn = picture(said)
    assert ["Số ca đang điều trị", 15, 15] in drawn["tiles"]
    assert [drawn["tiles"][place][0] for place in drawn["carried"]] == ["Số ca đang điều trị"]
    town.reports("15742", f0_new=0, f0_active=3, clock="17:30")
    town.reports("15667", f0_new=0, f0_active=9, clock="17:30")
    (said,) = told(town, at("08:05", days_ago(-1)))
    assert "Bổ sung số liệu" in said.text
    assert "Số ca đang điều trị: <b>21 ca</b> (đã công bố: 15 ca)" in said.text


def test_a_correction_of_an_earlier_day_that_stands_in_a_total_is_told(town: Town) -> None:
    late_today(town)
    told(town, "17:00")
    town.reports("15742", days_ago(1), f0_new=10, f0_active=5, revision=2)
    (said,) = [each for each in told(town, "17:30") if "10/11/2021" in each.text]
    assert "Đính chính" in said.text
    assert "Số ca đang điều trị: <b>17 ca</b> (đã công bố: 15 ca)" in said.text


def test_a_total_that_rests_on_what_is_unknown_is_not_told_and_comes_later(town: Town) -> None:
    late_today(town)
    town.reports("15742", f0_new=1)
    (said,) = told(town, "17:00")
    why = "chưa tính được, vì báo cáo mới nhất của xã Thọ Dân chưa có số này"
    assert f"Số ca đang điều trị: <b>{why}</b>" in said.text
    assert "Số ca đang điều trị" not in [label for label, *_ in picture(said)["tiles"]]
    town.reports("15742", f0_new=1, f0_active=4, revision=2, clock="18:00")
    (said,) = told(town, at("08:05", days_ago(-1)))
    assert "Bổ sung số liệu" in said.text
    carried = "(gồm số kỳ trước của xã Thọ Sơn (09/11)) (bản tin trước: chưa tính được)"
    assert f"• Số ca đang điều trị: <b>16 ca</b> {carried}" in said.text


def test_a_total_that_an_earlier_day_kept_open_and_that_is_told_now_corrects_nothing(town: Town) -> None:
    late_today(town)
    town.reports("15742", days_ago(1), f0_new=10, revision=2)
    (said,) = told(town, "17:00")
    assert "Số ca đang điều trị: <b>chưa tính được, vì báo cáo mới nhất của xã Thọ Dân chưa có số này</b>" in said.text
    town.reports("15742", days_ago(1), f0_new=10, f0_active=4, revision=3)
    assert told(town, "17:30") == []
    (said,) = [each for each in told(town, at("08:05", days_ago(-1))) if "10/11/2021" in each.text]
    assert "Bổ sung số liệu" in said.text
    assert "Đính chính" not in said.text
    assert "• Số ca đang điều trị: <b>16 ca</b>" in said.text
    assert "(bản tin trước: chưa tính được)" in said.text


def test_a_total_that_was_told_and_cannot_be_worked_out_any_more_is_a_correction(town: Town) -> None:
    late_today(town)
    told(town, "17:00")
    town.reports("15742", days_ago(1), f0_new=10, revision=2)
    (said,) = [each for each in told(town, at("08:05", days_ago(-1))) if "10/11/2021" in each.text]
    assert "Đính chính" in said.text
    why = "chưa tính được, vì báo cáo mới nhất của xã Thọ Dân chưa có số này"
    assert f"Số ca đang điều trị: <b>{why}</b> (đã công bố: 15 ca)" in said.text


def test_totals_beyond_64_bits_are_told_and_corrected_like_any_other(town: Town) -> None:
    for code in ("15664", "15700", "15718", "15742", "15667"):
        town.reports(code, f0_new=9_000_000_000_000, f0_active=1)
    (said,) = told(town, "17:00")
    assert "trong kỳ: <b>45.000.000.000.000 ca</b>" in said.text
    town.reports("15742", f0_new=8_999_999_999_999, f0_active=1, revision=2, clock="17:10")
    (said,) = told(town, "17:30")
    assert "<b>44.999.999.999.999 ca</b> (đã công bố: 45.000.000.000.000 ca)" in said.text


def test_a_correction_after_which_a_part_is_above_its_whole_says_so(town: Town) -> None:
    channel = PublicChannel(Address("telegram", "-100"), "vi")
    town.reports("15742", f0_new=3, f0_new_community=1)
    town.now = at("17:05")
    tick = Tick(town.connection, town.now, ZONE, CHANNELS)
    post(tick, channel, prepared_posts(tick, channel))
    town.reports("15742", clock="17:10", revision=2, f0_new=2, f0_new_community=4)
    town.now = at("17:15")
    (corrected,) = prepared_posts(Tick(town.connection, town.now, ZONE, CHANNELS), channel)
    assert corrected.say is not None
    assert "2 ca</b> (đã công bố: 3 ca)" in corrected.say.text
    assert "đang lớn hơn «Số ca mắc mới (F0) ghi nhận trong kỳ»" in corrected.say.text
