"""The mouth by e-mail: empties the outbox of what is to be sent there, with the promises of every channel."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot.mail.channel import MAIL
from bot.mail.client import MailClient, TooLarge
from bot.mail.composing import HeardLast, compose
from bot.mail.reply_address import HOLDS, ReplyAddresses
from bot.mail.settings import MailSettings
from bot.running.file_addresses import Publish, published_nowhere
from bot.running.observer import Observer
from bot.running.orphan_recovery import Others
from bot.running.outbox_worker import OutboxWorker, Write
from bot.running.rate_limiter import Gate, GateClosed
from bot.running.render_cache import Drawer
from bot.running.timing import Timing
from reporting.pace import Limits, Pace
from reporting.people import Person
from reporting.retries import DeliveryProblem, NotSent, Outcome, Said
from reporting.say import Drawn, Rank, Say
from reporting.translator import translator
from storage.messages.delivery import Claimed
from storage.organisation import people

log = logging.getLogger(__name__)

Files = Sequence[tuple[Drawn, bytes]]
"""The picture and the file of a message, each made."""
LIMITS = Limits(rate=MAIL.rate, chat_seconds=0.5, burst=3)


class MailSpeaker:
    """`write` runs a change on the clerk's thread; `draw` makes a file, `publish` gives one an address that is too large to be sent.

    `heard_last`: of each address the mail that came from there last, where one did.
    """

    def __init__(
        self,
        settings: MailSettings,
        addresses: ReplyAddresses,
        write: Write,
        now: Callable[[], datetime],
        draw: Callable[[Drawn], bytes],
        zone: ZoneInfo,
        heard_last: Mapping[str, HeardLast],
        *,
        language: str = "vi",
        publish: Publish = published_nowhere,
        limits: Limits | None = None,
        observer: Observer | None = None,
        gone_after: float = 45.0,
        timing: Timing | None = None,
    ) -> None:
        self._settings, self._addresses, self._write, self._now, self._zone = settings, addresses, write, now, zone
        self._publish, self._language, self._heard_last = publish, language, heard_last
        self._client, self._drawer = MailClient(settings), Drawer(draw)
        self._gate = Gate(Pace(limits or LIMITS), time.monotonic)
        owner = uuid4().hex
        others = Others(owner, MAIL.name, gone_after)
        waits, told = timing or Timing(), observer or Observer()
        self._worker = OutboxWorker(self._do, write, now, self._gate, others, owner, MAIL.name, waits, told)

    async def run(self) -> None:
        """Empties the outbox until it is cancelled."""
        try:
            await self._worker.run()
        finally:
            self._drawer.close()
            await self._client.close()

    def wake(self) -> None:
        """Something was put into the outbox; from any thread."""
        self._worker.wake()

    async def _do(self, row: Claimed) -> Outcome:
        """Menus and lists of answers are none of e-mail's: nothing is missed."""
        if not isinstance(row.effect, Say):
            return Said("")
        say = row.effect
        try:
            files = [(drawn, await self._drawer.bytes_of(drawn)) for drawn in (say.photo, say.document) if drawn]
        except Exception as error:
            log.exception("Row %d of the outbox: its file was not made.", row.id)
            return DeliveryProblem(f"not drawn: {error!r}")
        person = await self._write(lambda connection: people.at(connection, say.to))
        try:
            async with self._gate.passing(say.to.address, int(say.rank), row.id):
                return await self._send(say, row.id, person, files)
        except GateClosed:
            return NotSent("the program ended")

    async def _send(self, say: Say, row_id: int, person: Person | None, files: Files) -> Outcome:
        try:
            return await self._hand_over(say, row_id, person, files)
        except TooLarge as error:
            links = [(drawn.file_name, await self._link(say, drawn, row_id)) for drawn, _ in files]
            if not (links and all(link for _, link in links)):
                return DeliveryProblem(f"larger than the server takes ({error} bytes)")
            lines = [say.text, *(f"{name}: {link}" for name, link in links)]
            smaller = replace(say, text="\n".join(lines).strip(), photo=None, document=None)
        try:
            return await self._hand_over(smaller, row_id, person, ())
        except TooLarge as error:
            return DeliveryProblem(f"larger than the server takes ({error} bytes)")

    async def _link(self, say: Say, drawn: Drawn, row_id: int) -> str:
        """Where one of the files is given; «» where there is no public address."""
        alone = replace(say, document=None) if drawn is say.photo else replace(say, photo=None)
        return await self._publish(alone, row_id)

    async def _hand_over(self, say: Say, row_id: int, person: Person | None, files: Files) -> Outcome:
        now = self._now()
        on = now.astimezone(self._zone).date()
        last = self._heard_last.get(say.to.address) if say.rank <= Rank.REPLY else None
        mail = compose(
            say,
            row_id=row_id,
            sender=self._settings.sender,
            reply_to=self._addresses.to_answer(person.id if person is not None else 0, say.to.address, on),
            bounce_to=self._addresses.to_come_back(row_id, on),
            now=now.astimezone(self._zone),
            foot=self._foot(person, last, on),
            last=last,
            files=files,
        )
        return await self._client.send(mail)

    def _foot(self, person: Person | None, last: HeardLast | None, on: date) -> str:
        words = translator(person.language if person is not None else self._language)
        foot = words.plain("mail_foot", until=on + HOLDS)
        return f"{words.plain('mail_files_unread')}\n{foot}" if last is not None and last.files else foot
