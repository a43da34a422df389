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


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def is_interrupted(path: Path) -> None:
    """Somebody stops it by hand in the middle of writing."""
    with written_whole(str(path)) as file:
        file.write(b"half")
        raise KeyboardInterrupt


def test_nobody_else_reads_what_is_half_written(tmp_path: Path) -> None:
    path = tmp_path / "links.pdf"
    for _ in range(2):
        with written_whole(str(path), for_us_alone=True):
            assert mode_of(*tmp_path.glob(".*")) == 0o600
        assert mode_of(path) == 0o600
        path.chmod(0o644)


def test_a_new_file_is_for_all_and_one_that_takes_the_place_of_another_for_whom_that_was(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    write_file(str(path), b"for all")
    assert mode_of(path) == 0o644
    for mode in (0o600, 0o664):
        path.chmod(mode)
        write_file(str(path), b"again")
        assert mode_of(path) == mode


def test_two_who_write_one_file_at_the_same_time_each_write_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    with written_whole(str(path)) as first:
        first.write(b"the ")
        with written_whole(str(path)) as second:
            second.write(b"the second")
        assert path.read_bytes() == b"the second"
        first.write(b"first")
    assert path.read_bytes() == b"the first"


def test_a_file_of_somebody_s_own_beside_it_stays_and_nothing_else_does(tmp_path: Path) -> None:
    path, own = tmp_path / "reports.csv", tmp_path / "reports.csv.part"
    own.write_bytes(b"mine")
    write_file(str(path), b"today")
    with pytest.raises(KeyboardInterrupt):
        is_interrupted(path)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {path.name: b"today", own.name: b"mine"}


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
