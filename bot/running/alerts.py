"""Tells the desk's chat when something stands still: once when it begins, once more if it gets worse, and when it is over."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.doctor.checks import Examined, examine_for_alerts
from bot.doctor.findings import Health, failing, warned, well
from bot.running.due import Due
from bot.settings import Settings
from bot.telegram.channel import TELEGRAM
from messages.admins.alert_words import alert_over, alert_told, failing_parts
from reporting.channel import Channels, channels_in_use
from reporting.people import Address
from reporting.say import Say
from reporting.tick_parts import TickPart
from reporting.translator import translator
from storage.database.away import is_away
from storage.messages import outbox
from storage.organisation import units
from storage.schedule import alerts

logger = logging.getLogger(__name__)

TICK = "tick"
"""The name of the check that tells what of a tick fails."""
APART = timedelta(seconds=30)
"""Two ticks in less, as at a start, are one look: what lasts has lasted from one minute to the next."""

GIVEN_UP, WRITES_WITHIN = 3, 3.0
"""So many minutes in a row are more than a moment; a database in which nothing is written for so many seconds is away for all."""


class Alerts:
    """Looks each minute at what the doctor finds in the queues and on the machine. What is new is in the log too, chat or none.

    Trouble is told when two looks in a row have found it: after an outage much waits for a moment.

    `read` and `write` run on the database; `due` knows what of a tick has failed; `away`: the channels by which nothing goes.
    """

    def __init__(
        self,
        settings: Settings,
        channels: Channels,
        read: Callable[[Callable[[Connection], Any]], Awaitable[Any]],
        write: Callable[[Callable[[Connection], Any]], Awaitable[Any]],
        due: Due,
        away: Callable[[], Collection[str]],
    ) -> None:
        self._settings, self._channels = settings, channels
        self._to = alert_address(settings, channels)
        self._read, self._write, self._due, self._away = read, write, due, away
        self._last: dict[str, str] = {}
        self._looked_at: datetime | None = None
        self._failed_last: frozenset[TickPart] = frozenset()
        self._told_failing: frozenset[TickPart] | None = None

    async def look(self, now: datetime) -> None:
        """Once a minute. That parts of the tick fail is told first: what is looked at after it may be one of them."""
        if self._looked_at is not None and abs(now - self._looked_at) < APART:
            return
        await self._look_at(self._failing, now, again=self._more_fails())
        await self._look_at(lambda _: self._of_channels(), now)
        try:
            await self._look_at(partial(self._examine, now), now)
        except Exception as error:
            if is_away(error):
                raise
            await self._look_at(partial(self._examine, now, one_by_one=True), now)
        self._looked_at = now

    def _examine(self, now: datetime, connection: Connection, *, one_by_one: bool = False) -> list[Examined]:
        return examine_for_alerts(self._settings, connection, now, one_by_one=one_by_one)

    async def given_up(self, now: datetime, times: int) -> None:
        """`times` minutes in a row could read nothing. Told by who writes, if he can, and without a look, which would read."""
        is_wanted = times >= GIVEN_UP

        def tell(connection: Connection) -> None:
            if is_wanted:  # else the database was away for who writes too, and it is told of a trouble that is over
                self._tell(connection, found, dict(alerts.open_alerts(connection)), now, again=False)

        found = [Examined(TICK, failing("doctor_tick_given_up", minutes=times))]
        if is_wanted:
            try:
                async with asyncio.timeout(WRITES_WITHIN):
                    await self._write(tell)
            except TimeoutError:
                is_wanted = False

    def _failing(self, connection: Connection) -> list[Examined]:
        """Whether any part of the last tick has failed; nothing before there was one."""
        failing = self._due.failing
        if failing is None:
            return []
        if not failing:
            return [Examined(TICK, well("doctor_tick_well"))]
        tree = units.tree(connection) if any(each.unit_id for each in failing) else None
        said = failing_parts(sorted(failing), tree, translator(self._settings.language))
        return [Examined(TICK, warned("doctor_tick_failing", n=max(failing.values()), parts=said))]

    def _more_fails(self) -> bool:
        """Whether something fails, of another form or job, of which the desk was not told with what has failed for longer. What the
        program finds failing when it has just begun was told before that, or is told as new.
        """
        if self._due.failing is None:
            return False
        failing = frozenset(each.summed_up for each in self._due.failing)
        told, lasting = self._told_failing, failing & self._failed_last
        self._failed_last = failing
        self._told_failing = failing if told is None else (told & failing) | lasting
        return told is not None and bool(lasting - told)

    def _of_channels(self) -> list[Examined]:
        """Whether all are there; nothing while that of the desk's chat is not, where nothing would be heard until it is over."""
        away = self._away()
        if self._to is not None and self._to.channel in away:
            return []
        of_them = (
            warned("doctor_channels_away", names=", ".join(sorted(away))) if away else well("doctor_channels_well")
        )
        return [Examined("channels", of_them)]

    async def _look_at(
        self, examine: Callable[[Connection], list[Examined]], now: datetime, *, again: bool = False
    ) -> None:
        """`again`: what is known to be as it is found is told once more."""

        def found(connection: Connection) -> tuple[list[Examined], dict[str, str]]:
            return examine(connection), dict(alerts.open_alerts(connection))

        examined, known = await self._read(found)
        last = dict(self._last)
        self._last |= {each.check: _health(each) for each in examined}
        lasting = [each for each in examined if _health(each) in (Health.OK, last.get(each.check))]
        if again or any(_health(each) != known.get(each.check, Health.OK) for each in lasting):
            await self._write(lambda connection: self._tell(connection, lasting, known, now, again))

    def _tell(
        self, connection: Connection, examined: Sequence[Examined], known: dict[str, str], now: datetime, again: bool
    ) -> None:
        says = list[Say]()
        for each in examined:
            was, health = known.get(each.check, Health.OK), _health(each)
            if not (_note(connection, each.check, was, health, now) or (again and was == health != Health.OK)):
                continue
            said, values = each.finding.key, each.finding.values
            logger.log(
                logging.INFO if health == Health.OK else logging.WARNING,
                "Alert: %s is %s: %s",
                each.check,
                health,
                said,
            )
            if self._to is not None and (health == Health.OK or was != Health.FAILURE):
                tell = alert_over if health == Health.OK else alert_told
                says.append(tell(said, values, self._to, translator(self._settings.language)))
        outbox.put(connection, says, now, self._channels)


def alert_address(settings: Settings, channels: Channels) -> Address | None:
    """The desk's chat: Telegram's, or with a channel's name before it («zalo:…»); None where there is none, or no such channel."""
    channel, _, chat = settings.alert_chat.rpartition(":")
    at = Address(channel or TELEGRAM.name, chat)
    return at if chat and at.channel in channels_in_use(channels) else None


def _health(of: Examined) -> str:
    return str(of.finding.health)


def _note(connection: Connection, name: str, was: str, health: str, now: datetime) -> bool:
    """Whether this is news, and ours to tell."""
    if health == was:
        return False
    if was == Health.OK:
        return alerts.begin(connection, name, health, now)
    if health == Health.OK:
        return alerts.end(connection, name, now)
    return alerts.change(connection, name, was, health)
