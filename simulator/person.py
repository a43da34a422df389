"""A person with a phone, for tests and for the page: what he does, sees and hears."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simulator.bots import Query, SimulatedBot
from simulator.chats import Chat, Message
from simulator.errors import NotThere
from simulator.pulse import PATIENCE, Pulse
from simulator.requests import Upload
from simulator.screen import Screen
from simulator.seen import Button, Seen

Json = dict[str, Any]
SAMPLE_PLACE = (21.0285, 105.8542)


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on a button: wait for the bot's answer with `await tap.answered()`."""

    query: Query
    pulse: Pulse

    async def answered(self, timeout: float = PATIENCE) -> str:
        """The words of the toast or alert that answered the tap (often empty); TimeoutError when none came."""
        answer = await self.pulse.until(lambda: self.query.answer, timeout, "the tap was not answered")
        return str(answer["text"])


class Person(Screen):
    """One person. Every act is at once with the bots' queues; nothing is awaited but the journal's order."""

    # Saying

    async def says(
        self, text: str, reply_to: Seen | int | None = None, chat: Chat | None = None, topic: int = 0
    ) -> Seen:
        """Send a text, to the first bot unless a group is given."""
        return self._send(self._acts.text(text), reply_to, chat, topic)

    async def starts(self, payload: str = "", bot: SimulatedBot | None = None) -> Seen:
        """Press START, or open a link `t.me/bot?start=payload`."""
        return self._send(self._acts.text(f"/start {payload}".strip()), None, self.private(bot))

    async def opens(self, link: str) -> Seen:
        """Open a `https://t.me/<bot>?start=<payload>` link and press START."""
        found = self._acts.link(link)
        bot = self._cloud.bot_named(found[0]) if found else None
        if found is None or bot is None:
            raise NotThere(f"{link} is no start link of a bot here")
        return await self.starts(found[1], bot)

    async def sends_photo(self, content: bytes, caption: str = "", chat: Chat | None = None) -> Seen:
        """Send a picture (PNG, JPEG, GIF or WebP)."""
        where = chat or self.private()
        return self._send(self._acts.file(where, Upload("photo.jpg", content), True, caption), None, chat)

    async def sends_document(
        self, content: bytes, file_name: str, caption: str = "", mime: str = "", chat: Chat | None = None
    ) -> Seen:
        """Send a file."""
        where = chat or self.private()
        return self._send(self._acts.file(where, Upload(file_name, content, mime), False, caption), None, chat)

    async def sends_location(self, latitude: float, longitude: float, chat: Chat | None = None) -> Seen:
        """Send a place."""
        return self._send(self._acts.location(latitude, longitude), None, chat)

    async def sends_sticker(self, emoji: str = "👍", chat: Chat | None = None) -> Seen:
        """Send a sticker."""
        return self._send(self._acts.sticker(emoji), None, chat)

    async def sends_contact(self, chat: Chat | None = None) -> Seen:
        """Send one's own contact."""
        return self._send(self._acts.contact(self.user), None, chat)

    async def forwards(self, message: Seen, chat: Chat | None = None) -> Seen:
        """Forward a message that this person can see, to the first bot unless a chat is given."""
        for source in self._cloud.sees(self.user):
            if source.id == message.chat_id and message.message_id in source.messages:
                return self._send(self._acts.forward(source, source.messages[message.message_id]), None, chat)
        raise NotThere(f"{self.name} does not see message {message.message_id}")

    async def edits(self, message: Seen, text: str, chat: Chat | None = None) -> Seen:
        """Change one's own message."""
        where = chat or self.private()
        changed = self._acts.edit(self.user, where, message.message_id, text)
        self._cloud.journal.flush()
        return self._seen(where, changed)

    async def deletes(self, message: Seen, chat: Chat | None = None) -> None:
        """Delete a message."""
        self._acts.delete(self.user, chat or self.private(), message.message_id)
        self._cloud.journal.flush()

    def _send(self, content: Json, reply_to: Seen | int | None, chat: Chat | None, topic: int = 0) -> Seen:
        where = chat or self.private()
        number = reply_to.message_id if isinstance(reply_to, Seen) else reply_to or 0
        if self.user.offline:
            self._acts.outbox.setdefault(self.id, []).append((where, content, number, topic))
            body = {"from": self.user.view(), "date": int(self._cloud.clock.seconds()), **content}
            return self._seen(where, Message(0, body))
        message = self._acts.say(self.user, where, content, number, topic)
        self._cloud.journal.flush()
        return self._seen(where, message)

    # Tapping

    async def taps(
        self,
        label: str = "",
        message: Seen | None = None,
        data: str = "",
        chat: Chat | None = None,
    ) -> Tap | Seen:
        """Tap a button by its words or its callback data, under `message` or the newest that has it.

        A button of the reply keyboard says its words (or sends the contact or place that it asks for), and a start
        link is opened: then what was sent comes back. NotThere when no such button is on the screen.
        """
        where = chat or self.private()
        if self.user.offline:
            raise NotThere(f"{self.name} is offline; a tap needs the network")
        found = self._find(where, label, data, message)
        if found is not None:
            return await self._press(where, *found)
        if message is None and not data:
            for button in (b for row in where.keyboard.get("keyboard", []) for b in row):
                if button["text"] == label:
                    return await self._press_reply(button, where)
        labels = [label for m in self.reads(where)[-3:] for label in m.labels]
        raise NotThere(f"{self.name} sees no button «{label or data}»; the newest are {labels}")

    def _find(self, chat: Chat, label: str, data: str, message: Seen | None) -> tuple[Message, Button] | None:
        numbers = [message.message_id] if message else [n for n in reversed(chat.messages) if n not in chat.held]
        for stored in (chat.messages[n] for n in numbers if n in chat.messages):
            shown = self._seen(chat, stored) if stored.body.get("reply_markup") else None
            for button in (b for row in (shown.buttons if shown else ()) for b in row):
                if (label and button.text == label) or (data and button.data == data):
                    return stored, button
        return None

    async def _press(self, chat: Chat, message: Message, button: Button) -> Tap | Seen:
        if button.url:
            return await self.opens(button.url)
        if not button.data:
            raise NotThere(f"«{button.text}» is a {button.action} button, which a phone handles alone")
        return self.forges(self._seen(chat, message), button.data, chat)

    def forges(self, message: Seen, data: str, chat: Chat | None = None) -> Tap:
        """Send a tap with any data on a message, as a changed client could (or an old screen still would)."""
        where = chat or self.private()
        stored = where.messages.get(message.message_id) or Message(message.message_id, dict(message.body), by_bot=1)
        query = self._acts.tap(self.user, where, stored, data)
        self._cloud.journal.flush()
        return Tap(query, self._cloud.pulse)

    async def _press_reply(self, button: Json, chat: Chat) -> Seen:
        if button.get("request_contact"):
            return await self.sends_contact(chat)
        if button.get("request_location"):
            return await self.sends_location(*SAMPLE_PLACE, chat)
        return await self.says(button["text"], chat=chat)

    # Inline

    async def inline(self, query: str, bot: SimulatedBot | None = None, timeout: float = PATIENCE) -> list[Json]:
        """Type `@bot query` and wait for the results (InlineQueryResult)."""
        asked = self._acts.ask_inline(self.user, bot or self._cloud.first_bot, query)
        answer = await self._cloud.pulse.until(lambda: asked.answer, timeout, "no answer to the inline query")
        return list(answer["results"])

    async def chooses(self, result: Json, chat: Chat, query: str = "", bot: SimulatedBot | None = None) -> Seen:
        """Send an inline result into a chat."""
        message = self._acts.choose(self.user, bot or self._cloud.first_bot, chat, query, result)
        self._cloud.journal.flush()
        return self._seen(chat, message)

    # Coming and going

    async def blocks(self, bot: SimulatedBot | None = None) -> None:
        """Block the bot: it gets my_chat_member, and 403 for whatever it sends."""
        self._acts.block(self.user, bot or self._cloud.first_bot, True)
        self._cloud.journal.flush()

    async def unblocks(self, bot: SimulatedBot | None = None) -> None:
        """Let the bot in again."""
        self._acts.block(self.user, bot or self._cloud.first_bot, False)
        self._cloud.journal.flush()

    async def joins(self, chat: Chat, status: str = "member") -> None:
        """Come into a group or channel (status member, administrator or creator)."""
        self._acts.join(self.user, chat, status)
        self._cloud.journal.flush()

    async def leaves(self, chat: Chat) -> None:
        """Leave a group or channel."""
        self._acts.join(self.user, chat, "left")
        self._cloud.journal.flush()

    async def goes_offline(self) -> None:
        """Lose the network: what is said waits on the phone, what bots say waits in the cloud."""
        self.user.offline = True
        self._cloud.touch_person(self.user)
        self._cloud.journal.flush()

    async def comes_back(self) -> None:
        """Be online again: everything that waited arrives."""
        self.user.offline = False
        for chat in self._cloud.sees(self.user):
            chat.unheard.extend(chat.held)
            chat.held.clear()
        for where, content, number, topic in self._acts.outbox.pop(self.id, []):
            self._acts.say(self.user, where, content, number, topic)
        self._cloud.touch_person(self.user)
        self._cloud.journal.flush()

    async def is_deleted(self) -> None:
        """Delete the account: bots hear «user is deactivated»."""
        self.user.deactivated = True
        self._cloud.touch_person(self.user)
        self._cloud.journal.flush()
