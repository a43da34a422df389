"""A district whose bot is killed again and again while all its communes report, day after day; each evening all of it is looked at."""

import asyncio
import os
import random
import signal
import time
from collections import Counter, deque
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from reporting.people import Address, Duty
from reporting.report_page_links import PAGE_AT
from reporting.unit_list import read_units
from simulator import Simulator
from simulator.zalo import ZaloSimulator
from storage.database import audit
from storage.database.audit_chain import check_chain
from storage.database.engines import writing_engine
from storage.organisation import people, units
from storage.reports import forms
from tests.crash.commune import FORM, REPORTER, START
from tests.crash.messengers import Hand, TelegramHand, ZaloHand
from tests.crash.occasions import AT_REST, AT_WORK, IN_THE_TICK, Deck, Occasion
from tests.crash.page_reporter import PageReporter
from tests.crash.reporter import Reporter
from tests.crash.traps import Trap
from tests.crash.ward import GLANCE, Ward, Zygote, tables
from tests.endurance import SEED, times
from tests.migrated import begin_at
from tests.ports import free_port
from tests.storage.kept import broken

COMMUNES = times(8, 100)
UNCERTAIN = 0.02
"""So many of the sends, half of them before they take effect and half of them after."""
LONG = 1800.0
AT_ZALO, BY_PAGE = 1, 2
"""Of three communes one reports at Telegram, one at Zalo, and one on the report's page."""
MILLION = 1_000_000
ENOUGH = 100_000
"""Messages a month: the free plan of Zalo would be spent on the eleventh day, and what waits is said in the next month."""
LOOK = 0.5
"""So many seconds it is good for that something was still to come when the database was looked at."""
inbox, outbox, said, report, figure = (tables[name] for name in ("inbox", "outbox", "said", "report", "figure"))


def _name(place: int) -> str:
    return f"Cán bộ {place + 1}"


def prepare_district(url: str) -> None:
    """A migrated database with the communes, the small form, and a reporter of each, where he reports."""
    zalo = ZaloSimulator()  # a new one gives the same people the same ids
    begin_at(url)
    engine = writing_engine(url)
    names = [f"Thọ Dân {number}" for number in range(1, COMMUNES + 1)]
    rows = "".join(f"c{place},{name},xã,397,,,\n" for place, name in enumerate(names))
    with engine.begin() as connection:
        units.put(connection, read_units(f"code,name,kind,parent,aliases,since,until\n397,Triệu Sơn,huyện,,,,\n{rows}"))
        audit.write(connection, START, None, "units")
        forms.publish(connection, FORM.read_bytes(), FORM.name, date(2021, 11, 1), START)
        tree = units.tree(connection)
        for place in range(COMMUNES):
            commune = tree.find(f"c{place}", START.date())
            assert commune is not None
            at = Address("telegram", str(REPORTER + place))
            if place % 3 == AT_ZALO:
                at = Address("zalo", zalo.person(_name(place)).id)
            person = people.add(connection, at, _name(place), "vi", START)
            people.charge(connection, Duty(person.id, commune.id, "reporter", date(2021, 11, 1)))
    engine.dispose()


class District(Ward):
    """Use it as `async with`, then `lives_through` one day after the other. `kills`: how often at which point."""

    def __init__(self, zygote: Zygote, simulator: Simulator, zalo: ZaloSimulator, database_url: str, log: Path) -> None:
        self.kills = Counter[str]()
        self._chance = random.Random(f"kills {SEED}")  # not for secrets
        self._work, self._ticks = Deck(AT_WORK, self._chance), Deck(IN_THE_TICK, self._chance)
        self._armed, self._to_come, self._left = AT_REST, deque[Occasion](), 0
        self._read_to = 0
        self._looked_at, self._reminded, self._waiting = float("-inf"), set[int](), set[str]()
        at = f"127.0.0.1:{free_port()}"
        more = {"open_data_listen": at, "public_url": f"http://{at}"}
        zalo.plan.messages_a_month = ENOUGH
        super().__init__(zygote, simulator, database_url, log, deque(), zalo, more)
        for faults in (simulator.faults, zalo.faults):
            for drop in ("before", "after"):
                faults.add(method="sendMessage", drop=drop, probability=UNCERTAIN / 2, times=None)
            faults.duplicate = UNCERTAIN
        self.reporters = [self._reporter(place) for place in range(COMMUNES)]

    def hand(self, place: int = 0) -> Hand:
        """Of the reporter of a commune."""
        if place % 3 == AT_ZALO and self.zalo is not None:
            return ZaloHand(self.zalo.person(_name(place)))
        return TelegramHand(self.simulator.person(_name(place), id=REPORTER + place))

    def _reporter(self, place: int) -> Reporter:
        with self.engine.begin() as connection:
            unit = units.tree(connection).find(f"c{place}", START.date())
        assert unit is not None
        made = PageReporter if place % 3 == BY_PAGE else Reporter
        return made(self, self.hand(place), unit.id, random.Random(f"reporter {place} {SEED}"))

    def next_trap(self) -> Trap:
        """The next of the day's; nothing more happens to the bot when they are used up."""
        if not self._to_come:
            self._armed = AT_REST
            return Trap(())
        point = self._to_come.popleft()
        self._armed = point.name
        if not point.often:
            return point.trap()
        coming = point.often * self._left / (len(self._to_come) + 1)
        return point.trap(self._chance.randint(1, max(1, int(coming))))

    def _lose_nothing(self) -> None:
        self.kills[self._armed] += 1
        super()._lose_nothing()

    def unknown_of(self, person: Hand) -> int:
        """How many messages to him were uncertain twice."""
        mine = select(func.count()).where(*_to(person), outbox.c.state == "unknown")
        with self.engine.begin() as connection:
            return int(connection.execute(mine).scalar_one())

    def about(self, person: Hand) -> str:
        """What came from him and was to be said to him last, and how the draft stands, for whoever looks for a fault."""
        came = select(inbox.c.id, inbox.c.state, inbox.c.raw).where(*_from(person))
        said_to = select(outbox.c.id, outbox.c.state, outbox.c.uncertain, outbox.c.error, outbox.c.say)
        with self.engine.begin() as connection:
            rows = [
                *connection.execute(came.order_by(inbox.c.id.desc()).limit(8)),
                *connection.execute(said_to.where(*_to(person)).order_by(outbox.c.id.desc()).limit(8)),
            ]
        return "\n".join(map(str, rows)) + f"\n{self.logged()[-3000:]}"

    def expects_something(self, person: Hand, unit_id: int) -> bool:
        """Whether he was not reminded today, or anything that he said is not handled, or that is to be said to him not said."""
        if person.has_unheard or any(each.has_waiting(person.address[1]) for each in self.messengers):
            return True
        if time.monotonic() - self._looked_at < LOOK and self._was_waited_for(person, unit_id):
            return True
        self._look()
        return self._was_waited_for(person, unit_id) or person.has_unheard

    def _was_waited_for(self, person: Hand, unit_id: int) -> bool:
        return unit_id not in self._reminded or person.address[1] in self._waiting

    def _look(self) -> None:
        """One look at the database for all of them: a hundred that each ask for themselves keep the bots from their work."""
        today = self.simulator.clock.now().astimezone(START.tzinfo).date()
        with self.engine.begin() as connection:
            self._reminded = set(connection.execute(select(said.c.unit_id).where(said.c.period == today)).scalars())
            unhandled = connection.execute(select(inbox.c.chat).where(inbox.c.state == "new")).scalars()
            unsaid = connection.execute(
                select(outbox.c.address).where(outbox.c.state.in_(("new", "sending")))
            ).scalars()
            self._waiting = {*unhandled, *unsaid}
        self._looked_at = time.monotonic()

    async def lives_through(self, day: int, at_ticks: int = 0, at_work: int = 0) -> None:
        """Everybody is reminded and reports, with so many kills in the tick and at work, and then one at night; or with none."""
        self._to_come.extend([*self._ticks.hand(at_ticks), *(self._work.draw() for _ in range(at_work))])
        self._left = COMMUNES
        if day and self._to_come:
            os.kill(self.process, signal.SIGKILL)
        self.simulator.clock.move_to(START.replace(hour=16, minute=0) + timedelta(days=day))
        everybody = asyncio.gather(*(self._reports(each) for each in self.reporters))
        both: set[asyncio.Future[Any]] = {everybody, self._keeping}
        try:
            async with asyncio.timeout(LONG):
                await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
                if not everybody.done():
                    everybody.cancel()
                    raise AssertionError(f"the bot has ended with {self._keeping.result()}:\n{self.logged()[-4000:]}")
                await everybody
                await self.settled()
        finally:
            everybody.cancel()
        self._to_come.clear()
        self._all_is_there((START + timedelta(days=day)).date())

    async def _reports(self, reporter: Reporter) -> None:
        await reporter.reports()
        self._left -= 1

    async def settled(self) -> None:
        """Until nothing waits to be handled or said."""
        for each in self.messengers:
            await each.idle(LONG)
        while self._waits():  # noqa: ASYNC110  # another process writes there: nothing tells us of it
            await asyncio.sleep(GLANCE)

    def _all_is_there(self, on: date) -> None:
        """What the day has promised: each report once, as it was answered; each reminder once; no copy without cause."""
        by_unit = {each.unit_id: each for each in self.reporters}
        with self.engine.begin() as connection:
            reports = connection.execute(select(report).where(report.c.period == on)).all()
            assert sorted(row.unit_id for row in reports) == sorted(by_unit)
            for row in reports:
                assert (row.revision, row.answers) == (1, by_unit[row.unit_id].answers)
            totals = select(figure.c.unit_id, figure.c.amount).where(
                figure.c.period == on, figure.c.indicator == "cases_cum"
            )
            assert dict(map(tuple, connection.execute(totals).all())) == {
                unit: each.cases * MILLION for unit, each in by_unit.items()
            }
            reminded = connection.execute(select(said.c.unit_id).where(said.c.period == on)).scalars().all()
            assert sorted(reminded) == sorted(by_unit)
            tried = connection.execute(
                select(inbox.c.state, inbox.c.tries).distinct().where(inbox.c.state != "done")
            ).all()
            assert not tried
            rows = connection.execute(select(outbox).where(outbox.c.id > self._read_to)).all()
        self._read_to = max(row.id for row in rows)
        self._nothing_came_without_cause(rows)

    def _nothing_came_without_cause(self, rows: Sequence[Any]) -> None:
        assert {row.state for row in rows} <= {"said", "unknown"}
        stand, uncertain, came = Counter[str](), Counter[str](), Counter[str]()
        for row in rows:
            if "text" in row.say:  # the others set menus
                presses = [[button.get("press", "") for button in line] for line in row.say.get("buttons", ())]
                text = f"{row.address} {row.say['text']} {presses}"
                stand[text] += 1
                uncertain[text] += row.uncertain
        for messenger in self.messengers:
            for (address, text), copies in messenger.came().items():
                came[f"{address} {text}"] += copies
            messenger.forget()
        for text in stand | came:
            if f"{PAGE_AT}enter?" in text and not stand[text]:
                # a link is a right, so its row goes once it is said: how it went is not known
                assert came[text] <= 2, text
                continue
            assert came[text] <= stand[text] + uncertain[text], (
                f"{came[text]} copies, {uncertain[text]} uncertain: {text}"
            )
            assert came[text] or uncertain[text] > 1, f"never came: {text}"

    def is_whole(self) -> None:
        """The database holds together, and its audit's chain is whole with one line for each report."""
        with self.engine.begin() as connection:
            assert broken(connection) == []
            assert check_chain(connection).broken is None
            lines = connection.execute(
                select(func.count()).where(tables["audit"].c.what.in_(("report", "correction")))
            ).scalar_one()
            assert lines == connection.execute(select(func.count()).select_from(report)).scalar_one()


def _from(person: Hand) -> tuple[Any, ...]:
    channel, address = person.address
    return inbox.c.channel == channel, inbox.c.chat == address


def _to(person: Hand) -> tuple[Any, ...]:
    channel, address = person.address
    return outbox.c.channel == channel, outbox.c.address == address
