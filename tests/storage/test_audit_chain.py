"""The audit: lines that nobody can change, in a chain that tells where it was broken; people's words can be erased from it."""

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import DBAPIError

from reporting.people import Address
from reporting.road import Road
from storage.database import audit, migrate
from storage.database.append_only import unguards
from storage.database.audit import by_road
from storage.database.audit_chain import BrokenLink, check_chain
from storage.database.audit_line import START, line_digest, spelling, words_digest
from storage.database.audit_log import AuditSearch, find_lines
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.organisation import people
from tests.databases import fresh_of_kind
from tests.migrated import begin_at
from tests.postgres import fresh_database

NOW = datetime(2021, 11, 10, 9, tzinfo=UTC)
LINES, CHAIN, WORDS = (metadata.tables[name] for name in ("audit", "audit_chain", "audit_words"))
KEPT: list[tuple[str, dict[str, Any]]] = [
    ("report", {"number": "TS-1", "reason": ""}),
    ("feedback", {"text": "Đường ngập"}),
    ("nudged", {"units": [1, 2]}),
    ("correction", {"number": "TS-2", "reason": "gõ nhầm"}),
]
OLD = "insert into audit (at, who, what, form, detail) values ('2021-11-10 09:00:00', :who, :what, '', :detail)"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return fresh_of_kind(request, tmp_path / "audit.db")


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and nothing in them."""
    file = tmp_path_factory.mktemp("migrated") / "empty.db"
    begin_at(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, migrated: Path, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return fresh_database(request.getfixturevalue("postgres"), begin_at)
    return f"sqlite:///{copy(migrated, tmp_path / 'audit.db')}"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = writing_engine(url)
    yield engine
    engine.dispose()


def writes(engine: Engine, *whats: str, **detail: Any) -> None:
    with engine.begin() as connection:
        for what in whats:
            audit.write(connection, NOW, None, what, **detail)


def checked(engine: Engine) -> BrokenLink | None:
    with engine.begin() as connection:
        return check_chain(connection).broken


def tampers(engine: Engine, *statements: str) -> None:
    """Somebody who owns the database takes the guards away first."""
    with engine.begin() as connection:
        for table in ("audit", "audit_chain"):
            for each in unguards(engine.dialect.name, table, "update", "delete"):
                connection.execute(text(each))
        for each in statements:
            connection.execute(text(each))


def test_lines_of_each_commit_follow_on_those_before(engine: Engine) -> None:
    writes(engine, "one", "two")
    writes(engine, "three")
    with engine.begin() as connection:
        rows = connection.execute(select(CHAIN).order_by(CHAIN.c.number)).all()
        found = check_chain(connection)
    assert [row.number for row in rows] == [1, 2, 3]
    assert (found.links, found.number, found.digest, found.broken) == (3, 3, rows[-1].digest, None)
    assert len({row.digest for row in rows}) == 3


def test_what_was_rolled_back_is_no_link_and_leaves_no_gap(engine: Engine) -> None:
    writes(engine, "one")
    with engine.begin() as connection:
        audit.write(connection, NOW, None, "two")
        nested = connection.begin_nested()
        audit.write(connection, NOW, None, "taken back", text="không")
        nested.rollback()
        audit.write(connection, NOW, None, "three")
    with engine.begin() as connection:
        audit.write(connection, NOW, None, "never")
        connection.rollback()
    writes(engine, "four")
    with engine.begin() as connection:
        told = connection.execute(select(LINES.c.what).join(CHAIN).order_by(CHAIN.c.number)).scalars().all()
        assert check_chain(connection).broken is None
    assert told == ["one", "two", "three", "four"]


def test_the_road_is_the_innermost_and_else_the_programs_own(engine: Engine) -> None:
    with engine.begin() as connection:
        audit.write(connection, NOW, None, "ticked")
        with by_road(connection, Road.PAGE):
            audit.write(connection, NOW, None, "clicked")
            with by_road(connection, "zalo"):
                audit.write(connection, NOW, None, "said")
            audit.write(connection, NOW, None, "clicked")
        audit.write(connection, NOW, None, "ticked")
        roads = connection.execute(select(LINES.c.road).order_by(LINES.c.id)).scalars().all()
        found = {road: [each.what for each in find_lines(connection, AuditSearch(road=road))] for road in SOUGHT}
    assert roads == ["program", "page", "zalo", "page", "program"]
    assert found == SOUGHT, "«chat» is any messenger"


SOUGHT = {"chat": ["said"], "zalo": ["said"], "telegram": [], "page": ["clicked", "clicked"]}


@pytest.mark.parametrize("table", ["audit", "audit_chain"])
@pytest.mark.parametrize("change", ["update {} set {} = {}", "delete from {}"])
def test_the_database_itself_refuses_to_change_or_remove_a_line(engine: Engine, table: str, change: str) -> None:
    writes(engine, "one")
    column = "id" if table == "audit" else "number"
    with pytest.raises(DBAPIError, match="only added to"), engine.begin() as connection:
        connection.execute(text(change.format(table, column, column)))
    assert checked(engine) is None


@pytest.mark.parametrize(
    ("how", "broken"),
    [
        (("update audit set what = 'zwei' where id = 2",), BrokenLink(2, 2, "changed")),
        (('update audit set detail = \'{"number": "9"}\' where id = 3',), BrokenLink(3, 3, "changed")),
        (("delete from audit_chain where number = 2",), BrokenLink(2, 3, "link missing")),
        (
            ("delete from audit_chain where line_id = 2", "delete from audit where id = 2"),
            BrokenLink(2, 3, "link missing"),
        ),
        (
            (
                "update audit_chain set number = 20 where number = 2",
                "update audit_chain set number = 2 where number = 3",
                "update audit_chain set number = 3 where number = 20",
            ),
            BrokenLink(2, 3, "changed"),
        ),
    ],
)
def test_a_line_that_was_changed_removed_or_put_elsewhere_is_found(
    engine: Engine, how: tuple[str, ...], broken: BrokenLink
) -> None:
    writes(engine, "one", "two")
    writes(engine, "three", number="8")
    writes(engine, "four")
    assert checked(engine) is None
    tampers(engine, *how)
    assert checked(engine) == broken


def test_a_line_that_was_slipped_in_past_the_program_is_found(engine: Engine) -> None:
    writes(engine, "one")
    with engine.begin() as connection:
        connection.execute(insert(LINES), {"at": NOW, "what": "slipped in", "detail": {}})
    assert checked(engine) == BrokenLink(2, 2, "not linked")


def test_words_that_were_changed_are_found_and_words_that_were_erased_are_not_missed(engine: Engine) -> None:
    with engine.begin() as connection:
        lan, hoa = (people.add(connection, Address("telegram", each), each, "vi", NOW) for each in ("Lan", "Hoa"))
        audit.write(connection, NOW, lan.id, "feedback", text="Đường bị ngập")
        audit.write(connection, NOW, hoa.id, "duty ended", person_id=lan.id, name="Lan", role="reporter")
        audit.write(connection, NOW, hoa.id, "feedback", text="Cảm ơn")
    with engine.begin() as connection:
        assert "ngập" not in repr(connection.execute(select(LINES)).all())
        assert audit.forget(connection, lan.id) == 2
        left = [tuple(row) for row in connection.execute(select(WORDS.c.line_id, WORDS.c.content))]
    assert left == [(3, "Cảm ơn")]
    assert checked(engine) is None
    with engine.begin() as connection:
        for each in unguards(engine.dialect.name, "audit_words", "update"):
            connection.execute(text(each))
        connection.execute(text("update audit_words set content = '\"Chê\"'"))
    assert checked(engine) == BrokenLink(3, 3, "words changed")


def test_a_look_at_the_last_links_only_goes_on_from_the_one_before(engine: Engine) -> None:
    writes(engine, *map(str, range(10)))
    tampers(engine, "update audit set what = 'zwei' where id = 2")
    with engine.begin() as connection:
        assert check_chain(connection, last=3).broken is None
        assert check_chain(connection, last=3).links == 3
        assert check_chain(connection, last=100).broken == BrokenLink(2, 2, "changed")


def _writes_on(url: str, name: str, commits: int) -> None:
    """What each of two processes does."""
    engine = writing_engine(url)
    for number in range(commits):
        writes(engine, f"{name} {number} a", f"{name} {number} b", text="chữ")
    engine.dispose()


def test_two_processes_that_write_at_once_make_one_chain(postgres: Any) -> None:
    url = fresh_database(postgres, begin_at)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        for each in [processes.submit(_writes_on, url, name, 60) for name in ("A", "B")]:
            each.result(timeout=60)
    engine = writing_engine(url)
    with engine.begin() as connection:
        told = connection.execute(select(LINES.c.what).join(CHAIN).order_by(CHAIN.c.number)).scalars().all()
        found = check_chain(connection)
    engine.dispose()
    assert (found.links, found.broken) == (240, None)
    for name in ("A", "B"):
        own = [each for each in told if each.startswith(name)]
        assert own == [f"{name} {number} {half}" for number in range(60) for half in "ab"]
    assert all(a[:-1] == b[:-1] for a, b in zip(told[::2], told[1::2], strict=True)), "a commit's lines stay together"


@pytest.fixture
def old(empty: str) -> str:
    """A database of the release before the chain."""
    begin_at(empty, "0015")
    engine = writing_engine(empty)
    with engine.begin() as connection:
        connection.execute(
            text("insert into person (name, language, created_at) values ('Lan', 'vi', '2021-11-10 09:00:00')")
        )
        for what, detail in KEPT:
            connection.execute(text(OLD), {"who": 1, "what": what, "detail": json.dumps(detail)})
    engine.dispose()
    return empty


def details(engine: Engine) -> list[Any]:
    with engine.begin() as connection:
        return [row[0] for row in connection.execute(select(LINES.c.detail).order_by(LINES.c.id))]


def test_old_lines_enter_the_chain(old: str) -> None:
    migrate.migrate(old)
    engine = writing_engine(old)
    writes(engine, "new")
    with engine.begin() as connection:
        found = check_chain(connection)
        words = connection.execute(select(WORDS.c.line_id, WORDS.c.content).order_by(WORDS.c.line_id)).all()
    told = details(engine)
    engine.dispose()
    assert (found.links, found.broken) == (5, None)
    assert (told[0], told[2], told[3]["number"]) == (KEPT[0][1], KEPT[2][1], "TS-2")
    assert "ngập" not in str(told)
    assert [tuple(row) for row in words] == [(2, "Đường ngập"), (4, "gõ nhầm")]


ODD: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (
        {"at": "2021-11-10 09:00:00.000001", "what": 'xoá «"x"»'},
        {"z": 1, "a": -2.5, "m": 1e300, "k": {"b": 1, "a": None}},
    ),
    ({"form": "sổ\\ngày"}, {}),
    ({"unit_id": 7, "period": "2021-11-09"}, {"reason": "tab\t, ” \x7f", "role": "x", "name": {"b": "ơ", "a": [True]}}),
    ({"who": 1}, {"tên": "Lê", "revision": 0, "old": ["x", 2, 10**20], "units": [3, 2.0]}),
]
"""Columns that are not as usual, and details, of old lines."""
ODD_LINE = """insert into audit (at, who, what, form, unit_id, period, detail)
values (:at, :who, :what, :form, :unit_id, :period, :detail)"""


def test_old_lines_are_spelled_as_every_line_is_and_their_words_stand_apart(empty: str) -> None:
    migrate.migrate(empty, to="0015")
    engine = writing_engine(empty)
    usual = {"at": "2021-11-10 09:00:00", "who": None, "what": "new", "form": "", "unit_id": None, "period": None}
    with engine.begin() as connection:
        for parent in (
            "person (id, name, language, created_at) values (1, 'Lan', 'vi', '2021-11-10 09:00:00')",
            "unit (id, code, name, kind, aliases) values (7, '7', 'Bảy', 'xã', '')",
        ):
            connection.execute(text(f"insert into {parent}"))
        lines = [usual | columns | {"detail": json.dumps(detail)} for columns, detail in ODD]
        connection.execute(text(ODD_LINE), lines)
    engine.dispose()
    migrate.migrate(empty)
    engine = writing_engine(empty)
    with engine.begin() as connection:
        found = check_chain(connection)
        words = connection.execute(select(WORDS.c.line_id, WORDS.c.name, WORDS.c.content)).all()
    engine.dispose()
    assert (found.links, found.broken) == (len(ODD), None)
    assert {(line_id, name): content for line_id, name, content in words} == {
        (number, name): ODD[number - 1][1][name]
        for number, name in ((1, "k"), (3, "reason"), (3, "name"), (4, "tên"), (4, "old"))
    }
    back(empty)
    engine = writing_engine(empty)
    told = details(engine)
    engine.dispose()
    assert told == [detail for _, detail in ODD]


def test_a_release_back_lines_are_as_they_were_but_for_what_was_erased(old: str) -> None:
    migrate.migrate(old)
    engine = writing_engine(old)
    writes(engine, "feedback", text="Còn đây")
    with engine.begin() as connection:
        assert audit.forget(connection, 1) == 2
    engine.dispose()
    back(old)
    engine = writing_engine(old)
    told = details(engine)
    engine.dispose()
    assert told == [KEPT[0][1], {"text": None}, KEPT[2][1], {"number": "TS-2", "reason": None}, {"text": "Còn đây"}]
    migrate.migrate(old)
    engine = writing_engine(old)
    assert checked(engine) is None
    engine.dispose()


def back(url: str) -> None:
    """The database as the release before the chain wants it."""
    engine = migrate._engine(url)
    with engine.connect() as connection, connection.begin():
        command.downgrade(migrate._config(connection), "0015")
    engine.dispose()


LINE = (
    7,
    NOW,
    3,
    "chat",
    "correction",
    None,
    "covid",
    12,
    date(2021, 11, 9),
    {"revision": 2, "reason": {"sealed": "ab"}},
)


def test_a_line_is_spelled_and_digested_as_ever() -> None:
    """Kept: were it to come out otherwise, every chain that stands would be broken."""
    assert spelling(1, START, LINE).decode() == (
        '["giaoban audit 1",1,"'
        + "0" * 64
        + '",7,"2021-11-10T09:00:00.000000+00:00",3,"chat","correction",null,"covid",12,'
        '"2021-11-09",{"reason":{"sealed":"ab"},"revision":2}]'
    )
    assert line_digest(1, START, LINE) == "35676dbfd1e172aeba09481392a3bde166b045f08f177b31f07ce2adf6151391"
    assert words_digest("00ff", "Đường ngập") == "6dcde1506d3c009ef9407d6f155422e01ff858fd1b96ad04b7765fb916f508b2"
