"""What the bot says arrives as it was meant, in its order, once."""

import asyncio
from itertools import pairwise
from typing import Any

import pytest

from bot.running.timing import Timing
from reporting.pace import Limits
from reporting.people import Address
from reporting.say import Button, Rank, Say
from simulator.bots import SimulatedBot
from storage.messages import outbox
from tests.bot.mouth import Mouth, mouth_at, say, somebody

HAND = 8
"""So many are taken at once at a slow pace."""


async def test_a_text_arrives_with_its_buttons(mouth: Mouth) -> None:
    reporter = await somebody(mouth.sim, "Nguyễn Thị Lan")
    buttons = ((Button("Gửi", "send:1"), Button("Sửa", "edit:1")), (Button("Cổng", url="https://thanhhoa.gov.vn/"),))
    await mouth.puts(say(reporter, "<b>Số ca mắc mới</b>\nví dụ: 3 &lt; 5", buttons=buttons))
    message = await reporter.next_message()
    assert message.html == "<b>Số ca mắc mới</b>\nví dụ: 3 &lt; 5"
    assert [[button.text for button in row] for row in message.buttons] == [["Gửi", "Sửa"], ["Cổng"]]
    assert message.buttons[0][1].data == "edit:1"
    assert message.buttons[1][0].url == "https://thanhhoa.gov.vn/"
    (row,) = await mouth.settles("said")
    assert (row.message_id, row.tries, row.error) == (str(message.message_id), 1, "")
    assert row.said_at >= row.sending_at >= row.created_at


async def test_a_button_can_copy_and_addresses_bring_no_preview(mouth: Mouth) -> None:
    reporter = await somebody(mouth.sim, "Nguyễn Thị Lan")
    await mouth.puts(say(reporter, "https://thanhhoa.gov.vn/", buttons=((Button("Chép", copy="GB-7"),),)))
    message = await reporter.next_message()
    assert message.buttons[0][0].action == "copy_text"
    (call,) = mouth.sim.first_bot.asked("sendMessage")
    assert call.params["link_preview_options"] == '{"is_disabled": true}'


async def test_a_long_text_comes_in_pieces_with_its_tags_whole(mouth: Mouth) -> None:
    leader = await somebody(mouth.sim, "Lê Văn Minh")
    paragraphs = [f"{n}. " + "xã Thọ Dân chưa báo cáo; " * 12 for n in range(38)]
    await mouth.puts(say(leader, "<b>" + "\n\n".join(paragraphs) + "</b>"))
    heard = [await leader.next_message() for _ in range(3)]
    assert all(message.html.startswith("<b>") and message.html.endswith("</b>") for message in heard)
    said = [line.strip() for each in heard for line in each.text.split("\n\n")]
    assert said == [line.strip() for line in paragraphs]


async def test_a_message_is_replaced_where_it_stands(mouth: Mouth) -> None:
    reporter = await somebody(mouth.sim, "Nguyễn Thị Lan")
    await mouth.puts(say(reporter, "Câu 1", buttons=((Button("Bỏ qua", "skip:1"),),)))
    asked = await reporter.next_message()
    await mouth.puts(say(reporter, "Câu 1: bỏ qua", edits=str(asked.message_id)))
    await reporter.sees(lambda heard: heard[0].text == "Câu 1: bỏ qua" and not heard[0].buttons)
    rows = await mouth.settles("said", "said")
    assert rows[1].message_id == str(asked.message_id)


async def test_replacing_words_by_themselves_is_no_failure(mouth: Mouth) -> None:
    reporter = await somebody(mouth.sim, "Nguyễn Thị Lan")
    await mouth.puts(say(reporter, "Câu 1"))
    asked = await reporter.next_message()
    await mouth.puts(say(reporter, "Câu 1", edits=str(asked.message_id)))
    await mouth.settles("said", "said")


async def test_a_message_that_is_gone_is_said_anew(mouth: Mouth) -> None:
    reporter = await somebody(mouth.sim, "Nguyễn Thị Lan")
    await mouth.puts(say(reporter, "Câu 1"))
    asked = await reporter.next_message()
    await reporter.deletes(asked)
    await mouth.puts(say(reporter, "Câu 2", edits=str(asked.message_id)))
    assert (await reporter.next_message()).text == "Câu 2"


async def test_a_message_says_what_it_answers_and_in_which_topic(mouth: Mouth) -> None:
    leader = await somebody(mouth.sim, "Lê Văn Minh")
    group = mouth.sim.group("Triệu Sơn", [leader], forum=True)
    topic = mouth.sim.topic(group, "Báo cáo")
    await mouth.puts(Say(Address("telegram", str(group.id), topic), "Đã tiếp nhận", silent=True))
    message = await leader.next_message(chat=group)
    assert (message.text, message.topic) == ("Đã tiếp nhận", topic)
    question = await leader.says("Hôm nay thế nào?")
    await mouth.puts(say(leader, "31/34 đơn vị", reply_to=str(question.message_id)))
    assert (await leader.next_message()).reply_to == question.message_id


async def test_what_is_said_in_a_chat_keeps_its_order_although_calls_take_their_time(mouth: Mouth) -> None:
    reporter = await somebody(mouth.sim, "Nguyễn Thị Lan")
    mouth.sim.faults.add(method="sendMessage", delay=0.3, times=2)
    await mouth.puts(*(say(reporter, str(n)) for n in range(6)))
    assert [(await reporter.next_message()).text for _ in range(6)] == list("012345")


async def test_a_chat_that_hangs_holds_up_nobody_else(mouth: Mouth, monkeypatch: pytest.MonkeyPatch) -> None:
    slow, quick = await somebody(mouth.sim, "Nguyễn Thị Lan"), await somebody(mouth.sim, "Lê Văn Minh")
    goes_on, carry_out = asyncio.Event(), mouth.sim.api.carry_out

    async def hangs(bot: SimulatedBot, name: str, raw: dict[str, Any], *more: Any) -> Any:
        if str(raw["chat_id"]) == str(slow.id):
            await goes_on.wait()
        return await carry_out(bot, name, raw, *more)

    monkeypatch.setattr(mouth.sim.api, "carry_out", hangs)
    await mouth.puts(say(slow, "một"), say(quick, "hai"))
    assert (await quick.next_message()).text == "hai"
    assert not slow.unheard()
    goes_on.set()
    assert (await slow.next_message()).text == "một"


async def test_replies_go_before_reminders_before_broadcasts(url: str) -> None:
    async with mouth_at(url, Limits(rate=20.0)) as mouth:
        residents = [await somebody(mouth.sim, f"Người dân {n}") for n in range(30)]
        late, reporter = await somebody(mouth.sim, "Trịnh Văn Hùng"), await somebody(mouth.sim, "Nguyễn Thị Lan")
        await mouth.puts(*(say(each, "Bản tin", Rank.BROADCAST) for each in residents))
        await residents[3].next_message()
        await mouth.puts(say(late, "Đề nghị báo cáo", Rank.REMINDER), say(reporter, "Đã tiếp nhận"))
        on_the_way = len(mouth.sim.first_bot.asked("sendMessage")) + len(mouth.speaker._worker._tasks)
        await mouth.settles(*["said"] * 32)
        said = [call.params["chat_id"] for call in mouth.sim.first_bot.asked("sendMessage")]
        assert said.index(str(reporter.id)) < said.index(str(late.id)) <= on_the_way + HAND + 1


async def test_what_was_on_its_way_when_the_process_died_is_said_once_more_and_then_unknown(mouth: Mouth) -> None:
    reporter = await somebody(mouth.sim, "Nguyễn Thị Lan")
    await mouth.stops()
    first, second = await mouth.puts(say(reporter, "một"), say(reporter, "hai"))
    died = outbox.outbox.update().values(state="sending", claimed_by="another", sending_at=mouth.now())
    await mouth.write(lambda c: c.execute(died.where(outbox.outbox.c.id == first).values(uncertain=1)))
    await mouth.write(lambda c: c.execute(died.where(outbox.outbox.c.id == second)))
    mouth.options["gone_after"] = 0.3
    await mouth.starts_again()
    assert (await reporter.next_message()).text == "hai"
    rows = await mouth.settles("unknown", "said")
    assert [row.uncertain for row in rows] == [2, 1]
    assert "ended" in rows[0].error


async def test_a_speaker_that_is_told_to_end_gives_back_what_it_has_not_sent(url: str) -> None:
    async with mouth_at(url, Limits(rate=4.0)) as mouth:
        people = [await somebody(mouth.sim, f"Người dân {n}") for n in range(12)]
        await mouth.puts(*(say(each, "Bản tin", Rank.BROADCAST) for each in people))
        await people[2].next_message()
        await mouth.stops()
        states = mouth.states()
        said = sum(bool(each.heard) for each in people)
        assert (states.count("said"), states.count("new")) == (said, 12 - said)
        assert 3 <= said < 12
        mouth.limits = Limits(rate=29.0)
        await mouth.starts_again()
        await mouth.settles(*["said"] * 12)
        assert all(len(each.heard) == 1 for each in people)


async def test_a_speaker_with_nothing_to_say_leaves_the_database_alone(url: str) -> None:
    """But for a look after each rest, which is short here."""
    async with mouth_at(url, timing=Timing(rest=0.2)) as mouth:
        reporter = await somebody(mouth.sim, "Nguyễn Thị Lan")
        await mouth.puts(say(reporter, "Chào"))
        await mouth.settles("said")
        await mouth.next_write()  # what was said is marked, and others may still be waited for
        first = len(mouth.writings) - 1
        for _ in range(4):
            await mouth.next_write()
        looks = mouth.writings[first:]
    assert min(asked_at - over_at for (_, over_at), (asked_at, _) in pairwise(looks)) >= 0.19


async def test_a_tap_is_acknowledged_and_a_stale_one_only_logged(mouth: Mouth) -> None:
    reporter = await somebody(mouth.sim, "Nguyễn Thị Lan")
    await mouth.puts(say(reporter, "Câu 1", buttons=((Button("Gửi", "send:1"),),)))
    tap = reporter.forges(await reporter.next_message(), "send:1")
    await mouth.speaker.acknowledge(tap.query.id, "Đã nhận")
    assert await tap.answered() == "Đã nhận"
    await mouth.speaker.acknowledge("12345")


async def test_a_file_is_fetched_and_a_lost_one_is_a_connection_error(mouth: Mouth) -> None:
    reporter = await somebody(mouth.sim, "Nguyễn Thị Lan")
    sent = await reporter.sends_document("xã,ca\n".encode(), "số liệu.csv")
    assert sent.document is not None
    assert (await mouth.speaker.fetch(sent.document.file_id)).decode() == "xã,ca\n"
    with pytest.raises(ConnectionError):
        await mouth.speaker.fetch("nothing")


async def test_the_menu_is_set_for_everybody_for_a_language_and_for_one_chat(mouth: Mouth) -> None:
    reporter = await somebody(mouth.sim, "Nguyễn Thị Lan")
    bot = mouth.sim.first_bot
    assert await mouth.speaker.set_menu([("trogiup", "Trợ giúp")], scope="all_private_chats")
    assert await mouth.speaker.set_menu([("help", "Help")], scope="all_private_chats", language="en")
    assert await mouth.speaker.set_menu([("baocao", "Báo cáo ngày")], chat=str(reporter.id))

    def menu(person_id: int, language: str) -> list[str]:
        return [each["command"] for each in bot.commands_for(person_id, person_id, "private", language)]

    assert (menu(reporter.id, "vi"), menu(5, "vi"), menu(5, "en")) == (["baocao"], ["trogiup"], ["help"])
    assert await mouth.speaker.set_menu([], chat=str(reporter.id))
    assert menu(reporter.id, "vi") == ["trogiup"]
    assert not await mouth.speaker.set_menu([("Báo cáo", "no command")])


async def test_the_bot_knows_itself(mouth: Mouth) -> None:
    me = await mouth.speaker.me()
    assert (me.username, me.name) == ("giaoban_bot", "Giao Ban")


async def test_a_bot_whose_token_is_not_known_is_told_why(mouth: Mouth, caplog: pytest.LogCaptureFixture) -> None:
    mouth.sim.faults.add(method="getMe", status=401)
    with pytest.raises(PermissionError, match="Unauthorized"):
        await mouth.speaker.me()


async def test_a_speaker_that_never_ran_can_be_closed(mouth: Mouth) -> None:
    speaker = mouth.new_speaker()
    await speaker.me()
    await speaker.close()
