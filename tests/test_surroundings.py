"""What the tests stand on: the cluster, the browser, the lock, and the surroundings kept out."""

import os
import re
import time

import psycopg
import pytest
from playwright.async_api import Page

from tests.cluster import Cluster
from tests.environment import ROOT, settings_named
from tests.postgres import fresh_database


def one_table(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE commune (name text)")


def names_in(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM commune ORDER BY name")]


def add(url: str, name: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("INSERT INTO commune VALUES (%s)", [name])


def test_each_database_is_a_copy_of_what_was_prepared_and_knows_nothing_of_the_others(postgres: Cluster) -> None:
    first, second = fresh_database(postgres, one_table), fresh_database(postgres, one_table)
    add(first, "Thọ Dân")
    assert names_in(first) == ["Thọ Dân"]
    assert names_in(second) == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_is_tried_on_postgresql_has_its_mark(request: pytest.FixtureRequest, kind: str) -> None:
    assert (request.node.get_closest_marker("postgres") is not None) == (kind == "postgresql")


def test_what_was_committed_is_there_when_the_server_comes_back(postgres: Cluster) -> None:
    url = fresh_database(postgres, one_table)
    add(url, "Thọ Dân")
    with psycopg.connect(url) as connection:
        postgres.stop()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    postgres.start()
    assert names_in(url) == ["Thọ Dân"]


def test_the_server_is_heard_by_nobody_else(postgres: Cluster) -> None:
    with psycopg.connect(fresh_database(postgres)) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert postgres.folder.stat().st_mode & 0o077 == 0


async def test_a_page_shows_vietnamese(page: Page) -> None:
    await page.set_content("<h1>Báo cáo ngày</h1>")
    await page.get_by_role("heading", name="Báo cáo ngày").wait_for()
    assert await page.evaluate("navigator.language") == "vi-VN"


def test_no_setting_of_this_machine_is_left() -> None:
    named = settings_named((ROOT / ".env.example").read_text(encoding="utf-8"))
    assert "BOT_TOKEN" in named
    assert not set(named) & set(os.environ)
    assert time.tzname == ("NST", "NDT")


def test_the_lock_has_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"://|^-|^\S*/", lock, flags=re.MULTILINE)
    pinned = re.findall(r"^[a-z0-9-]+==[^\n]*\n(.*)", lock, flags=re.MULTILINE)
    assert len(pinned) > 50
    assert all(line.strip().startswith("--hash=sha256:") for line in pinned)
