"""The mouth at Zalo: empties the outbox of what is to be said there, with the promises of every channel."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from bot.running.file_addresses import Publish, published_nowhere
from bot.running.http_transport import NoAnswer, NotReached
from bot.running.meter import Meter, unmetered
from bot.running.observer import Observer
from bot.running.orphan_recovery import Others
from bot.running.outbox_worker import OutboxWorker, Write
from bot.running.rate_limiter import Gate, GateClosed
from bot.running.redaction import without
from bot.running.timing import Timing
from bot.zalo.channel import ZALO
from bot.zalo.client import ZaloClient, ZaloError
from bot.zalo.updates import IN_GROUP
from reporting.pace import Limits, Pace
from reporting.retries import DeliveryProblem, NotSent, Outcome, Said, TooMany, Uncertain, Unreachable
from reporting.say import Rank, Say
from storage.messages.delivery import Claimed

log = logging.getLogger(__name__)

PAUSE_SECONDS = 60.0
"""After a 429 that names no time a chat is left in peace for so long."""
QUOTA_SECONDS = 3600.0
"""The same where the plan's quota is what is spent."""
LIMITS = Limits(rate=ZALO.rate, chat_seconds=0.5, burst=3)


class ZaloSpeaker:
    """`write` runs a change on the clerk's thread; `publish` gives a picture or a file an address."""

    channel = ZALO.name

    def __init__(
        self,
        client: ZaloClient,
        token: str,
        write: Write,
        now: Callable[[], datetime],
        *,
        publish: Publish = published_nowhere,
        limits: Limits | None = None,
        gone_after: float = 45.0,
        timing: Timing | None = None,
        observer: Observer | None = None,
        meter: Meter = unmetered,
    ) -> None:
        self._client, self._token, self._publish = client, token, publish
        self._gate = Gate(Pace(limits or LIMITS), time.monotonic)
        owner = uuid4().hex
        others = Others(owner, ZALO.name, gone_after)
        waits, told = timing or Timing(), observer or Observer()
        self._worker = OutboxWorker(self._do, write, now, self._gate, others, owner, ZALO.name, waits, told, meter)

    async def run(self) -> None:
        """Empties the outbox until it is cancelled."""
        await self._worker.run()

    def wake(self) -> None:
        """Something was put into the outbox; from any thread."""
        self._worker.wake()

    async def _do(self, row: Claimed) -> Outcome:
        """Menus and lists of answers are none of Zalo's: nothing is missed."""
        return await self._say(row.effect, row.id) if isinstance(row.effect, Say) else Said("")

    async def _say(self, say: Say, row_id: int) -> Outcome:
        address = await self._publish(say, row_id) if say.photo or say.document else ""
        if say.document and not address and say.rank > Rank.REPLY:
            return Said("")  # nobody has asked for it, there is nothing to give, and each message costs one of the plan
        try:
            async with self._gate.passing(say.to.address, int(say.rank), row_id):
                return Said(await self._send(say, address))
        except GateClosed:
            return NotSent("the program ended")
        except NotReached as error:
            return NotSent(without([self._token], str(error)))
        except NoAnswer as error:
            return Uncertain(without([self._token], str(error)))
        except ZaloError as error:
            return zalo_outcome(error)

    async def _send(self, say: Say, address: str) -> str:
        """The message's id. A picture that Zalo does not take becomes a link, as a file is one."""
        chat = say.to.address.removeprefix(IN_GROUP)
        drawn = say.photo or say.document
        if say.photo is not None and address:
            try:
                return _id(await self._client.call("sendPhoto", chat_id=chat, photo=address, caption=say.text or None))
            except ZaloError as error:
                if error.code != 400 or not error.is_said:
                    raise
                log.warning("Zalo takes no picture from our address (%s); it goes as a link.", error.why)
        link = f"{drawn.file_name}: {address}" if drawn is not None and address else ""
        text = "\n".join(each for each in (say.text, link) if each)
        return _id(await self._client.call("sendMessage", chat_id=chat, text=text)) if text else ""


def zalo_outcome(error: ZaloError) -> Outcome:
    """What a refusal says about the message. Zalo documents no codes: what is not plain is uncertain."""
    why = str(error)
    if not error.is_said or error.code >= 500:
        return Uncertain(why)
    if error.code == 429:
        return TooMany(QUOTA_SECONDS if "quota" in error.why.lower() else PAUSE_SECONDS, why)
    if error.code == 401:
        return NotSent(why)
    if error.code in (403, 404):
        return Unreachable(why)
    return DeliveryProblem(why)


def _id(result: object) -> str:
    return str(result["message_id"]) if isinstance(result, dict) and "message_id" in result else ""
