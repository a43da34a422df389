"""The disk fills up while a database is brought up to date: it stays the earlier release's, whole, and is brought there later."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from storage.database.migrate import migrate
from storage.database.version import newest_revision
from tests.desk.test_upgrading import RELEASE, state


@pytest.mark.parametrize("times", [0.05, 0.15])
def test_a_disk_that_fills_up_in_the_middle_leaves_the_database_of_before(tmp_path: Path, times: float) -> None:
    """`times` the file's size may any file have that is written meanwhile."""
    url = RELEASE.load_sqlite(tmp_path / "desk.db")
    before = state(url)
    room = int((tmp_path / "desk.db").stat().st_size * times)

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    done = subprocess.run(
        [sys.executable, "-m", "bot.cli.main", "migrate"],
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=little_room,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("giaoban: ")
    assert state(url) == before
    assert migrate(url) == (RELEASE.head, newest_revision())
