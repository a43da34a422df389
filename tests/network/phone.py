"""One reporter's phone on a weak network, without any network: updates go straight into the inbox and are handled in their order."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, select

from bot.running.dispatch import Dispatch, HandlerSettings
from bot.running.messenger import Messenger
from bot.running.trees import Trees
from bot.settings import Settings
from bot.telegram.messenger import Telegram
from bot.telegram.speaker import Me
from bot.zalo.messenger import Zalo
from bot.zalo.settings import ZaloSettings
from reporting.say import Say
from services.memory import ProgramMemory
from storage.database.tables import metadata
from storage.messages import inbox, outbox
from tests.channels import CHANNELS

T = TypeVar("T")
HEAD = re.compile(r"<b>\((?P<place>\d+)/\d+\) ")
_ids = count(1)
NOWHERE = "http://127.0.0.1:1"
AT_ZALO = ZaloSettings(zalo_token="2000:X", zalo_api_url=NOWHERE, zalo_name="GB", _env_file=None)
SETTINGS = Settings(bot_token="1000:X", bot_api_url=NOWHERE, _env_file=None).with_own(AT_ZALO)
choice = metadata.tables["typed_choice"]


async def _heard(updates: Sequence[str], channel: str) -> None:
    raise AssertionError("nothing is fetched on this line")


async def _written(change: Callable[[Connection], T]) -> T:
    raise AssertionError("nothing is spoken on this line")


class Line:
    """The bot's end of the line: what arrives is stored, then handled as the clerk does it. `restart` forgets all but the database."""

    def __init__(self, engine: Engine, house: HandlerSettings) -> None:
        self.engine, self.house = engine, house
        self.restart()

    def restart(self) -> None:
        messenger = Telegram(SETTINGS, _heard, _written, lambda: datetime.now(UTC), lambda drawn: b"")
        messenger.set_me(Me(1000, "gb_bot", "GB"))
        zalo = Zalo(SETTINGS, _heard, _written, lambda: datetime.now(UTC))
        self._messengers: dict[str, Messenger] = {"telegram": messenger, "zalo": zalo}
        self._dispatch = Dispatch(self._messengers, CHANNELS, self.house, Trees().tree, ProgramMemory())

    def arrives(self, update: dict[str, Any], now: datetime, channel: str) -> list[Say]:
        """What is said because of an update; nothing for one that came before."""
        raw = json.dumps(update)
        said: list[Say] = []
        with self.engine.begin() as connection:
            inbox.put(connection, [self._messengers[channel].heard(raw)], now, now.date())
            for entry in inbox.take(connection, 10, now)[0]:
                says = self._dispatch.handle(connection, entry, now)
                outbox.put(connection, says, now, CHANNELS)
                said += [each for each in says if isinstance(each, Say)]
        return said


class Phone:
    """The reporter: he reads what came last, and answers it; everything he sends has an id of its own."""

    channel = "telegram"

    def __init__(self, line: Line, chat: int, now: datetime) -> None:
        self.line, self.chat, self.now = line, chat, now
        self.sent: list[dict[str, Any]] = []
        self.heard: list[Say] = []

    def text(self, text: str) -> dict[str, Any]:
        number = next(_ids)
        message = {"message_id": number, "date": int(self.now.timestamp()), "text": text, **self._from()}
        entities = [{"type": "bot_command", "offset": 0, "length": len(text)}] if text.startswith("/") else []
        return {"update_id": number, "message": message | ({"entities": entities} if entities else {})}

    def tap(self, press: str) -> dict[str, Any]:
        number = next(_ids)
        under = {"message_id": 1, "date": int(self.now.timestamp()), "text": "…", "chat": self._from()["chat"]}
        query = {"id": str(number), "from": self._from()["from"], "chat_instance": "1", "data": press, "message": under}
        return {"update_id": number, "callback_query": query}

    def delivers(self, update: dict[str, Any], times: int = 1) -> None:
        """The network brings an update, perhaps more than once."""
        self.sent.append(update)
        for _ in range(times):
            self.heard += self.line.arrives(update, self.now, self.channel)
            self.now += timedelta(seconds=1)

    @property
    def last(self) -> Say:
        return self.heard[-1]

    def asked(self) -> int:
        """The number of the question that was said last; 0 for anything else."""
        found = HEAD.match(self.last.text)
        return int(found["place"]) if found else 0

    def button(self, verb: str) -> str | None:
        """What the button of this verb under the last message carries."""
        presses = (str(button.press) for row in self.last.buttons for button in row)
        return next((press for press in presses if press.split(":")[3:4] == [verb]), None)

    def _from(self) -> dict[str, Any]:
        return {
            "chat": {"id": self.chat, "type": "private", "first_name": "Nam"},
            "from": {"id": self.chat, "is_bot": False, "first_name": "Nam", "language_code": "vi"},
        }


class ZaloPhone(Phone):
    """The same at Zalo: nothing can be tapped there, so what stands for a button is typed."""

    channel = "zalo"

    def text(self, text: str) -> dict[str, Any]:
        me = {"id": str(self.chat), "display_name": "Nam", "is_bot": False}
        message = {"message_id": f"m{next(_ids)}", "date": int(self.now.timestamp() * 1000), "from": me, "text": text}
        chat = {"id": str(self.chat), "chat_type": "PRIVATE"}
        return {"event_name": "message.text.received", "message": {**message, "chat": chat}}

    def tap(self, press: str) -> dict[str, Any]:
        here = (choice.c.channel == self.channel, choice.c.address == str(self.chat), choice.c.press == press)
        with self.line.engine.begin() as connection:
            number = connection.execute(select(choice.c.number).where(*here)).scalars().first()
        if number is not None:
            return self.text(f"*{number}")
        buttons = (button for say in reversed(self.heard) for row in say.buttons for button in row)
        return self.text(next(button.text for button in buttons if str(button.press) == press))  # «0» is typed as it is
