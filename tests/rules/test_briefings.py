"""The page before a meeting: five lines, what became of the last page, the buttons, and the same page on paper."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image

from bot.drawing import draw
from bot.drawing.briefing import briefing_height, briefing_picture, draw_briefing
from bot.drawing.briefing_sheet import DPI, EDGE, HIGH, WIDE, briefing_marks
from bot.drawing.canvas import Canvas
from bot.drawing.marks import WrittenLine
from messages.briefings.briefing_page import BriefingPage, briefing_page, briefing_say, printed_page
from messages.briefings.item_kinds import ITEMS, items_of
from messages.briefings.reading import read_in
from reporting.briefings.briefing_content import (
    BLOCKS,
    BriefingContent,
    BriefingPicture,
    BriefingSheet,
    Matter,
    briefing_outcome,
    briefing_part,
)
from reporting.briefings.facts import BriefingFacts, LateAnnouncement, ReturnedReport
from reporting.dataclass_json import as_json, of_json
from reporting.digests.evidence import Number, State, States
from reporting.forms import Choice, Question
from reporting.people import Address
from reporting.press import Press
from reporting.presses.leaders import (
    AnnouncementPress,
    ChooseFigure,
    NudgePress,
    OpenList,
    PrintBriefing,
    ShowBriefing,
    ShowStanding,
    ShowTargets,
    ShowUnit,
)
from reporting.translator import translator
from reporting.units import Unit, UnitTree
from tests.rules.briefings_made import (
    MORNING,
    YESTERDAY,
    announcement,
    asked,
    contradiction,
    facts,
    missed,
    round_facts,
    turn,
    waiting,
    was_missing,
)
from tests.rules.digests_made import FORM, NOW, TODAY, district, usual

VI, EN = translator("vi"), translator("en")
LEVEL = Question(
    "level", "select_one", {"vi": "Cấp độ dịch", "en": "Level"}, kind="state",
    choices=(Choice("1", {"vi": "cấp 1"}), Choice("3", {"vi": "cấp 3"})),
)  # fmt: skip


def with_one_high(name: str, unit_id: int, days_ago: int) -> Number | None:
    return 14 if (name, unit_id, days_ago) == ("f0_new", 26, 0) else usual(name, unit_id, days_ago)


def everything() -> BriefingFacts:
    """A page on which every kind of item has something to tell."""
    tree = district()
    of = round_facts(missing=(3, 9), figure=with_one_high, came=12, corrected=[7], streaks={3: 3})
    assert of.evidence is not None
    levels = States(LEVEL, {8: State("3", TODAY), 10: State("1", YESTERDAY)})
    return facts(
        replace(of, evidence=replace(of.evidence, states=(levels,), targets=(missed(25),))),
        since=NOW - timedelta(days=1),
        met=True,
        told=(was_missing(12, YESTERDAY), was_missing(13, YESTERDAY), was_missing(3)),
        still=(was_missing(12, YESTERDAY),),
        approvals=[waiting(one, tree) for one in (14, 15, 16, 17, 18)],
        asked=(asked(19),),
        unanswered=(asked(20, state="unanswered"),),
        returned=(ReturnedReport(FORM, tree.unit(23), TODAY),),
        turns=(turn(tree.unit(24)),),
        unacknowledged=(LateAnnouncement(announcement(), [tree.unit(21), tree.unit(22)], 3),),
        contradictions=[contradiction(18)],
        proposals=2,
        unsaid=1,
    )


def pressed(page: BriefingPage) -> dict[str, Press]:
    return {each.text: each.press for row in page.buttons for each in row if isinstance(each.press, Press)}


def test_each_block_is_a_line_and_says_how_many_and_who() -> None:
    assert briefing_page(everything(), VI).text == (
        "<b>GIAO BAN – HUYỆN TRIỆU SƠN</b>\n"
        "17 giờ 00 ngày 10/11/2021. Số liệu ngày 10/11/2021: 32/34 đơn vị đã báo cáo.\n\n"
        "<b>Mới:</b> Số ca mắc mới (F0) ghi nhận trong kỳ 76 ca ▲ 9; Trong đó: ca ghi nhận tại cộng đồng 35 ca ▲ 1; "
        "thêm 12 báo cáo từ 17 giờ 00 ngày 09/11/2021; 1 đơn vị điều chỉnh số liệu: xã Hợp Lý; "
        "Cấp độ dịch: xã Hợp Tiến (cấp 3).\n"
        "<b>Bất thường:</b> xã Thọ Dân: Số ca mắc mới (F0) ghi nhận trong kỳ 14 ca (thường 2); "
        "Số ca mắc mới (F0) ghi nhận trong kỳ ở xã Nông Trường tăng 3 tuần liền: 4 → 7 → 12 (tuần 42–44).\n"
        "<b>Chưa báo cáo:</b> 2/34 đơn vị: thị trấn Nưa (3 kỳ liền), xã Hợp Thành.\n"
        "<b>Chờ quyết định:</b> 5 báo cáo chờ duyệt: xã Dân Lý, xã Dân Quyền, xã An Nông và 2 đơn vị nữa; "
        "1 câu hỏi lại chưa trả lời (hạn 19 giờ 00): xã Đồng Tiến; "
        "1 mâu thuẫn số liệu: xã Thái Hòa – Ca cộng đồng không quá ca mắc mới: 5 và 3; 2 đề xuất chỉ tiêu; 1 tin chưa gửi được.\n"
        "<b>Tồn đọng:</b> còn nợ báo cáo 09/11: xã Minh Sơn; 1 báo cáo trả lại chưa sửa: xã Tiến Nông; "
        "1 câu hỏi lại quá hạn không trả lời: "
        "xã Đồng Thắng (Số ca mắc mới (F0) ghi nhận trong kỳ); "
        "xã Bình Sơn: Số ca mắc mới (F0) ghi nhận trong kỳ nhiều nhất 10 ca mỗi tuần: 12 ca (tuần đến ngày 07/11/2021) – vượt mức; "
        "thông báo 4 «Đề nghị các đơn vị rà soát người cách ly tại nhà…»: 3 người chưa nắm (xã Đồng Lợi, xã Khuyến Nông).\n"
        "Giao ban trước (17 giờ 00 ngày 09/11/2021): 3 việc, đã xong 1."
    )


def test_what_a_button_leads_to_stands_in_its_line_and_what_is_to_be_done_comes_first() -> None:
    page = briefing_page(everything(), VI)
    assert list(pressed(page).items()) == [
        ("Đôn đốc 2 đơn vị chưa báo cáo", NudgePress(FORM.key, 1, TODAY)),
        ("Duyệt 5 báo cáo", OpenList("approvals")),
        ("Xem xã Đồng Tiến", ShowUnit(FORM.key, 19, TODAY)),
        ("Xem xã Thái Hòa", ShowUnit(FORM.key, 18, TODAY)),
        ("Xem 2 đề xuất", OpenList("proposals")),
        ("Xem 1 tin chưa gửi được", OpenList("undelivered")),
        ("Xem xã Minh Sơn", ShowUnit(FORM.key, 12, YESTERDAY)),
        ("Xem xã Tiến Nông", ShowUnit(FORM.key, 23, TODAY)),
        ("Hỏi lại xã Đồng Thắng", ChooseFigure(FORM.key, 20, TODAY, 0)),
        ("Xem mục tiêu", ShowTargets(1)),
        ("Nhắc 3 người chưa nắm", AnnouncementPress(4, "remind")),
        ("Hỏi lại xã Thọ Dân", ChooseFigure(FORM.key, 26, TODAY, 0)),
        ("Xem xã Nông Trường", ShowUnit(FORM.key, 24, date(2021, 11, 7))),
        ("Xem tổng hợp", pressed(page)["Xem tổng hợp"]),
    ]
    assert all(len(row) <= 2 for row in page.buttons)


@pytest.mark.parametrize("words", [VI, EN], ids=["vi", "en"])
def test_every_kind_of_item_has_something_to_tell_and_every_block_a_kind(words: object) -> None:
    reading = read_in(everything(), words, 3)  # type: ignore[arg-type]  # a translator
    for kind in ITEMS:
        found = list(kind.items(reading))
        assert found, kind.items.__name__
        assert {each.kind for item in found for each in item.matters} <= {kind.items.__name__}
    assert {kind.block for kind in ITEMS} == set(BLOCKS)
    assert all(items_of(reading).values())


def test_where_nothing_is_with_anybody_one_short_line_says_so() -> None:
    page = briefing_page(facts(round_facts(came=0), since=MORNING, met=True), VI)
    assert page.text.split("\n")[3:] == [
        "Không có gì mới từ 08 giờ 00. Không có số liệu bất thường, đơn vị chậm báo cáo, việc chờ quyết định, việc tồn đọng."
    ]
    assert pressed(page) == {}
    first = briefing_page(facts(round_facts(received=0)), VI)
    assert first.text.split("\n")[3:] == ["Không có gì mới. Không có đơn vị chậm báo cáo, việc chờ quyết định."]


def test_before_the_hour_nobody_is_late_and_nobody_is_said_not_to_be() -> None:
    early = facts(round_facts(), now=NOW - timedelta(hours=1))
    page = briefing_page(early, VI)
    assert "34/34 đơn vị đã báo cáo, hạn 16 giờ 30." in page.text
    assert "chậm báo cáo" not in page.text
    assert next(each for each in page.content.blocks if each.name == "missing").none == "chưa đến hạn (16 giờ 30)"


def test_of_several_forms_each_says_which_it_is_and_the_first_is_the_pictures() -> None:
    weekly = replace(FORM, key="other", title={"vi": "Báo cáo tuần"}, topic={})
    page = briefing_page(facts(round_facts(missing=(3,)), round_facts(weekly, missing=(4, 5))), VI)
    assert "Đã báo cáo: 33/34 đơn vị (Báo cáo ngày 10/11/2021); 32/34 đơn vị (Báo cáo tuần 10/11/2021)." in page.text
    assert (
        "<b>Chưa báo cáo:</b> Báo cáo ngày: 1/34 đơn vị: thị trấn Nưa; Báo cáo tuần: 2/34 đơn vị: xã Thọ" in page.text
    )
    assert page.content.figures is not None
    assert page.content.figures.form == FORM.key
    urges = {label for label in pressed(page) if label.startswith("Đôn đốc")}
    assert {"Đôn đốc 1 đơn vị chưa báo cáo – Báo cáo ngày", "Đôn đốc 2 đơn vị chưa báo cáo – Báo cáo tuần"} == urges


def test_a_commune_that_reports_itself_gets_its_own() -> None:
    tree = UnitTree([Unit(1, "397", "Triệu Sơn", "huyện"), Unit(2, "15742", "Thọ Dân", "xã", 1)])
    own = facts(round_facts(missing=(2,), tree=tree, unit_id=2, can_be_nudged=False), unit_id=2)
    page = briefing_page(own, VI)
    assert "<b>Chưa báo cáo:</b> đã quá hạn 16 giờ 30." in page.text
    assert pressed(page)["Xem xã Thọ Dân"] == ShowUnit(FORM.key, 2, TODAY)
    assert page.content.units == ()


def test_reports_that_are_closed_lead_to_who_is_missing() -> None:
    page = briefing_page(facts(round_facts(missing=(3, 4), can_be_nudged=False)), VI)
    assert pressed(page)["Xem đơn vị chưa báo cáo"] == ShowStanding(FORM.key, 1, TODAY)


def test_done_is_what_is_not_open_any_more() -> None:
    told = [Matter("a", 1), Matter("a", 2), Matter("a", 2)]
    assert briefing_outcome(told, []) == (2, 2)
    assert briefing_outcome(told, [Matter("a", 2), Matter("b", 1)]) == (2, 1)
    done = briefing_page(facts(told=(was_missing(3),), since=MORNING, met=True), VI)
    assert done.content.before == "Giao ban trước (08 giờ 00): 1 việc, đã xong cả."
    none = briefing_page(facts(round_facts(missing=(3,)), told=(was_missing(3),), since=MORNING, met=True), VI)
    assert none.content.before == "Giao ban trước (08 giờ 00): 1 việc, chưa xong việc nào."
    assert none.content.matters == (was_missing(3),)


def test_a_country_of_missing_reports_is_one_thing_to_be_done() -> None:
    tree = UnitTree([Unit(1, "1", "Thanh Hóa", "tỉnh"), *(Unit(n, f"{n}", f"Xã {n}", "xã", 1) for n in range(2, 160))])
    page = briefing_page(facts(round_facts(missing=tuple(range(2, 150)), tree=tree)), VI)
    assert "148/158 đơn vị: xã Xã 2, xã Xã 3, xã Xã 4 và 145 đơn vị nữa" in page.text
    assert page.content.matters == (was_missing(1),)


def test_it_is_kept_and_read_again_and_passed_on_with_its_picture_and_its_button_to_print() -> None:
    page = briefing_page(everything(), VI)
    assert of_json(BriefingContent, as_json(page.content)) == page.content
    said = briefing_say(page, 5, Address("telegram", "7"), VI)
    assert said.buttons[-1][0].press == PrintBriefing(5)
    assert said.photo is not None
    assert Image.open(BytesIO(draw(said.photo))).size[0] == 1080
    printed = printed_page(page.content, Address("telegram", "7"), VI).document
    assert printed is not None
    assert printed.file_name == "Giao ban huyện Triệu Sơn 2021-11-10.pdf"
    assert b"/Count 1" in draw(printed)


def test_the_picture_has_a_line_for_each_unit_that_anything_is_with() -> None:
    content = briefing_page(everything(), VI).content
    written = [each.text for each in briefing_picture(briefing_part(BriefingPicture, content)).lines]
    assert [each.unit for each in content.units][:3] == ["xã Hợp Thành", "thị trấn Nưa", "xã An Nông"]
    assert (content.more, content.others) == (6, 16)
    assert "và 6 đơn vị nữa. 16 đơn vị khác không có việc" in written


def test_paper_has_all_of_it_on_one_page_whatever_there_is_and_no_person_on_it() -> None:
    content = briefing_page(everything(), VI).content
    long = replace(content, blocks=tuple(replace(each, lines=each.lines * 9) for each in content.blocks))
    for each in (content, long):
        lines = [
            mark for mark in briefing_marks(briefing_part(BriefingSheet, each), VI) if isinstance(mark, WrittenLine)
        ]
        edge = EDGE / 25.4 * DPI
        assert all(edge - 1 <= mark.left and mark.left + mark.width <= WIDE / 25.4 * DPI - edge + 30 for mark in lines)
        assert all(edge <= mark.base <= HIGH / 25.4 * DPI - edge + 2 for mark in lines)
        drawn = Canvas(briefing_height(each))
        draw_briefing(drawn, 0, briefing_part(BriefingSheet, each), VI)
        pictured = {line.text for line in drawn.lines} - {block.title for block in content.blocks}
        words = max(mark.base for mark in lines if mark.text == content.before)
        assert words < min(mark.base for mark in lines if mark.text in pictured)
        for block in content.blocks:
            assert block.title in [mark.text for mark in lines]
    assert any(mark.text.startswith("Nguồn: 32/34 đơn vị (Báo cáo ngày 10/11/2021)") for mark in lines)


def test_what_a_button_of_a_page_carries_is_read_again() -> None:
    assert ShowBriefing.unpacked(("7",)) == ShowBriefing(7)
    assert PrintBriefing(5).packed() == "print:5"
    assert OpenList("approvals").packed() == "list:approvals"
