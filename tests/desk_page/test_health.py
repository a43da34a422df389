"""What whoever runs the program sees without coming in: whether it is alive, whether it can work, what it counts."""

import asyncio
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from bot.running.liveness import TICK_SECONDS, Liveness
from bot.running.readers import Readers
from bot.web.health import HealthRoutes
from bot.web.metrics import Metrics
from reporting.forms import Form
from storage.database.engines import reading_engine
from storage.schedule.rounds_of_day import standings_of_day
from tests.conversations.house import House, Talker
from tests.conversations.test_residents import sends_report
from tests.desk_page.conftest import Browser, Looked

NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is that tests it."""
    monkeypatch.setattr("bot.web.health.DATABASE_SECONDS", 60.0)


async def is_away_now(_: Callable[[Connection], Any]) -> Any:
    raise OperationalError("select", {}, OSError("the server closed the connection"), connection_invalidated=True)


def samples(told: Looked) -> dict[str, float]:
    """Each sample by its name and labels, as Prometheus' own parser reads them."""
    found = {}
    for family in text_string_to_metric_families(told.text):
        for each in family.samples:
            labels = ",".join(value for _, value in sorted(each.labels.items()) if value)
            found[f"{each.name} {labels}".strip()] = each.value
    return found


async def test_what_is_done_is_counted(house: House, browser: Callable[[], Browser], reporter: Talker) -> None:
    await sends_report(reporter)
    visitor = browser()
    told = await visitor.get("/metrics")
    assert (told.status, told.headers["Content-Type"].partition(";")[0]) == (200, "text/plain")
    found = samples(told)
    assert found["giaoban_updates_handled_total"] >= 3
    assert found["giaoban_deliveries_total telegram,said"] >= 3
    assert found["giaoban_commit_seconds_count"] >= 3
    assert found["giaoban_queue_waiting inbox,staff"] == found["giaoban_queue_oldest_seconds outbox,reply"] == 0
    assert found["giaoban_standings covid_daily,on_time"] == 1
    assert found["giaoban_standings covid_daily,due"] == 2
    assert found["giaoban_tick_seconds_count"] >= 1
    assert found["process_resident_memory_bytes"] > 0


async def test_a_form_that_cannot_be_counted_keeps_all_else_from_nobody(
    browser: Callable[[], Browser], reporter: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forms_told(told: Looked) -> set[str]:
        return {form for form in ("covid_daily", "covid_level") if f"giaoban_standings {form},due" in samples(told)}

    def fails(connection: Connection, form: Form, *given: Any) -> Any:
        if form.key == "covid_level":
            raise ZeroDivisionError
        return standings_of_day(connection, form, *given)

    with monkeypatch.context() as bug:
        bug.setattr("bot.web.metrics.standings_of_day", fails)
        assert forms_told(await browser().get("/metrics")) == {"covid_daily"}


async def test_it_is_alive_and_ready_until_its_clerk_has_ended(house: House, browser: Callable[[], Browser]) -> None:
    visitor = browser()
    for path in ("/healthz", "/readyz"):
        well = await visitor.get(path)
        assert (well.status, json.loads(well.text)) == (200, {"ok": True, "troubles": []})
    await house.running.clerk.stop()
    for path in ("/healthz", "/readyz"):
        ill = await visitor.get(path)
        assert (ill.status, json.loads(ill.text)["troubles"]) == (503, ["clerk"])


async def test_metrics_are_not_for_whoever_comes_through_a_proxy(browser: Callable[[], Browser]) -> None:
    visitor = browser()
    visitor.headers["X-Forwarded-For"] = "203.0.113.7"
    assert (await visitor.get("/metrics")).status == 404
    assert (await visitor.get("/healthz")).status == 200


async def test_a_database_that_is_away_and_a_clock_that_stands_still_are_named() -> None:
    seconds, readers, troubles = [0.0], Readers(reading_engine(NOWHERE)), list[str]()
    metrics, deadly = Metrics(lambda: seconds[0]), Liveness(lambda: troubles, lambda: seconds[0]).deadly
    health = HealthRoutes(readers, lambda: datetime.now(UTC), ZoneInfo("UTC"), {}, metrics, lambda: troubles, deadly)
    routes = {each.path: each.handler for each in health.routes()}

    async def asked(path: str) -> tuple[int, list[str]]:
        answer = await routes[path](make_mocked_request("GET", path))
        assert isinstance(answer, web.Response)
        return answer.status, json.loads(answer.text or "")["troubles"]

    assert await asked("/readyz") == (503, ["database"])
    assert await asked("/healthz") == (200, [])
    seconds[0] = TICK_SECONDS + 1
    assert await asked("/healthz") == (503, ["tick"])
    for awaited in ("starting", "database"):
        troubles[:] = [awaited]
        assert await asked("/healthz") == (200, []), "it is waited for, and a new start would not help"
    assert await asked("/readyz") == (503, ["database"])
    troubles.clear()
    seconds[0] += TICK_SECONDS
    assert await asked("/healthz") == (200, []), "whoever catches up has the whole time for it"
    seconds[0] += 1
    assert await asked("/healthz") == (503, ["tick"])
    await readers.close()


async def test_what_the_process_counts_is_told_without_a_database_too(
    house: House, browser: Callable[[], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.health.MEMORY_SECONDS", 0.0)
    visitor = browser()
    assert samples(await visitor.get("/metrics"))["giaoban_database_up"] == 1
    with monkeypatch.context() as away:
        away.setattr(house.running.readers, "read", is_away_now)
        told = await visitor.get("/metrics")
        found = samples(told)
        assert told.status == 200
        assert found["giaoban_database_up"] == 0
        assert found["giaoban_tick_seconds_count"] >= 1
        assert [name for name in found if name.startswith(("giaoban_queue", "giaoban_standings"))] == []
    assert samples(await visitor.get("/metrics"))["giaoban_queue_waiting inbox,staff"] == 0


async def test_a_database_that_does_not_answer_is_looked_at_once_however_many_ask(
    house: House, browser: Callable[[], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, asked = asyncio.Event(), list[object]()
    read = house.running.readers.read

    async def waits(what: Callable[[Connection], Any]) -> Any:
        asked.append(what)
        await answers.wait()
        return await read(what)

    monkeypatch.setattr("bot.web.health.MEMORY_SECONDS", 0.0)
    monkeypatch.setattr("bot.web.health.DATABASE_SECONDS", 0.05)
    visitor = browser()
    with monkeypatch.context() as frozen:
        frozen.setattr(house.running.readers, "read", waits)
        for _ in range(3):
            assert samples(await visitor.get("/metrics"))["giaoban_database_up"] == 0
        assert len(asked) == 1
    monkeypatch.setattr("bot.web.health.DATABASE_SECONDS", 60.0)
    answers.set()
    assert samples(await visitor.get("/metrics"))["giaoban_database_up"] == 1


async def test_a_database_of_another_release_is_not_ready(house: House, browser: Callable[[], Browser]) -> None:
    def back(connection: Connection) -> None:
        connection.execute(text("update alembic_version set version_num = '0003'"))

    await house.running.clerk.write(back)
    told = await browser().get("/readyz")
    assert (told.status, json.loads(told.text)["troubles"]) == (503, ["database"])


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
async def test_nothing_of_people_or_secrets_is_told(
    house: House, browser: Callable[[], Browser], reporter: Talker, path: str
) -> None:
    await reporter.says("/baocao")
    reporter.hears("Số ca mắc mới")
    told = (await browser().get(path)).text
    assert house.settings.bot_token not in told
    assert not re.search(rf"Lê Văn Nam|{reporter.person.id}\b", told)
