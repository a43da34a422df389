"""Methods about the bot itself: who it is, its commands, its texts, its menu button."""

from __future__ import annotations

import re
from typing import Any

from simulator.bots import scope_key
from simulator.errors import Refusal
from simulator.requests import Request

Json = dict[str, Any]

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
TEXTS = {"Name": ("name", 64), "Description": ("description", 512), "ShortDescription": ("short_description", 120)}


def get_me(request: Request) -> Json:
    return request.bot.view()


def _scope(request: Request) -> str:
    scope = request.get("scope") or {"type": "default"}
    if "chat_id" in scope:
        chat = request.cloud.find_chat(request.bot, scope["chat_id"])
        scope = {**scope, "chat_id": chat.id}
    language = request.get("language_code", "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise Refusal("invalid language code specified")
    return scope_key(scope, language)


def set_my_commands(request: Request) -> bool:
    commands = request.params["commands"]
    if len(commands) > MOST_COMMANDS:
        raise Refusal("BOT_COMMANDS_TOO_MUCH")
    kept = []
    for command in commands:
        name, words = command["command"].lower().removeprefix("/"), command["description"]
        if not COMMAND.fullmatch(name):
            raise Refusal("BOT_COMMAND_INVALID")
        if not 1 <= len(words) <= 256:
            raise Refusal("BOT_COMMAND_DESCRIPTION_INVALID")
        kept.append({"command": name, "description": words})
    request.bot.command_lists[_scope(request)] = kept
    return _changed(request)


def delete_my_commands(request: Request) -> bool:
    request.bot.command_lists.pop(_scope(request), None)
    return _changed(request)


def get_my_commands(request: Request) -> list[Json]:
    return request.bot.command_lists.get(_scope(request), [])


def _changed(request: Request) -> bool:
    request.cloud.touch_bot(request.bot)
    request.cloud.hub.tell("commands", lambda: {"bot": request.bot.id})
    return True


def _set_text(kind: str) -> Any:
    name, most = TEXTS[kind]

    def method(request: Request) -> bool:
        text = request.get(name, "")
        if len(text) > most:
            raise Refusal(f"{name.replace('_', ' ')} is too long")
        request.bot.texts[f"{name}|{request.get('language_code', '')}"] = text
        if name == "name" and text and not request.get("language_code"):
            request.bot.user.first_name = text
        return _changed(request)

    return method


def _get_text(kind: str) -> Any:
    name, _ = TEXTS[kind]

    def method(request: Request) -> Json:
        texts, language = request.bot.texts, request.get("language_code", "")
        fallback = request.bot.user.first_name if name == "name" else ""
        return {name: texts.get(f"{name}|{language}") or texts.get(f"{name}|") or fallback}

    return method


def set_chat_menu_button(request: Request) -> bool:
    button = request.get("menu_button") or {"type": "default"}
    if "chat_id" in request.params:
        chat = request.chat()
        chat.menu_button = {} if button["type"] == "default" else button
        request.cloud.touch_chat(chat)
    else:
        request.bot.menu_button = {"type": "commands"} if button["type"] == "default" else button
    return _changed(request)


def get_chat_menu_button(request: Request) -> Json:
    if "chat_id" in request.params:
        return request.chat().menu_button or {"type": "default"}
    return request.bot.menu_button


METHODS = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    **{f"setMy{kind}": _set_text(kind) for kind in TEXTS},
    **{f"getMy{kind}": _get_text(kind) for kind in TEXTS},
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
