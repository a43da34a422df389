"""Wherever the bot is killed: no confirmed answer is lost, no report comes twice, the next question or the receipt is said."""

import asyncio
import os
import signal
from collections import deque
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from simulator import Simulator
from simulator.zalo import ZaloSimulator
from storage.messages import undelivered
from tests.cluster import Cluster
from tests.crash.commune import START, prepare, prepare_at_zalo
from tests.crash.points import (
    AT_ZALO,
    CALL,
    ON_POSTGRESQL,
    POINTS,
    REASON,
    REFUSED,
    SECOND,
    SEND,
    THIRD,
    USUAL_AT_ZALO,
    ZALO_ON_POSTGRESQL,
    Point,
    then,
)
from tests.crash.traps import SPRUNG, Step, Trap, When
from tests.crash.ward import GLANCE, PATIENCE, Ward, Zygote
from tests.endurance import ENDURING
from tests.environment import ROOT
from tests.postgres import fresh_database
from tests.sqlite import fresh_sqlite

CONVERSATION = (
    ("tap Báo cáo ngay", ("(1/5)", "Số ca mắc mới")),
    ("120", ("ghi ngắn gọn lý do",)),
    ("chùm ca bệnh ở công ty may", ("(2/5)",)),
    ("200", ("(2/5)", "Số tử vong không thể lớn hơn số mắc")),
    ("1", ("(3/5)",)),
    ("15", ("(4/5)", "[Vùng xanh]")),
    ("tap Vùng xanh", ("(5/5)", "[Bỏ qua]")),
    ("bỏ qua", ("Báo cáo ngày", "120", "15", "Vùng xanh")),
    ("tap Gửi", ("đã tiếp nhận", "xã Thọ Dân")),
)
"""What the reporter says, and what he hears then."""
BREATH = THIRD - REASON + 1
"""So much does the hurried reporter say in one breath, from his reason on."""
ANSWERS = {
    "cases": {"value": 120, "reason": "chùm ca bệnh ở công ty may"},
    "deaths": {"value": 1},
    "isolated": {"value": 15},
    "level": {"value": "green"},
    "remark": {"state": "empty"},
}
MILLION = 1_000_000
SLOW = 0.5
"""Seconds that the simulator takes for a message of which it is told that it is slow."""
FIGURES = {"cases": 120, "deaths": 1, "cases_cum": 120, "isolated": 15, "level": "green"}


def test_there_are_as_many_points_as_docs_reliability_tells_with_names_of_their_own() -> None:
    told = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    assert f"kill -9 at each of {len(POINTS)} points" in told
    assert f"{len(POINTS)} kills on SQLite, {len(ON_POSTGRESQL)} on PostgreSQL" in told
    assert (
        f"{len(USUAL_AT_ZALO)} of the {len(AT_ZALO)} points on SQLite, {len(ZALO_ON_POSTGRESQL)} on PostgreSQL" in told
    )
    assert len(POINTS) >= 50
    assert len(AT_ZALO) >= 50
    names, places = {point.name for point in POINTS}, {(point.traps, point.hurried) for point in POINTS}
    assert len(names) == len(places) == len(POINTS)


@pytest.mark.parametrize("point", POINTS, ids=str)
async def test_a_kill_is_not_noticed(point: Point, zygote: Zygote, sqlite_url: str, tmp_path: Path) -> None:
    await _report_with_a_kill(point, zygote, sqlite_url, tmp_path / "bot.log")


@pytest.mark.parametrize("point", ON_POSTGRESQL, ids=str)
async def test_a_kill_is_not_noticed_on_postgresql(
    point: Point, zygote: Zygote, postgres: Cluster, tmp_path: Path
) -> None:
    await _report_with_a_kill(point, zygote, fresh_database(postgres, prepare), tmp_path / "bot.log")


@pytest.mark.endure
@pytest.mark.parametrize("point", AT_ZALO if ENDURING else USUAL_AT_ZALO, ids=str)
async def test_a_kill_is_not_noticed_at_zalo(point: Point, zygote: Zygote, tmp_path: Path) -> None:
    url = fresh_sqlite(tmp_path / "giaoban.db", prepare_at_zalo)
    await _report_with_a_kill(point, zygote, url, tmp_path / "bot.log", at_zalo=True)


@pytest.mark.parametrize("point", ZALO_ON_POSTGRESQL, ids=str)
async def test_a_kill_is_not_noticed_at_zalo_on_postgresql(
    point: Point, zygote: Zygote, postgres: Cluster, tmp_path: Path
) -> None:
    url = fresh_database(postgres, prepare_at_zalo)
    await _report_with_a_kill(point, zygote, url, tmp_path / "bot.log", at_zalo=True)


async def test_a_message_killed_twice_on_its_way_is_shown_to_the_desk(
    zygote: Zygote, sqlite_url: str, tmp_path: Path
) -> None:
    claimed: tuple[When, str] = ("before", CALL)
    traps = deque([then(SECOND, claimed), Trap((Step(*claimed),))])
    log = tmp_path / "bot.log"
    async with Simulator(start=START, seed=1) as simulator, Ward(zygote, simulator, sqlite_url, log, traps) as ward:
        await _reports(ward, REFUSED)
        await ward.person.says("1")
        await ward.settled()
        with ward.engine.begin() as connection:
            (left,) = undelivered.unsaid(connection, START.date())
        assert (left.state, ward.deaths) == ("unknown", 2)
        assert "(3/5)" in left.text
        await ward.person.says("/baocao")
        await ward.hears("(3/5)")


async def _report_with_a_kill(point: Point, zygote: Zygote, url: str, log: Path, *, at_zalo: bool = False) -> None:
    async with AsyncExitStack() as stack:
        simulator = await stack.enter_async_context(Simulator(start=START, seed=1))
        zalo = await stack.enter_async_context(ZaloSimulator(clock=simulator.clock)) if at_zalo else None
        ward = await stack.enter_async_context(Ward(zygote, simulator, url, log, deque(point.traps), zalo))
        killing = asyncio.create_task(_killed_when_all_is_confirmed(ward)) if point.confirmed else None
        await _reports(ward, SEND, point.hurried, point.slow)
        if killing is not None:
            await killing
        await ward.settled()
        assert ward.deaths == len(point.traps), f"killed {ward.deaths} times:\n{ward.logged()}"
        assert not point.confirmed or ward.confirmed[0], "what was to be confirmed was not"
        assert await ward.stops() == 0, ward.logged()
        _all_is_as_if_nothing_had_happened(ward)


async def _killed_when_all_is_confirmed(ward: Ward) -> None:
    """The bot stands at its trap meanwhile."""
    while SPRUNG not in ward.logged():  # noqa: ASYNC110  # another process writes the log: nothing tells us of it
        await asyncio.sleep(GLANCE)
    for each in ward.messengers:
        await each.idle(PATIENCE)
    os.kill(ward.process, signal.SIGKILL)


async def _reports(ward: Ward, until: int, hurried: bool = False, slow: int = 0) -> None:
    """From the reminder on so many turns of the conversation, question by question or in a hurry."""
    ward.simulator.clock.advance(timedelta(minutes=30))
    last = await ward.hears("[Báo cáo ngay]", "xã Thọ Dân")
    told = list(enumerate(CONVERSATION[:until], 1))
    while told:
        most = BREATH if hurried and told[0][0] == REASON else 1
        breath, told = told[:most], told[most:]
        for place, (text, _) in breath:
            if place == slow:
                ward.messengers[-1].faults.add(method="sendMessage", delay=SLOW)
            label = text.removeprefix("tap ")
            await (ward.person.says(text) if label == text else ward.person.chooses(label, last))
        for _, (_, fragments) in breath:
            last = await ward.hears(*fragments)


def _all_is_as_if_nothing_had_happened(ward: Ward) -> None:
    (report,) = ward.rows("report")
    assert (report.revision, report.answers) == (1, ANSWERS)
    assert [each.what for each in ward.rows("audit") if each.what in ("report", "correction")] == ["report"]
    assert {each.indicator: each.choice or each.amount // MILLION for each in ward.rows("figure")} == FIGURES
    assert [each.state for each in ward.rows("draft")] == ["sent"]
    assert [(each.state, each.tries) for each in ward.rows("inbox")] == [("done", 0)] * len(CONVERSATION)
    assert len(ward.rows("said")) == 1
    assert {each.state for each in ward.rows("outbox")} <= {"said", "unknown"}
    for text, (rows, uncertain, came) in ward.copies().items():
        assert rows == 1, text
        assert 1 <= came <= 1 + uncertain, f"{came} copies, {uncertain} uncertain: {text}"
