"""A picture or a file goes with its words; what Telegram has already goes by its id there, and is not made again."""

from bot.running.render_cache import KEPT
from reporting.say import Button, Drawn, KeptDrawing
from tests.bot.mouth import PIXEL, Mouth, say, somebody


async def test_a_picture_and_a_file_are_drawn_when_they_are_said(mouth: Mouth) -> None:
    leader = await somebody(mouth.sim, "Lê Văn Minh")
    picture = Drawn("bảng.png", KeptDrawing("picture", {}))
    table = Drawn('báo cáo "ngày".csv', KeptDrawing("text", {"text": "xã,số ca\nThọ Dân,3\n"}))
    await mouth.puts(say(leader, "<i>Tổng hợp</i>", photo=picture), say(leader, "Bảng", document=table))
    first, second = await leader.next_message(), await leader.next_message()
    assert first.photo is not None
    assert (first.html, first.photo.content) == ("<i>Tổng hợp</i>", PIXEL)
    assert second.document is not None
    assert (second.document.name, second.text) == ("báo cáo ngày.csv", "Bảng")
    assert second.document.content.decode() == "xã,số ca\nThọ Dân,3\n"


async def test_a_picture_that_telegram_has_is_neither_uploaded_nor_drawn_again(mouth: Mouth) -> None:
    leader, other = await somebody(mouth.sim, "Lê Văn Minh"), await somebody(mouth.sim, "Phạm Thị Hoa")
    picture = Drawn("bảng.png", KeptDrawing("picture", {}))
    others = [Drawn(f"{n}.csv", KeptDrawing("text", {"text": str(n)})) for n in range(KEPT)]
    for person, words in ((leader, "một"), (other, "hai"), (leader, "ba")):
        await mouth.puts(say(person, words, photo=picture))
        message = await person.next_message()
        assert message.photo is not None
        assert (message.text, message.photo.content) == (words, PIXEL)
        await mouth.puts(*(say(other, "", document=each) for each in others))
        for _ in others:
            await other.next_message()
    assert uploads(mouth, "sendPhoto", "photo") == [True, False, False]
    assert sorted(mouth.drawn) == sorted(["bảng.png", *(each.file_name for each in others)])


async def test_a_picture_that_telegram_has_no_more_is_uploaded_again(mouth: Mouth) -> None:
    leader = await somebody(mouth.sim, "Lê Văn Minh")
    table = Drawn("bảng.csv", KeptDrawing("text", {"text": "xã,số ca\n"}))
    for words in ("một", "hai"):
        await mouth.puts(say(leader, words, document=table))
        message = await leader.next_message()
        assert message.document is not None
        assert (message.text, message.document.name) == (words, "bảng.csv")
        mouth.sim.cloud.files.by_id.clear()
    assert uploads(mouth, "sendDocument", "document") == [True, False, True]


def uploads(mouth: Mouth, method: str, kind: str) -> list[bool]:
    """Of each call whether the file came with it."""
    return [call.params[kind].startswith("«") for call in mouth.sim.first_bot.asked(method)]


async def test_words_too_long_for_a_caption_follow_the_picture(mouth: Mouth) -> None:
    leader = await somebody(mouth.sim, "Lê Văn Minh")
    words = "Đề nghị các xã báo cáo.\n\n" * 60
    button = ((Button("Xem", "see:1"),),)
    ids = await mouth.puts(say(leader, words, photo=Drawn("bảng.png", KeptDrawing("picture", {})), buttons=button))
    first, second = await leader.next_message(), await leader.next_message()
    assert (first.text, first.labels) == ("", [])
    assert (second.text, second.labels) == (words.strip(), ["Xem"])
    rows = await mouth.settles("said", "said")
    assert ids == [rows[1].id]
