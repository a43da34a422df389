"""Days on end of kill -9 by chance, while sends are uncertain: by every road no answer is lost, no report doubled, all is said."""

from pathlib import Path

import pytest

from simulator import Simulator
from simulator.zalo import ZaloSimulator
from tests.cluster import Cluster
from tests.crash.commune import START
from tests.crash.district import COMMUNES, District, prepare_district
from tests.crash.occasions import AT_REST, AT_WORK, IN_THE_TICK
from tests.crash.ward import Zygote
from tests.endurance import SEED, times
from tests.postgres import fresh_database
from tests.sqlite import fresh_sqlite

DAYS = times(2, 100)
"""With the communes there are 10,000 reports by `make endure`."""
AT_TICKS, AT_WORK_A_DAY = times(2, 3), times(3, 9)
LEAST = times(8, 1_000)
"""So many kills at least: not every one that is planned finds its occasion before the day is over."""
pytestmark = [pytest.mark.endure, pytest.mark.timeout(300 if DAYS < 10 else 0)]


async def test_days_of_kills_on_sqlite(zygote: Zygote, tmp_path: Path) -> None:
    await _days_of_kills(zygote, fresh_sqlite(tmp_path / "giaoban.db", prepare_district), tmp_path / "bot.log")


async def test_days_of_kills_on_postgresql(zygote: Zygote, postgres: Cluster, tmp_path: Path) -> None:
    await _days_of_kills(zygote, fresh_database(postgres, prepare_district), tmp_path / "bot.log")


async def _days_of_kills(zygote: Zygote, url: str, log: Path) -> None:
    print(f"ENDURE_SEED={SEED}", flush=True)  # noqa: T201  # what replays it, in the failure's report too
    async with (
        Simulator(start=START, seed=SEED) as simulator,
        ZaloSimulator(clock=simulator.clock, seed=SEED) as zalo,
        District(zygote, simulator, zalo, url, log) as district,
    ):
        for day in range(DAYS):
            await district.lives_through(day, AT_TICKS, AT_WORK_A_DAY)
            if day % 10 == 9 or day == DAYS - 1:
                district.is_whole()
            reports = COMMUNES * (day + 1)
            print(f"{reports} reports, {district.deaths} kills: {dict(district.kills)}", flush=True)  # noqa: T201
        assert district.kills.keys() <= {AT_REST, *(each.name for each in (*AT_WORK, *IN_THE_TICK))}
        assert district.deaths >= LEAST
        assert await district.stops() == 0, district.logged()[-4000:]
