"""Whoever has something to say to the desk says it by /gopy."""

from tests.conversations.house import House, Talker


async def test_feedback_reaches_the_desk_and_names_no_resident(house: House, resident: Talker) -> None:
    desk = await house.joined("Hà", "admin", "397")
    await resident.says("/gopy")
    resident.hears("ví dụ", "thông tin cá nhân")
    await resident.says("/gopy bổ sung số giường <b>trống</b>")
    resident.hears("Cảm ơn", "UBND huyện Triệu Sơn")
    heard = desk.hears("người dân", "bổ sung số giường <b>trống</b>")
    assert "Lan" not in heard.text


async def test_whoever_writes_very_often_is_asked_to_wait(house: House, resident: Talker) -> None:
    for _ in range(5):
        await resident.says("/gopy tốt")
        resident.hears("Cảm ơn")
    await resident.says("/gopy tốt")
    resident.hears("giờ sau")
