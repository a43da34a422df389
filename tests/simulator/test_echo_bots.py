"""Both libraries' echo bots, as their documentation has them, unmodified but for the address of the Bot API and their patience."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, Message
from aiogram.utils.keyboard import InlineKeyboardBuilder
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ExtBot,
    MessageHandler,
    filters,
)

from simulator import DEFAULT_TOKEN, Person, Simulator, Tap
from simulator.pulse import PATIENCE
from tests.simulator.conftest import Raw

PtbApplication = Application[ExtBot[None], Any, Any, Any, Any, None]


def aiogram_echo() -> Dispatcher:
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart())
    async def start(message: Message) -> None:
        keyboard = InlineKeyboardBuilder()
        keyboard.button(text="Gửi", callback_data="send")
        await message.answer("Chào", reply_markup=keyboard.as_markup())

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.send_copy(chat_id=message.chat.id)

    @dispatcher.callback_query()
    async def tapped(query: CallbackQuery) -> None:
        await query.answer("Đã nhận")
        if isinstance(query.message, Message):
            await query.message.edit_text("Đã gửi")

    return dispatcher


def ptb_echo(url: str) -> PtbApplication:
    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Gửi", callback_data="send")]])
        assert update.message is not None
        await update.message.reply_text("Chào", reply_markup=keyboard)

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.copy(update.message.chat_id)

    async def tapped(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        await query.answer("Đã nhận")
        await query.edit_message_text("Đã gửi")

    builder = Application.builder().token(DEFAULT_TOKEN).job_queue(None)
    builder = builder.read_timeout(PATIENCE).connect_timeout(PATIENCE).pool_timeout(PATIENCE)
    builder = builder.get_updates_read_timeout(PATIENCE).get_updates_connect_timeout(PATIENCE)
    application = builder.base_url(f"{url}/bot").base_file_url(f"{url}/file/bot").build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(tapped))
    application.add_handler(MessageHandler(filters.ALL, echo))
    return application


async def talk(sim: Simulator, nam: Person, picture: bytes) -> None:
    await nam.starts()
    assert (await nam.next_message()).text == "Chào"
    await nam.says("Số ca mắc mới: 3 😀")
    assert (await nam.next_message()).text == "Số ca mắc mới: 3 😀"
    await nam.sends_photo(picture, "Ảnh chụp")
    heard = await nam.next_message()
    assert heard.photo is not None
    assert (heard.text, heard.photo.content) == ("Ảnh chụp", picture)
    await nam.sends_document(b"1,2", "số liệu.csv")
    document = (await nam.next_message()).document
    assert document is not None
    assert (document.name, document.content) == ("số liệu.csv", b"1,2")
    await nam.sends_location(19.8, 105.6)
    assert (await nam.next_message()).location == {"latitude": 19.8, "longitude": 105.6}
    tap = await nam.taps("Gửi")
    assert isinstance(tap, Tap)
    assert await tap.answered() == "Đã nhận"
    await nam.sees(lambda heard: heard[0].text == "Đã gửi")
    await sim.idle_of_updates()
    assert nam.unheard() == []


@pytest.fixture
async def polling_aiogram(aiogram: Bot) -> AsyncIterator[None]:
    dispatcher = aiogram_echo()
    running = asyncio.create_task(dispatcher.start_polling(aiogram, handle_signals=False, close_bot_session=False))
    yield
    await dispatcher.stop_polling()
    await running


async def test_aiograms_echo_bot_polls(polling_aiogram: None, sim: Simulator, nam: Person, picture: bytes) -> None:
    await talk(sim, nam, picture)


async def test_aiograms_echo_bot_is_called(aiogram: Bot, raw: Raw, sim: Simulator, nam: Person, picture: bytes) -> None:
    app = web.Application()
    dispatcher = aiogram_echo()
    SimpleRequestHandler(dispatcher, aiogram, secret_token="bi-mat").register(app, path="/hook")
    setup_application(app, dispatcher)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await aiogram.set_webhook(url, secret_token="bi-mat")
    await talk(sim, nam, picture)
    await raw.result("setWebhook", url=url, secret_token="sai")
    await nam.says("lạ")
    await sim.cloud.pulse.until(lambda: sim.first_bot.webhook.last_error, PATIENCE, "no error was noted")
    assert sim.first_bot.webhook.last_error.endswith("401 Unauthorized")
    await aiogram.delete_webhook(drop_pending_updates=True)
    await runner.cleanup()


async def test_python_telegram_bots_echo_bot_polls(sim: Simulator, nam: Person, picture: bytes) -> None:
    async with ptb_echo(sim.url) as application:
        assert application.updater is not None
        await application.start()
        await application.updater.start_polling(timeout=2)
        await talk(sim, nam, picture)
        await application.updater.stop()
        await application.stop()


async def test_python_telegram_bots_echo_bot_is_called(sim: Simulator, nam: Person, picture: bytes) -> None:
    application = ptb_echo(sim.url)

    async def hook(http: web.Request) -> web.Response:
        update = Update.de_json(await http.json(), application.bot)
        await application.update_queue.put(update)
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with application:
        await application.start()
        await application.bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook")
        await talk(sim, nam, picture)
        await application.bot.delete_webhook()
        await application.stop()
    await runner.cleanup()
