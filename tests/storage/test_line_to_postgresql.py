"""The line to PostgreSQL: whoever vanishes without a word keeps the other side waiting for a minute or two, not for hours."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.database import line_to_postgresql
from storage.database.away import is_away
from storage.database.engines import reading_engine, writing_engine
from storage.database.line_to_postgresql import GONE_SECONDS, SILENT_SECONDS, connect_options
from tests.cluster import USER, Cluster
from tests.postgres import fresh_database

LOCK = "select pg_advisory_xact_lock(1)"


def pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError), source, sink:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_RDWR)


@contextmanager
def over_tcp(url: str, server: Cluster) -> Iterator[str]:
    """The URL by which a database of this server, which listens on its socket alone, is reached over TCP, once."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            client, _ = listener.accept()
            behind = socket.socket(socket.AF_UNIX)
            behind.connect(f"{server.folder}/.s.PGSQL.5432")
            back = threading.Thread(target=pump, args=(behind, client))
            back.start()
            pump(client, behind)
            back.join()

        serving = threading.Thread(target=serve)
        serving.start()
        yield f"postgresql://{USER}@127.0.0.1:{listener.getsockname()[1]}/{make_url(url).database}"
        serving.join()


def asked_of_system(connection: Connection) -> tuple[int, ...]:
    driver: Any = connection.connection.dbapi_connection
    with socket.fromfd(driver.fileno(), socket.AF_INET, socket.SOCK_STREAM) as ours:
        return (
            ours.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE),
            ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE),
            ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT),
        )


@pytest.mark.parametrize("is_writing", [True, False])
def test_a_server_that_has_vanished_is_noticed_by_the_system(postgres: Cluster, is_writing: bool) -> None:
    with over_tcp(fresh_database(postgres), postgres) as url:
        engine = (writing_engine if is_writing else reading_engine)(url)
        with engine.connect() as connection:
            assert asked_of_system(connection) == (1, SILENT_SECONDS, GONE_SECONDS * 1000)
        engine.dispose()


def test_what_the_address_says_itself_is_left_as_it_is() -> None:
    url = make_url("postgresql://giaoban@db/giaoban?keepalives_idle=60&target_session_attrs=primary")
    options = connect_options(url, writes=True)
    assert not {"keepalives_idle", "target_session_attrs"} & options.keys()
    assert options["keepalives"] == 1


def test_who_stands_still_in_the_middle_of_a_change_loses_it_with_its_locks(
    postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh_database(postgres)
    monkeypatch.setattr(line_to_postgresql, "IDLE_IN_TRANSACTION_SECONDS", 1)
    frozen = writing_engine(url)
    connection = frozen.connect()
    connection.exec_driver_sql(LOCK)
    with psycopg.connect(url) as other:
        other.execute(LOCK)  # waits until the server has taken it from the one that says nothing more
    with pytest.raises(DBAPIError) as failed:
        connection.exec_driver_sql("select 1")
    assert is_away(failed.value)
    connection.close()
    monkeypatch.setattr(line_to_postgresql, "IDLE_IN_TRANSACTION_SECONDS", 50)  # this one is not to be lost
    with frozen.begin() as connection:
        assert connection.exec_driver_sql("show idle_in_transaction_session_timeout").scalar_one() == "50s"
    frozen.dispose()
    reader = reading_engine(url)
    with reader.begin() as connection:
        assert connection.exec_driver_sql("show idle_in_transaction_session_timeout").scalar_one() == "0"
    reader.dispose()


def test_whoever_writes_takes_no_server_that_only_reads(postgres: Cluster) -> None:
    url = fresh_database(postgres)
    name = make_url(url).database
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(f"alter database {name} set default_transaction_read_only = on")
        writer, reader = writing_engine(url), reading_engine(url)
        with pytest.raises(OperationalError) as failed, writer.connect():
            pass
        assert is_away(failed.value)
        with reader.connect() as connection:
            assert connection.exec_driver_sql("select 1").scalar_one() == 1
        other.execute("set default_transaction_read_only = off")
        other.execute(f"alter database {name} reset default_transaction_read_only")
    with writer.connect() as connection:
        assert connection.exec_driver_sql("select 1").scalar_one() == 1
    writer.dispose()
    reader.dispose()
