"""What a resident is not told, and what he is asked back."""

import pytest

from tests.residents.town import Town, labels


def test_a_name_of_two_units_is_asked_back_with_buttons(town: Town) -> None:
    town.reports("15664", f0_new=2)
    said = town.hears("Triệu Sơn hôm nay bao nhiêu ca", "«huyện Triệu Sơn» hay «thị trấn Triệu Sơn»")
    assert labels(said) == ["huyện Triệu Sơn", "thị trấn Triệu Sơn"]
    answer = town.taps(said, "thị trấn Triệu Sơn")
    assert "Thị trấn Triệu Sơn, hôm nay" in answer.text
    assert "<b>2 ca</b>" in answer.text


def test_outside_of_the_area_the_portal_is_named(town: Town) -> None:
    said = town.hears("xã Nga Sơn hôm nay bao nhiêu ca", "không thuộc huyện Triệu Sơn", "https://thanhhoa.gov.vn")
    assert "<b>" not in said.text


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("tên bệnh nhân ở xã Thọ Dân là gì", "không cung cấp danh tính"),
        ("ngày mai xã Thọ Dân bao nhiêu ca", "không có dự báo"),
        ("con tôi khó thở quá", "115"),
        ("giá vàng hôm nay bao nhiêu", "không có số liệu đó"),
        ("xin chào", "Kính chào quý ông/bà"),
        ("bot này dùng thế nào", "Ví dụ:"),
        ("muốn gửi báo cáo thì làm thế nào", "/baocao"),
        ("cảm ơn", "Cảm ơn ông/bà"),
        ("số liệu cập nhật lúc nào", "16 giờ 30"),
        ("mấy giờ hết hạn nộp báo cáo", "16 giờ 30"),
        ("bot trả lời sai rồi", "/gopy"),
        ("bot tra loi cham qua", "/gopy"),
        ("asdf qwer zxcv", "chỉ trả lời về số liệu"),
    ],
)
def test_what_is_no_question_for_a_figure_gets_its_sentence(town: Town, question: str, answer: str) -> None:
    said = town.hears(question, answer)
    assert "đồng chí" not in said.text


@pytest.mark.parametrize(
    "question",
    [
        "xã Thọ Dân tiêm mũi 3 được bao nhiêu người",
        "xa tho dan tiem mui 3 duoc bao nhieu nguoi",
        "Thọ Dân có bao nhiêu trẻ em đã tiêm vắc xin",
        "tỷ lệ tiêm vắc xin của Thọ Dân",
    ],
)
def test_of_a_part_that_is_not_collected_the_nearest_is_offered(town: Town, question: str) -> None:
    town.reports("15742", vax2_cum=900)
    said = town.hears(question, "không có số liệu đúng như ông/bà hỏi")
    offered = "Lũy kế người từ 18 tuổi trở lên đã tiêm đủ liều (mũi 2)"
    assert offered in labels(said)
    assert "900" not in said.text
    assert "<b>900 người</b>" in town.taps(said, offered).text


def test_the_examples_given_are_understood(town: Town) -> None:
    said = town.asks("bot này dùng thế nào")
    examples = [line.strip("• «»") for line in said.text.split("\n") if line.startswith("• «")]
    assert len(examples) >= 3
    for example in examples:
        answer = town.asks(example).text
        assert "báo cáo" in answer
        assert "không có số liệu đó" not in answer


def test_the_words_are_the_forms_own_whatever_it_is_about(harvest: Town) -> None:
    harvest.reports("15742", form="harvest", rice=40)
    harvest.hears("hôm nay xã Thọ Dân có bao nhiêu lúa", "<b>40 ha</b>", "Phòng Nông nghiệp")
    for question in (
        "xin chào",
        "bot này dùng thế nào",
        "asdf qwer zxcv",
        "xã Nga Sơn bao nhiêu lúa",
        "tình hình xã Dân Lực",
    ):
        said = harvest.asks(question).text
        for word in ("dịch", "COVID", "ca mắc", "F0", "huyện Nông"):
            assert word not in said, said


def test_a_small_count_of_personal_matters_is_held_back(harvest: Town) -> None:
    harvest.reports("15742", form="harvest", sick=3)
    said = harvest.hears("hôm nay xã Thọ Dân có bao nhiêu hộ bệnh", "ít hơn 5 hộ", "bảo vệ thông tin cá nhân")
    assert "3" not in said.text.split("\n")[0].replace("03/", "")
    harvest.reports("15742", form="harvest", sick=0, revision=2)
    harvest.hears("hôm nay xã Thọ Dân có bao nhiêu hộ bệnh", "<b>0 hộ</b>")
    harvest.reports("15742", form="harvest", sick=5, revision=3)
    harvest.hears("hôm nay xã Thọ Dân có bao nhiêu hộ bệnh", "<b>5 hộ</b>")


def test_a_total_does_not_give_away_the_one_count_that_is_held_back(harvest: Town) -> None:
    harvest.reports("15742", form="harvest", sick=3)
    harvest.reports("15700", form="harvest", sick=20)
    harvest.hears("toàn huyện hôm nay bao nhiêu hộ bệnh", "từ 21 đến 24 hộ")
    harvest.reports("15718", form="harvest", sick=2)
    harvest.hears("toàn huyện hôm nay bao nhiêu hộ bệnh", "từ 22 đến 28 hộ")


def test_a_ranking_does_not_order_what_is_held_back(harvest: Town) -> None:
    harvest.reports("15742", form="harvest", sick=4)
    harvest.reports("15700", form="harvest", sick=1)
    said = harvest.hears("xã nào nhiều hộ bệnh nhất hôm nay", "1. xã Dân Lực: <b>ít hơn 5 hộ</b>")
    assert "1. xã Thọ Dân: <b>ít hơn 5 hộ</b>" in said.text


def test_a_forged_or_old_button_is_refused(town: Town) -> None:
    said = town.asks("Triệu Sơn hôm nay bao nhiêu ca")
    for pressed in (
        "x",
        "v:zzzz:fvkno:n",
        "v:1:00000:n",
        "v:1:fvkno:999999",
        "v:1:fvkno:211110211101",
        "v:1:fvkno:301110",
    ):
        with pytest.raises((ValueError, KeyError)):
            _read(town, pressed)
    assert said.buttons


def _read(town: Town, pressed: str) -> None:
    from handlers.residents.public_answer import view_at
    from messages.residents.presses import inquiry_of
    from reporting.people import Address
    from reporting.translator import translator

    inquiry_of(pressed.split(":"), view_at(town.turn(), Address("telegram", "7"), translator("vi")))


def test_what_is_not_collected_shows_a_way_on_to_the_unit_that_was_named(town: Town) -> None:
    town.reports("15742", f0_new=3)
    said = town.hears("xã Thọ Dân còn bao nhiêu giường bệnh trống", "không có số liệu đó")
    assert "thọ dân" in " ".join(labels(said)).lower()


def test_an_answer_says_for_which_unit_a_name_was_taken(town: Town) -> None:
    town.reports("15700", f0_new=4)
    town.hears("xã Dân Nực hôm nay mấy ca", "«Dân Nực»: hiểu là xã Dân Lực", "<b>4 ca</b>")
