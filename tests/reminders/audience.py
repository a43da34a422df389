"""Those who are reminded, with their phones in the simulator: two in private, two in groups that become supergroups."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from simulator import Chat, Person, Simulator
from simulator.entities import parse_html

Message = tuple[str, str]
"""Who hears it, and its plain text."""
IN_PRIVATE, IN_GROUPS = ("Nam", "Minh"), ("Hoa", "Lan")
EVERYBODY = (*IN_PRIVATE, *IN_GROUPS)


class Audience:
    """`shut_out`: from when until when somebody had blocked the bot."""

    def __init__(self, simulator: Simulator) -> None:
        simulator.bot()
        self._simulator = simulator
        self._phones: dict[str, Person] = {}
        self._chats: dict[str, list[Chat]] = {}
        self.shut_out: list[tuple[str, datetime, datetime]] = []
        self._blocked: dict[str, datetime] = {}

    async def gathers(self) -> None:
        """Everybody is there and has started the bot."""
        for name in EVERYBODY:
            phone = self._phones[name] = self._simulator.person(name)
            await phone.starts()
            in_group = name in IN_GROUPS
            chat = self._simulator.group(f"Nhóm {name}", [phone], supergroup=False) if in_group else phone.private()
            self._chats[name] = [chat]

    def address(self, name: str) -> str:
        """Where words reach somebody now."""
        return str(self._chats[name][-1].id)

    def name_at(self, address: str) -> str:
        """Whose address this is, or was."""
        return next(name for name, chats in self._chats.items() if int(address) in {chat.id for chat in chats})

    def migrates(self, name: str) -> None:
        """His group becomes a supergroup, with another id."""
        self._chats[name].append(self._simulator.migrate(self._chats[name][-1]))

    def has_blocked(self, name: str) -> bool:
        return name in self._blocked

    async def blocks(self, name: str) -> None:
        await self._phones[name].blocks()
        self._blocked[name] = self._simulator.clock.now()

    async def unblocks(self, name: str) -> None:
        await self._phones[name].unblocks()
        self.shut_out.append((name, self._blocked.pop(name), self._simulator.clock.now()))

    def was_shut_out(self, name: str, from_at: datetime, until: datetime) -> bool:
        """Whether he had blocked the bot at any time in between."""
        begun = self._blocked.get(name)
        return (begun is not None and begun <= until) or any(
            who == name and begun <= until and from_at <= ended for who, begun, ended in self.shut_out
        )

    def message(self, address: str, html: str) -> Message:
        """A message to an address as it will be heard."""
        return self.name_at(address), parse_html(html)[0]

    def heard(self) -> Iterator[tuple[Message, datetime]]:
        """All that everybody has in his chats from the bot, and when it came."""
        for name, chats in self._chats.items():
            for chat in chats:
                for seen in self._phones[name].reads(chat):
                    if seen.by_bot and seen.text:
                        yield (name, seen.text), seen.at

    def copies(self) -> Counter[Message]:
        """How often everybody has each message."""
        return Counter(message for message, _ in self.heard())
