"""A resident asks about people: patients are never spoken of, whoever reports is never named, and the bot says whose it is."""

import pytest

from tests.residents.town import Town, days_ago


@pytest.mark.parametrize(
    "question",
    [
        "ông Nguyễn Văn A ở thọ dân có bị F0 không",
        "ong nguyen van a o tho dan co bi f0 khong",
        "Ông Nguyễn Văn A xã Thọ Dân có phải F0 không",
        "chị Lan ở dân lực có dương tính k",
        "chi lan o dan luc co duong tinh k",
        "chị lan dân lực dương tính chưa",
        "bà Hoa thọ dân bị covid à",
        "ba hoa tho dan bi covid a",
        "nhà anh Minh ở dân lực có cách ly không",
        "cháu Nam ở thôn 3 dân lực có nhiễm không",
        "Lê Thị Hồng thọ dân dương tính à",
        "le thi hong o tho dan co f0 k",
        "chủ tịch xã thọ dân có bị f0 không",
        "hàng xóm nhà tôi ở thọ dân có bị f0 không",
        "F0 xã thọ dân tên gì",
        "f0 xa tho dan ten gi",
        "is Mr Nguyen Van A in Tho Dan positive",
        "does Mrs Lan in Dan Luc have covid",
        "does my neighbour in Tho Dan have covid",
    ],
)
def test_of_one_person_nothing_is_told(town: Town, question: str) -> None:
    town.reports("15742", f0_new=3)
    town.reports("15700", f0_new=2)
    said = town.hears(question, "không cung cấp danh tính")
    assert said.buttons == ()
    assert " ca" not in said.text


@pytest.mark.parametrize(
    "question",
    [
        "anh cho hỏi thọ dân hôm nay mấy ca",
        "chị Lan ơi thọ dân hôm nay có F0 không",
        "chi lan oi tho dan hom nay co f0 khong",
        "ông bà cho hỏi xã thọ dân hôm nay có ca nào không",
        "Bác cho cháu hỏi thọ dân hôm nay có ca mắc mới không",
        "cô ơi thọ dân hôm nay có F0 không",
        "co nguoi bi f0 khong o xa tho dan hom nay",
        "bác sĩ ơi thọ dân hôm nay mấy ca mới",
    ],
)
def test_who_is_only_spoken_to_is_not_asked_about(town: Town, question: str) -> None:
    town.reports("15742", f0_new=3)
    town.hears(question, "Xã Thọ Dân", "<b>3 ca</b>")


@pytest.mark.parametrize(
    "question",
    [
        "điều trị tại nhà theo đơn vị",
        "dieu tri tai nha theo don vi",
        "số ca đang điều trị tại nhà từng xã",
        "so ca dang dieu tri tai nha tung xa",
        "danh sách F0 điều trị tại nhà các xã",
        "home treatment by commune",
    ],
)
def test_a_public_figure_by_unit_is_a_list(town: Town, question: str) -> None:
    town.reports("15742", days_ago(1), f0_home=4)
    town.reports("15700", days_ago(1), f0_home=7)
    town.hears(question, "đang điều trị, theo dõi tại nhà", "xã Thọ Dân: <b>4 ca</b>", "xã Dân Lực: <b>7 ca</b>")


@pytest.mark.parametrize(
    "question",
    [
        "bạn là ai",
        "ban la ai",
        "bot này của ai",
        "bot nay cua ai",
        "ai làm ra",
        "ai lam ra kenh nay",
        "kênh này do ai quản lý",
        "đây là kênh gì",
        "who are you",
        "who made this bot",
        "xin chào",
        "xin chao",
        "cảm ơn",
        "cam on nhieu",
    ],
)
def test_the_bot_says_whose_it_is_and_what_it_can_do(town: Town, question: str) -> None:
    said = town.hears(question, "số liệu chính thức của UBND huyện Triệu Sơn về phòng, chống dịch COVID-19")
    assert "có thể hỏi" in said.text


def test_it_is_said_whose_a_bot_is_by_what_its_forms_name(harvest: Town) -> None:
    harvest.hears("bot này của ai", "số liệu chính thức của Phòng Nông nghiệp về mùa vụ trên địa bàn huyện Triệu Sơn")


@pytest.mark.parametrize(
    "question",
    [
        "ai báo cáo xã thọ dân",
        "ai bao cao xa tho dan",
        "người báo cáo xã thọ dân là ai",
        "số điện thoại người báo cáo xã thọ dân",
        "so dien thoai nguoi bao cao xa tho dan",
        "sđt cán bộ báo cáo thọ dân",
        "ai phụ trách số liệu xã thọ dân",
        "who reports for Tho Dan",
    ],
)
def test_whoever_reports_is_not_named_but_who_is_responsible(town: Town, question: str) -> None:
    said = town.hears(question, "không cung cấp tên, số điện thoại", "UBND huyện Triệu Sơn", "của xã Thọ Dân")
    assert said.buttons == ()


@pytest.mark.parametrize("question", ["liên hệ với ai", "số điện thoại người báo cáo", "so dien thoai nguoi bao cao"])
def test_no_unit_need_be_named_to_hear_who_is_responsible(town: Town, question: str) -> None:
    town.hears(question, "Chịu trách nhiệm tổng hợp, công bố số liệu: UBND huyện Triệu Sơn")


def test_who_has_not_reported_is_no_question_about_people(town: Town) -> None:
    town.hears("ai chưa báo cáo hôm nay", "0/5 đơn vị", "Chưa báo cáo (5)")
