"""The table of /tinhhinh: read on a cheap phone, missing units first, and never longer than a message."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.telegram.channel import TELEGRAM
from messages.leaders.standing_words import SIGNS, excuse_said, is_cut, mark_of, standing_text, status_said
from reporting.forms import Form
from reporting.people import Address
from reporting.rounds.deadlines import deadline
from reporting.rounds.late_reason import LateReason
from reporting.rounds.standing_table import StandingTable
from reporting.rounds.standings import Sent, Standing, expected_units, standing_for
from reporting.text_pieces import visible
from reporting.translator import translator
from reporting.units import Unit, UnitTree
from tests.rules.digests_made import province
from tests.rules.round_made import DAN_LUC, DAY, DISTRICT, NUA, THO_DAN, TREE, ZONE, at, form

LAN = Address("telegram", "1")
VI = translator("vi")
MAT_DIEN = LateReason("other", "mất điện")


def sent(clock: str, day: date = DAY) -> Sent:
    return Sent(at(clock, day), at(clock, day), 1)


def table(
    now: datetime,
    come: Mapping[int, Sent] | None = None,
    *,
    of: Form | None = None,
    tree: UnitTree = TREE,
    root: Unit = DISTRICT,
    reasons: Mapping[int, LateReason] | None = None,
    free: Mapping[int, str] | None = None,
    archive: Sequence[int] = (),
) -> StandingTable:
    made, stamps, why = of or form(), come or {}, free or {}
    found: list[Standing] = []
    for unit in expected_units(made, tree, DAY, root):
        due = deadline(made.key, made.schedule, unit.id, DAY, ZONE)
        due = replace(due, is_owed=due.is_owed and unit.id not in why, excuse=why.get(unit.id, ""))
        found.append(standing_for(due, stamps.get(unit.id), now, unit.id in archive))
    return StandingTable(made, DAY, root, found, reasons or {}, tree, now, ZONE)


def lines(of: StandingTable, language: str = "vi") -> list[str]:
    return standing_text(of, LAN, translator(language), TELEGRAM).text.splitlines()


def test_the_head_has_coverage_and_rates_and_then_comes_a_line_for_each_unit_the_missing_first() -> None:
    made = table(at("18:00"), {THO_DAN.id: sent("16:05"), DAN_LUC.id: sent("17:05")}, reasons={DAN_LUC.id: MAT_DIEN})
    assert lines(made) == [
        "<b>Báo cáo ngày</b> – ngày 10/11/2021 – huyện Triệu Sơn",
        "Đã báo cáo: <b>2/3</b> đơn vị (hạn 16 giờ 30).",
        "Tỷ lệ: đủ 66,7% (2/3), đúng hạn 33,3%.",
        "<b>🔴 Quá hạn, chưa báo cáo (1)</b>",
        "🔴 thị trấn Nưa",
        "<b>🟠 Báo cáo chậm (1)</b>",
        "🟠 xã Dân Lực – 17 giờ 05 (mất điện)",
        "<b>🟢 Đúng hạn (1)</b>",
        "🟢 xã Thọ Dân – 16 giờ 05",
    ]


def test_who_is_suspended_is_said_to_be_so_with_the_reason_and_is_not_counted() -> None:
    made = table(at("18:00"), {THO_DAN.id: sent("16:05"), DAN_LUC.id: sent("16:06")}, free={NUA.id: "lũ"})
    told = lines(made)
    assert "Đã báo cáo: <b>2/2</b> đơn vị (hạn 16 giờ 30)." in told
    assert "Tỷ lệ: đủ 100% (2/2), đúng hạn 100%." in told
    assert told[3:5] == ["<b>⏸ Tạm dừng báo cáo (1)</b>", "⏸ thị trấn Nưa: lũ"]
    assert "Chưa đến giờ" not in "\n".join(told)
    nobody = table(at("18:00"), free={one.id: "" for one in (THO_DAN, DAN_LUC, NUA)})
    assert lines(nobody)[1:3] == ["Không có đơn vị nào phải báo cáo kỳ này.", "<b>⏸ Tạm dừng báo cáo (3)</b>"]


def test_before_the_deadline_nobody_is_overdue_and_no_rate_is_made_up() -> None:
    told = lines(table(at("16:30") + timedelta(seconds=30), {THO_DAN.id: sent("16:05")}, reasons={NUA.id: MAT_DIEN}))
    assert "Tỷ lệ: chưa có báo cáo đến hạn." in told
    assert "🟡 thị trấn Nưa (mất điện)" in told
    assert "🔴" not in "\n".join(told)


def test_a_report_that_came_after_midnight_says_its_day() -> None:
    late = {THO_DAN.id: sent("00:15", DAY + timedelta(days=1))}
    assert "🟠 xã Thọ Dân – 00 giờ 15 ngày 11/11/2021" in lines(table(at("07:00", DAY + timedelta(days=1)), late))


def test_on_change_the_newest_report_of_each_unit_is_shown_and_nobody_is_late() -> None:
    of = form()
    of = replace(of, schedule=replace(of.schedule, period="on change"))
    made = table(at("18:00"), {THO_DAN.id: sent("17:05"), DAN_LUC.id: sent("09:00")}, of=of, archive=[NUA.id])
    assert lines(made)[1:] == [
        "Báo cáo khi có thay đổi: <b>3/3</b> đơn vị đã có báo cáo; dưới đây là bản mới nhất.",
        "<b>🟢 Báo cáo mới nhất (2)</b>",
        "🟢 xã Dân Lực – 09 giờ 00 ngày 10/11/2021",
        "🟢 xã Thọ Dân – 17 giờ 05 ngày 10/11/2021",
        "<b>🗂 Số liệu lưu trữ, không rõ giờ gửi (1)</b>",
        "🗂 thị trấn Nưa – 10/11/2021",
    ]
    assert lines(table(at("18:00"), of=of))[2:4] == ["<b>⚪ Chưa có báo cáo (3)</b>", "⚪ xã Dân Lực"]


def test_of_many_units_those_are_named_of_whom_something_is_wanted_and_the_others_to_whoever_asks() -> None:
    root = Unit(1, "0", "Ia Grai", "huyện")
    tree = UnitTree([root, *(Unit(2 + n, f"{n:02}", f"Ia {n}", "xã", 1) for n in range(12))])
    made = table(at("18:00"), {n: sent("16:05") for n in range(2, 12)}, tree=tree, root=root, archive=[12])
    assert is_cut(made)
    assert lines(made)[3:] == [
        "<b>🔴 Quá hạn, chưa báo cáo (1)</b>",
        "🔴 xã Ia 11",
        "<b>🟢 Đúng hạn (10)</b>",
        "<b>🗂 Số liệu lưu trữ, không rõ giờ gửi (1)</b>",
        "Xem cả những đơn vị trên: chọn ở dưới hoặc gõ /tinhhinh huyện Ia Grai đầy đủ",
    ]
    whole = standing_text(made, LAN, VI, TELEGRAM, whole=True).text.splitlines()
    assert whole[3:7] == [
        "<b>🔴 Quá hạn, chưa báo cáo (1)</b>",
        "🔴 xã Ia 11",
        "<b>🟢 Đúng hạn (10)</b>",
        "🟢 xã Ia 0 – 16 giờ 05",
    ]
    assert len(whole) == 3 + 2 + 11 + 2


def test_on_change_an_archive_of_levels_is_counted() -> None:
    root, of = Unit(1, "0", "Ia Grai", "huyện"), form()
    of = replace(of, schedule=replace(of.schedule, period="on change"))
    tree = UnitTree([root, *(Unit(2 + n, f"{n:02}", f"Ia {n}", "xã", 1) for n in range(12))])
    told = lines(table(at("18:00"), of=of, tree=tree, root=root, archive=range(2, 13)))
    assert told[2:5] == [
        "<b>⚪ Chưa có báo cáo (1)</b>",
        "⚪ xã Ia 11",
        "<b>🗂 Số liệu lưu trữ, không rõ giờ gửi (11)</b>",
    ]


def test_a_province_is_summed_up_by_district_with_the_most_missing_first_and_the_way_down() -> None:
    tree = province()
    communes = expected_units(form(), tree, DAY)
    of_first = [unit for unit in communes if unit.parent_id == 2]
    come = {unit.id: sent("16:05") for unit in communes if unit not in (*of_first[:3], of_first[5])}
    come |= {unit.id: sent("17:00") for unit in communes if unit.parent_id == 3}
    made = table(at("18:00"), come, tree=tree, root=tree.unit(1), free={of_first[5].id: "lũ"})
    told = lines(made)
    assert told[3:7] == [
        "🔴 huyện Nông Cống 1: 17/20, chưa: 3, tạm dừng: 1",
        "🟠 huyện Nông Cống 2: 21/21, chậm: 21",
        "🟢 25 đơn vị còn lại: 517/517",
        "Xem từng đơn vị: gõ /tinhhinh kèm tên, ví dụ: /tinhhinh huyện Nông Cống 1",
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("count", "tiers"), [(60, 1), (61, 1), (300, 1), (700, 700), (559, 27)])
def test_no_table_is_longer_than_a_message(count: int, tiers: int, language: str) -> None:
    long = "Thị trấn Nông trường Yên Định Thống Nhất"
    root = Unit(1, "0", long, "tỉnh")
    between = [Unit(2 + n, f"{n:04}", f"{long} {n}", "huyện", 1) for n in range(tiers)] if tiers > 1 else []
    below = between or [root]
    units = [Unit(2000 + n, f"9{n:04}", f"{long} {n}", "xã", below[n % len(below)].id) for n in range(count)]
    tree = UnitTree([root, *between, *units])
    reasons = {unit.id: LateReason("other", "chờ kết quả xét nghiệm của tuyến trên " * 9) for unit in units}
    late = {unit.id: sent("17:05") for unit in units[::2]}
    text = standing_text(
        table(at("18:00"), late, tree=tree, root=root, reasons=reasons), LAN, translator(language), TELEGRAM
    ).text
    assert visible(text) <= TELEGRAM.text_length
    assert f"<b>{len(late)}/{count}</b>" in text


def test_what_people_typed_is_no_markup() -> None:
    told = lines(
        table(at("18:00"), reasons={NUA.id: LateReason("other", "<b>mưa</b> & gió")}, free={THO_DAN.id: "<i>lũ</i>"})
    )
    assert "🔴 thị trấn Nưa (&lt;b&gt;mưa&lt;/b&gt; &amp; gió)" in told
    assert "⏸ xã Thọ Dân: &lt;i&gt;lũ&lt;/i&gt;" in told


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_mark_has_its_sign_and_its_words(language: str) -> None:
    words = translator(language)
    for mark in SIGNS:
        assert words(f"standing_{mark}", n=2)
        assert mark == "excused" or words.plain(f"status_{mark}")
    due = replace(deadline("daily", form().schedule, 2, DAY, ZONE), is_owed=False)
    free = standing_for(due, None, at("18:00"))
    assert (mark_of(free), status_said(form(), free, words)) == ("excused", words.plain("excused"))
    assert excuse_said(replace(due, excuse="lũ"), words).endswith(": lũ")


WIDE = UnitTree(
    [
        Unit(1, "P", "Thanh Hóa", "tỉnh"),
        *(Unit(100 * n, f"D{n}", f"Số {n}", "huyện", 1) for n in range(1, 28)),
        *(Unit(100 * n + k, f"D{n}-{k}", f"Xã {n}.{k}", "xã", 100 * n) for n in range(1, 28) for k in range(1, 5)),
    ]
)


def wide(missing_in: Sequence[int]) -> StandingTable:
    """A province of 27 districts with 4 communes each; one commune is missing in each of these districts."""
    root = WIDE.unit(1)
    come = {each.id: sent("16:05") for each in expected_units(form(), WIDE, DAY, root)}
    for n in missing_in:
        del come[100 * n + 1]
    return table(at("18:00"), come, tree=WIDE, root=root)


def test_a_province_is_told_the_tiers_that_lack_reports_and_the_others_in_a_line() -> None:
    told = lines(wide([2, 10]))
    assert told[3:] == [
        "🔴 huyện Số 2: 3/4, chưa: 1",
        "🔴 huyện Số 10: 3/4, chưa: 1",
        "🟢 25 đơn vị còn lại: 100/100",
        "Xem từng đơn vị: gõ /tinhhinh kèm tên, ví dụ: /tinhhinh huyện Số 2",
        "Xem cả những đơn vị trên: chọn ở dưới hoặc gõ /tinhhinh tỉnh Thanh Hóa đầy đủ",
    ]


def test_where_nearly_all_lack_reports_so_many_are_named_and_the_others_added_up() -> None:
    told = lines(wide(range(1, 28)))
    assert told[14] == "🔴 huyện Số 12: 3/4, chưa: 1"
    assert told[15] == "🔴 15 đơn vị còn lại: 45/60, chưa: 15"
    assert len(told) == 18


def test_all_of_the_tier_are_named_to_whoever_asks_for_all() -> None:
    made = wide([2])
    assert is_cut(made)
    told = standing_text(made, LAN, VI, TELEGRAM, whole=True).text.splitlines()
    assert sum("huyện Số" in line for line in told) == 28  # the last is the example
    assert not any("còn lại" in line for line in told)
