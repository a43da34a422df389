"""Bare echo bots of both libraries, as their guides write them: they keep nothing and check nothing.

`python -m bench.echoes aiogram URL` runs one by itself, with nothing else imported.
"""

import asyncio
import logging
import sys

TOKEN = "1000:SIMULATOR"  # noqa: S105  # the simulator's, which is not imported: it would count with the echo bot


def aiogram(url: str) -> None:
    """An echo bot of aiogram 3 that polls, until it is ended."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message

    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    async def run() -> None:
        bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
        await dispatcher.start_polling(bot, handle_signals=False)

    logging.disable()
    asyncio.run(run())


def telegram(url: str) -> None:
    """An echo bot of python-telegram-bot 22 that polls, until it is ended."""
    from telegram import Update
    from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None:
            await update.message.reply_text(update.message.text or "")

    logging.disable()
    application = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(stop_signals=None)


if __name__ == "__main__":
    {"aiogram": aiogram, "telegram": telegram}[sys.argv[1]](sys.argv[2])
