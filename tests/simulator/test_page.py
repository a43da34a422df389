"""The page, by real clicks in Chromium."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyKeyboardMarkup,
    Update,
)

from simulator import Person, Simulator
from tests.simulator.conftest import START

QUESTIONS = ["Số ca mắc mới (F0)", "Trong đó cộng đồng", "Khỏi trong kỳ"]


class Reporting:
    """A small bot with a report of three numbers, review and receipt, to have someone to talk to."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.answers: list[str] = []
        self.asked = False

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.bot.get_updates(offset=offset, timeout=5):
                offset = update.update_id + 1
                await self.take(update)

    async def take(self, update: Update) -> None:
        if update.callback_query is not None and update.callback_query.message is not None:
            await update.callback_query.answer("Đã nhận")
            chat = update.callback_query.message.chat.id
            await self.bot.edit_message_text("Đã gửi", chat, update.callback_query.message.message_id)
            await self.bot.send_message(chat, "UBND huyện <b>đã tiếp nhận</b> báo cáo.", "HTML")
        elif update.message is not None and update.message.text is not None:
            await self.hear(update.message.chat_id, update.message.text)

    async def hear(self, chat: int, text: str) -> None:
        if text.startswith("/"):
            self.asked, self.answers = text == "/baocao", []
        elif self.asked and text.isdigit():
            self.answers.append(text)
        if not self.asked:
            keys = ReplyKeyboardMarkup([["/baocao"]], resize_keyboard=True)
            await self.bot.send_message(chat, f"Chào. Nhận: {text}", reply_markup=keys)
        elif len(self.answers) < len(QUESTIONS):
            await self.bot.send_message(chat, f"<b>{QUESTIONS[len(self.answers)]}</b>?", "HTML")
        else:
            keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Gửi", callback_data="send")]])
            await self.bot.send_message(chat, "Báo cáo ngày: " + ", ".join(self.answers), reply_markup=keyboard)


@pytest.fixture
async def reporting(ptb: Bot) -> AsyncIterator[Reporting]:
    await ptb.set_my_commands([BotCommand("baocao", "Gửi báo cáo ngày"), BotCommand("trogiup", "Hướng dẫn")])
    bot = Reporting(ptb)
    running = asyncio.create_task(bot.run())
    yield bot
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


Opens = Callable[[str], Awaitable[Page]]


@pytest.fixture
def opens(page: Page, sim: Simulator) -> Opens:
    async def opening(query: str = "") -> Page:
        await page.goto(f"{sim.url}/{query}")
        await expect(page.locator("html[data-ready=true]")).to_be_attached()
        return page

    return opening


def phone(page: Page, person: Person) -> Locator:
    return page.locator(f'[data-person="{person.id}"]')


def role(where: Locator | Page, name: str, more: str = "") -> Locator:
    return where.locator(f'[data-role="{name}"]{more}')


async def test_a_whole_report_is_made_by_clicks(opens: Opens, reporting: Reporting, nam: Person) -> None:

    page = await opens("")
    mine = phone(page, nam)
    await role(mine, "start").click()
    await expect(mine.locator('[data-by="bot"]').last).to_contain_text("Chào")
    await role(mine, "key", '[data-label="/baocao"]').click()
    for question, answer in zip(QUESTIONS, ["3", "1", "2"], strict=True):
        await expect(mine.locator('[data-by="bot"]').last).to_contain_text(question)
        await role(mine, "input").fill(answer)
        await (role(mine, "send").click() if answer == "1" else role(mine, "input").press("Enter"))
    await role(mine, "button", '[data-label="Gửi"]').click()
    await expect(mine.locator('[data-by="bot"]').last).to_contain_text("đã tiếp nhận")
    await expect(role(mine, "toast")).to_have_text("Đã nhận")
    await expect(role(mine, "button")).to_have_count(0)
    await expect(page.locator("#live")).to_contain_text("đã tiếp nhận")
    assert nam.heard[-1].text == "UBND huyện đã tiếp nhận báo cáo."


async def test_the_menu_of_commands_is_walked_with_the_keyboard(
    opens: Opens, reporting: Reporting, nam: Person
) -> None:
    await nam.starts()
    page = await opens("")
    mine = phone(page, nam)
    await role(mine, "menu").press("Enter")
    await expect(role(mine, "command")).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(mine.locator('[data-by="me"]').last).to_contain_text("/trogiup")


async def test_the_clock_is_moved_by_its_buttons(opens: Opens, sim: Simulator, nam: Person) -> None:

    page = await opens("")
    await expect(role(page, "clock")).to_have_text("15:30")
    await page.locator('[data-advance="1800"]').click()
    await expect(role(page, "clock")).to_have_text("16:00")
    await role(page, "set-time").click()
    await role(page, "time").fill("2021-11-10T17:05")
    await role(page, "go").click()
    await expect(role(page, "clock")).to_have_text("17:05")
    await role(page, "next-day").click()
    await expect(role(page, "clock")).to_have_text("07:00")
    assert sim.clock.now().isoformat() == "2021-11-11T00:00:00+00:00"
    await page.locator('[data-speed="60"]').click()
    await expect(page.locator('[data-speed="60"]')).to_have_attribute("aria-pressed", "true")
    assert sim.clock.speed == 60


async def test_switches_make_a_person_offline_and_block_the_bot(
    opens: Opens, ptb: Bot, sim: Simulator, nam: Person
) -> None:
    await nam.starts()
    page = await opens("")
    mine = phone(page, nam)
    await role(mine, "more").first.click()
    await role(mine, "offline").click()
    await expect(mine).to_have_attribute("data-offline", "true")
    await ptb.send_message(nam.id, "Nhắc lúc mất mạng")
    await role(mine, "input").fill("Gửi sau")
    await role(mine, "send").click()
    assert (nam.user.offline, nam.heard) == (True, [])
    await role(mine, "more").first.click()
    await role(mine, "offline").click()
    await expect(mine.get_by_text("Nhắc lúc mất mạng")).to_be_visible()
    await expect(mine.get_by_text("Gửi sau")).to_be_visible()
    await role(mine, "more").first.click()
    await role(mine, "blocked").click()
    await role(mine, "unblock").click()
    await expect(role(mine, "input")).to_be_visible()
    assert [u.my_chat_member is not None for u in await ptb.get_updates()][-2:] == [True, True]


async def test_pictures_open_documents_come_down_and_files_go_up(
    opens: Opens, ptb: Bot, nam: Person, picture: bytes, tmp_path: Path
) -> None:
    await nam.starts()
    await ptb.send_photo(nam.id, picture, caption="Ảnh")
    await ptb.send_document(nam.id, b"1,2\n", filename="số liệu.csv")
    page = await opens("")
    mine = phone(page, nam)
    await mine.get_by_label("Mở ảnh").click()
    await expect(page.locator("#viewer img")).to_be_visible()
    await page.keyboard.press("Escape")
    async with page.expect_download() as waiting:
        await role(mine, "document").click()
    download = await waiting.value
    assert download.suggested_filename == "số liệu.csv"
    await download.save_as(tmp_path / "saved")
    assert (tmp_path / "saved").read_bytes() == b"1,2\n"
    file = tmp_path / "báo cáo.xlsx"
    file.write_bytes(b"PK")
    await role(mine, "file").set_input_files(file)
    await expect(mine.get_by_text("báo cáo.xlsx")).to_be_visible()
    sent = nam.chat[-1].document
    assert sent is not None
    assert (sent.name, sent.content) == ("báo cáo.xlsx", b"PK")


async def test_a_group_with_topics_and_a_channel_are_on_the_phone_with_unread_counts(
    opens: Opens, ptb: Bot, sim: Simulator, nam: Person
) -> None:
    await nam.starts()
    group = sim.group("Lãnh đạo huyện", [nam], forum=True)
    topic = sim.topic(group, "Giao ban sáng")
    channel = sim.channel("Bản tin", [sim.person("Quản trị"), nam])
    said = await ptb.send_message(nam.id, "Hạn gửi: 17 giờ 00")
    await ptb.pin_chat_message(nam.id, said.message_id)
    page = await opens(f"?person={nam.id}")
    mine = phone(page, nam)
    await expect(role(mine, "pinned")).to_contain_text("Hạn gửi")
    await ptb.send_message(channel.id, "Bản tin 10/11")
    await expect(role(mine, "chat-tab", f'[data-chat="{channel.key}"] .badge')).to_have_text("1")
    await role(mine, "chat-tab", f'[data-chat="{channel.key}"]').click()
    await expect(mine.get_by_text("Bản tin 10/11")).to_be_visible()
    await expect(role(mine, "input")).to_have_count(0)
    await role(mine, "chat-tab", f'[data-chat="{group.key}"]').click()
    await role(mine, "topic", f'[data-topic="{topic}"]').click()
    await role(mine, "input").fill("/tonghop@giaoban_bot")
    await role(mine, "input").press("Enter")
    await expect(mine.locator('[data-by="me"]')).to_contain_text("/tonghop")
    assert nam.reads(group)[-1].topic == topic
    assert channel.read[nam.id] == 1


async def test_a_button_with_the_bots_address_leads_from_a_channel_to_its_chat(
    opens: Opens, ptb: Bot, sim: Simulator, nam: Person
) -> None:
    await nam.starts()
    channel = sim.channel("Bản tin", [sim.person("Quản trị"), nam], username="bantin")
    ask = InlineKeyboardButton("Hỏi thêm", url="https://t.me/giaoban_bot")
    await ptb.send_message("@bantin", "Bản tin 10/11", reply_markup=InlineKeyboardMarkup([[ask]]))
    mine = phone(await opens(f"?person={nam.id}"), nam)
    await role(mine, "chat-tab", f'[data-chat="{channel.key}"]').click()
    await role(mine, "button", '[data-label="Hỏi thêm"]').click()
    await expect(role(mine, "input")).to_be_visible()
    await expect(role(mine, "chat-tab", '[aria-selected="true"]')).to_contain_text("Giao Ban")


async def test_replies_edits_and_typing_are_shown(opens: Opens, ptb: Bot, nam: Person) -> None:
    await nam.starts()
    said = await ptb.send_message(nam.id, "Hỏi <i>gì</i>?", "HTML")
    page = await opens("")
    mine = phone(page, nam)
    message = mine.locator(f'[data-message="{said.message_id}"]')
    await message.hover()
    await message.get_by_label("Việc với tin nhắn này").click()
    await mine.get_by_role("menuitem", name="Trả lời").click()
    await role(mine, "input").fill("Trả lời đây")
    await role(mine, "input").press("Enter")
    await expect(mine.locator('[data-by="me"] .quote')).to_contain_text("Hỏi gì?")
    assert nam.chat[-1].reply_to == said.message_id
    await role(mine, "input").press("ArrowUp")
    await role(mine, "input").fill("Trả lời khác")
    await role(mine, "input").press("Enter")
    await expect(mine.locator('[data-by="me"]').last).to_contain_text("đã sửa")
    await ptb.send_chat_action(nam.id, "typing")
    await expect(role(mine, "typing")).to_contain_text("đang nhập")
    await ptb.send_message(nam.id, "Xong")
    await expect(role(mine, "typing")).to_have_count(0)


async def test_the_page_speaks_english_shows_one_alone_and_logs_calls(
    opens: Opens, ptb: Bot, sim: Simulator, nam: Person
) -> None:
    await nam.starts()
    sim.person("Phạm Thị Lan", caption="Người dân").private()
    page = await opens("")
    await role(page, "language").click()
    await expect(role(phone(page, nam), "input")).to_have_attribute("placeholder", "Message")
    await role(phone(page, nam), "expand").click()
    await expect(page.locator("[data-person]:visible")).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(page.locator("[data-person]:visible")).to_have_count(2)
    await role(page, "log-toggle").click()
    await ptb.send_message(nam.id, "x")
    call = role(page, "call", '[data-method="sendMessage"]')
    await call.click()
    await expect(call).to_contain_text('"text": "x"')


async def test_at_390_points_one_phone_fills_the_screen_and_nothing_sticks_out(
    opens: Opens, page: Page, sim: Simulator, nam: Person
) -> None:
    await nam.starts()
    lan = sim.person("Phạm Thị Lan", caption="Người dân")
    lan.private()
    await page.set_viewport_size({"width": 390, "height": 844})
    await opens("")
    await expect(page.locator("[data-person]:visible")).to_have_count(1)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await page.locator(f'[data-face="{lan.id}"]').click()
    await role(phone(page, lan), "start").click()
    await expect(role(phone(page, lan), "input")).to_be_visible()


async def test_people_without_a_phone_on_the_page_are_found(opens: Opens, sim: Simulator, nam: Person) -> None:

    other = sim.person("Nguyễn Văn Bảy")
    other.private()
    page = await opens("")
    await expect(phone(page, other)).to_have_count(0)
    await role(page, "find").click()
    await role(page, "find-input").fill("bảy")
    await expect(role(page, "found")).to_have_count(1)
    await role(page, "found").click()
    await role(phone(page, other), "start").click()
    await expect(role(phone(page, other), "input")).to_be_visible()


async def answers_queries(ptb: Bot) -> None:
    """Each with the same result."""
    article = InlineQueryResultArticle("1", "Xã Thọ Dân", InputTextMessageContent("3 ca"), description="10/11/2021")
    offset = 0
    while True:
        for update in await ptb.get_updates(offset=offset, timeout=5):
            offset = update.update_id + 1
            if update.inline_query is not None:
                await update.inline_query.answer([article], cache_time=0)


async def test_inline_results_are_offered_while_typing(opens: Opens, ptb: Bot, nam: Person) -> None:
    await nam.starts()
    page = await opens("")
    await role(phone(page, nam), "input").press_sequentially("@giaoban_bot thọ dân")
    answering = asyncio.create_task(answers_queries(ptb))  # whoever types slowly asks more than once
    await role(phone(page, nam), "inline-result").click()
    answering.cancel()
    await asyncio.wait({answering})
    await expect(phone(page, nam).locator('[data-by="me"]').last).to_contain_text("3 ca")
    await expect(phone(page, nam).locator('[data-by="me"]').last).to_contain_text("qua @giaoban_bot")


async def test_html_in_names_and_words_is_shown_as_it_is(opens: Opens, ptb: Bot, sim: Simulator) -> None:
    evil = sim.person("<img src=x onerror=alert(1)>", caption="<b>x</b>")
    await evil.starts()
    await evil.says("<script>alert(1)</script>")
    await ptb.send_message(evil.id, '<a href="javascript:alert(1)">x</a> &lt;b&gt;', "HTML")
    page = await opens("")
    await expect(phone(page, evil).locator("h2")).to_have_text("<img src=x onerror=alert(1)>")
    await expect(phone(page, evil).locator('[data-by="me"]').last).to_contain_text("<script>alert(1)</script>")
    assert await phone(page, evil).locator('[data-by="bot"] a').last.get_attribute("href") is None


async def test_every_button_and_field_has_a_name(opens: Opens, ptb: Bot, nam: Person, picture: bytes) -> None:
    await nam.starts()
    await ptb.send_photo(nam.id, picture)
    page = await opens("")
    nameless: Any = await page.evaluate(
        """() => [...document.querySelectorAll("button, input, textarea, a[href], [role=log], section, img")]
            .filter((e) => !(e.getAttribute("aria-label") || e.textContent.trim() || e.title || e.alt
                             || e.closest("[aria-hidden], [hidden]") || (e.tagName === "IMG" && e.hasAttribute("alt"))))
            .map((e) => e.outerHTML.slice(0, 200))"""
    )
    assert nameless == []


async def test_a_page_that_is_open_over_a_restart_goes_on(page: Page, tmp_path: Path) -> None:
    state = tmp_path / "simulator.db"
    first = Simulator(START, state, seed=1)
    first.bot()
    nam = first.person("Lê Văn Nam", caption="Thọ Dân")
    await nam.starts()
    port = int((await first.start()).rpartition(":")[2])
    await page.goto(first.url)
    await expect(page.locator("html[data-ready=true]")).to_be_attached()
    await first.stop()
    await expect(page.locator(".lost")).to_be_visible()
    second = Simulator(None, state)
    await second.start(port=port)
    await expect(page.locator(".lost")).to_be_hidden()
    await second.person_by_id(nam.id).says("sau khi khởi động lại")
    await expect(phone(page, nam).locator('[data-by="me"]')).to_have_count(2)
    await page.close()
    await second.stop()


async def test_a_phone_opens_on_the_talk_with_the_bot_though_a_channel_was_there_first(page: Page) -> None:
    simulator = Simulator(START, seed=1)
    nam = simulator.person("Lê Văn Nam", caption="Thọ Dân")
    simulator.channel("Bản tin", [nam], bots=[])
    simulator.bot()
    nam.private()
    async with simulator:
        await page.goto(simulator.url)
        await expect(phone(page, nam).locator('[role="tab"]')).to_have_text(["Bản tin", "Giao Ban"])
        await expect(role(phone(page, nam), "start")).to_be_visible()
        await page.close()


async def test_messages_that_come_fast_are_followed_until_somebody_scrolls_up(
    opens: Opens, ptb: Bot, nam: Person
) -> None:
    await nam.starts()
    mine = phone(await opens(""), nam)
    for n in range(12):
        await ptb.send_message(nam.id, f"Tin {n}\n" + "dòng\n" * 8)
    await expect(mine.get_by_text("Tin 11")).to_be_in_viewport()
    await expect(mine.locator(".bottom")).to_be_hidden()
    await role(mine, "messages").hover()
    await mine.page.mouse.wheel(0, -1500)
    await expect(mine.get_by_text("Tin 11")).not_to_be_in_viewport()
    await ptb.send_message(nam.id, "Tin cuối")
    await expect(mine.locator(".bottom")).to_be_visible()
    await expect(mine.get_by_text("Tin cuối")).not_to_be_in_viewport()
