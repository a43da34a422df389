"""People and invitations by the command line: listed, printed, revoked, ended, handed over, shown, erased."""

import json
import re
from asyncio import to_thread
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reporting.invitation_sheet import InvitationSheet
from reporting.people import Address, Duty, Role
from simulator import Simulator
from storage.database.engines import reading_engine, writing_engine
from storage.organisation import invitations, people, units
from tests.conversations.house import TOKEN

Giaoban = Callable[..., tuple[int, str, str]]
EVERYBODY: tuple[tuple[str, Role, str, str], ...] = (
    ("Lê Văn Nam", "reporter", "15742", "zalo"),
    ("Vũ Thị Mai", "deputy", "15742", "email"),
    ("Trần Thị Hoa", "leader", "397", "telegram"),
)


@pytest.fixture
def office(furnished: Giaoban, empty_database: str) -> Giaoban:
    """A district with three people, each found by another road."""
    engine, now = writing_engine(empty_database), datetime.now(UTC)
    with engine.begin() as connection:
        tree = units.tree(connection)
        for name, role, code, channel in EVERYBODY:
            person = people.add(connection, Address(channel, f"7{name}"), name, "vi", now)
            people.charge(connection, Duty(person.id, tree.known(code, now.date()).id, role, now.date()))
    engine.dispose()
    return furnished


def test_people_are_listed_by_unit_and_role(office: Giaoban) -> None:
    _, out, _ = office("people", "list")
    assert out.startswith("3 nhiệm vụ đang được giao:")
    assert [name for name, *_ in EVERYBODY if name in out] == [name for name, *_ in EVERYBODY]
    _, out, _ = office("people", "list", "--unit", "15742", "--role", "deputy")
    assert "1 nhiệm vụ" in out
    assert re.search(r"2 +Vũ Thị Mai +cán bộ báo cáo dự phòng +xã Thọ Dân \(15742\)", out)


def test_who_is_lacking_is_listed(office: Giaoban) -> None:
    _, out, _ = office("people", "silent")
    assert out.startswith("33 đơn vị chưa có cán bộ báo cáo:\n• ")
    assert "(chưa mời)" in out
    assert "xã Thọ Dân (" not in out


def test_a_duty_ends_by_number_or_name_and_whoever_it_concerns_is_told_by_the_bot(office: Giaoban) -> None:
    status, out, _ = office("people", "end", "lê văn nam", "reporter", "15742")
    assert (status, out.splitlines()[0]) == (0, "Đã kết thúc: Lê Văn Nam thôi cán bộ báo cáo – xã Thọ Dân từ hôm nay.")
    assert "Người báo cáo hiện nay: Vũ Thị Mai." in out
    out = office("people", "end", "Vũ Thị Mai", "deputy", "15742")[1]
    assert out.endswith("Mời người mới: giaoban invite reporter 15742\n")
    status, _, err = office("people", "end", "1", "reporter", "15742")
    assert (status, "không giữ nhiệm vụ cán bộ báo cáo tại xã Thọ Dân" in err) == (1, True)
    status, _, err = office("people", "end", "Ai Đó", "reporter", "15742")
    assert (status, err) == (1, "giaoban: Không có ai mang mã hoặc họ tên «Ai Đó».\n")


def test_a_report_is_handed_over_and_rests(office: Giaoban) -> None:
    status, out, _ = office("people", "hand-over", "15742", "Vũ Thị Mai")
    assert (status, "đồng chí Vũ Thị Mai thay đồng chí Lê Văn Nam" in out) == (0, True)
    status, out, _ = office("people", "leave", "2", "2000-01-01", "2999-01-01")
    assert (status, "xã Thọ Dân chưa có cán bộ báo cáo dự phòng" in out or "báo cáo thay" in out) == (0, True)
    assert "nghỉ từ 01/01/2000" not in out  # it begins today at the earliest
    assert "đến hết 01/01/2999" in out
    status, out, _ = office("people", "back", "2")
    assert (status, "đã đi làm lại" in out) == (0, True)
    assert office("people", "back", "2")[0] == 1


def test_a_person_is_shown_whole_and_erased_only_when_it_is_meant(office: Giaoban, tmp_path: Path) -> None:
    whole = tmp_path / "nam.json"
    status, out, _ = office("people", "show", "Lê Văn Nam", "-o", str(whole))
    assert (status, "zalo: 7Lê Văn Nam" in out, "Nhiệm vụ, cả đã thôi: 1" in out) == (0, True, True)
    assert json.loads(whole.read_text(encoding="utf-8"))["person"][0]["name"] == "Lê Văn Nam"
    assert whole.stat().st_mode & 0o077 == 0
    status, _, err = office("people", "show", "Lê Văn Nam", "-o", str(whole))
    assert (status, "đã có và sẽ không bị ghi đè" in err) == (1, True)
    for sure in ((), ("--yes",)):
        status, _, err = office("people", "erase", "1", *sure)
        assert (status, "còn nhiệm vụ" in err) == (1, True)
    office("people", "end", "1", "reporter", "15742")
    _, out, _ = office("people", "erase", "1")
    assert "thêm --yes" in out
    assert "Lê Văn Nam" in office("people", "show", "1")[1]
    status, out, _ = office("people", "erase", "1", "--yes")
    assert (status, "chỉ còn mã số #1" in out) == (0, True)
    _, out, _ = office("people", "show", "1")
    assert "Lê Văn Nam" not in out
    assert "Đã xóa dữ liệu cá nhân lúc" in out


async def test_a_sheet_is_printed_once_for_all_that_are_lacking_then_listed_and_revoked(
    office: Giaoban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "phieu.pdf"
    async with Simulator() as simulator:
        simulator.bot(TOKEN)
        monkeypatch.setenv("BOT_TOKEN", TOKEN)
        monkeypatch.setenv("BOT_API_URL", simulator.url)
        printing = ("invitations", "sheet", "--unit", "397", "-o", str(sheet))
        status, out, err = await to_thread(office, *printing)
        assert (status, out.startswith("Đã ghi 33 phiếu mời vào"), err) == (0, True, "")
        assert sheet.read_bytes().startswith(b"%PDF-")
        assert sheet.stat().st_mode & 0o077 == 0
        assert (await to_thread(office, *printing))[0] == 1
        nobody = ("invitations", "sheet", "--role", "leader", "--unit", "397", "-o", str(tmp_path / "x.pdf"))
        assert (await to_thread(office, *nobody))[0] == 1
    _, out, _ = office("invitations", "list")
    assert out.startswith("33 giấy mời:")
    assert re.search(r"1 +cán bộ báo cáo +\S.* +dòng lệnh +\S+ +\S+ +0/1 +còn hiệu lực", out)
    assert office("invitations", "revoke", "1")[1].startswith("Đã thu hồi giấy mời số 1: cán bộ báo cáo, ")
    assert office("invitations", "revoke", "1")[0] == 1
    assert office("invitations", "list")[1].startswith("32 giấy mời:")
    assert "đã thu hồi" in office("invitations", "list", "--all")[1]
    assert "33 đơn vị chưa có cán bộ báo cáo" in office("people", "silent")[1]


async def test_what_is_drawn_is_in_the_database_already_and_withdrawn_where_the_file_cannot_be_written(
    office: Giaoban, empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = list[int]()

    def draws(_: InvitationSheet) -> bytes:
        engine = reading_engine(empty_database)
        with engine.begin() as connection:
            there.append(len(invitations.made(connection, datetime.now(UTC))))
        engine.dispose()
        return b"%PDF-"

    monkeypatch.setattr("bot.drawing.invitation_sheet.invitation_pdf", draws)
    async with Simulator() as simulator:
        simulator.bot(TOKEN)
        monkeypatch.setenv("BOT_TOKEN", TOKEN)
        monkeypatch.setenv("BOT_API_URL", simulator.url)
        printing = ("invitations", "sheet", "--unit", "397", "-o")
        status, _, err = await to_thread(office, *printing, str(tmp_path / "none" / "x.pdf"))
        assert (status, there) == (1, [33])
        assert "x.pdf" in err
        assert office("invitations", "list")[1].startswith("0 giấy mời:")
        assert office("invitations", "list", "--all")[1].count("đã thu hồi") == 33
        assert (await to_thread(office, *printing, str(tmp_path / "x.pdf")))[0] == 0
    assert there == [33, 33]
    assert office("invitations", "list")[1].startswith("33 giấy mời:")
