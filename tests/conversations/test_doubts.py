"""At a doubt words become no wrong figure: what may be a reason or a figure is asked back, and every way on is in sight."""

import pytest
from sqlalchemy import Connection

from reporting.answers import Answer, Answers
from storage.organisation import units
from storage.reports import drafts
from tests.conversations.house import ANSWERS, START, House, Talker, fills_in

WAYS = ("[Giữ, lý do: …]", "[Nhập lại]")
ASKED_BACK = ("[Ghi làm lý do]", "[Sửa số]", "Chưa có gì được ghi")
PLACE = 14
"""Of the samples found positive."""


async def answers(house: House) -> Answers:
    """What stands in the unit's draft."""

    def read(connection: Connection) -> Answers:
        unit = units.tree(connection).find("15742", START.date())
        assert unit is not None
        found = drafts.of_unit(connection, "covid_daily", unit.id, START.date())
        return found[0].answers if found else {}

    return await house.running.clerk.write(read)


@pytest.fixture
async def doubted(reporter: Talker) -> Talker:
    """The reporter, who has answered thirteen questions, recovered 2 among them, and whose fourteenth answer, 45, is doubted."""
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    for place, answer in enumerate(ANSWERS[: PLACE - 1], 2):
        await reporter.says(answer)
        reporter.hears(f"({place}/20)")
    await reporter.says("45")
    reporter.hears("45 mẫu", "ngày 10/11/2021", *WAYS, "[Quay lại]")
    return reporter


@pytest.mark.parametrize(
    "said",
    [
        "hôm qua khỏi 1 thôi",
        "8 ca thôi anh ạ, nhầm",
        "có tám ca thôi anh ạ",
        "nhầm rồi",
        "sai số liệu",
        "sửa hộ anh",
        "thực ra không có",
        "thực ra chưa có",
        "thuc ra chua co a",
        "người về từ vùng dịch tăng",
    ],
)
async def test_what_may_be_a_figure_is_asked_back_and_nothing_is_written(
    house: House, doubted: Talker, said: str
) -> None:
    before = await answers(house)
    await doubted.says(said)
    doubted.hears("Đang ghi: 45 mẫu", f"«{said}»", *ASKED_BACK)
    assert await answers(house) == before


@pytest.mark.parametrize("answer", ["Ghi làm lý do", "ghi làm lý do", "Ghi lý do"])
async def test_what_was_asked_back_is_the_reason_by_a_button_or_a_word_even_after_a_restart(
    house: House, doubted: Talker, answer: str
) -> None:
    await doubted.says("8 mẫu gộp của hôm trước")
    doubted.hears(*ASKED_BACK)
    await house.restart()
    if answer == "Ghi làm lý do":
        await doubted.taps(answer)
    else:
        await doubted.says(answer)
    heard = doubted.hears("(15/20)", "Đã ghi lý do: 8 mẫu gộp của hôm trước")
    assert heard.text.startswith("✍️ Đã ghi lý do")
    assert "(15/20)" in heard.text.split("\n\n")[0]
    assert (await answers(house))["tests_positive_new"] == Answer(45, reason="8 mẫu gộp của hôm trước")


async def test_the_figure_that_was_meant_is_chosen_and_the_doubt_comes_back(house: House, doubted: Talker) -> None:
    await doubted.says("hôm qua khỏi 1 thôi")
    doubted.hears(*ASKED_BACK)
    await doubted.taps("Sửa số")
    doubted.hears("muốn sửa chỉ tiêu nào", "[3. Khỏi mới]", "[14. XN dương tính]")
    await doubted.taps("3. Khỏi mới")
    doubted.hears("(3/20)", "Đang ghi: 2 ca")
    await doubted.says("1")
    doubted.hears("Đang ghi: 45 mẫu", *WAYS)
    stand = await answers(house)
    assert (stand["f0_recovered_new"], stand["tests_positive_new"]) == (Answer(1), Answer(45))


async def test_a_bare_number_after_words_about_another_figure_is_written_nowhere(house: House, doubted: Talker) -> None:
    await doubted.says("khỏi nhầm")
    doubted.hears(*ASKED_BACK)
    before = await answers(house)
    await doubted.says("1")
    doubted.hears("chưa rõ là số của chỉ tiêu nào", *ASKED_BACK)
    assert await answers(house) == before
    await doubted.says("sửa số")
    doubted.hears("[3. Khỏi mới]")
    await doubted.says("sửa 3")
    doubted.hears("(3/20)")


async def test_a_number_with_a_word_of_count_at_a_doubt_is_the_doubted_figure(house: House, doubted: Talker) -> None:
    await doubted.says("8 ca thôi")
    doubted.hears("XN dương tính: 45 mẫu → 8 mẫu")
    assert (await answers(house))["f0_new"] == Answer(3)


async def test_the_doubted_figure_itself_is_mended_where_no_other_is_named(house: House, doubted: Talker) -> None:
    await doubted.says("nhầm rồi anh ạ")
    doubted.hears(*ASKED_BACK)
    await doubted.taps("Sửa số")
    doubted.hears("(14/20)", "Đang ghi: 45 mẫu")
    await doubted.says("3")
    doubted.hears("(15/20)")
    assert (await answers(house))["tests_positive_new"] == Answer(3)


@pytest.mark.parametrize("said", ["lý do: 8 mẫu gộp", "Giữ, lý do: 8 mẫu gộp", "giu, ly do: 8 mẫu gộp"])
async def test_what_is_said_to_be_the_reason_is_taken_and_said_back(house: House, doubted: Talker, said: str) -> None:
    await doubted.says(said)
    doubted.hears("Đã ghi lý do: 8 mẫu gộp", "(15/20)")
    assert (await answers(house))["tests_positive_new"].reason == "8 mẫu gộp"


async def test_a_plain_reason_is_taken_and_said_back_in_the_review_under_its_title(
    house: House, reporter: Talker
) -> None:
    await fills_in(reporter)
    await reporter.says("sửa 4")
    reporter.hears("(4/20)")
    await reporter.says("1")
    reporter.hears("1 ca", *WAYS)
    await reporter.says("theo kết luận của bệnh viện")
    heard = reporter.hears("Báo cáo ngày 10/11/2021", "Đã ghi lý do: theo kết luận của bệnh viện")
    assert heard.text.startswith("Báo cáo ngày")
    assert "Đã ghi lý do" in heard.text.split("\n")[1]


@pytest.mark.parametrize(("number", "value"), [(3, "1"), (4, "0"), (9, "7")])
async def test_edit_and_a_number_at_a_doubt_opens_that_item(
    house: House, doubted: Talker, number: int, value: str
) -> None:
    await doubted.says(f"sửa {number}")
    doubted.hears(f"({number}/20)", f"Đang ghi: {ANSWERS[number - 1]}")
    await doubted.says(value)
    doubted.hears("Đang ghi: 45 mẫu", *WAYS)
    stand = list((await answers(house)).values())
    assert stand[number - 1] == Answer(int(value))
    assert stand[PLACE - 1] == Answer(45)


async def test_edit_and_a_number_opens_that_item_in_the_middle_of_a_report_too(house: House, reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    for place, answer in enumerate(("3", "1"), 2):
        await reporter.says(answer)
        reporter.hears(f"({place}/20)")
    await reporter.says("sửa 1")
    reporter.hears("(1/20)", "Đang ghi: 3 ca")
    await reporter.says("4")
    reporter.hears("(3/20)")
    await reporter.says("sửa 99")
    reporter.hears("(3/20)", "Không có mục mang số này")
    assert list((await answers(house)).values()) == [Answer(4), Answer(1)]


async def test_the_way_on_is_said_wherever_a_doubt_would_come_again(house: House, doubted: Talker) -> None:
    only_way = "chỉ có một cách là ghi lý do"
    await doubted.says("bỏ qua")
    doubted.hears("«bỏ qua» chưa phải là lý do", only_way, *WAYS)
    await doubted.taps("Nhập lại")
    doubted.hears("(14/20)")
    await doubted.says("45")
    doubted.hears("Số vừa nhập vẫn là 45 mẫu", only_way, *WAYS)
    await doubted.says("45")
    doubted.hears("«45» chưa phải là lý do", only_way)
    for said in ("giữ", "giữ, lý do: …", "giữ lý do"):
        await doubted.says(said)
        doubted.hears("Để giữ số trên, đề nghị đồng chí gõ lý do", *WAYS)
    await doubted.taps("Giữ, lý do: …")
    doubted.hears("Để giữ số trên")
    await doubted.taps("Quay lại")
    doubted.hears("(13/20)", "Đang ghi: 40 mẫu")
    await doubted.says("40")
    doubted.hears("Đang ghi: 45 mẫu", *WAYS)


async def test_a_zero_tapped_again_at_a_doubt_says_the_only_way(reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    for place, answer in enumerate(ANSWERS[: PLACE - 1], 2):
        await reporter.says(answer)
        reporter.hears(f"({place}/20)")
    await reporter.taps("0")
    reporter.hears("0 mẫu", *WAYS)
    await reporter.taps("Nhập lại")
    reporter.hears("(14/20)")
    await reporter.taps("0")
    reporter.hears("Số vừa nhập vẫn là 0 mẫu", "chỉ có một cách là ghi lý do", *WAYS)


async def test_a_command_word_and_a_figure_with_its_name_is_that_figure(house: House, doubted: Talker) -> None:
    await doubted.says("sửa khỏi mới 1")
    doubted.hears("Khỏi mới: 2 ca → 1 ca", "Đang ghi: 45 mẫu")
    await doubted.says("sửa xn dương tính 3")
    doubted.hears("XN dương tính: 45 mẫu → 3 mẫu", "(15/20)")


async def test_the_reason_of_a_correction_that_speaks_of_a_wrong_number_is_asked_back_and_said_back(
    house: House, reporter: Talker
) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await reporter.says("/capnhat f0 2")
    reporter.hears("3 ca → 2 ca", "lý do điều chỉnh")
    await reporter.says("anh ơi khỏi 1 thôi mới đúng")
    reporter.hears("3 ca → 2 ca", *ASKED_BACK)
    await reporter.taps("Sửa số")
    reporter.hears("[3. Khỏi mới]")
    await reporter.taps("3. Khỏi mới")
    reporter.hears("(3/20)")
    await reporter.says("1")
    reporter.hears("Báo cáo ngày 10/11/2021", "khỏi bệnh/ra viện trong kỳ: 1 ca")
    await reporter.taps("Gửi")
    reporter.hears("2 ca → 1 ca", "lý do điều chỉnh")
    await reporter.says("gõ nhầm 1 người")
    reporter.hears(*ASKED_BACK)
    await reporter.says("ghi làm lý do")
    reporter.hears("đã tiếp nhận bản điều chỉnh", "Đã ghi lý do: gõ nhầm 1 người")


async def test_a_message_that_gave_a_reason_is_no_figure_when_it_is_edited(house: House, doubted: Talker) -> None:
    said = await doubted.person.says("gộp mẫu cả hai ngày ở trạm")
    await house.settled()
    doubted.hears(*ASKED_BACK)
    await doubted.taps("Ghi làm lý do")
    doubted.hears("(15/20)")
    before = await answers(house)
    await doubted.person.edits(said, "7")
    await house.settled()
    doubted.hears("không làm thay đổi số liệu")
    assert await answers(house) == before
