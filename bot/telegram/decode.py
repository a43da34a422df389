"""From an update of Telegram's to what has come in: aiogram decodes it and tells the kinds apart; nothing of it goes further in."""

import json
from base64 import b64decode
from typing import Any

from bot.telegram.channel import TELEGRAM
from bot.telegram.models import types
from bot.telegram.newer import readable
from bot.telegram.plain_text import PlainText, plain_text_of
from reporting.answers import Attachment, GeoPoint
from reporting.incoming import (
    ChatKind,
    ChatMoved,
    Earlier,
    Incoming,
    InlineQuestion,
    Membership,
    Message,
    Sender,
    SharedFile,
    Tap,
)
from reporting.people import Address

KINDS = ("message", "callback_query", "inline_query", "edited_message", "my_chat_member")
"""The kinds of update that somebody answers to."""
_CHAT_KINDS: dict[str, ChatKind] = {"private": "private", "group": "group", "supergroup": "group", "channel": "channel"}
_IS_IN = {"member": True, "administrator": True, "kicked": False, "left": False}


class Decoder:
    """Decodes the updates of one bot. `username` and `bot_id`: its own, by which it knows who is meant."""

    def __init__(self, username: str, bot_id: int) -> None:
        self._username, self._bot_id = username, bot_id

    def decode(self, raw: str) -> Incoming | None:
        """What has come in; None for what nobody here answers to, a kind of update that is newer than the library included.

        ValueError for what is no update (pydantic's ValidationError is one).
        """
        read = json.loads(raw)
        if not isinstance(read, dict):
            raise ValueError(raw[:200])  # noqa: TRY004  # it is what was sent that is wrong
        plain = plain_text_of(read)
        return self._plain(plain) if plain is not None else self.decode_by_library(read)

    def _plain(self, plain: PlainText) -> Message:
        command, arguments = self._command(plain.text)
        home = plain.sender.home
        return Message(home, "private", None, plain.sender, plain.message_id, plain.text, command, arguments)

    def decode_by_library(self, read: dict[str, Any]) -> Incoming | None:
        """The same of an update as JSON has it, whatever it is, by aiogram's models."""
        kind = next((each for each in KINDS if each in read), None)
        if kind is None:
            return None
        if not isinstance(read[kind], dict):
            raise ValueError(repr(read)[:200])  # noqa: TRY004  # likewise
        update = readable({"update_id": read.get("update_id", 0), kind: read[kind]})
        match getattr(update, kind, None):
            case None:
                return None
            case types.Message() as message:
                return self._message(message, is_edit=kind == "edited_message")
            case types.CallbackQuery() as query:
                return _tap(query)
            case types.InlineQuery() as query:
                return _inline(query)
            case types.ChatMemberUpdated() as change:
                return _membership(change)
        raise ValueError(repr(read)[:200])

    def _message(self, message: types.Message, *, is_edit: bool = False) -> Incoming:
        place = _place(message.chat, message, message.from_user)
        if message.migrate_to_chat_id is not None:
            return ChatMoved(**place, new_address=str(message.migrate_to_chat_id))
        text = (
            message.text[: TELEGRAM.text_length] if message.text is not None else None
        )  # Telegram lets nobody type more
        command, arguments = self._command(text or message.caption or "")
        return Message(
            **place,
            message_id=message.message_id,
            text=text,
            command=command,
            arguments=arguments,
            shared=_shared(message),
            replied=_earlier(message.reply_to_message),
            is_forwarded=message.forward_origin is not None,
            is_edit=is_edit,
            to_us=self._said_to_us(message),
        )

    def _command(self, text: str) -> tuple[str, str]:
        """«/name» or «/name@bot» and what stands behind it; «» for what is none, or another bot's."""
        if not text.startswith("/"):
            return "", ""
        head, *arguments = text.split(maxsplit=1)
        name, _, bot = head[1:].partition("@")
        is_ours = not bot or bot.lower() == self._username.lower()
        return (name, arguments[0] if arguments else "") if is_ours else ("", "")

    def _said_to_us(self, message: types.Message) -> str | None:
        """In a group: what is said to the bot by naming it, or by replying to it."""
        if _CHAT_KINDS.get(message.chat.type) != "group" or message.text is None:
            return None
        text, name = message.text[: TELEGRAM.text_length], f"@{self._username}"
        at = text.lower().find(name.lower())
        if at >= 0:
            return text[:at] + text[at + len(name) :]
        replied = message.reply_to_message
        is_reply = replied is not None and replied.from_user is not None and replied.from_user.id == self._bot_id
        return text if is_reply else None


def _place(chat: types.Chat, message: object, user: types.User | None) -> dict[str, Any]:
    """Where it was said, and by whom."""
    topic = message.message_thread_id if isinstance(message, types.Message) and message.is_topic_message else None
    return {
        "chat": Address(TELEGRAM.name, str(chat.id)),
        "chat_kind": _CHAT_KINDS.get(chat.type, "group"),
        "topic": topic,
        "sender": _sender(user),
    }


def _own_chat(user: types.User) -> dict[str, Any]:
    return _place(types.Chat(id=user.id, type="private"), None, user)


def _sender(user: types.User | None) -> Sender | None:
    if user is None:
        return None
    return Sender(Address(TELEGRAM.name, str(user.id)), user.full_name, user.language_code)


def _earlier(message: object) -> Earlier | None:
    """A message further up; one that Telegram does not show any more has but its number."""
    if not isinstance(message, types.Message):
        return Earlier(str(message.message_id)) if isinstance(message, types.InaccessibleMessage) else None
    markup = message.reply_markup
    rows = markup.inline_keyboard if isinstance(markup, types.InlineKeyboardMarkup) else []
    return Earlier(
        str(message.message_id),
        message.text or message.caption or "",
        tuple(button.callback_data for row in rows for button in row if button.callback_data),
        message.from_user is not None and message.from_user.is_bot,
    )


def _shared(message: types.Message) -> SharedFile | GeoPoint | None:
    if message.location is not None:
        return GeoPoint(message.location.latitude, message.location.longitude)
    caption = message.caption or ""
    if message.photo:
        best = message.photo[-1]
        return SharedFile("photo", Attachment(best.file_id, "", "image/jpeg", best.file_size or 0), caption=caption)
    if (sent := message.document) is None:
        return None
    again = message.model_dump(mode="json", include={"message_id", "chat", "from_user", "document"}, by_alias=True)
    again["date"] = int(message.date.timestamp())
    fetched = message.model_extra or {}  # see `Fetching`
    return SharedFile(
        "document",
        Attachment(sent.file_id, sent.file_name or "", sent.mime_type or "", sent.file_size or 0),
        {name: each for name, each in again.items() if each is not None},
        is_read="cells" in fetched,
        cells=_cells(fetched.get("cells")),
        content=b64decode(fetched["content"]) if "content" in fetched else None,
        not_fetched=fetched.get("not_fetched", ""),
        caption=caption,
    )


def _cells(found: Any) -> dict[str, tuple[str, str]] | None:
    return {place: (cell[0], cell[1]) for place, cell in found.items()} if isinstance(found, dict) else None


def _tap(query: types.CallbackQuery) -> Tap:
    under, user = query.message, query.from_user
    place = _place(under.chat, under, user) if under is not None else _own_chat(user)
    return Tap(**place, press=query.data or "", under=_earlier(under))


def _inline(query: types.InlineQuery) -> InlineQuestion:
    return InlineQuestion(**_own_chat(query.from_user), query_id=query.id, text=query.query)


def _membership(change: types.ChatMemberUpdated) -> Membership | None:
    is_in = _IS_IN.get(change.new_chat_member.status)
    return Membership(**_place(change.chat, None, change.from_user), is_in=is_in) if is_in is not None else None
