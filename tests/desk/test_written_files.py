"""Files that commands write: whole or not at all, for their owner alone where they name people, and over none that must stay."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from bot.cli.common import check_is_new, write_file, written_whole
from reporting.errors import Refused


@pytest.fixture(autouse=True)
def _everybody_may_read() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_nobody_else_reads_what_is_half_written(tmp_path: Path) -> None:
    path = tmp_path / "links.pdf"
    left_over = tmp_path / "links.pdf.part"
    left_over.touch(mode=0o644)
    with written_whole(str(path), for_us_alone=True):
        assert [each.stat().st_mode & 0o777 for each in tmp_path.iterdir()] == [0o600]
    assert path.stat().st_mode & 0o777 == 0o600
    write_file(str(path), b"for all")
    assert path.stat().st_mode & 0o777 == 0o644


def test_who_reads_the_file_before_has_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_bytes(b"yesterday")
    with path.open("rb") as reader:
        write_file(str(path), b"today")
        assert reader.read() == b"yesterday"
    with pytest.raises(TypeError):
        write_file(str(path), "text")  # type: ignore[arg-type]
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"today"]


def test_a_link_stays_one_and_a_pipe_takes_what_is_written(tmp_path: Path) -> None:
    path, link, pipe = tmp_path / "reports.csv", tmp_path / "newest.csv", tmp_path / "pipe"
    link.symlink_to(path)
    write_file(str(link), b"today")
    assert (link.is_symlink(), path.read_bytes()) == (True, b"today")
    os.mkfifo(pipe)
    heard: list[bytes] = []
    reader = Thread(target=lambda: heard.append(pipe.read_bytes()))
    reader.start()
    write_file(str(pipe), b"through")
    reader.join()
    assert (heard, pipe.is_fifo()) == ([b"through"], True)


def test_where_no_file_can_be_it_is_said(tmp_path: Path) -> None:
    for name in (tmp_path, tmp_path / "nowhere" / "reports.csv"):
        with pytest.raises(Refused, match="file_unwritable"):
            write_file(str(name), b"")
    check_is_new(str(tmp_path / "new"))
    with pytest.raises(Refused, match="file_exists"):
        check_is_new(str(tmp_path))
