"""A file of a message is given at an address that nobody can guess, for a time, and no longer than its receiver has a duty."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.drawing import draw
from bot.running.readers import Readers
from bot.running.render_cache import Drawer
from bot.web.addressed_files import AddressedFiles
from bot.web.open_data import OpenData
from reporting.form_files import TextLines
from reporting.person_record import Keeping
from reporting.say import Drawn
from services.end_duty import end_duty
from services.file_by_address import GIVEN_FOR, FileKind, file_by_address
from services.forget_old import forget_old
from services.person_data import erase_person
from storage.database.engines import reading_engine, writing_engine
from storage.messages.file_addresses import drop_chat_files
from tests.databases import fresh_of_kind
from tests.services.office import DAY, ZONE, Office, furnish

FILE = Drawn("Bảng xã.txt", TextLines(("Thọ Dân: 5 ca",)))


@dataclass
class FilesSite:
    """The site beside an office; what the office writes is committed before somebody asks."""

    office: Office
    url: str
    http: aiohttp.ClientSession

    def address(self, name: str = "Hoa", message_id: int = 7, kind: FileKind = "document") -> str:
        to = self.office[name].address
        return file_by_address(self.office.connection, self.url, FILE, message_id, kind, to, self.office.now)

    async def get(self, address: str, method: str = "GET", **headers: str) -> tuple[int, str, dict[str, str]]:
        self.office.connection.commit()
        async with self.http.request(method, address, headers=headers) as answer:
            return answer.status, await answer.text(), dict(answer.headers)

    async def status(self, address: str) -> int:
        return (await self.get(address))[0]


@pytest.fixture(params=["sqlite", "postgresql"])
async def files(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[FilesSite]:
    database = fresh_of_kind(request, tmp_path / "giaoban.db", furnish)
    writing, readers, drawer = writing_engine(database), Readers(reading_engine(database)), Drawer(draw)
    with writing.connect() as connection:
        office = Office(connection)
        addressed = AddressedFiles(readers, lambda: office.now, drawer)
        site = OpenData(readers, lambda: office.now, ZONE, beside=addressed.routes())
        url = await site.start("127.0.0.1:0")
        async with aiohttp.ClientSession() as http:
            yield FilesSite(office, url, http)
        await site.stop()
        addressed.close()
    await readers.close()
    writing.dispose()


async def test_a_file_comes_whole_and_nobody_on_the_way_keeps_it(files: FilesSite) -> None:
    address = files.address()
    status, text, headers = await files.get(address)
    assert (status, text) == (200, "\ufeffThọ Dân: 5 ca\r\n")
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''B%E1%BA%A3ng%20x%C3%A3.txt"
    assert "noindex" in headers["X-Robots-Tag"]
    assert "sandbox" in headers["Content-Security-Policy"]
    assert (await files.get(files.address(kind="photo")))[2]["Content-Disposition"].startswith("inline")
    assert (await files.get(address, "HEAD"))[:2] == (200, "")


async def test_each_call_makes_an_address_of_its_own_and_the_database_cannot_tell_it(files: FilesSite) -> None:
    first, second = files.address(), files.address()
    assert first != second
    kept = str(files.office.rows("file_address"))
    assert not any(each.rsplit("/", 1)[1].partition(".")[0] in kept for each in (first, second))
    assert [await files.status(each) for each in (first, second)] == [200, 200]


async def test_an_address_that_is_over_was_revoked_or_never_was_is_answered_alike(files: FilesSite) -> None:
    one, other = files.address("Nam"), files.address("Hoa")
    assert drop_chat_files(files.office.connection, files.office["Nam"].address) == 1
    assert [await files.status(each) for each in (one, other)] == [404, 200]
    files.office.now += GIVEN_FOR
    forgotten = [await files.get(each) for each in (one, other)]
    assert {(status, text) for status, text, _ in forgotten} == {(404, "")}
    forget_old(files.office.connection, Keeping(1, 1, 1, 0), DAY, files.office.now)
    assert files.office.rows("file_address") == []


async def test_what_nobody_was_given_is_not_there(files: FilesSite) -> None:
    for name in ("", "x.png", "a" * 43, f"{'a' * 43}.txt", "a" * 4000):
        assert await files.status(f"{files.url}/f/{name}") == 404, name
    assert await files.status(files.address()) == 200


async def test_whoever_has_no_duty_any_more_or_is_erased_has_no_file_either(files: FilesSite) -> None:
    office, hoa, ba = files.office, files.address("Hoa"), files.address("Ba")
    office.now += timedelta(minutes=1)
    (duty,) = office.context.duties(office["Hoa"])
    end_duty(office.context, duty, office.actor("An"))
    assert [await files.status(each) for each in (hoa, ba)] == [404, 200]
    again = files.address("Hoa")
    erase_person(office.connection, office["Hoa"], DAY, office.now)
    assert await files.status(again) == 404


async def test_where_nobody_reaches_us_there_is_no_address(files: FilesSite) -> None:
    office = files.office
    assert file_by_address(office.connection, "", FILE, 7, "photo", office["Hoa"].address, office.now) == ""
    assert office.rows("file_address") == []
