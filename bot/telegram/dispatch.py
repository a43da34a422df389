"""From a stored update to what is said about it: aiogram decodes and routes, our handlers answer."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.event.handler import FilterObject
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetMe, TelegramMethod
from sqlalchemy import Connection

from bot.telegram.newer import decode
from handlers.common.context import CHANNEL, Context
from handlers.routers import ROUTERS
from reporting.errors import Refusal
from reporting.people import Address
from reporting.say import Say
from reporting.translator import translator
from reporting.units import UnitTree
from storage.figures import published
from storage.messages import outbox
from storage.messages.inbox import Entry
from storage.organisation import people, units

logger = logging.getLogger(__name__)
logging.getLogger("aiogram.event").setLevel(logging.CRITICAL)
"""A polite refusal is no error; what fails the clerk logs once, when it is set aside, and leaves out what a resident wrote."""

KNOCK = 5.0
"""Seconds between two tries to reach Telegram at the start."""


class OnlyGetMe(AiohttpSession):
    """aiogram hears: it may ask who the bot is, and may say nothing."""

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        if not isinstance(method, GetMe):
            raise TypeError(f"{type(method).__name__} is said by the speaker, not by aiogram")
        return await super().make_request(bot, method, timeout)


@dataclass(frozen=True, slots=True)
class HandlerSettings:
    """What every turn is told of the program."""

    zone: ZoneInfo
    language: str
    demonstration: bool


class Dispatch:
    """Feeds updates to aiogram's dispatcher. It lives on the clerk's event loop: `prepare` runs there first."""

    def __init__(self, token: str, api_url: str, house: HandlerSettings, proxy: str = "") -> None:
        self.house = house
        self._token, self._api_url, self._proxy = token, api_url, proxy
        self._trees = Trees()
        self._bot: Bot | None = None
        self._dispatcher = dispatcher()

    async def prepare(self) -> None:
        """Learns the bot's own name, without which /baocao@bot is not understood."""
        session = OnlyGetMe(api=TelegramAPIServer.from_base(self._api_url), proxy=self._proxy or None)
        self._bot = Bot(self._token, session=session)
        try:
            while not await self._knows_its_name(self._bot):  # noqa: ASYNC110  # it is Telegram that is waited for
                await asyncio.sleep(KNOCK)
        finally:
            await session.close()

    async def _knows_its_name(self, bot: Bot) -> bool:
        try:
            await bot.me()
        except TelegramNetworkError as error:
            logger.warning("Telegram is not reached (%s). Trying again in %g s.", type(error).__name__, KNOCK)
            return False
        return True

    async def handle(self, connection: Connection, entry: Entry, now: datetime) -> Sequence[Say]:
        """What is said about an update. Raises whatever the update, or a handler, gives cause to."""
        if self._bot is None:
            raise RuntimeError("prepare() comes first")
        house = self.house
        update = json.loads(entry.raw)
        if entry.was_shut and "my_chat_member" not in update:
            outbox.reachable(connection, Address(CHANNEL, entry.chat))
        turn = Context(connection, now, house.zone, self._trees.tree(connection), house.language, house.demonstration)
        try:
            decoded = decode(self._bot, update)
            said = None if decoded is None else await self._dispatcher.feed_update(self._bot, decoded, turn=turn)
        except Refusal as refused:
            words = turn.words(people.at(connection, Address(CHANNEL, entry.chat)))
            said = [Say(Address(CHANNEL, entry.chat), words.refusal(refused))]
        return [] if said is UNHANDLED or said is None else said

    def apologise(self, connection: Connection, entry: Entry, now: datetime) -> Sequence[Say]:
        """What is said to the person whose update could not be handled."""
        if not entry.chat or entry.chat.startswith("-"):
            return []
        to = Address(CHANNEL, entry.chat)
        person = people.at(connection, to)
        words = translator(person.language if person else self.house.language)
        return [Say(to, words("apology", reference=f"GB-{entry.id}"))]


@lru_cache
def dispatcher() -> Dispatcher:
    """aiogram's dispatcher with all our routers: they hold no state, and a router can have but one parent in a process."""
    one = Dispatcher(disable_fsm=True)
    one.include_routers(*ROUTERS)
    for each in filters_of(one):
        if not each.awaitable:
            _check_here(each)
    return one


def filters_of(one: Dispatcher) -> Iterator[FilterObject]:
    """Every filter of every handler."""
    for router in one.chain_tail:
        for observer in router.observers.values():
            for handler in observer.handlers:
                yield from handler.filters or ()


def _check_here(each: FilterObject) -> None:
    """aiogram runs a plain filter (`F.text == …`) in a worker thread; ours are done long before a thread is awake."""
    plain = each.callback

    async def check(*arguments: Any, **named: Any) -> Any:
        return plain(*arguments, **named)

    each.callback, each.awaitable = check, True


class Trees:
    """The tree of units, read again only when the list of units has changed; that is asked once in a transaction."""

    def __init__(self, read: Callable[[Connection], UnitTree] = units.tree) -> None:
        self._read = read
        self._known: tuple[object, UnitTree] | None = None
        self._asked_in: object = None

    def tree(self, connection: Connection) -> UnitTree:
        transaction = connection.get_transaction()
        if self._known is not None and transaction is not None and self._asked_in is transaction:
            return self._known[1]
        self._asked_in = transaction
        stamp = published.units_stamp(connection)
        if self._known is None or self._known[0] != stamp:
            self._known = (stamp, self._read(connection))
        return self._known[1]
