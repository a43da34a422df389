"""Forms as they are read in the running program: once, and never as they stood in a transaction that came to nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event

from reporting.xlsforms.reading import read_form
from storage.database.engines import writing_engine
from storage.figures.archived import archived
from storage.reports import forms
from tests.migrated import begin_at

FIRST, NOW = date(2021, 11, 1), datetime(2021, 11, 1, tzinfo=UTC)
FORM = """| settings | form_id | version | due |
|---|---|---|---|
| | ledger | 1 | 16:30 |

| survey | type | name | label | kind |
|---|---|---|---|---|
| | integer | {name} | Number | flow |
"""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path}/forms.db"
    begin_at(url)
    engine = writing_engine(url)
    yield engine
    engine.dispose()


def test_a_version_that_was_rolled_back_is_read_anew_when_it_is_published_with_other_questions(engine: Engine) -> None:
    with engine.connect() as connection:
        with connection.begin() as transaction:
            forms.publish(connection, FORM.format(name="ill").encode(), "ledger.md", FIRST, NOW)
            (before,) = forms.in_force(connection, FIRST)
            transaction.rollback()
        with connection.begin():
            forms.publish(connection, FORM.format(name="beds").encode(), "ledger.md", FIRST, NOW)
            (after,) = forms.in_force(connection, FIRST)
    assert ([*before.by_name], [*after.by_name]) == (["ill"], ["beds"])


def test_a_form_in_several_versions_is_looked_up_in_one_statement(engine: Engine) -> None:
    said: list[str] = []
    second = FORM.replace("| ledger | 1 |", "| ledger | 2 |").replace("| 16:30 |", "| 17:00 |")
    with engine.begin() as connection:
        forms.publish(connection, FORM.format(name="ill").encode(), "ledger.md", FIRST, NOW)
        forms.publish(connection, second.format(name="ill").encode(), "ledger.md", date(2021, 11, 5), NOW)
        forms.published(connection, "ledger", date(2021, 11, 5))
        event.listen(connection, "before_cursor_execute", lambda *args: said.append(args[2]))
        for day in range(1, 9):
            found = forms.published(connection, "ledger", date(2021, 11, day))
            assert found is not None
            assert found.version == ("1" if day < 5 else "2")
    assert len(said) == 8, said


def test_a_few_units_of_the_archive_are_looked_up_one_by_one(engine: Engine) -> None:
    said: list[tuple[str, Any]] = []

    def hears(_connection: Any, _cursor: Any, text: str, parameters: Any, *_: Any) -> None:
        said.append((text, parameters))

    with create_engine(
        engine.url.set(drivername="sqlite")
    ).begin() as plain:  # which knows no hints, and has the statement compiled first
        form = read_form(FORM.format(name="ill").encode(), "ledger.md")
        assert archived(plain, form, FIRST, FIRST, [7]) == {}
    with engine.begin() as connection:
        event.listen(connection, "before_cursor_execute", hears)
        assert archived(connection, form, FIRST, FIRST, [7]) == {}
        ((text, parameters),) = said
        plan = connection.exec_driver_sql(f"explain query plan {text}", parameters).all()
    assert any("ix_figure_unit" in row[3] for row in plan), plan
