"""Wherever the sender is killed while it sends: no value is lost, none is wrong, and each has its receipt."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from simulator.dhis2 import Dhis2Server
from tests.environment import ROOT
from tests.portal.office import TODAY, TOKEN, Office, dhis2_metadata, mapping_of, prepare_office
from tests.sqlite import fresh_sqlite

SEEDS, KILLS = 5, 4
FEW_MOMENTS = 40
DISTRICT, CODES = "397", ("15742", "15700", "15718")
Place = tuple[str, str, str]
"""A unit's code, an element's, and a period's id."""


class Mother:
    """The process from which lives are forked, one at a time."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.portal.killed"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ}
        )

    async def life(self, office: Office, kill_at: int) -> int:
        """Its exit code, negative for a signal."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([office.url, office.now.isoformat(), kill_at]) + "\n")
        self._process.stdin.flush()
        return int(await asyncio.to_thread(self._process.stdout.readline))

    def end(self) -> None:
        self._process.communicate(timeout=60)


@pytest.fixture(scope="session")
def mother() -> Iterator[Mother]:
    mother = Mother()
    yield mother
    mother.end()


@pytest.fixture
def killed_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """On SQLite: what a kill leaves of a transaction is tried on both databases elsewhere."""
    monkeypatch.setenv("PORTAL_TINH", TOKEN)
    return Office(fresh_sqlite(tmp_path / "office.db", prepare_office))


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_a_kill_loses_nothing_and_makes_nothing_wrong(killed_office: Office, mother: Mother, seed: int) -> None:
    office, chance = killed_office, random.Random(seed)
    async with Dhis2Server(dhis2_metadata(), chance.choice(["2.42", "2.43"])) as server:
        text = mapping_of(server, **{"[indicators]": '[units.codes]\n397 = "397"\n\n[indicators]'})
        office.use(text.replace('idScheme = "code"', 'idScheme = "code"\ncomplete = true'))
        kills = 0
        while kills < KILLS:
            _somebody_reports(office, chance)
            ended = await mother.life(office, chance.randint(1, FEW_MOMENTS))
            kills += ended == -signal.SIGKILL
            office.passes(minutes=4)
        assert await mother.life(office, 0) == 0
        _is_whole(office, server)
    office.close()


def _somebody_reports(office: Office, chance: random.Random) -> None:
    for _ in range(4):
        on = TODAY - timedelta(days=chance.randrange(3))
        beds = chance.choice([None, 0, chance.randrange(50)])
        office.reports(chance.choice(CODES), on, ill=chance.randrange(20), beds=beds)


def _totals(stands: dict[Place, str]) -> dict[Place, str]:
    """The district's figures, worked out from the communes': sums of the day; of the running total, each one's last value up to it."""
    found = dict[Place, str]()
    for period in {each[2] for each in stands}:
        for name in ("ILL", "BEDS"):
            own = [int(value) for (_, of, on), value in stands.items() if (of, on) == (name, period)]
            found |= {(DISTRICT, name, period): str(sum(own))} if own else {}
        up_to = {
            code: on for (code, of, on) in sorted(stands, key=lambda each: each[2]) if of == "EVER" and on <= period
        }
        found[DISTRICT, "EVER", period] = str(sum(int(stands[code, "EVER", on]) for code, on in up_to.items()))
    return found


def _is_whole(office: Office, server: Dhis2Server) -> None:
    """What is there is what stands here, value by value, and everything that is there has been receipted."""
    assert set(office.states().values()) == {"sent"}
    names = {"ill": "ILL", "beds": "BEDS", "ever": "EVER"}
    stands = {
        (code, names[row.indicator], f"{row.period:%Y%m%d}"): str(row.amount // 1_000_000)
        for row in office.rows("figure")
        for code in CODES
        if row.indicator in names and office.code(row.unit_id) == code
    }
    stands |= _totals(stands)
    there = {place: value for place in stands if (value := server.value(place[1], place[0], place[2])) is not None}
    assert there == stands
    assert len(server.stored.values) == len(stands)
    for code, period in office.states():
        for name, (state, value, _) in office.answers(code, period).items():
            there_now = server.value(names[name], code, f"{period:%Y%m%d}")
            assert there_now == (None if state == "deleted" else value)
