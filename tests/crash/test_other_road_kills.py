"""Killed while what Telegram does not take goes over to Zalo: it comes there once, or as often as its uncertain deliveries explain."""

import asyncio
from collections import deque
from datetime import timedelta
from pathlib import Path

import pytest

from simulator import Simulator
from simulator.zalo import ZaloSimulator
from tests.crash.commune import REPORTER, START, prepare_at_both
from tests.crash.points import ZALO_CALL
from tests.crash.traps import COMMIT, Step, Trap
from tests.crash.ward import PATIENCE, Ward, Zygote
from tests.endurance import ENDURING
from tests.sqlite import fresh_sqlite

GO_OVER = "storage.messages.other_road:go_over"
KILLS = {
    "before the commit of its going over": (Step("after", GO_OVER), Step("before", COMMIT)),
    "after the commit of its going over": (Step("after", GO_OVER), Step("after", COMMIT)),
    "it is said there, not marked": (Step("after", ZALO_CALL),),
}
MORE_KILLS = {
    "before it goes over": (Step("before", GO_OVER),),
    "before it is said there": (Step("before", ZALO_CALL),),
    "before the commit of its mark": (Step("after", ZALO_CALL), Step("before", COMMIT)),
}
NAMED = KILLS | (MORE_KILLS if ENDURING else {})


@pytest.mark.endure
@pytest.mark.parametrize("steps", NAMED.values(), ids=NAMED)
async def test_what_goes_over_comes_once_whenever_it_is_killed(
    steps: tuple[Step, ...], zygote: Zygote, tmp_path: Path
) -> None:
    url, log = fresh_sqlite(tmp_path / "giaoban.db", prepare_at_both), tmp_path / "bot.log"
    async with (
        Simulator(start=START, seed=1) as clockwork,  # the other is cut off, and its clock with it
        Simulator(start=START, seed=1) as telegram,
        ZaloSimulator(clock=clockwork.clock) as zalo,
        Ward(zygote, telegram, url, log, deque([Trap(steps)]), zalo, {"clock_url": clockwork.url}) as ward,
    ):
        clockwork.clock.run(0)
        phone = telegram.person("Lê Văn Nam", id=REPORTER).private()
        phone.started = True
        await zalo.world.pulse.until(lambda: zalo.world.bot.webhook, PATIENCE, "the bot is not at Zalo")
        await telegram.cut()
        clockwork.clock.advance(timedelta(minutes=30))
        waits = asyncio.create_task(ward.hears("Telegram không nhận được tin này", "đến thời hạn", "[Báo cáo ngay]"))
        async with asyncio.timeout(PATIENCE):
            while not waits.done():
                await asyncio.wait({waits}, timeout=0.6)  # until Telegram was tried in vain for as long as it takes
                clockwork.clock.advance(timedelta(minutes=1))
        await telegram.mend()
        await ward.person.chooses("Báo cáo ngay", await waits)
        await ward.hears("(1/5)")
        await ward.settled()
        assert ward.deaths == 1, ward.logged()
        assert await ward.stops() == 0, ward.logged()
        assert not phone.unheard
        assert len(ward.rows("said")) == 1
        assert {each.state for each in ward.rows("outbox")} <= {"said", "unknown"}
        for text, (rows, uncertain, came) in ward.copies().items():
            assert rows == 1, text
            assert 1 <= came <= 1 + uncertain, f"{came} copies, {uncertain} uncertain: {text}"
