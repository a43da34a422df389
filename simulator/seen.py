"""A message as a person sees it on the screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from simulator.chats import Chat, Message
from simulator.entities import to_html
from simulator.files import File, Files

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message, or of a reply keyboard (then `data` and `url` are empty)."""

    text: str
    data: str = ""
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A message: `text` is plain (a caption too), `html` has Telegram's tags; `buttons` are rows under it.

    `keyboard` are the rows of the reply keyboard that the chat has now. `photo` is the largest size.
    """

    message_id: int
    chat_id: int
    text: str
    html: str
    at: datetime
    sender: str
    by_bot: bool
    edited: bool
    buttons: tuple[tuple[Button, ...], ...] = ()
    keyboard: tuple[tuple[Button, ...], ...] = ()
    entities: tuple[Json, ...] = ()
    photo: File | None = None
    document: File | None = None
    location: Json | None = None
    reply_to: int = 0
    topic: int = 0
    body: Json = field(default_factory=dict, repr=False, compare=False)

    @property
    def labels(self) -> list[str]:
        """The words on all buttons, those of the reply keyboard after those under the message."""
        return [button.text for row in (*self.buttons, *self.keyboard) for button in row]

    def has(self, label: str) -> bool:
        """Whether a button with these words is there."""
        return label in self.labels


def seen(chat: Chat, message: Message, files: Files) -> Seen:
    """How this message looks now."""
    body = message.body
    text, entities = message.words, message.marks
    sender = body.get("from") or {"first_name": chat.title}
    keyboard = chat.keyboard.get("keyboard", []) if message.by_bot else []
    photo = body.get("photo")
    document = body.get("document")
    return Seen(
        message_id=message.message_id,
        chat_id=chat.id,
        text=text,
        html=to_html(text, entities),
        at=datetime.fromtimestamp(body["date"], UTC),
        sender=f"{sender['first_name']} {sender.get('last_name', '')}".strip(),
        by_bot=bool(message.by_bot),
        edited="edit_date" in body,
        buttons=_rows(body.get("reply_markup", {}).get("inline_keyboard", [])),
        keyboard=_rows(keyboard),
        entities=tuple(entities),
        photo=files.by_id.get(photo[-1]["file_id"]) if photo else None,
        document=files.by_id.get(document["file_id"]) if document else None,
        location=body.get("location"),
        reply_to=message.reply_to,
        topic=body.get("message_thread_id", 0),
        body=body,
    )


def _rows(rows: list[list[Json]]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(_button(b) for b in row) for row in rows)


def _button(button: Json) -> Button:
    action = next((k for k in button if k not in ("text", "style", "icon_custom_emoji_id")), "")
    return Button(button["text"], button.get("callback_data", ""), button.get("url", ""), action)
