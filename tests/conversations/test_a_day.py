"""One whole day: reports, reminders, the digest, residents' questions."""

from tests.conversations.house import House, Talker


async def test_one_day_from_the_first_report_to_the_last_question(house: House, reporter: Talker, leader: Talker, resident: Talker) -> None:
    chair = await house.joined("Nguyễn Thị Hương", "chair", "15742")
    late = await house.joined("Phạm Văn Đức", "reporter", "15700")
    for at in ("16:00", "16:30", "17:00", "17:30", "18:30"):
        await house.moves_to(at)
        for who in house.talkers:
            for heard in who.forgets():
                print("=====", at, who.person.name); print(heard.text, heard.labels, heard.photo and "PHOTO", heard.document and heard.document.name)
    await resident.says("Hôm nay xã Thọ Dân có bao nhiêu ca?")
    print(resident.forgets()[-1].text)
    await leader.says("/tinhhinh")
    print(leader.forgets()[-1].text)
    await leader.says("/tonghop")
    for x in leader.forgets(): print(x.text, x.photo, x.document)
