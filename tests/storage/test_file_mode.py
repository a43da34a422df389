"""A new SQLite file is for its owner alone: it has names, telephone numbers and every report."""

from pathlib import Path

from storage.database.engines import writing_engine
from storage.database.migrate import migrate


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


def test_a_new_database_and_what_stands_beside_it_are_read_by_nobody_else(tmp_path: Path) -> None:
    file = tmp_path / "data" / "giaoban.db"
    migrate(f"sqlite:///{file}")
    engine = writing_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.exec_driver_sql("create table more (id integer)")
        assert {each.name: mode(each) for each in file.parent.iterdir()} == {
            each.name: 0o600 for each in file.parent.iterdir()
        }
    engine.dispose()


def test_a_file_that_stands_already_keeps_the_mode_that_its_owner_gave_it(tmp_path: Path) -> None:
    file = tmp_path / "giaoban.db"
    file.touch()
    file.chmod(0o640)
    migrate(f"sqlite:///{file}")
    assert mode(file) == 0o640
