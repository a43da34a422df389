"""The databases of earlier releases that are kept in `releases/`, a folder for each Alembic head: opened, loaded, and read.

`python -m tests.storage.kept HEAD MOMENT` writes what a database tells as at a moment into its `expected.json`: once, in the tree
of that release. See `releases/README.md`.
"""

import gzip
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from sqlalchemy import Connection, func, inspect, select, table, text

from bot.drawing import draw
from bot.telegram.channel import TELEGRAM
from messages.digests.digest import digest
from messages.digests.digest_messages import letter_say
from reporting.dataclass_json import as_json
from reporting.digests.digest_record import Digest
from reporting.people import Address
from reporting.rounds.standings import row
from reporting.translator import translator
from services.digest_evidence import digest_evidence
from storage.database.engines import reading_engine
from storage.database.tables import metadata
from storage.figures import digests, figures
from storage.organisation import units
from storage.reports import forms
from storage.schedule.rounds_of_day import rounds_of, standings_of_day
from tests.residents.town import Town

RELEASES = Path(__file__).parent / "releases"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SQLITE, POSTGRESQL, EXPECTED = "giaoban.db.gz", "giaoban.sql.gz", "expected.json"
VERSION = "alembic_version"
CHAT = Address("telegram", "7")
KINDS = ("flow", "stock", "total")


@dataclass(frozen=True, slots=True)
class Release:
    """One kept release; `head`: the Alembic revision that its database is at, and the name of its folder."""

    head: str

    @property
    def folder(self) -> Path:
        return RELEASES / self.head

    @property
    def expected(self) -> dict[str, Any]:
        """What its database told when it was kept, as at the moment «at»."""
        told: dict[str, Any] = json.loads((self.folder / EXPECTED).read_text(encoding="utf-8"))
        return told

    def load_sqlite(self, into: Path) -> str:
        """Unpacks the kept file; the DATABASE_URL of the copy."""
        into.write_bytes(gzip.decompress((self.folder / SQLITE).read_bytes()))
        return f"sqlite:///{into}"

    def load_postgresql(self, url: str) -> str:
        """Runs the kept statements, which are plain SQL, in an empty database; its DATABASE_URL."""
        statements = gzip.decompress((self.folder / POSTGRESQL).read_bytes())
        with psycopg.connect(url) as connection:
            connection.execute(statements)
        return url


def kept() -> list[Release]:
    """The releases that are kept, oldest first."""
    return [Release(folder.name) for folder in sorted(RELEASES.iterdir()) if folder.is_dir()]


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table of a database of any release has, by its name."""
    names = set(inspect(connection).get_table_names()) - {VERSION}
    return {
        name: int(connection.execute(select(func.count()).select_from(table(name))).scalar_one())
        for name in sorted(names)
    }


def broken(connection: Connection) -> list[Any]:
    """Rows whose parents are missing, and constraints that the database does not vouch for."""
    if connection.dialect.name == "sqlite":
        whole = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
        return [*connection.exec_driver_sql("PRAGMA foreign_key_check"), *([] if whole == "ok" else [whole])]
    wanting = [
        row.conname for row in connection.execute(text("select conname from pg_constraint where not convalidated"))
    ]
    return wanting + [
        (link.parent.table.name, link.parent.name)
        for each in metadata.sorted_tables
        for link in each.foreign_keys
        if connection.execute(
            select(link.parent).where(link.parent.is_not(None), link.parent.not_in(select(link.column)))
        ).first()
    ]


def told_by(connection: Connection, at: datetime) -> dict[str, Any]:
    """What the program reads in a database as at that moment: standings, figures, digests as they were sent and as they would be."""
    days = connection.execute(select(metadata.tables["report"].c.period).distinct()).scalars()
    return {
        "standings": [each for day in sorted(days) for each in _standings(connection, day, at)],
        "figures": list(_figures(connection, at.astimezone(ZONE).date())),
        "frozen": [
            [*_said(kept.digest), str(kept.digest.text)]
            for number in connection.execute(select(metadata.tables["digest"].c.id).order_by("id")).scalars()
            for kept in [digests.frozen(connection, number)]
            if kept is not None
        ],
        "digests": [each for day in (date(2021, 11, 9), date(2021, 11, 10)) for each in _digests(connection, day, at)],
    }


def _standings(connection: Connection, day: date, at: datetime) -> Iterator[dict[str, Any]]:
    tree = units.tree(connection)
    for form, period in rounds_of(connection, day, at, ZONE):
        for each in standings_of_day(connection, form, period, tree, at, ZONE):
            yield dict(row(each, tree.unit(each.deadline.unit_id), ZONE))


def _figures(connection: Connection, today: date) -> Iterator[str]:
    tree = units.tree(connection)
    for form in forms.in_force(connection, today):
        names = [question.name for question in form.indicators]
        for each in figures.export(connection, form.key, names, date.min, date.max):
            yield f"{each.period},{tree.unit(each.unit_id).identity},{each.indicator},{each.value}"


def _digests(connection: Connection, day: date, at: datetime) -> Iterator[list[Any]]:
    tree, words = units.tree(connection), translator("vi")
    (root,) = tree.roots(day)
    for form, period in rounds_of(connection, day, at, ZONE):
        if form.schedule.period != "on change":
            yield _said(
                digest(digest_evidence(connection, form, root, [period], at, ZONE), words, TELEGRAM), kinds=("flow",)
            )


def _said(made: Digest, kinds: Sequence[str] = KINDS) -> list[Any]:
    content: Mapping[str, Any] = as_json(made.content)
    totals = {each["name"]: each["total"] for each in content["indicators"] if each["kind"] in kinds}
    return [made.form, content["unit"], content["periods"], content["coverage"], totals]


def letters(connection: Connection) -> list[bytes]:
    """The official letters that are drawn from the digests that were sent."""
    numbers = connection.execute(select(metadata.tables["digest"].c.id)).scalars()
    found = [digests.frozen(connection, number) for number in numbers]
    says = [letter_say(kept.digest, CHAT, translator("vi")) for kept in found if kept is not None]
    return [draw(each.document) for each in says if each.document is not None]


def answer(connection: Connection, at: datetime, question: str) -> str:
    """What a resident who asks this is told."""
    known = {form.key: form for form in forms.in_force(connection, at.astimezone(ZONE).date())}
    return str(Town(connection, units.tree(connection), known, at).asks(question).text)


def _write(release: Release, at: datetime) -> None:
    with TemporaryDirectory() as folder:
        engine = reading_engine(release.load_sqlite(Path(folder) / "kept.db"))
        with engine.begin() as connection:
            told = {"at": at.isoformat(), "residents": {}} | told_by(connection, at)
        engine.dispose()
    content = json.dumps(told, ensure_ascii=False, indent=1)
    (release.folder / EXPECTED).write_text(content + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write(Release(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
