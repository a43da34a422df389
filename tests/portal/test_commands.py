"""`giaoban portal`: checked, previewed, sent, listed, shown."""

import asyncio
import re
from pathlib import Path

import pytest

from bot.cli.main import main
from simulator.dhis2 import Dhis2Server, Element
from tests.portal.office import MAPPING, Office, dhis2_metadata

Run = tuple[int, str, str]


class Desk:
    """Runs commands in a thread, beside the server of the test."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    async def types(self, *words: str) -> Run:
        status = await asyncio.to_thread(main, words)
        printed = self._capsys.readouterr()
        return status, printed.out, printed.err

    def reads(self, name: str) -> list[str]:
        return (self.folder / name).read_text(encoding="utf-8").splitlines()

    def writes(self, text: str, name: str = "tinh.toml") -> str:
        (self.folder / name).write_text(text, encoding="utf-8")
        return str(self.folder / name)


@pytest.fixture
def desk(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    monkeypatch.setenv("DATABASE_URL", office.url)
    monkeypatch.setenv("PORTAL_PRIVATE_ADDRESSES", "true")
    monkeypatch.chdir(tmp_path)
    office.reports("15742", ill=3, beds=0)
    office.reports("15700", ill=1000)
    return Desk(tmp_path, capsys)


async def test_a_mapping_is_checked_previewed_sent_listed_and_shown(desk: Desk, server: Dhis2Server) -> None:
    file = desk.writes(MAPPING.replace("{url}", server.url))
    status, said, _ = await desk.types("portal", "check", file)
    assert (status, "tinh: dùng được. Gửi 3 chỉ tiêu của 3 đơn vị" in said) == (0, True)
    status, said, _ = await desk.types("portal", "preview", file, "--date", "2021-11-10")
    shown = [re.split(r"  +", line.strip()) for line in said.splitlines()]
    assert ["15742", "xã Thọ Dân", "BEDS", "Số giường", "0"] in shown
    assert ["15718", "thị trấn Nưa", "chưa có số liệu, không gửi gì"] in shown
    assert server.calls == []
    status, said, wrong = await desk.types("portal", "send", file)
    assert (status, wrong) == (0, "")
    assert "đã gửi 2 lượt" in said
    assert server.value("ILL", "15700", "20211110") == "1000"
    status, said, _ = await desk.types("portal", "list")
    assert ["tinh", "watch", "2", "0", "0"] in [line.split() for line in said.splitlines()]
    status, said, _ = await desk.types("portal", "show", "1")
    assert "đã nhận" in said
    assert (await desk.types("portal", "show", "99"))[0] == 1


async def test_what_was_sent_is_sent_again_only_where_the_desk_wants_it(desk: Desk, server: Dhis2Server) -> None:
    file = desk.writes(MAPPING.replace("{url}", server.url))
    await desk.types("portal", "send", file)
    server.stored.values.clear()
    assert "đã gửi 0 lượt" in (await desk.types("portal", "send", file))[1]
    assert "đã gửi 2 lượt" in (await desk.types("portal", "send", file, "--again"))[1]
    assert server.value("ILL", "15742", "20211110") == "3"


async def test_a_set_that_was_complete_is_registered_again_with_what_is_sent_again(
    desk: Desk, server: Dhis2Server
) -> None:
    text = MAPPING.replace("{url}", server.url).replace('idScheme = "code"', 'idScheme = "code"\ncomplete = true')
    file = desk.writes(text)
    await desk.types("portal", "send", file)
    complete = set(server.stored.complete)
    assert len(complete) == 2
    server.stored.complete.clear()
    await desk.types("portal", "send", file, "--again")
    assert set(server.stored.complete) == complete


async def test_what_was_sent_last_is_listed_with_the_number_of_its_receipt(desk: Desk, server: Dhis2Server) -> None:
    await desk.types("portal", "send", desk.writes(MAPPING.replace("{url}", server.url)))
    listed = (await desk.types("portal", "list"))[1]
    number = next(line.split()[0] for line in listed.splitlines() if "xã Thọ Dân" in line)
    assert re.search(r"beds +0 +đã nhận", (await desk.types("portal", "show", number))[1])


async def test_a_new_indicator_of_a_mapping_is_sent_of_what_was_sent_before(desk: Desk, server: Dhis2Server) -> None:
    text = MAPPING.replace("{url}", server.url)
    await desk.types("portal", "send", desk.writes(text.replace('beds = "BEDS"\n', "")))
    assert server.value("BEDS", "15742", "20211110") is None
    await desk.types("portal", "send", desk.writes(text))
    assert server.value("BEDS", "15742", "20211110") == "0"


async def test_a_refused_value_makes_the_command_fail_and_is_listed(desk: Desk, server: Dhis2Server) -> None:
    kept = server.metadata.sets[0].elements
    elements = tuple(Element(e.uid, e.code, value_type="BOOLEAN") if e.code == "ILL" else e for e in kept)
    server.metadata.sets = dhis2_metadata(elements=elements).sets
    file = desk.writes(MAPPING.replace("{url}", server.url))
    status, said, _ = await desk.types("portal", "send", file)
    assert (status, "bị từ chối 2" in said) == (1, True)
    assert "có giá trị bị từ chối" in (await desk.types("portal", "list"))[1]


async def test_a_mistake_is_printed_and_nothing_is_sent(desk: Desk, server: Dhis2Server) -> None:
    file = desk.writes(MAPPING.replace("{url}", server.url).replace('"code"', '"kode"'))
    for action in ("check", "preview", "send"):
        status, _, wrong = await desk.types("portal", action, file)
        assert status == 1
        assert "Dòng 12: «idScheme» không thể là «kode»" in wrong
    assert server.calls == []


async def test_figures_are_written_into_the_offices_csv(desk: Desk, office: Office) -> None:
    desk.writes("Ngày,Mã,Mắc\n", "mau.csv")
    text = """target = "so"
format = "csv"
form = "watch"
[csv]
template = "mau.csv"
unit = "Mã"
period = "Ngày"
[units]
others = "own code"
[indicators]
ill = "Mắc"
"""
    out = str(desk.folder / "out.csv")
    status, said, wrong = await desk.types("portal", "send", desk.writes(text), "-o", out, "--to", "2021-11-10")
    assert (status, wrong) == (0, "")
    assert "2/3 đơn vị" in said
    assert desk.reads("out.csv") == ["Ngày,Mã,Mắc", "2021-11-10,15700,1000", "2021-11-10,15718,", "2021-11-10,15742,3"]
    assert (await desk.types("portal", "send", desk.writes(text)))[0] == 1
