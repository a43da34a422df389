"""Bad input: each gets one clear sentence that says what to do, and changes nothing."""

import pytest

from tests.conversations.house import House, Talker

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
LABEL = "Số ca mắc mới (F0) ghi nhận trong kỳ"
SHORT = "F0 mới"
"""The question's short name, which a refusal has instead of the whole question."""


@pytest.mark.parametrize("said", ["nhiều lắm", "1e9", "-3", "1,5", "😀", "<b>3</b>", "0x10", "３－２"])
async def test_what_is_no_number_brings_an_example(reporter: Talker, said: str) -> None:
    await reporter.says("/baocao")
    reporter.hears(LABEL)
    await reporter.says(said)
    reporter.hears(SHORT, "ví dụ: 3")
    await reporter.says("3")
    reporter.hears("(2/20)")


async def test_what_is_too_long_is_refused_as_too_long(reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears(LABEL)
    await reporter.says("x" * 4096)
    reporter.hears(SHORT, "gõ ngắn hơn")


async def test_pictures_stickers_and_forwarded_messages_are_no_answers(house: House, reporter: Talker) -> None:
    await reporter.says("/baocao")
    question = reporter.hears(LABEL)
    nam = reporter.person
    for send in (nam.sends_photo(PICTURE), nam.sends_sticker(), nam.sends_contact(), nam.forwards(question)):
        await send
        await house.settled()
        reporter.hears(SHORT, "ề nghị đồng chí")


async def test_an_edited_message_that_was_no_answer_changes_no_figure(house: House, reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears(LABEL)
    said = await reporter.person.says("nhiều lắm")
    await house.settled()
    reporter.hears("ví dụ: 3")
    await reporter.person.edits(said, "5")
    await house.settled()
    reporter.hears("không làm thay đổi số liệu", "tin nhắn mới")


async def test_a_stale_button_changes_nothing_and_the_question_is_asked_again(reporter: Talker) -> None:
    await reporter.says("/baocao")
    first = reporter.hears(LABEL)
    await reporter.says("3")
    reporter.hears("(2/20)")
    await reporter.taps("0", first)
    reporter.hears("(2/20)", "một bước trước")


@pytest.mark.parametrize(
    "data", ["d:1", "d:9999:1:send", "d:x:y:z", "d:1:1:keep:" + "9" * 30, "report::1:211110", "nope", "d:1:1:pick:99"]
)
async def test_forged_buttons_change_nothing(house: House, reporter: Talker, data: str) -> None:
    await reporter.says("/baocao")
    question = reporter.hears(LABEL)
    reporter.person.forges(question, data)
    await house.settled()
    reporter.hears("ề nghị")
    await reporter.says("3")
    reporter.hears("(2/20)")


async def test_a_forged_button_for_somebody_elses_draft_is_refused(house: House, reporter: Talker) -> None:
    other = await house.joined("Phạm Văn Đức", "reporter", "15700")
    await reporter.says("/baocao")
    reporter.hears(LABEL)
    await other.says("/baocao")
    question = other.hears(LABEL)
    other.person.forges(question, "d:1:1:zero")
    await house.settled()
    other.hears("chưa được phân quyền")


async def test_a_stranger_cannot_report(resident: Talker) -> None:
    await resident.says("/baocao")
    resident.hears("chưa được phân quyền", "UBND huyện Triệu Sơn")


@pytest.mark.parametrize("command", ["/tinhhinh", "/baocao", "/tonghop"])
async def test_a_resident_who_types_a_command_of_staff_is_told_what_he_can_ask(resident: Talker, command: str) -> None:
    await resident.says(command)
    said = resident.hears("Ông/bà có thể hỏi số liệu", "/trogiup")
    assert "đồng chí" not in said.text


async def test_an_invitation_is_good_once_and_for_a_time(house: House) -> None:
    link = await house.invitation("reporter", "15742")
    first, second, third = (house.talker(name) for name in ("An", "Bình", "Chi"))
    await first.joins(link)
    first.hears("Kính chào đồng chí An")
    await first.joins(link)
    first.hears("Kính chào đồng chí An")
    await second.joins(link)
    second.hears("đã được sử dụng")
    late = await house.invitation("reporter", "15742", days=0)
    await second.joins(late)
    second.hears("đã hết hạn")
    await third.joins("https://t.me/giaoban_bot?start=wrong")
    third.hears("không đúng")


async def test_html_in_a_name_is_only_a_name(house: House) -> None:
    mean = house.talker("<b>Nam</b> & Co")
    await mean.joins(await house.invitation("reporter", "15742"))
    heard = mean.hears("Kính chào đồng chí <b>Nam</b> & Co!")
    assert "&lt;b&gt;Nam&lt;/b&gt;" in heard.html


async def test_an_unknown_command_says_where_help_is(resident: Talker) -> None:
    await resident.says("/xyz")
    resident.hears("/trogiup")
