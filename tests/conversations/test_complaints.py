"""Staff complain without saying of what: it is read as theirs, nothing changes, and they are told the ways on."""

import pytest

from tests.conversations.house import Talker, fills_in


@pytest.mark.parametrize(
    "said", ["bot lỗi", "lỗi rồi anh ơi", "dạ không gửi được ạ", "sai rồi", "số liệu sai rồi", "it does not work"]
)
async def test_a_reporter_who_complains_is_told_what_he_can_do(reporter: Talker, said: str) -> None:
    await reporter.says(said)
    heard = reporter.hears(f"«{said}»", "/capnhat", "/baocao", "/gopy")
    assert "ông/bà" not in heard.text


async def test_a_complaint_in_the_middle_of_a_report_leaves_it_as_it_is(reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("bot lỗi rồi")
    reporter.hears("vẫn còn nguyên", "«nhầm rồi»", "/gopy")
    await reporter.says("3")
    reporter.hears("(2/20)")
    await reporter.says("sai rồi")
    reporter.hears("(1/20)", "Đang ghi: 3 ca")


async def test_a_complaint_of_a_sent_report_changes_nothing(reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.says("gửi")
    reporter.hears("đã tiếp nhận")
    await reporter.says("sai số rồi")
    reporter.hears("chưa số liệu nào bị thay đổi", "/capnhat")


async def test_a_leader_is_told_how_a_figure_is_asked_about(leader: Talker) -> None:
    await leader.says("số liệu sai rồi")
    heard = leader.hears("/hoilai", "/gopy")
    assert "/baocao" not in heard.text


async def test_a_resident_who_complains_is_answered_as_before(resident: Talker) -> None:
    await resident.says("bot lỗi rồi")
    assert "đồng chí" not in resident.hears("Xin lỗi ông/bà vì câu trả lời chưa đáp ứng", "/gopy").text
