"""Tells the desk's chat when something stands still: once when it begins, once more if it gets worse, and when it is over."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.doctor.checks import Examined, examine_for_alerts
from bot.doctor.findings import Health, failing, warned, well
from bot.running.disk_look import DiskLook
from bot.running.due import Due
from bot.settings import Settings
from bot.telegram.channel import TELEGRAM
from messages.admins.alert_words import alert_over, alert_told, failing_parts
from reporting.channel import Channels, channels_in_use
from reporting.people import Address
from reporting.say import Say
from reporting.translator import translator
from storage.database.away import is_away
from storage.messages import outbox
from storage.organisation import units
from storage.schedule import alerts
from storage.schedule.alerts import Open, found_as, is_named_of
from storage.schedule.clock_set_back import AHEAD

logger = logging.getLogger(__name__)

TICK, CHANNELS, READING = "tick", "channels", "reading"
"""The names of the checks that tell what of a tick fails, which channels are away, and that no tick can read anything."""
APART = timedelta(seconds=30)
"""Two ticks in less, as at a start, are one look: what lasts has lasted from one minute to the next."""
HOLDS = timedelta(minutes=5)
"""What nobody has found as bad for so long is better, or over: what fails in two minutes of three is one trouble, and told once."""
QUIET = timedelta(hours=1)
"""What an alert that goes on has named is told again when it comes back after so long."""

GIVEN_UP, WRITES_WITHIN = 3, 3.0
"""So many minutes in a row are more than a moment; a database in which nothing is written for so many seconds is away for all."""


class Alerts:
    """Looks each minute at what the doctor finds in the queues and on the machine. What is new is in the log too, chat or none.

    Trouble is told when two looks in a row have found it: after an outage much waits for a moment. An alert that names several is told
    once more for another that lasts. Better or over it is when no process has found it as bad for a while: what is so in one of
    several need not be so in another, and whoever has told of it may be gone.

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
        self._disk = DiskLook(settings)
        self._last: dict[str, str] = {}
        self._looked_at: datetime | None = None
        self._named_last: dict[str, frozenset[str]] = {}

    async def look(self, now: datetime) -> None:
        """Once a minute. That parts of the tick fail is told first: what is looked at after it may be one of them."""
        if self._looked_at is not None and abs(now - self._looked_at) < APART:
            return
        await self._look_at(self._failing, now, TICK, (str(each.summed_up) for each in self._due.failing or ()))
        away = self._away()
        await self._look_at(lambda _: self._of_channels(away), now, CHANNELS, away)
        of_disk = await self._disk.found(now)
        try:
            await self._look_at(partial(self._examine, now, of_disk), now)
        except Exception as error:
            if is_away(error):
                raise
            await self._look_at(partial(self._examine, now, of_disk, one_by_one=True), now)
        self._looked_at = now

    def _examine(
        self, now: datetime, of_disk: Sequence[Examined], connection: Connection, *, one_by_one: bool = False
    ) -> list[Examined]:
        return [*of_disk, *examine_for_alerts(self._settings, connection, now, one_by_one=one_by_one)]

    async def given_up(self, now: datetime, times: int) -> None:
        """`times` minutes in a row could read nothing. Told by who writes, if he can, and without a look, which would read."""
        is_wanted = times >= GIVEN_UP

        def tell(connection: Connection) -> None:
            if is_wanted:  # else the database was away for who writes too, and it is told of a trouble that is over
                self._tell(connection, found, alerts.open_alerts(connection), now)
                alerts.found_again(connection, [(each.check, _health(each)) for each in found], (), now)

        found = [Examined(READING, failing("doctor_tick_given_up", minutes=times))]
        if is_wanted:
            try:
                async with asyncio.timeout(WRITES_WITHIN):
                    await self._write(tell)
            except TimeoutError:
                is_wanted = False

    def _failing(self, connection: Connection) -> list[Examined]:
        """That this could be read; and whether any part of the last tick has failed, nothing of it before there was one."""
        failing, read = self._due.failing, Examined(READING, well("doctor_reading_well"))
        if failing is None:
            return [read]
        if not failing:
            return [read, Examined(TICK, well("doctor_tick_well"))]
        tree = units.tree(connection) if any(each.unit_id for each in failing) else None
        said = failing_parts(sorted(failing), tree, translator(self._settings.language))
        return [read, Examined(TICK, warned("doctor_tick_failing", n=max(failing.values()), parts=said))]

    def _of_channels(self, away: Collection[str]) -> list[Examined]:
        """Whether all are there; nothing while that of the desk's chat is not, where nothing would be heard until it is over."""
        if self._to is not None and self._to.channel in away:
            return []
        of_them = (
            warned("doctor_channels_away", names=", ".join(sorted(away))) if away else well("doctor_channels_well")
        )
        return [Examined(CHANNELS, of_them)]

    async def _look_at(
        self,
        examine: Callable[[Connection], list[Examined]],
        now: datetime,
        check: str = "",
        of: Iterable[str] = (),
    ) -> None:
        """`of`: what an alert of `check`, the only one that is made, is about and names."""

        def found(connection: Connection) -> tuple[list[Examined], Mapping[str, Open]]:
            return examine(connection), alerts.open_alerts(connection)

        named = frozenset(f"{check} {each}" for each in of)
        lasting_named, self._named_last[check] = named & self._named_last.get(check, frozenset()), named
        examined, known = await self._read(found)
        last = dict(self._last)
        self._last |= {each.check: _health(each) for each in examined}
        lasting = [each for each in examined if self._is_to_tell(each, known, last, now)]
        is_new = bool(lasting_named - known.keys())
        if lasting and (is_new or any(_health(each) != _known(each, known) for each in lasting)):
            await self._write(lambda connection: self._tell(connection, lasting, known, now, named, again=is_new))
        goes_on = [(each.check, _health(each)) for each in examined if each.check in known or each in lasting]
        if named and not examined and check in known:  # what nothing can be told of goes on all the same
            goes_on = [(check, known[check].health)]
        await self._note_found([each for each in goes_on if each[1] != Health.OK], named & known.keys(), now)
        await self._forget_quiet([each for each in known.keys() - named if is_named_of(each, check)], known, now)

    def _is_to_tell(self, found: Examined, known: Mapping[str, Open], last: Mapping[str, str], now: datetime) -> bool:
        """What lasts; and what is better, or over, when it has held."""
        health, was = _health(found), known.get(found.check)
        if was is None or _how_bad(health) >= _how_bad(was.health):
            return health in (Health.OK, last.get(found.check))
        worse = (found_as(found.check, each) for each in Health if _how_bad(each) > _how_bad(health))
        return _is_past(max((known[each].at for each in worse if each in known), default=was.at), HOLDS, now)

    async def _note_found(self, found: Collection[tuple[str, str]], named: Collection[str], now: datetime) -> None:
        if found or named:
            await self._write(lambda connection: alerts.found_again(connection, found, named, now))

    async def _forget_quiet(self, names: Collection[str], known: Mapping[str, Open], now: datetime) -> None:
        quiet = [each for each in names if _is_past(known[each].at, QUIET, now)]
        if quiet:
            await self._write(lambda connection: alerts.forget(connection, quiet, now))

    def _tell(
        self,
        connection: Connection,
        examined: Sequence[Examined],
        known: Mapping[str, Open],
        now: datetime,
        named: Collection[str] = (),
        *,
        again: bool = False,
    ) -> None:
        """`named`: what it names; `again`: some of that is new, be it as bad as is known, unless another process has told it."""
        says = list[Say]()
        for each in examined:
            was, health = _known(each, known), _health(each)
            is_news = _note(connection, each.check, was, health, now)
            is_told = health == Health.OK or was != Health.FAILURE
            if health != Health.OK and is_told and (is_news or again):
                begun = [alerts.begin(connection, name, health, now) for name in named]
                is_news = is_news or any(begun)
            if not is_news:
                continue
            said, values = each.finding.key, each.finding.values
            logger.log(
                logging.INFO if health == Health.OK else logging.WARNING,
                "Alert: %s is %s: %s",
                each.check,
                health,
                said,
            )
            if self._to is not None and is_told:
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


def _how_bad(health: str) -> int:
    return list(Health).index(Health(health))


def _is_past(last: datetime, least: timedelta, now: datetime) -> bool:
    """Whether it was so long ago; what lies ahead was noted by a clock that stood ahead, nobody knows when."""
    return now - last >= least or last > now + AHEAD


def _known(of: Examined, known: Mapping[str, Open]) -> str:
    return known[of.check].health if of.check in known else str(Health.OK)


def _note(connection: Connection, name: str, was: str, health: str, now: datetime) -> bool:
    """Whether this is news, and ours to tell."""
    if health == was:
        return False
    if was == Health.OK:
        return alerts.begin(connection, name, health, now)
    if health == Health.OK:
        return alerts.end(connection, name, now)
    return alerts.change(connection, name, was, health)
