"""What a ward asks of a messenger, and what a reporter does there: the same for each, whether there are buttons or numbers to type."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, Protocol

from simulator import DEFAULT_TOKEN, Simulator
from simulator.person import Person
from simulator.seen import Seen
from simulator.zalo import ZaloMessage, ZaloPerson, ZaloSimulator
from tests.ports import free_port
from tests.zalo.roads import SECRET

CHOICE = re.compile(r"(?P<typed>\*?\d{1,2}) (?P<label>.+)")
MOMENT = 0.05
"""Seconds until Zalo calls again where nobody took an update; then twice as long, and so on."""


@dataclass(frozen=True)
class Came:
    """A message as a reporter reads it. `labels`: what he can choose; `identity`: two of one identity are copies."""

    text: str
    labels: list[str]
    identity: tuple[str, str]
    message: Seen | ZaloMessage
    links: tuple[str, ...] = ()
    """What its buttons open."""


class Hand(Protocol):
    """Somebody at one messenger."""

    @property
    def name(self) -> str: ...

    @property
    def address(self) -> tuple[str, str]:
        """His channel, and his address there."""

    @property
    def has_unheard(self) -> bool: ...

    async def says(self, text: str) -> object: ...

    async def chooses(self, label: str, among: Came) -> object:
        """Taps a button of that message, or types what stands for it."""

    async def next_message(self, patience: float) -> Came:
        """TimeoutError when nothing comes."""


class Messenger(Protocol):
    """One messenger beside the bot."""

    faults: Any

    def settings(self) -> dict[str, str]: ...

    def told(self) -> set[tuple[str, str]]:
        """The updates of which the messenger has been told that they are stored: the channel, and the update's id there."""

    def has_waiting(self, address: str = "") -> bool:
        """Whether updates (of this chat) wait until they are stored."""

    async def idle(self, patience: float) -> None: ...

    def came(self) -> Counter[tuple[str, str]]:
        """How often each message came: its address, and its text with what its buttons carry."""

    def forget(self) -> None:
        """Counts what comes anew."""


class TelegramHand:
    def __init__(self, person: Person) -> None:
        self.person, self.name = person, person.name
        self.address = ("telegram", str(person.id))
        person.private().started = True

    @property
    def has_unheard(self) -> bool:
        return bool(self.person.private().unheard)

    async def says(self, text: str) -> object:
        return await self.person.says(text)

    async def chooses(self, label: str, among: Came) -> object:
        assert isinstance(among.message, Seen)
        return await self.person.taps(label, among.message)

    async def next_message(self, patience: float) -> Came:
        seen = await self.person.next_message(patience)
        carried = " ".join(button.data for row in seen.buttons for button in row)
        links = tuple(button.url for row in seen.buttons for button in row if button.url)
        return Came(seen.text, seen.labels, (seen.text, carried), seen, links)


class ZaloHand:
    def __init__(self, person: ZaloPerson) -> None:
        self.person, self.name = person, person.name
        self.address = ("zalo", person.id)
        person.user.has_written = True

    @property
    def has_unheard(self) -> bool:
        return bool(self.person.unheard())

    async def says(self, text: str) -> object:
        return self.person.says(text)

    async def chooses(self, label: str, among: Came) -> object:
        return self.person.says(_choices(among.text)[label])

    async def next_message(self, patience: float) -> Came:
        message = await self.person.next_message(patience)
        return Came(message.words, list(_choices(message.words)), (message.words, ""), message)


def _choices(text: str) -> dict[str, str]:
    """What can be typed instead of buttons, by their words: it stands in the message's last paragraph."""
    said = [each for line in text.rpartition("\n\n")[2].splitlines() for each in line.split(" · ")]
    return {found["label"]: found["typed"] for each in said if (found := CHOICE.fullmatch(each))}


class AtTelegram:
    def __init__(self, simulator: Simulator) -> None:
        self.simulator, self.bot, self.faults = simulator, simulator.bot(), simulator.faults
        self._first = self.bot.queue.next_id

    def settings(self) -> dict[str, str]:
        return {"bot_token": DEFAULT_TOKEN, "bot_api_url": self.simulator.url}

    def told(self) -> set[tuple[str, str]]:
        numbers = set(range(self._first, self.bot.queue.next_id)) - set(self.bot.queue.pending)
        return {("telegram", str(each)) for each in numbers}

    def has_waiting(self, address: str = "") -> bool:
        return any(not address or str(each.lane) == address for each in self.bot.queue.pending.values())

    async def idle(self, patience: float) -> None:
        await self.simulator.idle_of_updates(patience)

    def came(self) -> Counter[tuple[str, str]]:
        came = Counter[tuple[str, str]]()
        for call in self.bot.asked("sendMessage"):
            keyboard = json.loads(call.params.get("reply_markup", "{}")).get("inline_keyboard", [])
            presses = [[button.get("callback_data", "") for button in line] for line in keyboard]
            came[str(call.params["chat_id"]), f"{call.params['text']} {presses}"] += call.ok
        return came

    def forget(self) -> None:
        self.bot.calls.clear()


class AtZalo:
    """By webhook, as for real work: nothing tells which update was the last, so each is said again until it is taken.

    Where it is polled, or does not say again what was not taken, nothing that it hands out is told to be stored.
    """

    def __init__(self, zalo: ZaloSimulator) -> None:
        self.zalo, self.faults, self._port = zalo, zalo.faults, free_port()
        zalo.delivering.first_wait = MOMENT

    def settings(self) -> dict[str, str]:
        at = f"127.0.0.1:{self._port}"
        return {
            "zalo_token": self.zalo.token,
            "zalo_name": self.zalo.world.bot.name,
            "zalo_api_url": self.zalo.url,
            "zalo_webhook_url": f"http://{at}/zalo",
            "zalo_webhook_listen": at,
            "zalo_webhook_secret": SECRET,
            "zalo_users": str(self.zalo.plan.users),
            "zalo_messages": str(self.zalo.plan.messages_a_month),
        }

    def told(self) -> set[tuple[str, str]]:
        if self.zalo.world.bot.webhook is None or not self.zalo.world.contradictions.redelivers:
            return set()
        waiting = {each["message"]["message_id"] for each in self.zalo.world.bot.waiting}
        everybody = self.zalo.world.users.values()
        came = {message.message_id for user in everybody for message in user.messages if message.by == user.id}
        return {("zalo", each) for each in came - waiting}

    def has_waiting(self, address: str = "") -> bool:
        return any(not address or each["message"]["chat"]["id"] == address for each in self.zalo.world.bot.waiting)

    async def idle(self, patience: float) -> None:
        await self.zalo.idle_of_updates(patience)

    def came(self) -> Counter[tuple[str, str]]:
        came = Counter[tuple[str, str]]()
        for call in self.zalo.world.bot.calls:
            if call.method == "sendMessage":
                came[call.params["chat_id"], f"{call.params['text']} []"] += call.ok
        return came

    def forget(self) -> None:
        self.zalo.world.bot.calls.clear()
