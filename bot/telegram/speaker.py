"""The bot's mouth: every word and file that it sends or fetches goes through one ExtBot of python-telegram-bot."""

import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import telegram
from telegram import error as errors
from telegram.ext import ExtBot

from bot.running import http_transport
from bot.running.observer import Observer
from bot.running.orphan_recovery import Others
from bot.running.outbox_worker import OutboxWorker, Write
from bot.running.rate_limiter import Gate, GateClosed
from bot.running.redaction import without
from bot.running.timing import Timing
from bot.telegram.channel import TELEGRAM
from bot.telegram.fetching import NotGiven
from bot.telegram.gate_limiter import GateLimiter, Passage
from bot.telegram.message_sender import MessageSender, NotDrawn
from bot.telegram.wire_request import NoConnection, Throttled, WireRequest
from reporting.effects import AnswerInline, Article, FetchFile, SetMenu
from reporting.pace import Limits, Pace
from reporting.retries import DeliveryProblem, Moved, NotSent, Outcome, Said, TooMany, Uncertain, Unreachable
from reporting.say import Drawn, Say
from storage.messages.delivery import Claimed

log = logging.getLogger(__name__)

CLOSED = ("chat not found", "user not found", "peer_id_invalid", "user_deactivated", "bot was kicked")
INLINE_SECONDS = 30
"""So long Telegram may give others the same answer to an inline query."""


@dataclass(frozen=True, slots=True)
class Me:
    """The bot as Telegram knows it."""

    id: int
    username: str
    name: str


class Speaker:
    """The bot's mouth. `write` runs a change on the clerk's thread; `draw` makes a picture or a file, in a worker thread.

    `rate`: messages a second over all; over 30 they are paid broadcasts. `proxy`: an http:// address. `owner`: this process,
    unique among those that speak for the bot. `gone_after`: seconds until another process's unfinished row is taken over.
    `steady`: a clock in seconds that never goes back. `answer_seconds`: so long an answer is waited for.
    """

    channel = "telegram"

    def __init__(
        self,
        token: str,
        api_url: str,
        write: Write,
        now: Callable[[], datetime],
        draw: Callable[[Drawn], bytes],
        *,
        rate: float = 28.0,
        proxy: str = "",
        owner: str = "",
        limits: Limits | None = None,
        gone_after: float = 45.0,
        steady: Callable[[], float] = time.monotonic,
        timing: Timing | None = None,
        answer_seconds: float = http_transport.ANSWER_SECONDS,
        observer: Observer | None = None,
    ) -> None:
        self._token, limits = token, limits or Limits(rate=rate)
        self._gate = Gate(Pace(limits), steady)
        self._request = WireRequest(http_transport.Wire(proxy, answer_seconds))
        base = api_url.rstrip("/")
        self._bot: ExtBot[Passage] = ExtBot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._request,
            get_updates_request=self._request,
            rate_limiter=GateLimiter(self._gate),
        )
        self._sender = MessageSender(self._bot, draw, is_paid=limits.rate > TELEGRAM.rate)
        owner = owner or uuid4().hex
        others = Others(owner, self.channel, gone_after)
        waits, told = timing or Timing(), observer or Observer()
        self._worker = OutboxWorker(self._do, write, now, self._gate, others, owner, self.channel, waits, told)
        self.bring: Callable[[FetchFile], Coroutine[Any, Any, Outcome]] | None = None
        """Fetches a file that was sent, where the program has somebody to do it."""

    async def run(self) -> None:
        """Empties the outbox until it is cancelled."""
        try:
            await self._worker.run()
        finally:
            await self.close()

    async def close(self) -> None:
        """Lets go of the connections; for a speaker that was asked something and never ran."""
        self._sender.close()
        await self._request.shutdown()

    def wake(self) -> None:
        """Something was put into the outbox; from any thread."""
        self._worker.wake()

    async def me(self) -> Me:
        """The bot itself. Raises PermissionError when Telegram does not know the token, ConnectionError when it is not reached."""
        try:
            user = await self._bot.get_me()
        except errors.InvalidToken as error:
            raise PermissionError(without([self._token], str(error))) from None
        except errors.TelegramError as error:
            raise ConnectionError(without([self._token], str(error))) from None
        return Me(user.id, user.username or "", user.full_name)

    async def acknowledge(self, callback_query_id: str, text: str = "") -> None:
        """Takes the hourglass off a tapped button, with a note if there is one; a failure is only logged."""
        try:
            await self._bot.answer_callback_query(callback_query_id, text or None)
        except errors.TelegramError as error:
            log.info("A tap was not acknowledged: %s", error)

    async def fetch(self, file_id: str) -> bytes:
        """The content of a file that somebody sent (Telegram gives out 20 MB at most).

        Raises NotGiven where it is gone or too big, ConnectionRefusedError where nobody was reached, else ConnectionError.
        """
        try:
            file = await self._bot.get_file(file_id)
            return bytes(await file.download_as_bytearray())
        except (NoConnection, Throttled) as error:
            raise ConnectionRefusedError(without([self._token], str(error))) from None
        except (errors.BadRequest, errors.InvalidToken) as error:
            raise NotGiven("too big" if "too big" in error.message.lower() else "gone") from None
        except errors.TelegramError as error:
            raise ConnectionError(without([self._token], str(error))) from None

    async def set_menu(
        self, commands: Sequence[tuple[str, str]], *, scope: str = "default", chat: str = "", language: str = ""
    ) -> bool:
        """Sets the menu to these (command, description); none takes it away. False, and a line in the log, if it failed.

        `scope` is Telegram's («default», «all_private_chats», «all_group_chats», «chat» with `chat`); `language` two letters.
        """
        where = telegram.BotCommandScopeChat(int(chat)) if chat else telegram.BotCommandScope(scope)
        try:
            if not commands:
                return await self._bot.delete_my_commands(where, language or None)
            return await self._bot.set_my_commands(commands, where, language or None)
        except errors.TelegramError as error:
            log.warning("The menu of %s was not set: %s", chat or scope, error)
            return False

    async def _change_menu(self, commands: Sequence[tuple[str, str]], chat: str) -> Outcome:
        """Sets one chat's menu; it waits for the network, and for Telegram's leave, like whatever is to be said."""
        try:
            await self._bot.set_my_commands(commands, telegram.BotCommandScopeChat(int(chat)))
        except errors.TelegramError as error:
            return self._outcome(error)
        return Said("")

    async def _answer_inline(self, query_id: str, articles: Sequence[Article]) -> Outcome:
        """The articles of an inline query; one that is too old is not missed."""
        results = [
            telegram.InlineQueryResultArticle(
                each.id,
                each.title,
                telegram.InputTextMessageContent(each.text, parse_mode="HTML"),
                description=each.description,
            )
            for each in articles
        ]
        try:
            await self._bot.answer_inline_query(query_id, results, cache_time=INLINE_SECONDS)
        except errors.TelegramError as error:
            log.info("An inline query was not answered: %s", error)
        return Said("")

    async def _do(self, row: Claimed) -> Outcome:
        match row.effect:
            case Say() as say:
                return await self._say_message(say, row.id)
            case SetMenu(to, commands):
                return await self._change_menu(commands, to.address)
            case AnswerInline(query_id=query_id, articles=articles):
                return await self._answer_inline(query_id, articles)
            case FetchFile() as wanted:
                return await self.bring(wanted) if self.bring is not None else DeliveryProblem("nobody fetches files")

    async def _say_message(self, say: Say, row_id: int) -> Outcome:
        try:
            return Said(await self._sender.send(say, row_id))
        except NotDrawn as error:
            return DeliveryProblem(str(error))
        except GateClosed:
            return NotSent("the program ended")
        except errors.BadRequest as error:
            if "message is not modified" in error.message.lower():
                return Said(say.edits)
            return self._outcome(error)
        except errors.TelegramError as error:
            return self._outcome(error)

    def _outcome(self, error: errors.TelegramError) -> Outcome:
        """What an error says about the message. BadRequest stands before its parent NetworkError."""
        why = without([self._token], f"{type(error).__name__}: {error.message}")
        match error:
            case Throttled():
                return TooMany(error.seconds, why)
            case errors.ChatMigrated():
                return Moved(str(error.new_chat_id))
            case errors.Forbidden():
                return Unreachable(why)
            case errors.BadRequest():
                is_closed = any(sign in error.message.lower() for sign in CLOSED)
                return Unreachable(why) if is_closed else DeliveryProblem(why)
            case NoConnection() | errors.InvalidToken() | errors.Conflict():
                return NotSent(why)
            case _:
                return Uncertain(why)
