"""Long work shows how far it has come: a line that changes on a terminal, one every few seconds elsewhere; and it can be stopped."""

import os
import signal
from io import StringIO
from pathlib import Path

import pytest

from bot.cli import progress
from bot.cli.main import main
from bot.cli.progress import Progress
from storage.database import audit_chain, backup, engines, stopped_by_hand
from tests.desk.conftest import Giaoban
from tests.environment import ROOT


class Screen(StringIO):
    def isatty(self) -> bool:
        return True


class Seconds:
    """A clock that is set forward."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = 0.0
        monkeypatch.setattr(progress, "monotonic", lambda: self.at)


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    return Seconds(monkeypatch)


def test_where_there_is_no_terminal_a_plain_line_comes_every_few_seconds_and_none_for_quick_work(
    seconds: Seconds,
) -> None:
    out = StringIO()
    with Progress("progress_backup", out=out) as shown:
        for count in range(31):
            seconds.at = count / 2
            shown.at(count * 500)
    assert out.getvalue().splitlines() == [
        f"Ghi bản sao lưu, số dòng: {count} sau {second} giây, 1.000 mỗi giây"
        for count, second in (("5.000", 5), ("10.000", 10), ("15.000", 15))
    ]


def test_on_a_terminal_one_line_changes_and_is_gone_at_the_end(seconds: Seconds) -> None:
    out = Screen()
    with Progress("progress_backup", total=400, out=out) as shown:
        for count in (1, 2, 3, 4):
            seconds.at = count / 4
            shown.at(count * 100)
    lines = out.getvalue().split("\r")
    assert "\n" not in out.getvalue()
    assert lines[1:3] == [
        "Ghi bản sao lưu, số dòng: 100/400 (25%)",
        "Ghi bản sao lưu, số dòng: 200/400 (50%), 400 mỗi giây, còn khoảng 0 giây",
    ]
    assert lines[-3].strip() == "Ghi bản sao lưu, số dòng: 400/400 (100%)"
    assert (lines[-2].strip(), lines[-1]) == ("", "")


def test_how_long_it_still_takes_is_told_in_seconds_and_from_a_minute_on_in_minutes(seconds: Seconds) -> None:
    out = StringIO()
    with Progress("progress_figures_in", out=out) as shown:
        for count in (0, 1000, 12_000):
            shown.at(count, 16_000)
            seconds.at += 6
    assert out.getvalue().splitlines() == [
        "Nhập số liệu, số đơn vị-ngày: 1.000/16.000 (6%), 167 mỗi giây, còn khoảng 2 phút",
        "Nhập số liệu, số đơn vị-ngày: 12.000/16.000 (75%), 1.000 mỗi giây, còn khoảng 4 giây",
    ]


def test_a_backup_that_is_stopped_by_hand_leaves_nothing_and_says_so(
    giaoban: Giaoban, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    giaoban("units", "import", str(ROOT / "forms" / "demo" / "units.csv"))

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "at", interrupted)
    assert main(["backup", "copy.gz"]) == 130
    assert "không có gì bị làm dở dang" in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir() if each.suffix in (".gz", ".part")] == []


@pytest.mark.parametrize("at", ["rows", "an index"])
def test_a_restore_that_is_stopped_by_hand_leaves_nothing_and_says_so(
    giaoban: Giaoban, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], at: str
) -> None:
    giaoban("units", "import", str(ROOT / "forms" / "demo" / "units.csv"))
    assert giaoban("backup", "copy.gz")[0] == 0
    monkeypatch.setenv("DATABASE_URL", "sqlite:///restored.db")

    armed = list[bool]()

    def interrupted(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    def interrupted_once() -> None:
        if armed:
            armed.clear()
            interrupted()

    with monkeypatch.context() as patched:
        if at == "rows":
            patched.setattr(Progress, "at", interrupted)
        else:
            look_up = stopped_by_hand.look_up
            patched.setattr(stopped_by_hand, "INSTRUCTIONS", 1)
            patched.setattr(backup, "_check_end", lambda *_: armed.append(True))  # the last before indexes are made
            patched.setattr(engines, "look_up", lambda raw: look_up(raw, interrupted_once))
        assert main(["restore", "copy.gz"]) == 130
    assert not armed, "an index was being made"
    assert "không có gì bị làm dở dang" in capsys.readouterr().err
    assert giaoban("restore", "copy.gz")[0] == 0, "it is as empty as it was"


def test_who_asks_an_import_to_end_finds_nothing_half_done_and_is_told_so(
    giaoban: Giaoban, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    giaoban("units", "import", str(ROOT / "forms" / "demo" / "units.csv"))
    giaoban("form", "publish", str(ROOT / "forms" / "covid_daily.md"), "--from", "2021-10-01")
    path = tmp_path / "history.csv"
    path.write_text("date,unit,indicator,value\n2021-11-08,15742,f0_new,4\n", encoding="utf-8")

    asked = list[bool]()

    def ended(*_: object) -> None:
        if not asked:  # who asks again leaves the rest to others
            asked.append(True)
            os.kill(os.getpid(), signal.SIGTERM)

    with monkeypatch.context() as patched:
        patched.setattr(Progress, "at", ended)
        assert main(["figures", "import", str(path)]) == 143
    assert "không có gì bị làm dở dang" in capsys.readouterr().err
    assert giaoban("figures", "export")[1] == "date,unit,indicator,value\n"
    assert "1 ngày-đơn vị" in giaoban("figures", "import", str(path))[1]


@pytest.mark.usefixtures("seconds")
def test_the_audit_tells_how_far_it_is_proved(giaoban: Giaoban, monkeypatch: pytest.MonkeyPatch) -> None:
    giaoban("units", "import", str(ROOT / "forms" / "demo" / "units.csv"))
    monkeypatch.setattr(progress, "EVERY_FEW_SECONDS", 0.0)
    assert audit_chain.BATCH > 1
    assert "Đọc nhật ký: 1 sau 0 giây" in giaoban("audit", "verify")[2]
