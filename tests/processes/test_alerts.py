"""Each alert of docs/operations.md is provoked at a process of `giaoban run`, by what causes it: what the desk's chat is told, what
whoever runs it sees, and that it is over, and told to be, once what the document advises is done. None is missing (`test_operations`).
"""

import asyncio
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from simulator.dhis2 import Dhis2Server
from simulator.person import Person
from simulator.zalo import ZaloSimulator
from tests.cluster import Cluster
from tests.conversations.house import prepare
from tests.portal.office import MAPPING, TOKEN, Office, dhis2_metadata, prepare_office
from tests.ports import free_port
from tests.postgres import fresh_database
from tests.processes.test_two_processes import invite
from tests.processes.watched import GIVEN_UP, PATIENCE, START, Watched, watched
from tests.sqlite import fresh_sqlite

pytestmark = pytest.mark.timeout(300)
TOLD = "⚠️ Cảnh báo hệ thống"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    fresh_sqlite(tmp_path / "giaoban.db", prepare)
    return tmp_path / "giaoban.db"


@contextmanager
def refused(file: Path, table: str) -> Iterator[None]:
    """Whatever would be put into this table of the file fails, as by a bug."""
    _does(file, f"create trigger provoked before insert on {table} begin select raise(abort, 'provoked'); end")
    yield
    _does(file, "drop trigger provoked")


def _does(file: Path, statement: str) -> None:
    connection = sqlite3.connect(file, timeout=PATIENCE)
    connection.execute(statement)
    connection.close()


async def reporter_of(bot: Watched, database: str) -> Person:
    """Somebody who reports for Thọ Dân, and has been greeted."""
    invite(database)
    reporter = bot.simulator.person("Lê Văn Nam")
    await reporter.starts("15742")
    assert "Kính chào đồng chí" in (await reporter.next_message(PATIENCE)).text
    return reporter


async def test_inbox(postgres: Cluster, tmp_path: Path) -> None:
    """What another process has begun of this chat and does not end."""
    database = fresh_database(postgres, prepare)
    async with watched(database, tmp_path) as bot:
        resident = bot.simulator.person("Bà Ba")
        with psycopg.connect(database) as standing_still:
            standing_still.execute("select pg_advisory_xact_lock(7, hashtext(%s))", [str(resident.id)])
            await resident.says("Thọ Dân hôm nay thế nào?")
            await bot.simulator.idle_of_updates()
            await bot.minute(timedelta(minutes=3))
            await bot.desk_hears(TOLD, "1 tin nhận được đang chờ xử lý", "giaoban run")
            assert "Alert: inbox is warning" in bot.log
            assert await bot.metric('giaoban_queue_waiting{queue="inbox",rank="residents"}') == 1
            assert await bot.troubles() == []
            await bot.minute(timedelta(minutes=30))
            await bot.desk_hears(TOLD, "1 tin nhận được đang chờ xử lý")
            assert "Alert: inbox is failure" in bot.log
        await bot.desk_hears_that_it_is_over("0 tin nhận được")
        await resident.next_message(PATIENCE)


async def test_aside(file: Path, tmp_path: Path) -> None:
    async with watched(f"sqlite:///{file}", tmp_path) as bot:
        reporter = await reporter_of(bot, f"sqlite:///{file}")
        with refused(file, "draft"):
            await reporter.says("/baocao")
            apology = (await reporter.next_message(PATIENCE)).text
        number = apology.partition("GB-")[2].split()[0].strip(").,»")
        await bot.desk_hears(TOLD, "1 tin nhận được mà không xử lý được", "GB-")
        assert f"GB-{number} is set aside" in bot.log
        assert "Alert: aside is warning" in bot.log
        assert await bot.metric("giaoban_updates_set_aside_total") == 1
        await reporter.says("/baocao")
        assert "(1/20)" in (await reporter.next_message(PATIENCE)).text
        await bot.minute(timedelta(days=1))
        await bot.desk_hears_that_it_is_over("không có tin nào bị bỏ lại")


async def test_outbox(file: Path, tmp_path: Path) -> None:
    async with watched(f"sqlite:///{file}", tmp_path) as bot:
        resident = bot.simulator.person("Bà Ba")
        bot.simulator.faults.add(method="sendMessage", chat_id=resident.id, status=429, retry_after=1800)
        await resident.says("Thọ Dân hôm nay thế nào?")
        await bot.logs("to be left in peace")
        await bot.minute(timedelta(minutes=3))
        await bot.desk_hears(TOLD, "1 tin đang chờ gửi", "Telegram")
        assert "Alert: outbox is warning" in bot.log
        await bot.minute(timedelta(minutes=30))
        assert await bot.stop() == 0
        await bot.start()  # else half an hour of the machine's own would have to pass
        await resident.next_message(PATIENCE)
        await bot.desk_hears_that_it_is_over("0 tin đang chờ gửi")


async def test_portals(tmp_path: Path) -> None:
    database = fresh_sqlite(tmp_path / "giaoban.db", prepare_office)
    server, port = Dhis2Server(dhis2_metadata()), free_port()
    await server.start(port)
    await server.stop()
    office = Office(database, START)
    office.use(MAPPING.replace("{url}", server.url))
    office.reports("15742", ill=3, beds=0)
    office.close()
    async with watched(database, tmp_path, PORTAL_PRIVATE_ADDRESSES="true", PORTAL_TINH=TOKEN) as bot:
        await bot.minute(timedelta(days=2, minutes=1))
        await bot.desk_hears(TOLD, "2 lượt số liệu chờ gửi lên cổng, lâu nhất đã 2 ngày", "giaoban portal list")
        assert "Alert: portals is warning" in bot.log
        await bot.minute(timedelta(days=5))
        await bot.desk_hears(TOLD, "2 lượt số liệu chờ gửi lên cổng, lâu nhất đã 7 ngày")
        await server.start(port)
        try:
            await bot.minute(timedelta(hours=6))
            async with asyncio.timeout(PATIENCE):
                while server.value("ILL", "15742", "20211110") != "3":  # noqa: ASYNC110  # no event tells of what has come
                    await asyncio.sleep(0.05)
            await bot.desk_hears_that_it_is_over("0 lượt số liệu")
        finally:
            await server.stop()


async def test_tick(file: Path, tmp_path: Path) -> None:
    async with watched(f"sqlite:///{file}", tmp_path) as bot:
        reporter = await reporter_of(bot, f"sqlite:///{file}")
        with refused(file, "said"):
            await bot.minute(timedelta(minutes=30))
            await bot.desk_hears(TOLD, "remind (người có mã 1)", "has failed; the rest goes on")
            assert "Alert: tick is warning" in bot.log
            assert "remind person=1 has failed; the rest goes on" in bot.log
            assert "provoked" in bot.log
            assert await bot.metric('giaoban_tick_failures_total{part="remind"}')
            assert await bot.troubles("/healthz") == []
        await bot.desk_hears_that_it_is_over("không có phần nào bị lỗi")
        assert "báo cáo" in (await reporter.next_message(PATIENCE)).text


async def test_reading(postgres: Cluster, tmp_path: Path) -> None:
    """The server has no connection left for whoever reads; whoever writes has his."""
    database = fresh_database(postgres, prepare)
    with psycopg.connect(database, autocommit=True) as desk, bound(desk, "bot_of_few") as role:
        async with watched(database.replace("//giaoban@", f"//{role}@"), tmp_path) as bot:
            desk.execute(sql.SQL("alter role {} connection limit 1").format(sql.Identifier(role)))
            desk.execute(READERS_END, [role])
            await bot.desk_hears(TOLD, "phút liền không đọc được cơ sở dữ liệu", GIVEN_UP)
            assert "Alert: reading is failure" in bot.log
            assert "too many connections" in bot.log
            assert await bot.troubles() == ["database"]
            assert await bot.troubles("/healthz") == []
            desk.execute(sql.SQL("alter role {} connection limit 50").format(sql.Identifier(role)))
            await bot.desk_hears_that_it_is_over("Đọc được cơ sở dữ liệu")
            assert await bot.troubles() == []


READERS_END = """
select pg_terminate_backend(pid) from pg_stat_activity where usename = %s
and pid not in (select pid from pg_locks where locktype = 'advisory' and granted)
"""


@contextmanager
def bound(connection: psycopg.Connection, role: str) -> Iterator[str]:
    """A role that may do all here, and is bound by limits, as the tests' own is not."""
    name = sql.Identifier(role)
    connection.execute(sql.SQL("create role {} login").format(name))
    for of in ("tables", "sequences"):
        connection.execute(sql.SQL(f"grant all on all {of} in schema public to {{}}").format(name))
    yield role
    connection.execute(sql.SQL("drop owned by {0}; drop role {0}").format(name))


async def test_channels(file: Path, tmp_path: Path) -> None:
    async with ZaloSimulator(start=START) as zalo:
        await zalo.cut()
        of_zalo = {"ZALO_TOKEN": zalo.token, "ZALO_API_URL": zalo.url, "ZALO_NAME": "Bot Giao Ban"}
        async with watched(f"sqlite:///{file}", tmp_path, **of_zalo) as bot:
            await bot.desk_hears(TOLD, "chưa kết nối được từ lúc khởi động): zalo.", "is not reached")
            assert "Alert: channels is warning" in bot.log
            assert await bot.troubles() == ["zalo"]
            assert await bot.troubles("/healthz") == []
            await zalo.mend()
            await bot.is_ready()
            await bot.desk_hears_that_it_is_over("Các kênh đều đang nghe và nói được")


async def test_channels_of_which_one_has_ended(file: Path, tmp_path: Path) -> None:
    """A token that was taken back: it comes back with the right one, at a new start."""
    async with ZaloSimulator(start=START) as zalo:
        of_zalo = {"ZALO_TOKEN": "1:taken-back", "ZALO_API_URL": zalo.url, "ZALO_NAME": "Bot Giao Ban"}
        async with watched(f"sqlite:///{file}", tmp_path, **of_zalo) as bot:
            await bot.desk_hears(TOLD, "zalo", "has ended; the other messengers go on", "systemctl restart giaoban")
            assert "zalo has ended; the other messengers go on" in bot.log
            assert await bot.troubles() == ["zalo"]
            assert await bot.stop() == 0
            await bot.start(ZALO_TOKEN=zalo.token)
            await bot.desk_hears_that_it_is_over("Các kênh đều đang nghe và nói được")


@pytest.mark.skipif(sys.platform != "linux", reason="/proc, which is always full, is Linux' own")
async def test_disk(file: Path, tmp_path: Path) -> None:
    full = {"BACKUP_FOLDER": "/proc/giaoban", "BACKUP_AT": "23:59"}
    async with watched(f"sqlite:///{file}", tmp_path, **full) as bot:
        await bot.desk_hears(TOLD, "Đĩa chứa /proc chỉ còn 0 MB", "bản sao lưu")
        assert "Alert: disk is failure" in bot.log
        assert await bot.troubles() == []
        assert await bot.stop() == 0
        await bot.start(BACKUP_FOLDER=str(tmp_path))
        await bot.desk_hears_that_it_is_over()


async def test_zalo(file: Path, tmp_path: Path) -> None:
    async with ZaloSimulator(start=START) as zalo:
        plan = {"ZALO_TOKEN": zalo.token, "ZALO_API_URL": zalo.url, "ZALO_NAME": "Bot Giao Ban", "ZALO_MESSAGES": "1"}
        async with watched(f"sqlite:///{file}", tmp_path, **plan) as bot:
            zalo.person("Bà Ba").says("Thọ Dân hôm nay thế nào?")
            await bot.desk_hears(TOLD, "Zalo: đã hết tin của tháng này", "mua gói lớn hơn")
            assert "Alert: zalo is failure" in bot.log
            assert await bot.stop() == 0
            await bot.start(ZALO_MESSAGES="3000")
            await bot.desk_hears_that_it_is_over("Zalo: còn")
