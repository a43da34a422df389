"""Digests: what leaders read is derived from figures and standings, fits a message, and leaves nobody out silently."""

import json
import re
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from bot.drawing.cells import remark
from bot.telegram.channel import TELEGRAM
from messages.digests.board_words import board_text
from messages.digests.content import plain
from messages.digests.digest import digest
from messages.digests.reading import ROOMS, Reading
from messages.digests.sections import SECTIONS
from messages.digests.units_now import units_now
from reporting.dataclass_json import as_json
from reporting.digests.evidence import Evidence, Number, State, States
from reporting.expressions.expression import compile_expression
from reporting.figures.indicator_targets import IndicatorTarget, Measured, TargetProgress, progress_of
from reporting.forms import Choice, Form, Question
from reporting.reviews import Review
from reporting.rounds.data_query import AskedBack
from reporting.rounds.late_reason import LateReason
from reporting.rounds.standings import standing_for
from reporting.text_pieces import visible
from reporting.translator import translator
from reporting.units import UnitTree
from reporting.units_as_now import UnitsAsNow
from tests.rules.digests_made import FORM, NOW, TODAY, district, evidence, province, usual

VI, EN = translator("vi"), translator("en")
LEVELS = Question(
    "level",
    "select_one levels",
    {"vi": "Cấp độ dịch", "en": "Epidemic level"},
    kind="state",
    choices=tuple(Choice(str(n), {"vi": f"Cấp {n}", "en": f"Level {n}"}) for n in range(1, 5)),
)


def text_of(of: Evidence, words: str = "vi") -> str:
    return plain(digest(of, translator(words), TELEGRAM).text)


WITH_PARTS = replace(
    FORM, questions=tuple(replace(q, part_of={"f0_new_community": "f0_new"}.get(q.name, "")) for q in FORM.questions)
)


def busy() -> Evidence:
    """A day on which every section has something to say."""

    def figure(name: str, unit_id: int, ago: int) -> Number:
        if name == "f0_new_community":
            return 9 if (unit_id, ago) == (9, 0) else 0
        return 18 if (name, unit_id, ago) == ("f0_new", 26, 0) else usual(name, unit_id, ago)

    levels = {n: State("1", date(2021, 10, 16)) for n in range(2, 30)}
    levels[30] = State("3", date(2021, 11, 8), "4521/QĐ-UBND")
    made = evidence(
        missing=[11, 12],
        late={5: time(16, 45), 8: time(16, 59)},
        figure=figure,
        late_reasons={5: LateReason("other", "<b>mất điện</b> & mạng")},
        states=(States(LEVELS, levels),),
        provisional=frozenset({7}),
        asked=(AskedBack(1, "covid_daily", 6, TODAY, "f0_new", "5", 1, "", 9, NOW, NOW),),
        returned=(Review(1, "covid_daily", 6, TODAY, 1, "returned", "", (), "xem lại", 9, NOW),),
        demonstration=True,
    )
    return replace(made, form=WITH_PARTS, targets=(progress(26, 18, before=12),))


def progress(unit_id: int, value: Number, before: Number, received: int = 10) -> TargetProgress:
    """Of at most 15 new cases in November."""
    target = IndicatorTarget(
        "covid_daily", "f0_new", unit_id, "at most", 15, "", TODAY.replace(day=1), TODAY.replace(day=30)
    )
    span = (target.since, TODAY)
    return progress_of(target, FORM.by_name["f0_new"], span, Measured(value, before, None, received, 10))


def test_of_targets_only_who_is_behind_or_has_just_reached_one_is_told() -> None:
    found = (progress(26, 18, 12, received=8), progress(27, 14, 12))
    said = text_of(evidence(targets=found))
    assert "Mục tiêu\n• xã Thọ Dân: " in said
    assert "nhiều nhất 15 ca đến hết ngày 30/11/2021: 18 ca – vượt mức (mới có 8/10 báo cáo)" in said
    assert "14 ca" not in said


def by_units_of_today(of: Evidence) -> Evidence:
    """The same where two units have become part of a third."""
    return replace(of, tree=UnitsAsNow(of.tree, {11: (10,), 13: (10,)}, TODAY))


def test_it_opens_with_topic_and_unit_the_window_and_the_coverage() -> None:
    lines = text_of(evidence(missing=[11, 12, 30])).split("\n")
    assert lines[0] == "TỔNG HỢP TÌNH HÌNH PHÒNG, CHỐNG DỊCH COVID-19 HUYỆN TRIỆU SƠN"
    assert lines[1].endswith("– 31/34 đơn vị đã báo cáo")
    assert "10/11/2021" in lines[1]
    assert lines[2] == "Chốt số lúc 17 giờ 00 ngày 10/11/2021."


def test_the_words_come_from_the_form_and_the_tree_and_from_nowhere_else() -> None:
    form = replace(FORM, topic={"vi": "thu hoạch lúa"}, window={})
    said = text_of(replace(evidence(), form=form))
    assert said.startswith("TỔNG HỢP TÌNH HÌNH THU HOẠCH LÚA HUYỆN TRIỆU SƠN")
    assert "COVID" not in said
    untitled = text_of(replace(evidence(), form=replace(form, topic={})))
    assert untitled.startswith("TỔNG HỢP BÁO CÁO NGÀY – HUYỆN TRIỆU SƠN")


def test_a_missing_unit_is_named_and_not_counted_as_zero() -> None:
    said = text_of(evidence(missing=[26], figure=lambda name, unit_id, ago: 2))
    assert "Số ca mắc mới (F0) ghi nhận trong kỳ: 66 ca" in said
    assert "Chưa báo cáo, chưa tính số liệu kỳ này (1 đơn vị): xã Thọ Dân." in said


def test_who_has_been_missing_for_days_is_said_to_have_been() -> None:
    assert "xã Thọ Dân (41 ngày liền)" in text_of(evidence(missing=[26], streaks={26: 41}))


def test_a_unit_that_began_today_has_missed_nothing_before() -> None:
    def nothing(name: str, unit_id: int, days_ago: int) -> int | None:
        return None if unit_id == 26 else usual(name, unit_id, days_ago)

    new = UnitTree(replace(unit, since=TODAY) if unit.id == 26 else unit for unit in district())
    said = text_of(evidence(new, missing=[26], figure=nothing, streaks={26: 1}))
    assert "xã Thọ Dân" in said
    assert "liền)" not in said


def test_where_nobody_has_reported_there_are_no_zeros() -> None:
    nobody = evidence(missing=range(2, 36), figure=lambda name, unit_id, ago: None)
    said = text_of(nobody)
    assert "0/34 đơn vị đã báo cáo" in said
    assert "Chưa có số liệu. Chưa báo cáo không có nghĩa là bằng 0." in said
    assert ": 0" not in said


def grown(**more: object) -> str:
    """A day on which two units are late, the one since yesterday, the other for three days."""

    def figure(name: str, unit_id: int, ago: int) -> Number | None:
        return None if unit_id == 27 and ago < 3 else 100 if name == "f0_cum" else 1

    return text_of(evidence(missing=[26, 27], figure=figure, **more))  # type: ignore[arg-type]  # a test's shorthand


def test_a_running_total_has_the_late_in_it_and_names_them() -> None:
    said = grown()
    assert "ghi nhận trong kỳ: 32 ca, không đổi" in said
    assert "lũy kế: 3.400*" in said
    assert "\n* Gồm số kỳ trước của xã Thọ Dân (09/11), xã Xuân Thọ (07/11)." in said
    assert "32/34 đơn vị đã báo cáo" in said
    english = text_of(evidence(missing=[26], figure=lambda name, unit_id, ago: 1), "en")
    assert "* Includes the figures of an earlier period of xã Thọ Dân (09/11)." in english


def test_a_week_ends_with_the_same_running_total() -> None:
    said = grown(days=7)
    assert "lũy kế: 3.400*" in said
    assert "* Gồm số kỳ trước của xã Thọ Dân (09/11), xã Xuân Thọ (07/11)." in said


def test_a_value_from_before_what_is_shown_is_in_it_too() -> None:
    silent = lambda name, unit_id, ago: None if unit_id == 26 else 100  # noqa: E731
    said = text_of(evidence(missing=[26], figure=silent, earlier={"f0_cum": {26: {date(2020, 12, 31): 7}}}))
    assert "lũy kế: 3.307*" in said
    assert "* Gồm số kỳ trước của xã Thọ Dân (31/12/2020)." in said


def test_units_that_stand_in_totals_with_other_periods_have_a_sign_of_their_own() -> None:
    questions = tuple(replace(each, kind="total") if each.name == "q_home_active" else each for each in FORM.questions)
    apart = lambda name, unit_id, ago: None if unit_id == 26 and name == "f0_cum" and ago < 2 else 1  # noqa: E731
    said = text_of(replace(evidence(missing=[26], figure=apart), form=replace(FORM, questions=questions)))
    assert "* Gồm số kỳ trước của xã Thọ Dân (08/11).\n** Gồm số kỳ trước của xã Thọ Dân (09/11)." in said
    assert "Số người đang cách ly tại nhà: 34 người**" in said


def test_a_unit_that_never_had_any_is_in_no_total() -> None:
    never = lambda name, unit_id, ago: None if unit_id == 26 else 1  # noqa: E731
    said = text_of(evidence(missing=[26], figure=never))
    assert "lũy kế: 33)" in said
    assert "Gồm số kỳ trước" not in said


def test_a_running_total_that_rests_on_what_is_not_known_is_not_told_and_the_reason_is() -> None:
    unknown = lambda name, unit_id, ago: None if unit_id == 26 and ago == 0 and name == "f0_cum" else 5  # noqa: E731
    of = evidence(figure=unknown, reported={"f0_cum": {26: (TODAY,)}})
    said = text_of(of)
    assert "lũy kế: chưa tính được)" in said
    assert "\nChưa tính được Lũy kế số ca mắc: báo cáo mới nhất của xã Thọ Dân chưa có số này." in said
    assert "165" not in said
    assert "cumulative: cannot be computed yet)" in text_of(of, "en")
    assert (
        "Cannot be computed yet: Cumulative confirmed cases. The newest report of xã Thọ Dân is without it so far."
        in text_of(of, "en")
    )


def test_what_cannot_be_told_is_not_compared_either() -> None:
    form = replace(FORM, questions=tuple(each for each in FORM.questions if each.kind == "total"))
    unknown = lambda name, unit_id, ago: None if unit_id == 26 and ago == 0 else 5  # noqa: E731
    made = digest(replace(evidence(figure=unknown, reported={"f0_cum": {26: (TODAY,)}}), form=form), VI, TELEGRAM)
    assert "• Lũy kế số ca mắc: chưa tính được\n" in plain(made.text)
    assert "▲▼" not in made.text
    (told,) = made.content.indicators
    assert (told.total, told.before, told.change, told.untold) == (None, None, None, True)


def test_a_running_total_is_told_where_nothing_new_has_come_yet() -> None:
    said = text_of(evidence(missing=range(2, 36), figure=lambda name, unit_id, ago: 1))
    assert "Số ca mắc mới (F0) ghi nhận trong kỳ: chưa có số liệu (lũy kế: 34*)" in said


def test_a_unit_that_has_ended_is_not_in_the_total_of_a_later_day() -> None:
    over = UnitTree(replace(unit, until=TODAY) if unit.id == 26 else unit for unit in district())
    said = text_of(evidence(over, figure=lambda name, unit_id, ago: 1))
    assert "lũy kế: 33)" in said
    week = evidence(district(), days=7, figure=lambda name, unit_id, ago: None if unit_id == 26 and ago == 0 else 1)
    assert "lũy kế: 33)" in text_of(replace(week, tree=over))


def test_the_mean_is_of_the_units_that_are_in_the_total() -> None:
    stock = compile_expression("${last-saved#f0_active} + ${f0_new}")
    questions = tuple(replace(each, calculation=stock) if each.name == "f0_active" else each for each in FORM.questions)
    of = replace(evidence(missing=[26], figure=lambda *_: 10), form=replace(FORM, questions=questions))
    assert "Số ca đang điều trị: 340 ca*, không đổi (trung bình 7 ngày: 340)" in text_of(of)


def test_a_unit_that_reports_itself_has_its_own_figures_and_no_earlier_ones() -> None:
    assert "lũy kế" not in text_of(evidence(unit_id=26, missing=[26], figure=lambda *_: 1))


def test_the_days_of_a_running_total_follow_the_same_rule() -> None:
    form = replace(FORM, questions=tuple(each for each in FORM.questions if each.kind == "total"))
    missed = lambda name, unit_id, ago: None if unit_id == 26 and ago in (0, 1, 3) else 10  # noqa: E731
    of = replace(evidence(figure=missed, reported={"f0_cum": {26: (date(2021, 11, 7),)}}), form=form)
    days = digest(of, VI, TELEGRAM).content.trend["f0_cum"]
    told = [each[:4] for each in days[-5:]]
    assert told == [(340, 34, 0, 0), (None, 33, 0, 1), (340, 34, 0, 0), (340, 34, 1, 0), (340, 34, 1, 0)]


def test_the_change_compares_the_same_units_and_says_so() -> None:
    """Unit 26 had 100 yesterday and is missing today: the district is not 100 better off."""
    figure = lambda name, unit_id, ago: 100 if unit_id == 26 and ago else 3 if ago == 0 else 2  # noqa: E731
    said = text_of(evidence(missing=[26], figure=figure))
    assert "Số ca mắc mới (F0) ghi nhận trong kỳ: 99 ca ▲ 33 (trung bình 7 ngày: 66" in said
    assert "Chỉ so sánh các đơn vị có số liệu ở cả hai kỳ (33 đơn vị)." in said


def test_with_the_same_coverage_nothing_is_said_of_it() -> None:
    assert "Chỉ so sánh" not in text_of(evidence())


def test_a_figure_that_only_some_gave_says_how_many() -> None:
    some = lambda name, unit_id, ago: None if name == "f0_active" and unit_id > 10 else 1  # noqa: E731
    assert "Số ca đang điều trị: 9 ca, không đổi (9 đơn vị có số liệu; trung bình 7 ngày: 9)" in text_of(
        evidence(figure=some)
    )


def test_a_mean_needs_more_than_half_of_the_days() -> None:
    young = lambda name, unit_id, ago: 5 if ago < 3 else None  # noqa: E731
    assert "trung bình" not in text_of(evidence(figure=young))


def test_numbers_with_a_fraction_are_summed_exactly() -> None:
    tenth = lambda name, unit_id, ago: Decimal("0.1")  # noqa: E731
    assert "Số ca mắc mới (F0) ghi nhận trong kỳ: 3,4 ca, không đổi" in text_of(evidence(figure=tenth))


def test_what_stands_out_is_explained_by_the_units_own_past() -> None:
    assert (
        "xã Thọ Dân – Số ca mắc mới (F0) ghi nhận trong kỳ: 18 ca, cao bất thường (14 ngày trước thường là 2, cao nhất 4)"
        in text_of(busy())
    )


def test_late_reports_come_with_their_time_and_reason_and_typed_words_stay_words() -> None:
    said = digest(busy(), VI, TELEGRAM).text
    assert "xã Thọ Bình (16 giờ 45: &lt;b&gt;mất điện&lt;/b&gt; &amp; mạng), xã Hợp Tiến (16 giờ 59)" in said


def test_the_missing_are_named_with_how_long_and_why() -> None:
    reasons = {11: LateReason("power"), 12: LateReason("other", "cầu <gãy>")}
    said = digest(evidence(missing=[11, 12, 13], late_reasons=reasons), VI, TELEGRAM).text
    named = re.search(r"Chưa báo cáo, chưa tính số liệu kỳ này \(3 đơn vị\):</b> (.*)\.", said)
    assert named is not None
    assert "(mất điện, mất mạng)" in named[1]
    assert "(cầu &lt;gãy&gt;)" in named[1]
    assert named[1].count("(") == 2


def test_the_board_in_letters_says_why_a_unit_is_late_or_missing() -> None:
    reasons = {5: LateReason("staff"), 11: LateReason("power"), 20: LateReason("results")}
    made = digest(evidence(missing=[11], late={5: time(16, 45)}, late_reasons=reasons), VI, TELEGRAM)
    last = plain(board_text(made, VI)).splitlines()[-1]
    assert last == ("Lý do chậm ngày 10/11/2021: xã Thọ Bình (vắng cán bộ), xã Hợp Thắng (mất điện, mất mạng).")
    assert "Lý do chậm" not in board_text(digest(evidence(), VI, TELEGRAM), VI)


def test_a_long_reason_is_cut() -> None:
    said = text_of(evidence(late={5: time(16, 45)}, late_reasons={5: LateReason("other", "rất " * 200)}))
    assert "rất…" in said
    assert len(said) < 1500


def test_a_reason_that_was_tapped_is_said_in_the_readers_language() -> None:
    given = evidence(late={5: time(16, 45)}, late_reasons={5: LateReason("power")})
    assert VI.plain("late_power") in text_of(given)
    assert EN.plain("late_power") in text_of(given, "en")


def test_levels_are_shown_with_their_decision_and_never_made_up() -> None:
    said = text_of(busy())
    assert "• Cấp 1: 28 đơn vị\n" in said
    assert "• Cấp 3: 1 đơn vị – xã Thọ Cường (4521/QĐ-UBND, từ 08/11/2021)" in said
    assert "• chưa có quyết định: 5 đơn vị" in said


def test_a_part_that_is_greater_than_its_whole_is_named_with_its_unit() -> None:
    figure = lambda name, unit_id, ago: {"f0_new": 3, "f0_new_community": 5 if unit_id == 26 else 3}.get(name, 0)  # noqa: E731
    said = text_of(replace(evidence(figure=figure), form=WITH_PARTS))
    assert (
        "Số thành phần lớn hơn số tổng, đề nghị kiểm tra:\n"
        "• xã Thọ Dân – Trong đó: ca ghi nhận tại cộng đồng: 5 ca, lớn hơn Số ca mắc mới (F0) ghi nhận trong kỳ: 3 ca"
    ) in said
    assert said.count("lớn hơn Số ca") == 1
    over_days = replace(evidence(figure=figure, days=7), form=WITH_PARTS)
    assert "3 ca (04/11/2021)\n" in text_of(over_days)
    assert "and 1 more of the kind." in text_of(over_days, "en")


def test_a_part_whose_whole_is_not_known_is_said_not_to_be_compared() -> None:
    def figure(name: str, unit_id: int, ago: int) -> Number | None:
        return (
            None
            if name == "f0_new" and unit_id in (26, 27)
            else 0
            if name == "f0_new_community" and unit_id == 27
            else 1
        )

    said = text_of(replace(evidence(figure=figure), form=WITH_PARTS))
    assert (
        "Chưa đối chiếu được «Trong đó: ca ghi nhận tại cộng đồng» "
        "vì chưa có số liệu «Số ca mắc mới (F0) ghi nhận trong kỳ»: xã Thọ Dân." in said
    )
    assert "Số thành phần lớn hơn" not in said


def test_a_unit_is_remarked_on_where_its_figures_contradict_each_other() -> None:
    rows = {row.unit: row for row in digest(busy(), VI, TELEGRAM).content.rows}
    assert remark(rows["xã Hợp Thành"], VI) == (
        "Trong đó: ca ghi nhận tại cộng đồng (9) lớn hơn Số ca mắc mới (F0) ghi nhận trong kỳ (3), đề nghị kiểm tra"
    )
    assert remark(rows["xã Thọ Dân"], VI) == ""


def test_what_waits_for_approval_is_said_to_be_provisional() -> None:
    assert "Số liệu tạm tính, chờ duyệt (1 đơn vị): xã Hợp Lý." in text_of(busy())


def test_demonstration_figures_say_that_they_are_made_up() -> None:
    assert "Số liệu minh họa, không phải số liệu thật." in text_of(busy())
    assert "minh họa" not in text_of(evidence())


def test_a_unit_that_reports_itself_gets_its_own_figures_without_lists() -> None:
    said = text_of(evidence(unit_id=26))
    assert "XÃ THỌ DÂN" in said.split("\n")[0]
    assert said.split("\n")[1].endswith("– đã báo cáo")
    assert "đơn vị" not in said


def test_a_week_sums_flows_and_takes_stocks_at_its_end() -> None:
    figure = lambda name, unit_id, ago: {"f0_new": 1, "f0_active": 10 - ago}.get(name, 0)  # noqa: E731
    said = text_of(evidence(days=7, figure=figure))
    assert "Số liệu từ ngày 04/11/2021 đến ngày 10/11/2021 – đã nhận 238/238 báo cáo của 34 đơn vị" in said
    assert "Số ca mắc mới (F0) ghi nhận trong kỳ: 238 ca, không đổi" in said
    assert "Số ca đang điều trị: 340 ca ▲ 238" in said
    assert "so với 7 ngày liền trước" in said


def test_half_a_week_is_not_compared_with_a_whole_one() -> None:
    said = text_of(evidence(days=7, missing=[26], figure=lambda name, unit_id, ago: 1))
    assert "ghi nhận trong kỳ: 237 ca, không đổi" in said
    assert "(33 đơn vị)" in said
    assert "xã Thọ Dân (thiếu 1 trong 7 ngày)" in said


def test_over_days_only_the_missing_reports_are_said_not_to_be_counted() -> None:
    of = evidence(days=7, missing=[26], figure=lambda name, unit_id, ago: 1)
    said = text_of(of)
    assert (
        "Còn thiếu báo cáo, chỉ những báo cáo thiếu là chưa tính (1 đơn vị): xã Thọ Dân (thiếu 1 trong 7 ngày)" in said
    )
    assert "Chưa báo cáo, chưa tính số liệu" not in said
    assert "Reports missing; only these are not counted (1 unit): xã Thọ Dân (1 of 7 days)" in text_of(of, "en")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("tree", [district(), province()], ids=["34", "559"])
@pytest.mark.parametrize("share", [0, 10, 2, 1], ids=["none", "a tenth", "half", "all"])
def test_it_fits_a_message_whoever_is_missing(language: str, tree: UnitTree, share: int) -> None:
    ids = [unit.id for unit in tree.reporting(tree.unit(1), FORM.reports, TODAY)]
    gone = ids[::share] if share else []
    late = {unit_id: time(16, 45) for unit_id in ids if unit_id not in gone}
    reasons = {unit_id: LateReason("other", "đường truyền bị gián đoạn do mưa lớn") for unit_id in late}
    wild = lambda name, unit_id, ago: 500 + unit_id if ago == 0 else 1  # noqa: E731
    said = digest(
        evidence(tree, missing=gone, late=late, late_reasons=reasons, figure=wild), translator(language), TELEGRAM
    ).text
    assert visible(said) <= TELEGRAM.text_length
    assert len(plain(said).split("\n")[0]) > 20


def test_a_list_that_is_cut_says_how_many_it_leaves_out() -> None:
    tree = UnitTree([*district(), *(replace(u, id=u.id + 100, code=f"9{u.code}") for u in district() if u.parent_id)])
    said = text_of(evidence(tree, missing=range(2, 136)))
    assert "và 28 đơn vị khác." in said


def test_many_missing_units_are_counted_by_what_lies_between() -> None:
    tree = province()
    said = text_of(evidence(tree, missing=range(29, 129)))
    assert re.search(r"chưa tính số liệu kỳ này \(100 đơn vị\): huyện Nông Cống \d+ \(4\), huyện", said)


def test_few_missing_units_stand_under_what_lies_between() -> None:
    said = text_of(evidence(province(), missing=[29, 56]))
    assert "chưa tính số liệu kỳ này (2 đơn vị): huyện Nông Cống 1: xã Thọ Sơn 0, xã Thọ Phú 27." in said


def test_a_suspended_period_owes_nothing_and_misses_nobody() -> None:
    made = evidence(missing=range(2, 36), figure=lambda name, unit_id, ago: None)
    free = [standing_for(replace(each.deadline, is_owed=False), None, NOW) for each in made.standings]
    said = text_of(replace(made, standings=tuple(free)))
    assert "không có đơn vị nào phải báo cáo" in said
    assert "Chưa báo cáo, chưa tính" not in said


@pytest.mark.parametrize("section", SECTIONS, ids=lambda each: str(each.__name__))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_section_has_words_in_every_language(section: object, language: str) -> None:
    assert callable(section)
    of = by_units_of_today(busy()) if section is units_now else busy()
    assert section(Reading(of, translator(language)), ROOMS[0])


def test_both_languages_have_the_same_sentences() -> None:
    mine = re.compile("digest_|picture_|board_|workbook_|letter_")
    assert {key for key in VI.keys if mine.match(key)} == {key for key in EN.keys if mine.match(key)}


def test_pasted_elsewhere_it_is_still_readable() -> None:
    said = text_of(busy())
    assert not re.search(r"</?[a-z]+>(?!mất)|&[a-z]+;", said.replace("<b>mất điện</b>", ""))
    assert "• " in said
    assert "\n\n" in said


def test_its_content_is_json_and_derived_only_from_the_evidence() -> None:
    first, second = digest(busy(), VI, TELEGRAM), digest(busy(), VI, TELEGRAM)
    assert json.dumps(as_json(first.content), sort_keys=True) == json.dumps(as_json(second.content), sort_keys=True)
    assert first.paragraphs == second.paragraphs


def test_weekly_forms_speak_of_weeks() -> None:
    weekly: Form = replace(FORM, schedule=replace(FORM.schedule, period="weekly"))
    made = replace(evidence(), form=weekly, periods=(date(2021, 11, 14),))
    assert made.before == (date(2021, 11, 7),)
    assert "ngày liền" not in text_of(made)


def test_of_several_days_what_stands_at_their_end_says_how_many_units_it_is_of() -> None:
    """A stock of a span is of its last day: who has not reported then is not in it, though his earlier reports have come."""
    living = len(district().reporting(district().unit(1), FORM.reports, TODAY))
    stock = next(each for each in FORM.questions if each.kind == "stock" and each.name not in FORM.carried)
    of_span = evidence(days=3, missing=[5, 6])
    assert f"({living - 2} đơn vị có số liệu ngày 10/11/2021)" in line_of(of_span, stock)
    assert "đơn vị có số liệu" not in line_of(evidence(days=3), stock)
    assert "đơn vị có số liệu" not in line_of(of_span, FORM.by_name["f0_new"])


def line_of(of: Evidence, question: Question) -> str:
    return next(line for line in text_of(of).split("\n") if line.startswith(f"• {question.label['vi']}: "))
