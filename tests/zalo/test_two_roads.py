"""One person with two messengers: he links them, goes on in the other, and gets there what the first does not take."""

import asyncio
import re
from collections import Counter

from aiohttp import ClientSession, CookieJar

from tests.conversations.house import ANSWERS, Talker
from tests.ports import free_port
from tests.report_page.conftest import LINK, Browser
from tests.zalo.roads import TwoRoads, ZaloTalker


async def linked(roads: TwoRoads, name: str = "Lê Văn Nam") -> tuple[Talker, ZaloTalker]:
    """A reporter of Thọ Dân at Telegram, who has linked Zalo."""
    nam = await roads.joined(name, "reporter", "15742")
    await nam.says("/lienket")
    code = re.findall(r"mã (\d{12})", nam.hears("Zalo", "trong 30 phút").text)[0]
    too = roads.zalo_talker(name)
    await too.says(f"Mã {code[:4]} {code[4:8]} {code[8:]}")
    too.hears(f"Đã liên kết với đồng chí {name}", "Telegram trước")
    nam.hears("liên kết thêm với Zalo")
    return nam, too


async def test_a_report_begun_at_telegram_which_is_blocked_is_ended_at_zalo(roads: TwoRoads) -> None:
    nam, too = await linked(roads)
    await nam.says("/baocao")
    nam.hears("(1/20)")
    for place, answer in enumerate(ANSWERS[:6], 1):
        await nam.says(answer)
        nam.hears(f"({place + 1}/20)")
    await roads.simulator.cut()
    await nam.person.says(ANSWERS[6])  # nobody hears it now
    asked = []
    await too.says("báo cáo")
    for answer in (*ANSWERS[6:], "bỏ qua"):
        asked.append(re.findall(r"^\((\d+)/20\)", too.hears("/20)").words)[0])
        await too.says(answer)
    too.hears("Báo cáo ngày", "Gửi")
    await too.says("gửi")
    too.hears("đã tiếp nhận báo cáo")
    assert asked == [str(place) for place in range(7, 21)]
    (report,) = await roads.rows("report")
    (draft,) = await roads.rows("draft")
    assert len(report.answers) == 20
    assert [str(each.get("value")) for each in report.answers.values()][:19] == list(ANSWERS)
    assert draft.state == "sent"
    assert await evidence(roads) == ("zalo", {"telegram": 6, "zalo": 14})
    await told_by_which(roads, "qua Zalo (14 câu qua Zalo, 6 câu qua Telegram)", "3 ca (qua Telegram)")
    await roads.simulator.mend()
    await roads.settled()
    late = nam.hears()
    assert "/20)" not in late.text
    assert len(await roads.rows("report")) == 1
    assert {row.state for row in await roads.rows("inbox")} == {"done"}


async def evidence(roads: TwoRoads) -> tuple[str, dict[str, int]]:
    """By which road the one report was sent, and how many of its answers came by each, as the audit and the report have it."""
    (line,) = [row for row in await roads.rows("audit") if row.what == "report"]
    (report,) = await roads.rows("report")
    assert (line.detail["number"], line.who, line.road) == (report.number, report.sent_by, report.road)
    of_answers = Counter(each.get("road", report.road) for each in report.answers.values())
    assert of_answers == line.detail["answered"]
    return line.road, dict(of_answers)


async def told_by_which(roads: TwoRoads, *said: str) -> None:
    """What a leader reads on the unit's page."""
    hung = await roads.joined_by_zalo("Trần Văn Hùng", "leader", "397")
    await hung.says("/donvi thọ dân")
    hung.hears("Lần 1", *said)
    hung.forgets()


async def test_a_report_begun_at_telegram_which_is_blocked_is_ended_on_its_page(roads: TwoRoads) -> None:
    await roads.stop()
    at = f"127.0.0.1:{free_port()}"
    roads.settings = roads.settings.model_copy(update={"open_data_listen": at, "public_url": f"http://{at}"})
    await roads.start()
    nam, too = await linked(roads)
    await nam.says("/baocao")
    nam.hears("(1/20)")
    for place, answer in enumerate(ANSWERS[:6], 1):
        await nam.says(answer)
        nam.hears(f"({place + 1}/20)")
    await roads.simulator.cut()
    await nam.person.says(ANSWERS[6])  # nobody hears it now
    await too.says("mở trên trang")
    link = LINK.findall(too.hears("Phiếu báo cáo trên trang").words)[0]
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
        browser = Browser(http)
        page = await browser.opens(link)
        names = [name for name, _ in page.fields if name.startswith("a:")]
        assert tuple(page.field(name) for name in names[:6]) == ANSWERS[:6]
        (await browser.sends_fields(dict(zip(names[6:], ANSWERS[6:], strict=False)), "send")).has("đã tiếp nhận")
    (report,) = await roads.rows("report")
    assert [str(each.get("value")) for each in report.answers.values()][:19] == list(ANSWERS)
    assert await evidence(roads) == ("web_form", {"telegram": 6, "web_form": 14})
    said = "qua phiếu trên trang (14 câu qua phiếu trên trang, 6 câu qua Telegram)"
    await told_by_which(roads, said, "3 ca (qua Telegram)")
    await roads.simulator.mend()
    await roads.settled()
    heard = [each.text for each in nam.forgets()]
    assert not [each for each in heard if "/20)" in each]
    assert len(await roads.rows("report")) == 1
    assert [each.words for each in too.forgets() if "/20)" in each.words] == []


async def test_a_reminder_that_telegram_does_not_take_goes_by_zalo_once_and_says_so(roads: TwoRoads) -> None:
    nam, too = await linked(roads)
    await roads.simulator.cut()
    await roads.moves_to("16:00")
    async with asyncio.timeout(60):
        while not too.person.unheard():  # it has to be tried in vain, and while that is going on the next tick has it
            await roads.running.tick()
            await roads.settled()
    told = too.hears(
        "(Telegram không nhận được tin này nên tin được chuyển sang đây.)", "Còn 30 phút", "11 Báo cáo ngay"
    )
    assert told.text.index("Telegram") < told.text.index("Kính gửi")
    await roads.moves_to("16:04")
    too.hears_nothing()
    (said,) = [row for row in await roads.rows("said") if row.person_id and row.rule]
    (row,) = [row for row in await roads.rows("outbox") if row.id == said.outbox_id]
    assert (row.channel, row.address, row.state) == ("zalo", too.person.id, "said")
    await too.says("11")
    too.hears("(1/20)")
    await roads.simulator.mend()
    await roads.settled()
    nam.hears_nothing()


async def test_what_telegram_could_not_even_be_asked_to_take_since_the_program_began_goes_by_zalo(
    roads: TwoRoads,
) -> None:
    """Nothing was tried there: until Telegram knows the bot nothing is said by it."""
    nam, too = await linked(roads)
    await roads.moves_to("15:55")
    await roads.stop()
    await roads.simulator.cut()
    await roads.start()
    await roads.moves_to("16:00")
    await roads.moves_to("16:04")
    too.hears_nothing()
    await roads.moves_to("16:06")
    too.hears("(Telegram không nhận được tin này nên tin được chuyển sang đây.)", "11 Báo cáo ngay")
    await roads.moves_to("16:20")
    too.hears_nothing()
    await roads.simulator.mend()
    await roads.settled()
    nam.hears_nothing()


async def test_who_blocks_the_bot_at_telegram_hears_by_zalo(roads: TwoRoads) -> None:
    nam, too = await linked(roads)
    await nam.person.blocks()
    await roads.settled()
    await roads.moves_to("16:00")
    too.hears("Còn 30 phút")
    assert [row.unreachable_at is None for row in await roads.rows("address")] == [False, True]


async def test_what_neither_takes_is_not_said_and_the_desk_can_know(roads: TwoRoads) -> None:
    nam, too = await linked(roads)
    await nam.person.blocks()
    await roads.settled()
    too.person.blocks()
    await roads.moves_to("16:00")
    await roads.running.tick()
    await roads.settled()
    reminders = [row for row in await roads.rows("outbox") if "Còn 30 phút" in row.say.get("text", "")]
    assert [row.state for row in reminders] == ["dead"]


async def test_who_prefers_zalo_hears_there_first(roads: TwoRoads) -> None:
    _, too = await linked(roads)
    await too.says("/lienket zalo")
    too.hears("qua: Zalo, Telegram", "qua Zalo trước")
    await roads.moves_to("16:00")
    too.hears("Còn 30 phút")


async def test_a_code_is_good_once_and_guesses_are_limited(roads: TwoRoads) -> None:
    nam, _ = await linked(roads)
    other = roads.zalo_talker("Người lạ")
    for _ in range(5):
        await other.says("mã 12345678")
        other.hears("không đúng hoặc đã hết hạn")
    await nam.says("/lienket")
    nam.hears("Telegram, Zalo")
    await other.says("mã 12345679")
    heard = other.hears().words
    assert "không đúng" not in heard
    assert len(await roads.rows("address")) == 2


async def test_an_invitation_s_code_is_typed_at_zalo(roads: TwoRoads) -> None:
    nam = roads.zalo_talker("Lê Văn Nam")
    code = (await roads.invitation("reporter", "15742")).partition("=")[2]
    await nam.says(f"mã mời {code}")
    nam.hears("Kính chào đồng chí Lê Văn Nam")


async def test_where_a_messenger_is_taken_out_of_the_settings_nobody_else_waits_and_the_desk_is_told(
    roads: TwoRoads,
) -> None:
    """Telegram is given up: who is at Zalo too is reminded there, of who is not the desk is told, the others are reminded as ever."""
    _, nam_too = await linked(roads)
    await roads.joined("Lê Thị Bình", "reporter", "15700")
    hoa = await roads.joined_by_zalo("Trần Thị Hoa", "reporter", "15718")
    desk = await roads.joined_by_zalo("Phạm Thu Hà", "admin", "397")
    await roads.stop()
    roads.settings = roads.settings.model_copy(update={"bot_token": "", "link_secret": "a long secret of ours"})
    await roads.start()
    await roads.moves_to("16:00")
    hoa.hears("Còn 30 phút")
    await roads.moves_to("16:01")
    nam_too.hears("Telegram", "Còn 30 phút")
    told = desk.hears("1 tin nhắn", "Lê Thị Bình", "chỉ có ở Telegram, nhưng bot không còn chạy ở đó")
    await roads.moves_to("16:03")
    desk.hears_nothing()
    await desk.says(f"/chuagui {re.findall(r'mã ([0-9]+)', told.words)[0]}")
    desk.hears("chưa gửi lại được", "bot không còn chạy ở kênh")
    for at_telegram in roads.talkers:
        at_telegram.forgets()
    for at_zalo in roads.zalo_talkers:
        at_zalo.forgets()
