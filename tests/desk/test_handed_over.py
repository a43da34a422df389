"""What a command is handed over (`< FILE`) is read as it is given, and what it shows on a terminal is text and nothing else."""

import gzip
import os
import pty
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.cli.terminal import LINE_AGAIN, HarmlessTerminal
from tests.desk.conftest import UNITS, Giaoban


def run(url: str, content: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The command with a socket to read from, which nobody can open by a name."""
    ours, theirs = socket.socketpair()
    with ours, theirs:

        def hand_over() -> None:
            ours.sendall(content)
            ours.shutdown(socket.SHUT_WR)

        handing = threading.Thread(target=hand_over)
        handing.start()
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli.main", *arguments],
            env=os.environ | {"DATABASE_URL": url},
            stdin=theirs.fileno(),
            capture_output=True,
            check=False,
        )
        handing.join()
    return done


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
def test_what_is_handed_over_is_not_opened_anew(giaoban: Giaoban, empty_database: str, tmp_path: Path) -> None:
    done = run(empty_database, UNITS.read_bytes(), "units", "import", "/dev/stdin")
    assert (done.returncode, done.stderr) == (0, b"")
    figures = b"date,unit,indicator,value\n"
    done = run(empty_database, figures, "figures", "import", "/dev/stdin")
    assert done.returncode == 0, done.stderr.decode()
    assert giaoban("backup", "copy.gz")[0] == 0
    done = run(f"sqlite:///{tmp_path / 'other.db'}", (tmp_path / "copy.gz").read_bytes(), "restore", "/dev/stdin")
    assert done.returncode == 0, done.stderr.decode()
    assert gzip.decompress((tmp_path / "copy.gz").read_bytes())


NAME = "Lan\x1b[2J\x1b]0;x\x07\x9b1m\u202e"
SPELLED = "Lan\\u001b[2J\\u001b]0;x\\u0007\\u009b1m\\u202e"


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
def test_what_somebody_has_typed_does_nothing_to_a_terminal(
    giaoban: Giaoban, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "units.csv").write_text(f"code,name,kind,parent\n1,{NAME},huyện,\n", encoding="utf-8")
    assert giaoban("units", "import", "units.csv")[0] == 0
    assert NAME in giaoban("units", "list")[1], "a file has it as it is"
    master, terminal = pty.openpty()
    with os.fdopen(terminal, "w", encoding="utf-8") as shown, os.fdopen(master, "rb") as seen:
        monkeypatch.setattr("sys.stdout", shown)
        assert main(["units", "list"]) == 0
        shown.flush()
        said = b""
        while b"\n1," not in said or not said.endswith(b"\n"):
            said += os.read(seen.fileno(), 4096)
    assert SPELLED in said.decode()
    assert not {0x1B, 0x07} & set(said)


def test_a_line_that_changes_changes_still(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = HarmlessTerminal(sys.stdout, LINE_AGAIN)
    terminal.write("\rđã xong\x1b[A\n")
    assert capsys.readouterr().out == "\rđã xong\\u001b[A\n"
