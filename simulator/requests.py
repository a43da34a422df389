"""A call of the Bot API as it came in: its parameters brought to their described types, its files, its target."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from simulator.bots import SimulatedBot
from simulator.chats import Chat, User
from simulator.cloud import Cloud
from simulator.description import Field, fault, known, shapes
from simulator.errors import Refusal

Json = dict[str, Any]

MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "user_id": "invalid user_id specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "inline_query_id": "query is too old and response timeout expired or query ID is invalid",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "sticker": "there is no sticker in the request",
    "file_id": "file_id not specified",
    "action": "wrong parameter action in request",
}
TRUE = {"true", "yes", "1"}
FALSE = {"false", "no", "0", ""}


@dataclass(slots=True)
class Upload:
    """A file in a request."""

    name: str
    content: bytes
    mime: str = ""


@dataclass(slots=True)
class Request:
    """One call: who calls what with which parameters."""

    cloud: Cloud
    bot: SimulatedBot
    method: str
    params: Json
    uploads: dict[str, Upload] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        """A parameter's value."""
        return self.params.get(name, default)

    def chat(self) -> Chat:
        """The chat that `chat_id` names."""
        return self.cloud.find_chat(self.bot, self.params["chat_id"])

    def writable(self) -> Chat:
        """The chat that `chat_id` names, if the bot may write there; Refusal otherwise."""
        chat = self.chat()
        check_writable(self.bot, chat)
        return chat

    def administered(self) -> Chat:
        """The group or channel that `chat_id` names, if the bot is an administrator there."""
        chat = self.writable()
        if chat.type != "private" and chat.members.get(self.bot.id) not in ("administrator", "creator"):
            raise Refusal("not enough rights")
        return chat

    def person(self, name: str = "user_id") -> User:
        """The person that a parameter names."""
        person = self.cloud.people.get(self.params[name])
        if person is None:
            raise Refusal("user not found")
        return person


def check_writable(bot: SimulatedBot, chat: Chat) -> None:
    """Refusal when the bot may not write to the chat."""
    if chat.migrated_to:
        raise Refusal("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    if chat.person is not None:
        if chat.person.deactivated:
            raise Refusal("user is deactivated", 403)
        if chat.blocked:
            raise Refusal("bot was blocked by the user", 403)
        if not chat.started:
            raise Refusal("bot can't initiate conversation with a user", 403)
        return
    status = chat.members.get(bot.id, "left")
    if status == "kicked":
        raise Refusal(f"bot was kicked from the {chat.type} chat", 403)
    if status == "left":
        raise Refusal(f"bot is not a member of the {chat.type} chat", 403)
    if chat.type == "channel" and status not in ("administrator", "creator"):
        raise Refusal("need administrator rights in the channel chat")


def read(method: str, raw: Json, uploads: dict[str, Upload], strict: bool) -> Json:
    """Parameters of their described types; Refusal when one is missing, of a wrong type or (if `strict`) unknown."""
    fields = shapes().methods[method]
    params: Json = {}
    for name, value in raw.items():
        if name in fields:
            if value is not None and not (value == "" and not fields[name].required):
                params[name] = _typed(name, value, fields[name], strict)
        elif strict and not (name in uploads or name in shapes().parameters or name == "method"):
            raise Refusal(f'unknown parameter "{name}" of {method} (the simulator is strict)')
    params |= {name: upload for name, upload in uploads.items() if name in fields}
    for name, spec in fields.items():
        if spec.required and (name not in params or (params[name] == "" and name != "url")):
            raise Refusal(MISSING.get(name, f'parameter "{name}" is required'))
    return params


def _typed(name: str, value: Any, spec: Field, strict: bool) -> Any:
    kinds = spec.types
    if isinstance(value, str):
        value = _from_text(name, value, kinds)
    elif "Integer" in kinds and isinstance(value, float) and value.is_integer():
        value = int(value)
    elif kinds == ("String",) and isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if "InputFile" in kinds and isinstance(value, str):
        return value
    if fault(value, kinds, name):
        value = known(value, kinds)
        if strict and (wrong := fault(value, kinds, name)):
            raise Refusal(_words(name, wrong))
    return value


def _from_text(name: str, value: str, kinds: tuple[str, ...]) -> Any:
    if "Integer" in kinds:
        try:
            return int(value)
        except ValueError:
            if "String" in kinds:
                return value
            raise Refusal(f'parameter "{name}" must be of type Integer') from None
    if "String" in kinds:
        return value
    if "Float" in kinds:
        try:
            return float(value)
        except ValueError:
            raise Refusal(f'parameter "{name}" must be of type Float') from None
    if "Boolean" in kinds:
        if value.lower() in TRUE | FALSE:
            return value.lower() in TRUE
        raise Refusal(f'parameter "{name}" must be of type Boolean')
    if kinds == ("InputFile",) and value.startswith("attach://"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refusal(_words(name, "JSON expected")) from None


def _words(name: str, wrong: str) -> str:
    if name == "reply_markup":
        return f"can't parse reply keyboard markup JSON object: {wrong}"
    if name.endswith("entities"):
        return f"can't parse entities: {wrong}"
    return f"can't parse {name}: {wrong}"
