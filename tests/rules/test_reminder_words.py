"""The sentences of reminders, as people read them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from messages.reminders.letters import LetterContext
from messages.reminders.reminder_buttons import LATE_REASONS, moment_of, read_reason, read_snooze
from messages.reminders.reminder_words import office, report_named, span
from reporting.people import Role
from reporting.presses.reporters import OpenReport
from reporting.rounds.recipients import Recipients
from reporting.rounds.reminding import due_reminders
from reporting.rounds.suppression import Suppression
from reporting.say import Rank, Say
from reporting.translator import translator
from reporting.units import Unit, UnitTree
from tests.rules.round_made import (
    CHAIR,
    DAN_LUC,
    DAY,
    DESK,
    HELD,
    HOA,
    LEADER,
    NAM,
    NAMES,
    NUA,
    THO_DAN,
    TREE,
    ZONE,
    Day,
    a_round,
    at,
    form,
    person,
)

VI = translator("vi")


def letters(day: Day, clock: str, language: str = "vi", **details: object) -> dict[int, Say]:
    """What everybody reads at that time."""
    now = at(clock)
    plan = day.plan(clock)
    one = a_round(day.form, now, day.sent, day.free)
    people = {each: person(each, language) for each in NAMES}
    scene = LetterContext(
        {(day.form.key, DAY): one}, TREE, day.recipients, day.told, day.suppression, now, ZONE, people
    )
    scene = replace(scene, **details)  # type: ignore[arg-type]  # the fields are named by the test
    told: dict[int, list[object]] = {}
    for each in plan.reminders:
        told.setdefault(each.person_id, []).append(each)
    return {each: scene.letter(people[each], theirs) for each, theirs in told.items()}  # type: ignore[arg-type]


def test_before_the_deadline_it_is_asked_for_with_the_minutes_that_are_left() -> None:
    said = letters(Day(), "15:30")[NAM]
    assert said.text == (
        "Kính gửi: UBND xã Thọ Dân.\n"
        "Còn 60 phút đến thời hạn gửi báo cáo phòng, chống dịch COVID-19 ngày 10/11/2021 (16 giờ 30). Đến nay UBND huyện "
        "Triệu Sơn chưa nhận được báo cáo của đơn vị. Đề nghị đồng chí Lê Văn Nam gửi báo cáo đúng giờ. Trân trọng.\n"
        "Chọn «Báo cáo ngay» hoặc gõ /baocao."
    )
    assert said.rank is Rank.EARLY_REMINDER
    assert [[str(button.press) for button in row] for row in said.buttons] == [
        ["report:covid_daily:2:211110"],
        ["snooze:30", "hours:show"],
    ]


def test_the_last_word_to_whoever_owes_a_report_goes_before_leaders_letters_and_those_before_earlier_words() -> None:
    day = Day()
    early = letters(day, "16:30")[NAM].rank
    for clock in ("15:30", "16:30"):
        day.tick(clock)
    last = letters(day, "17:00")[NAM].rank
    day.tick("17:00")
    assert last < letters(day, "17:30")[CHAIR].rank < early
    assert (last, early) == (Rank.LAST_REMINDER, Rank.EARLY_REMINDER)


def test_after_the_deadline_it_is_urged_and_then_counted_and_announced() -> None:
    day = Day()
    day.tick("15:30")
    first = letters(day, "16:30")[NAM].text
    day.tick("16:30")
    second = letters(day, "17:00")[NAM].text
    assert "Đã hết thời hạn (16 giờ 30)" in first
    assert "khẩn trương gửi báo cáo trước 17 giờ 30" in first
    assert "Đây là lần nhắc thứ 3" in second
    assert "đã chậm 30 phút" in second
    assert "Sau 17 giờ 30, hệ thống sẽ báo cáo Chủ tịch UBND xã Thọ Dân." in second


def test_where_there_is_no_chair_the_next_who_hears_is_named() -> None:
    day = Day()
    day.tick("15:30")
    day.tick("16:30")
    assert "Sau 18 giờ 30, hệ thống sẽ báo cáo lãnh đạo UBND huyện Triệu Sơn." in letters(day, "17:00")[HOA].text


def test_a_late_report_has_its_reasons_one_tap_away() -> None:
    pressed = [str(button.press) for row in letters(Day(), "17:00")[NAM].buttons for button in row]
    assert pressed[1:-2] == [f"late:covid_daily:2:211110:{reason}" for reason in LATE_REASONS]
    assert all(VI.plain(f"late_{reason}") for reason in LATE_REASONS)


def test_who_owes_two_reports_gets_one_message_with_a_button_for_each() -> None:
    held: tuple[tuple[int, Role, int], ...] = ((THO_DAN.id, "reporter", NAM), (DAN_LUC.id, "reporter", NAM))
    said = letters(Day(held=held), "15:30")[NAM]
    assert said.text == (
        "Kính gửi đồng chí Lê Văn Nam: hiện còn 2 báo cáo chưa gửi.\n"
        "• xã Dân Lực: báo cáo phòng, chống dịch COVID-19 ngày 10/11/2021, thời hạn 16 giờ 30 (còn 60 phút)\n"
        "• xã Thọ Dân: báo cáo phòng, chống dịch COVID-19 ngày 10/11/2021, thời hạn 16 giờ 30 (còn 60 phút)\n"
        "Đề nghị đồng chí Lê Văn Nam gửi các báo cáo đúng giờ. Trân trọng.\n"
        "Chọn «Báo cáo ngay» hoặc gõ /baocao."
    )
    assert [row[0].text for row in said.buttons] == [
        "Báo cáo ngay: xã Dân Lực",
        "Báo cáo ngay: xã Thọ Dân",
        "Nhắc tôi sau 30 phút",
    ]


TWO: tuple[tuple[int, Role, int], ...] = ((THO_DAN.id, "reporter", NAM), (DAN_LUC.id, "reporter", NAM), *HELD[2:])


def test_who_owes_several_reports_hears_it_in_graver_words_each_time_with_the_count_and_who_hears_next() -> None:
    day = Day(held=TWO)
    day.tick("15:30")
    first = letters(day, "16:31")[NAM].text
    day.tick("16:31")
    again = letters(day, "17:00")[NAM].text
    assert "(đã chậm 1 phút, lần nhắc thứ 2)" in first
    assert again == (
        "Kính gửi đồng chí Lê Văn Nam: hiện còn 2 báo cáo chưa gửi.\n"
        "• xã Dân Lực: báo cáo phòng, chống dịch COVID-19 ngày 10/11/2021, thời hạn 16 giờ 30 (đã chậm 30 phút, lần nhắc thứ 3)\n"
        "• xã Thọ Dân: báo cáo phòng, chống dịch COVID-19 ngày 10/11/2021, thời hạn 16 giờ 30 (đã chậm 30 phút, lần nhắc thứ 3)\n"
        "Báo cáo chậm ảnh hưởng đến việc tổng hợp của UBND huyện Triệu Sơn. Đề nghị đồng chí Lê Văn Nam gửi ngay các báo cáo. "
        "Sau 17 giờ 30, hệ thống sẽ báo cáo Chủ tịch UBND xã Thọ Dân. "
        "Sau 18 giờ 30, hệ thống sẽ báo cáo lãnh đạo UBND huyện Triệu Sơn.\n"
        "Chọn «Báo cáo ngay» hoặc gõ /baocao."
    )


def test_who_owes_several_late_reports_has_the_reasons_for_all_of_them_one_tap_away() -> None:
    pressed = [str(row[0].press) for row in letters(Day(held=TWO), "16:00")[NAM].buttons]
    assert [each.split(":")[0] for each in pressed] == ["report", "report", "snooze"]
    late = [str(button.press) for row in letters(Day(held=TWO), "17:00")[NAM].buttons[2:-1] for button in row]
    assert [each.rpartition(":")[2] for each in late] == [*LATE_REASONS]
    assert {moment_of(int(each.split(":")[1])) for each in late} == {at("17:00")}


@pytest.mark.parametrize("argument", ["x", "-1", "9" * 18])
def test_a_forged_minute_is_none(argument: str) -> None:
    with pytest.raises(ValueError, match=argument):
        moment_of(int(argument))


def test_the_chair_hears_who_was_reminded_how_often_and_why_it_is_late() -> None:
    day = Day()
    for clock in ("15:30", "16:30", "17:00"):
        day.tick(clock)
    reasons = {("covid_daily", THO_DAN.id, DAY): ("power", "")}
    said = letters(day, "17:30", reasons=reasons)[CHAIR]
    assert said.text == (
        "Kính gửi: Đồng chí Chủ tịch UBND xã Thọ Dân.\n"
        "Đến 17 giờ 30, đơn vị chưa gửi báo cáo phòng, chống dịch COVID-19 ngày 10/11/2021 (thời hạn 16 giờ 30). "
        "Cán bộ đầu mối Lê Văn Nam đã được nhắc 3 lần. Lý do đơn vị nêu: mất điện, mất mạng. "
        "Đề nghị đồng chí quan tâm chỉ đạo, đôn đốc bộ phận chuyên môn hoàn thành trước 18 giờ 30. Trân trọng.\n\n"
        "Xem tình hình: /tinhhinh; cán bộ báo cáo, các kỳ trước: /donvi; đôn đốc ngay: /donduc."
    )
    assert said.buttons == ()


def test_a_chair_without_a_reporter_hears_that_there_is_none() -> None:
    day = Day(held=[(THO_DAN.id, "chair", CHAIR)])
    assert "Đơn vị chưa có cán bộ đầu mối" in letters(day, "17:30")[CHAIR].text


def test_the_leader_hears_once_of_all_with_coverage_names_notes_and_who_is_silent_for_days() -> None:
    day = Day(form("+120m leader; +150m desk"))
    day.sent = [NUA]
    day.suppression = Suppression(answered=frozenset({("covid_daily", DAN_LUC.id, DAY)}))
    reasons = {("covid_daily", THO_DAN.id, DAY): ("other", "đường <ngập>")}
    heard = letters(day, "18:30", reasons=reasons, streaks={("covid_daily", DAY): {DAN_LUC.id: 3}})
    assert heard[LEADER].text == (
        "Kính gửi: Đồng chí lãnh đạo UBND huyện Triệu Sơn.\n"
        "Đến 18 giờ 30, 1/3 đơn vị đã gửi báo cáo phòng, chống dịch COVID-19 ngày 10/11/2021 (thời hạn 16 giờ 30).\n"
        "2 đơn vị chưa báo cáo: xã Dân Lực (đang nhập), xã Thọ Dân (đường &lt;ngập&gt;).\n"
        "Trong đó 1 đơn vị chưa báo cáo từ 2 kỳ liên tiếp trở lên: xã Dân Lực (3 kỳ).\n"
        "Kính báo cáo đồng chí để chỉ đạo. Xem đầy đủ: /tinhhinh."
    )
    assert "Bộ phận tổng hợp UBND huyện Triệu Sơn" in letters(day, "19:00")[DESK].text


def test_a_unit_without_anybody_to_remind_is_marked_in_the_leaders_list() -> None:
    day = Day(form("+120m leader"))
    assert "thị trấn Nưa (chưa có đầu mối)" in letters(day, "18:30")[LEADER].text


def test_one_person_with_two_offices_reads_one_message() -> None:
    held: tuple[tuple[int, Role, int], ...] = ((THO_DAN.id, "reporter", LEADER), *HELD[1:])
    said = letters(Day(form("0m reporter; 0m leader"), held), "16:30")
    assert sorted(said) == [HOA, LEADER]
    own, others = said[LEADER].text.split("\n\n")
    assert "Đề nghị đồng chí Đỗ Lan khẩn trương" in own
    assert "1 đơn vị chưa báo cáo: thị trấn Nưa" in others
    assert "Ngoài ra còn 2 đơn vị chưa báo cáo" in others


@pytest.mark.parametrize("clock", ["15:30", "16:30", "17:30", "18:30", "19:00"])
def test_english_is_complete(clock: str) -> None:
    day = Day()
    for earlier in ("15:00", "16:29", "17:20", "17:30"):
        day.tick(earlier)
    for said in letters(Day(), clock, "en").values():
        assert "{" not in said.text
        assert "Đề nghị" not in said.text
        assert "COVID-19" in said.text


def test_the_next_day_a_moment_says_its_date() -> None:
    day = Day(form("+12h chair"))
    now = at("04:30", DAY + timedelta(days=1))
    plan = day.plan("04:30", DAY + timedelta(days=1))
    one = a_round(day.form, now)
    scene = LetterContext(
        {(day.form.key, DAY): one}, TREE, day.recipients, [], Suppression(), now, ZONE, {CHAIR: person(CHAIR)}
    )
    assert "Đến 04 giờ 30 ngày 11/11/2021, đơn vị chưa gửi" in scene.letter(person(CHAIR), plan.reminders).text


def test_many_missing_units_are_counted_by_the_tier_between() -> None:
    province = Unit(1, "38", "Thanh Hóa", "tỉnh")
    districts = [Unit(100 + n, f"{n:03}", f"Huyện {n}", "huyện", 1) for n in range(3)]
    communes = [Unit(1000 + n, f"{n:05}", f"Xã {n}", "xã", 100 + n % 3) for n in range(60)]
    tree = UnitTree([province, *districts, *communes])
    now = at("18:30")
    one = a_round(form("0m leader"), now, tree=tree)
    day = Day(held=[(1, "leader", LEADER)])
    recipients = Recipients(tree, [(1, "leader", LEADER)])
    plan = due_reminders([one], recipients, [], day.suppression, now)
    scene = LetterContext({("covid_daily", DAY): one}, tree, recipients, [], Suppression(), now, ZONE)
    text = scene.letter(person(LEADER), plan.reminders).text
    assert "60 đơn vị chưa báo cáo: huyện Huyện 0 (20), huyện Huyện 1 (20), huyện Huyện 2 (20)." in text


def test_the_longest_letter_fits_one_message() -> None:
    province = Unit(1, "38", "Thanh Hóa", "tỉnh")
    communes = [Unit(1000 + n, f"{n:05}", f"Xã có tên rất dài số {n}", "xã", 1) for n in range(600)]
    tree = UnitTree([province, *communes])
    now = at("18:30")
    one = a_round(form("0m leader"), now, tree=tree)
    recipients = Recipients(tree, [(1, "leader", LEADER)])
    silent = {("covid_daily", DAY): {unit.id: 14 for unit in communes}}
    plan = due_reminders([one], recipients, [], Suppression(), now)
    text = (
        LetterContext({("covid_daily", DAY): one}, tree, recipients, [], Suppression(), now, ZONE, streaks=silent)
        .letter(person(LEADER), plan.reminders)
        .text
    )
    assert "và 560 mục khác" in text
    assert len(text) < 4096


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [("xã", "Thọ Dân", "UBND xã Thọ Dân"), ("trường", "THCS Dân Lực", "trường THCS Dân Lực")],
)
def test_only_the_states_tiers_have_a_peoples_committee(kind: str, name: str, said: str) -> None:
    assert office(Unit(1, "1", name, kind), VI) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "1 phút"), (45, "45 phút"), (120, "2 giờ"), (24 * 60, "24 giờ"), (72 * 60, "3 ngày")],
)
def test_a_length_of_time_has_one_unit(minutes: int, said: str) -> None:
    assert span(timedelta(minutes=minutes), VI) == said


def test_a_form_without_a_topic_is_called_by_its_title() -> None:
    weekly = form(topic={}, title={"": "Báo cáo <tuần>"})
    weekly = replace(weekly, schedule=replace(weekly.schedule, period="weekly"))
    assert report_named(weekly, date(2021, 11, 14), VI) == "báo cáo «Báo cáo &lt;tuần&gt;» tuần đến ngày 14/11/2021"


def test_a_press_fits_a_button_even_where_the_forms_key_does_not() -> None:
    assert OpenReport("f" * 60, 12345, DAY).packed(64) == "report::12345:211110"


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("Nhắc tôi sau 30 phút", 30),
        ("nhac toi sau 15", 15),
        ("Remind me in 30 minutes", 30),
        ("nhắc tôi sau 0 phút", None),
        ("nhắc tôi sau 999 phút", None),
        ("30", None),
    ],
)
def test_the_button_for_later_can_be_typed(typed: str, minutes: int | None) -> None:
    assert read_snooze(typed) == minutes


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("Lý do: mất điện", ("power", "")),
        ("lý do chờ kết quả", ("results", "")),
        ("Chậm vì: vắng cán bộ", ("staff", "")),
        ("lý do: đường vào xã  bị ngập", ("other", "đường vào xã bị ngập")),
        ("12 ca", None),
        ("lý do", None),
    ],
)
def test_a_reason_can_be_typed(typed: str, reason: tuple[str, str] | None) -> None:
    assert read_reason(typed, VI) == reason
