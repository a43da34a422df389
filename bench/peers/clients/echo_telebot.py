"""An echo bot of pyTelegramBotAPI as its documentation has them; the address of the Bot API comes from outside."""

import base64
import io
import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from typing import Any

telebot: Any = import_module("telebot")  # stands in the peers' own environment
apihelper, types = telebot.apihelper, telebot.types

API, TOKEN, PORT = os.environ["API"], os.environ["TOKEN"], int(os.environ.get("HOOK_PORT", "0"))
SECRET = "peer-secret"  # noqa: S105 - opens nothing
apihelper.API_URL = f"{API}/bot{{0}}/{{1}}"
apihelper.FILE_URL = f"{API}/file/bot{{0}}/{{1}}"
bot = telebot.TeleBot(TOKEN)


def start(message: Any) -> None:
    keyboard = types.InlineKeyboardMarkup()
    keyboard.add(types.InlineKeyboardButton("Send", callback_data="send"))
    bot.send_message(message.chat.id, "Hello", reply_markup=keyboard)


def menu(message: Any) -> None:
    keyboard = types.ReplyKeyboardMarkup()
    keyboard.row("Yes", "No")
    bot.send_message(message.chat.id, "Which?", reply_markup=keyboard)


def marks(message: Any) -> None:
    bot.send_message(message.chat.id, "*bold* _slanted_\\.", parse_mode="MarkdownV2")


def file(message: Any) -> None:
    table = io.BytesIO(b"day,count\n1,2\n")
    table.name = "table.csv"
    bot.send_document(message.chat.id, table)


def picture(message: Any) -> None:
    bot.send_photo(message.chat.id, base64.b64decode(os.environ["PICTURE"]), caption="A picture")


def album(message: Any) -> None:
    files = [types.InputFile(io.BytesIO(content), name) for name, content in (("one.txt", b"1"), ("two.txt", b"2"))]
    bot.send_media_group(message.chat.id, [types.InputMediaDocument(each) for each in files])


def tapped(call: Any) -> None:
    bot.answer_callback_query(call.id, "Thanks")
    bot.edit_message_text("Sent", call.message.chat.id, call.message.message_id)


def asked(query: Any) -> None:
    found = types.InlineQueryResultArticle("1", "Found", types.InputTextMessageContent("Found it"))
    bot.answer_inline_query(query.id, [found])


def document(message: Any) -> None:
    content = bot.download_file(bot.get_file(message.document.file_id).file_path)
    bot.reply_to(message, f"{len(content)} letters")


def echo(message: Any) -> None:
    bot.copy_message(message.chat.id, message.chat.id, message.message_id)


class Hook(BaseHTTPRequestHandler):
    """Takes updates as a server of one's own does."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        right = self.headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET
        self.send_response(200 if right else 401)
        self.end_headers()
        if right:
            bot.process_new_updates([types.Update.de_json(body)])


bot.register_message_handler(start, commands=["start"])
bot.register_message_handler(menu, commands=["menu"])
bot.register_message_handler(marks, commands=["marks"])
bot.register_message_handler(file, commands=["file"])
bot.register_message_handler(picture, commands=["picture"])
bot.register_message_handler(album, commands=["album"])
bot.register_callback_query_handler(tapped, func=lambda call: True)
bot.register_inline_handler(asked, lambda query: True)
bot.register_message_handler(document, content_types=["document"])
bot.register_message_handler(echo, content_types=["text", "photo", "sticker", "location", "contact", "video"])
bot.set_my_commands([types.BotCommand("start", "Begin")])
if PORT:
    server = HTTPServer(("127.0.0.1", PORT), Hook)
    bot.set_webhook(f"http://127.0.0.1:{PORT}/hook", secret_token=SECRET)
    print("ready", flush=True)
    server.serve_forever()
else:
    print("ready", flush=True)
    bot.infinity_polling()
