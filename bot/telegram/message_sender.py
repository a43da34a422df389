"""How one message is sent: as a new one or in the place of an old one, with its picture or its file, or taken back."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import error as errors
from telegram.ext import ExtBot

from bot.running.render_cache import Drawer
from bot.telegram import markup
from bot.telegram.gate_limiter import Passage
from bot.telegram.sent_files import FileMark, SentFiles
from reporting.say import Drawn, Say

log = logging.getLogger(__name__)

GONE = "message to delete not found"
LOST = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message",
    "there is no caption in the message",
)


class NotDrawn(Exception):
    """A picture or a file was not made: «not drawn: …»."""


class MessageSender:
    """Sends through `bot`; `draw` makes a picture or a file, in a worker thread. `is_paid`: broadcasts are paid for."""

    def __init__(self, bot: ExtBot[Passage], draw: Callable[[Drawn], bytes], *, is_paid: bool) -> None:
        self._bot, self._is_paid = bot, is_paid
        self._drawer, self._sent_files = Drawer(draw), SentFiles()

    def close(self) -> None:
        self._drawer.close()

    async def send(self, say: Say, row_id: int) -> str:
        """One call (another, if a message to be edited is lost or cannot be deleted any more, or a file is not known any more); the
        message's id, «» of one that is away. Raises NotDrawn, and what python-telegram-bot and the gate raise.
        """
        passage = Passage(int(say.rank), row_id)
        if say.recalls and say.edits and await self._deleted(say):
            return ""
        if say.edits and not (say.photo or say.document):
            try:
                await self._edit(say, passage)
            except errors.BadRequest as error:
                if not any(sign in error.message.lower() for sign in LOST):
                    raise
                if say.recalls:
                    return ""  # there is nothing left to be recalled
            else:
                return say.edits
        await self._send_new(say, passage)
        return passage.message_id

    async def _edit(self, say: Say, passage: Passage) -> None:
        """The text of a message, or what stands under its file."""
        to, number = say.to.address, int(say.edits)
        common: dict[str, Any] = {"parse_mode": "HTML", "rate_limit_args": passage}
        if say.shared is not None:
            await self._bot.edit_message_caption(to, number, caption=say.text, api_kwargs=markup.of_edit(say), **common)
        else:
            options = markup.of_edit(say) | markup.of_text()
            await self._bot.edit_message_text(say.text, to, number, api_kwargs=options, **common)

    async def _deleted(self, say: Say) -> bool:
        """Whether the message is away now: Telegram deletes what is not older than two days."""
        try:
            await self._bot.delete_message(say.to.address, int(say.edits))
        except errors.BadRequest as error:
            return GONE in error.message.lower()
        return True

    async def _send_new(self, say: Say, passage: Passage) -> None:
        to, drawn, shared = say.to.address, say.photo or say.document, say.shared
        options = markup.of_new(say, self._is_paid and say.rank > 0)
        common: dict[str, Any] = {"parse_mode": "HTML", "rate_limit_args": passage, "api_kwargs": options}
        if shared is not None:
            pass_on = self._bot.send_photo if shared.kind == "photo" else self._bot.send_document
            await pass_on(to, shared.file_id, caption=say.text or None, **common)
            return
        if drawn is None:
            options |= markup.of_text()
            await self._bot.send_message(to, say.text, **common)
            return
        send = self._bot.send_photo if say.photo else self._bot.send_document
        common |= {"caption": say.text or None}
        drawing = await self._made(self._drawer.mark_of(drawn), drawn, passage)
        mark = FileMark("photo" if say.photo else "document", drawing)
        if known := self._sent_files.id_of(mark):
            try:
                await send(to, known, **common)
            except errors.BadRequest as error:
                if "file" not in error.message.lower():
                    raise
                self._sent_files.forget(mark)
            else:
                return
        content = await self._made(self._drawer.bytes_of(drawn, drawing), drawn, passage)
        await send(to, content, filename=drawn.file_name, **common)
        self._sent_files.keep(mark, passage.file_id)

    async def _made(self, making: Awaitable[bytes], drawn: Drawn, passage: Passage) -> bytes:
        """What the drawer makes of it. Raises NotDrawn, whatever has failed there."""
        try:
            return await making
        except Exception as error:
            log.exception("Row %d of the outbox: %s was not drawn.", passage.row, drawn.maker)
            raise NotDrawn(f"not drawn: {error!r}") from None
