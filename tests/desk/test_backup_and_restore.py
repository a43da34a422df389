"""`giaoban backup` and `giaoban restore`, drilled: out of one database into the other kind, and what is wrong with a file found."""

import gzip
import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from storage.database.append_only import is_guarded
from storage.database.audit_chain import check_chain
from storage.database.backup import copy_out, tables_here
from storage.database.engines import reading_engine, see_one_moment, writing_engine
from storage.database.migrate import differences
from storage.database.tables import metadata
from storage.database.version import newest_revision
from tests.desk.conftest import Giaoban
from tests.environment import ROOT
from tests.postgres import fresh_database
from tests.storage.kept import kept as kept_releases

UNITS = ROOT / "forms" / "demo" / "units.csv"
NOW = datetime(2021, 11, 10, 9, tzinfo=UTC)


@pytest.fixture
def kept(giaoban: Giaoban) -> Giaoban:
    assert giaoban("units", "import", str(UNITS))[0] == 0
    assert giaoban("suspend", "2021-11-01", "2021-11-02", "--reason", "Bão số 5")[0] == 0
    return giaoban


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Everything in a database but the last audit line, which says that it was written out, or restored."""
    engine = reading_engine(url)
    with engine.begin() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in metadata.sorted_tables
        }
        assert check_chain(connection).broken is None
    engine.dispose()
    return {name: rows[:-1] if name in ("audit", "audit_chain") else rows for name, rows in found.items()}


@pytest.fixture
def other(request: pytest.FixtureRequest, empty_database: str, tmp_path: Path) -> str:
    """An empty database of the other kind."""
    if empty_database.startswith("sqlite"):
        return fresh_database(request.getfixturevalue("postgres"))
    return f"sqlite:///{tmp_path}/other.db"


def test_a_backup_restores_into_the_other_kind_of_database_with_the_audit_whole(
    kept: Giaoban, empty_database: str, other: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert kept("backup", "copy.gz")[0] == 0
    assert (tmp_path / "copy.gz").stat().st_mode & 0o777 == 0o600
    before = rows(empty_database)
    monkeypatch.setenv("DATABASE_URL", other)
    assert kept("restore", "copy.gz")[0] == 0
    assert rows(other) == before
    engine = writing_engine(other)
    with engine.begin() as connection:
        assert is_guarded(connection)
        assert differences(connection) == [], "all indexes and links stand"
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert(metadata.tables["unit"]), UNIT_OF_NOBODY)
    engine.dispose()
    assert kept("suspend", "--lift", "1")[0] == 0, "its counters go on where they were"
    assert kept("audit", "verify")[0] == 0


def test_a_lost_machine_is_replaced_by_the_words_of_the_document(
    kept: Giaoban, empty_database: str, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").partition("### When the machine is lost")[2]
    *commands, last = [line.split() for line in lost.split("```")[1].strip().splitlines()]
    assert kept("backup", "copy.gz")[0] == 0
    before = rows(empty_database)
    monkeypatch.setenv("DATABASE_URL", other)
    found = {each[1]: kept(*["copy.gz" if word == "FILE" else word for word in each[1:]]) for each in commands}
    assert rows(other) == before
    assert {name: status for name, (status, _, _) in found.items() if name != "doctor"} == {"restore": 0, "audit": 0}
    assert "Cơ sở dữ liệu ở phiên bản" in found["doctor"][1]
    assert last == ["giaoban", "run"]
    assert "đã có dữ liệu" in kept("restore", "copy.gz")[2]


def test_a_check_restores_it_apart_counts_and_leaves_nothing(
    kept: Giaoban, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert kept("backup", "copy.gz")[0] == 0
    monkeypatch.setenv("TMPDIR", str(tmp_path / "apart"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "apart").mkdir()
    before = kept("audit", "show")[1]
    status, out, _ = kept("restore", "--check", "copy.gz")
    assert status == 0
    assert "phục hồi được" in out
    assert "Nhật ký nguyên vẹn: 2 dòng" in out
    assert list((tmp_path / "apart").iterdir()) == []
    assert kept("audit", "show")[1] == before


UNIT_OF_NOBODY = {"code": "99", "name": "A", "kind": "xã", "aliases": "", "parent_id": 99_999}
Change = Callable[[list[bytes]], list[bytes]]


def without_its_end(lines: list[bytes]) -> list[bytes]:
    return lines[:-1]


def without_a_row(lines: list[bytes]) -> list[bytes]:
    heading = next(place for place, each in enumerate(lines) if b'"table": "suspension"' in each)
    return [*lines[: heading + 1], *lines[heading + 2 :]]


def with_a_short_row(lines: list[bytes]) -> list[bytes]:
    return [b"[1]\n" if b"2021-11-01" in each and each.startswith(b"[") else each for each in lines]


def with_a_day_that_is_none(lines: list[bytes]) -> list[bytes]:
    return [each.replace(b"2021-11-01", b"2021-13-01") for each in lines]


def with_a_table_that_is_none(lines: list[bytes]) -> list[bytes]:
    return [each.replace(b'"table": "suspension"', b'"table": "suspensions"') for each in lines]


def of_a_later_format(lines: list[bytes]) -> list[bytes]:
    return [lines[0].replace(b'"format": 2', b'"format": 3'), *lines[1:]]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without_its_end, "thiếu phần cuối"),
        (without_a_row, "không đủ dòng của bảng suspension"),
        (with_a_short_row, "hỏng ở dòng"),
        (with_a_day_that_is_none, "hỏng ở dòng"),
        (with_a_table_that_is_none, "hỏng ở dòng"),
        (of_a_later_format, "phục hồi bằng đúng phiên bản"),
    ],
)
def test_a_file_that_lacks_something_is_refused(
    kept: Giaoban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Change, said: str
) -> None:
    kept("backup", "copy.gz")
    lines = gzip.decompress((tmp_path / "copy.gz").read_bytes()).splitlines(keepends=True)
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"".join(change(lines))))
    status, _, err = kept("restore", "--check", "cut.gz")
    assert (status, said in err) == (1, True)
    url = f"sqlite:///{tmp_path}/other.db"
    monkeypatch.setenv("DATABASE_URL", url)
    assert kept("restore", "cut.gz")[0] == 1
    assert kept("units", "list")[1].count("\n") <= 1, "nothing of it stands"


def test_an_audit_line_that_was_changed_in_a_file_is_found(kept: Giaoban, tmp_path: Path) -> None:
    kept("backup", "copy.gz")
    whole = gzip.decompress((tmp_path / "copy.gz").read_bytes())
    assert whole.count(b'"suspend"') == 1
    (tmp_path / "changed.gz").write_bytes(gzip.compress(whole.replace(b'"suspend"', b'"nothing"')))
    status, out, _ = kept("restore", "--check", "changed.gz")
    assert (status, "từ dòng số 2" in out) == (1, True)


def test_a_backup_of_an_earlier_release_is_restored_and_brought_up_to_date(
    giaoban: Giaoban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = kept_releases()[0]
    engine = reading_engine(release.load_sqlite(tmp_path / "kept.db"))
    with engine.begin() as connection:
        lines = list(as_that_release_wrote_it(connection, release.head))
    engine.dispose()
    (tmp_path / "old.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    status, out, _ = giaoban("restore", "--check", "old.gz")
    assert status == 0
    assert "Nhật ký nguyên vẹn" in out
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    assert giaoban("restore", "old.gz")[0] == 0
    assert giaoban("audit", "verify")[0] == 0
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/migrated.db")
    assert giaoban("migrate")[0] == 0
    status, _, complained = giaoban("restore", "old.gz")
    assert status == 1
    assert "chưa có bảng nào" in complained, "whose service has migrated it already is told what to do"


def as_that_release_wrote_it(connection: Connection, head: str) -> Iterator[str]:
    yield json.dumps({"kind": "giaoban backup", "revision": head, "at": NOW.isoformat()})
    for table in tables_here(connection).values():
        for row in connection.execute(select(table)).mappings():
            yield json.dumps([table.name, dict(row)], default=_written)


def _written(value: bytes | date) -> str:
    return b64encode(value).decode() if isinstance(value, bytes) else value.isoformat()


def test_what_others_commit_meanwhile_is_in_no_part_of_it(desk_database: str) -> None:
    reading, writing = reading_engine(desk_database), writing_engine(desk_database)
    person = metadata.tables["person"]
    with writing.begin() as writer:
        writer.execute(insert(person), {"name": "Lan", "language": "vi", "created_at": NOW})
    with reading.begin() as reader:
        see_one_moment(reader)
        lines = copy_out(reader, newest_revision(), NOW)
        assert any(b'"Lan"' in some for _, some in lines)
        with writing.begin() as writer:
            writer.execute(insert(metadata.tables["unit"]), {"code": "1", "name": "A", "kind": "xã", "aliases": ""})
        assert json.loads([some for _, some in lines][-1])["rows"]["unit"] == 0
    reading.dispose()
    writing.dispose()
