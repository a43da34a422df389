"""PostgreSQL's own log keeps nothing of what people wrote, as deploy/compose.yaml sets the server up; by itself it would."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.doctor.database_checks import check_server_log
from bot.doctor.findings import Finding, Patient, Surroundings
from bot.settings import Settings
from storage.database.engines import reading_engine, writing_engine
from tests.cluster import QUICK, Cluster
from tests.environment import ROOT, memory_folder, not_on_this_machine
from tests.machine import find_postgres
from tests.postgres import fresh_database

pytestmark = pytest.mark.postgres
OURS = tuple(re.findall(r"^ +- -c(\w+=\S+)$", (ROOT / "deploy" / "compose.yaml").read_text(), re.MULTILINE))
ADVISED = re.findall(r"^(ALTER DATABASE giaoban SET .*;)$", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE)
WRITTEN = "con tôi sốt cao từ hôm qua"
SLOW = "log_min_duration_statement=0"
"""As whoever looks for what is slow may set it: every statement counts as that."""
REFUSED = (
    "insert into kept (words, n) values (:words, 1)",
    "insert into kept (words, n) values (:words || '.', null)",
    "insert into kept (words, n) values (:words || '.', -1)",
    "select cast(:words as json)",
)


@contextmanager
def server(*settings: str) -> Iterator[Cluster]:
    programs = find_postgres()
    if programs is None:
        not_on_this_machine("PostgreSQL")
    with TemporaryDirectory(prefix="giaoban-", dir=memory_folder()) as folder:
        cluster = Cluster(programs, Path(folder), (*QUICK, *settings))
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()


def refused(statement: str) -> Callable[[Connection], object]:
    return lambda connection: connection.execute(text(statement), {"words": WRITTEN})


def copied(connection: Connection) -> None:
    driver: Any = connection.connection.dbapi_connection
    with driver.cursor() as cursor, cursor.copy("copy kept (words, n) from stdin") as copy:
        copy.write_row((WRITTEN + ".", -1))


def found(url: str) -> Finding:
    """What `giaoban doctor` says of the server's log."""
    engine = reading_engine(url)
    with engine.begin() as connection:
        of = Surroundings(Settings(database_url=url, _env_file=None), datetime.now(UTC), None)
        finding = check_server_log(Patient(of, connection))
    engine.dispose()
    return finding


def logged(cluster: Cluster) -> str:
    """What the server's log says when all of it has failed."""
    engine = writing_engine(cluster.new_database())
    with engine.begin() as connection:
        connection.exec_driver_sql("create table kept (words text primary key, n int not null check (n > 0))")
        connection.execute(text("insert into kept (words, n) values (:words, 1)"), {"words": WRITTEN})
    for attempt in (*map(refused, REFUSED), copied):
        with pytest.raises((DBAPIError, psycopg.Error)), engine.begin() as connection:
            attempt(connection)
    engine.dispose()
    cluster.stop()
    return (cluster.folder / "log").read_text(encoding="utf-8")


def test_as_compose_sets_it_up_it_says_what_failed_and_nothing_of_whom_it_was_about() -> None:
    with server(*OURS, SLOW) as cluster:
        assert found(cluster.new_database()).key == "doctor_server_log_quiet"
        said = logged(cluster)
    assert said.count("ERROR:") == len(REFUSED) + 1
    assert "duration:" in said
    assert [line for line in said.splitlines() if WRITTEN in line] == []


def test_by_itself_it_would_quote_what_people_wrote() -> None:
    with server(SLOW) as cluster:
        quotes = found(cluster.new_database())
        said = logged(cluster)
    quoting = [line for line in said.splitlines() if WRITTEN in line]
    assert {word for word in ("DETAIL:", "CONTEXT:") if any(word in line for line in quoting)} == {
        "DETAIL:",
        "CONTEXT:",
    }
    assert quotes.key == "doctor_server_log_quotes"
    assert quotes.values["said"] == "log_error_verbosity = default, log_parameter_max_length = -1"


def test_what_the_document_has_an_administrator_say_is_enough(postgres: Cluster) -> None:
    url = fresh_database(postgres)
    assert found(url).values["said"] == "log_error_verbosity = default"
    with psycopg.connect(url, autocommit=True) as administrator:
        for each in ADVISED:
            administrator.execute(each.replace("giaoban", str(make_url(url).database)))
    assert found(url).key == "doctor_server_log_quiet"
