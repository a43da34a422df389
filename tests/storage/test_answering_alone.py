"""Whether another process of ours writes to the same database, which may have told a resident something since."""

from pathlib import Path

from sqlalchemy import text

from storage.database.engines import WRITERS, answers_alone, writing_engine
from tests.cluster import Cluster
from tests.postgres import fresh_database


def test_another_process_that_writes_is_seen_while_it_is_connected(postgres: Cluster) -> None:
    url = fresh_database(postgres)
    ours, other = writing_engine(url), writing_engine(url)
    with ours.connect() as connection:
        assert answers_alone(connection)
        with other.connect() as theirs:
            assert answers_alone(connection), "a second connection of this process is no other process"
            theirs.execute(text("select pg_advisory_lock_shared(:writers, 1)"), {"writers": WRITERS})
            assert not answers_alone(connection)
            theirs.execute(text("select pg_advisory_unlock_shared(:writers, 1)"), {"writers": WRITERS})
            assert answers_alone(connection)
    ours.dispose()
    other.dispose()


def test_on_sqlite_one_process_answers(tmp_path: Path) -> None:
    engine = writing_engine(f"sqlite:///{tmp_path}/alone.db")
    with engine.connect() as connection:
        assert answers_alone(connection)
    engine.dispose()
