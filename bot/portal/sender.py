"""The sender: takes what is due at each target, sends it a few at a time, and has written down what was answered."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.portal.https import PortalClient
from reporting.portal.consignment import PortalTrouble, ValueReceipt, trouble_of
from reporting.portal.dhis2 import metadata_problems, metadata_request
from reporting.portal.dhis2_answers import refusal_of_completion
from reporting.portal.formats.formats import PORTAL_FORMATS
from reporting.portal.mapping import PortalMapping
from reporting.portal.reading import read_mapping
from services import deliver_to_portal
from services.deliver_to_portal import DeliveryOutcome, TakenDelivery
from storage.database.away import is_away
from storage.database.outage import Outage
from storage.portal import targets
from storage.portal.deliveries import Delivery
from storage.portal.targets import Target
from storage.reports import forms

log = logging.getLogger(__name__)
Transact = Callable[[Callable[[Connection], Any]], Awaitable[Any]]
"""Does something in a transaction, off the event loop, and returns what it returned, after the commit."""

AT_ONCE = 8
"""So many requests are on their way at a time."""
PORTION = 64
"""So many deliveries are taken, and settled, in one transaction."""
TRACES = 5
"""Of so many deliveries of a portion at which we stumble the log has the traceback."""
MOST_PORTIONS = 400
"""After so many of one target the others have their turn."""
CHECKED_FOR = timedelta(hours=6)
"""So long is what the server said of its metadata believed."""
STUMBLED = PortalTrouble("portal_stumbled", is_alone=True)
REST = 3.0
"""Seconds between two looks at what another process has made due; what this one has wakes the sender."""


class PortalSender:
    """Sends what is due. `write` writes, in short transactions; `read` reads beside that."""

    def __init__(
        self,
        read: Transact,
        write: Transact,
        now: Callable[[], datetime],
        zone: ZoneInfo,
        *,
        allow_private: bool = False,
    ) -> None:
        self._read, self._write, self._now, self._zone = read, write, now, zone
        self._allow_private = allow_private
        self._turn = asyncio.Lock()
        self._stirred = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._outage = Outage(log, "Nothing is sent to portals, the database is away")

    def wake(self) -> None:
        """Something has become due; from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stirred.set)

    async def run(self) -> None:
        """Until it is cancelled. Whatever goes wrong here stays here: it is logged, and tried again."""
        self._loop = asyncio.get_running_loop()
        while True:
            self._stirred.clear()
            try:
                await self.round()
            except Exception as error:  # reports are taken and people are told, whatever becomes of portals
                if is_away(error):
                    self._outage.lasts(getattr(error, "orig", error))
                else:
                    log.exception("Nothing was sent to portals this time.")
            else:
                self._outage.over()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), REST)

    async def round(self, only: str = "", *, by_desk: bool = False) -> int:
        """Sends all that is due now, at every target or at the one with the key `only`; how many deliveries were settled.

        One at a time: whoever calls finds settled what was on its way.
        """
        async with self._turn:
            due = await self._read(partial(deliver_to_portal.due_targets, now=self._now()))
            chosen = [each for each in due if not only or each.key == only]
            if not chosen:
                return 0
            async with PortalClient(self._now, allow_private=self._allow_private) as client:
                if only:
                    return sum([await self._empty(client, each, by_desk=by_desk) for each in chosen])
                return sum([await self._apart(client, each) for each in chosen])

    async def _apart(self, client: PortalClient, target: Target) -> int:
        """What goes wrong with one target, a bug of ours too, stays there: it is tried again, and the others are sent to."""
        try:
            return await self._empty(client, target)
        except Exception as error:
            if is_away(error):
                raise
            log.exception("Nothing was sent to %s this time.", target.key)
            return 0

    async def _empty(self, client: PortalClient, target: Target, *, by_desk: bool = False) -> int:
        """Portion by portion, until nothing is due there or nothing comes through."""
        mapping, sent = read_mapping(target.source), 0
        for _ in range(MOST_PORTIONS):
            take = partial(
                deliver_to_portal.take, target=target, now=self._now(), zone=self._zone, most=PORTION, by_desk=by_desk
            )
            taken: list[Delivery] = await self._write(take)
            outcomes = await self._send_portion(client, target, mapping, taken) if taken else []
            sent += sum(each.trouble is None for each in outcomes)
            if not taken or any(each.stops for each in outcomes):
                break
        return sent

    async def _send_portion(
        self, client: PortalClient, target: Target, mapping: PortalMapping, taken: Sequence[Delivery]
    ) -> list[DeliveryOutcome]:
        """What came of each; of what there was nothing to send nothing came. All of it is written down."""
        if (trouble := await self._check(client, target, mapping)) is not None:
            outcomes = [DeliveryOutcome(each, trouble=trouble) for each in taken]
        else:
            found, outcomes = await self._put_together(mapping, taken)
            await self._write(partial(deliver_to_portal.begin, taken=found, now=self._now()))
            outcomes += await self._send_all(client, mapping, found)
            outcomes = _of_the_target(outcomes)
        await self._write(partial(deliver_to_portal.settle, target=target, outcomes=outcomes, now=self._now()))
        return outcomes

    async def _put_together(
        self, mapping: PortalMapping, taken: Sequence[Delivery]
    ) -> tuple[list[TakenDelivery], list[DeliveryOutcome]]:
        """What is to be sent of each; and those at which we stumble, which is found out one by one where it fails for all."""
        put_together = partial(deliver_to_portal.put_together, mapping=mapping, now=self._now(), zone=self._zone)
        try:
            return await self._read(partial(put_together, taken=taken)), []
        except Exception as error:
            if is_away(error):
                raise
        found, stumbled = list[TakenDelivery](), list[DeliveryOutcome]()
        for each in taken:
            try:
                found += await self._read(partial(put_together, taken=[each]))
            except Exception as error:
                if is_away(error):
                    raise
                stumbled.append(_stumbled(mapping, each, error, len(stumbled)))
        return found, stumbled

    async def _check(self, client: PortalClient, target: Target, mapping: PortalMapping) -> PortalTrouble | None:
        """Asks DHIS2 whether it would keep what is sent: at the start, and now and then."""
        now = self._now()
        current = await self._read(partial(targets.target_of, key=target.key))
        if not PORTAL_FORMATS[mapping.format].is_dhis2 or (
            current is not None and current.checked_at is not None and current.checked_at > now - CHECKED_FOR
        ):
            return None
        answer = await client.send(mapping, metadata_request(mapping))
        if isinstance(answer, PortalTrouble):
            return answer
        today = now.astimezone(self._zone).date()
        form = await self._read(partial(forms.published, key=mapping.form, on=today))
        if (trouble := trouble_of(answer)) is not None or form is None:
            return trouble
        if found := metadata_problems(mapping, form.schedule.period_type, answer.body):
            return deliver_to_portal.refused_by_server(found)
        await self._write(partial(targets.note_checked, of=target, now=now))
        return None

    async def _send_all(
        self, client: PortalClient, mapping: PortalMapping, found: Sequence[TakenDelivery]
    ) -> list[DeliveryOutcome]:
        """A few at a time; when one is in trouble, those that are not on their way stay."""
        gate, trouble, stumbled = asyncio.Semaphore(AT_ONCE), list[PortalTrouble](), list[DeliveryOutcome]()

        async def send(each: TakenDelivery) -> DeliveryOutcome:
            async with gate:
                if trouble:
                    return DeliveryOutcome(each.delivery, trouble=trouble[0])
                try:
                    outcome = await send_one(client, mapping, each)
                except Exception as error:  # noqa: BLE001  # whatever it is, the others are sent
                    outcome = _stumbled(mapping, each.delivery, error, len(stumbled))
                    stumbled.append(outcome)
            if outcome.trouble is not None and outcome.stops:
                trouble.append(outcome.trouble)
            return outcome

        return list(await asyncio.gather(*(send(each) for each in found if each.consignment is not None)))


def _stumbled(mapping: PortalMapping, at: Delivery, error: Exception, earlier: int) -> DeliveryOutcome:
    """Of a delivery at which a bug of ours was raised, as at so many `earlier` ones of its portion."""
    trace = error if earlier < TRACES else None
    log.error("Delivery %d to %s could not be sent; the others go on.", at.id, mapping.key, exc_info=trace)
    return DeliveryOutcome(at, trouble=STUMBLED)


def _of_the_target(outcomes: list[DeliveryOutcome]) -> list[DeliveryOutcome]:
    """Where we stumble at every one of a whole portion it is no trouble of each alone: the target is left in peace for a while."""
    if len(outcomes) < PORTION or any(each.trouble != STUMBLED for each in outcomes):
        return outcomes
    return [replace(each, trouble=replace(STUMBLED, is_alone=False)) for each in outcomes]


async def send_one(client: PortalClient, mapping: PortalMapping, taken: TakenDelivery) -> DeliveryOutcome:
    """The requests of one delivery in their order; the first that is in trouble is the last. A refused value is not complete."""
    of, consignment = taken.delivery, taken.consignment
    if consignment is None:
        return DeliveryOutcome(of)
    kept = PORTAL_FORMATS[mapping.format]
    receipts, completed, error = list[ValueReceipt](), of.completed, ""
    for request in kept.requests(consignment):
        if request.kind == "completion" and any(each.state == "refused" for each in receipts):
            break
        answer = await client.send(mapping, request)
        if isinstance(answer, PortalTrouble):
            return DeliveryOutcome(of, tuple(receipts), completed, trouble=answer)
        if request.kind == "completion" and trouble_of(answer) is None:
            error = refusal_of_completion(answer)
            completed = consignment.is_complete if not error else completed
            continue
        verdict = kept.read(request, answer)
        if isinstance(verdict, PortalTrouble):
            return DeliveryOutcome(of, tuple(receipts), completed, trouble=verdict)
        receipts += verdict
    return DeliveryOutcome(of, tuple(receipts), completed, error)
