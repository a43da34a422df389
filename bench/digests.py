"""How long a digest takes: 34, 559 and 10,599 units with a year of history, and how that grows with units and with days."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import log
from pathlib import Path
from time import perf_counter, process_time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, insert, text

from bot.drawing import draw
from bot.telegram.channel import TELEGRAM
from messages.digests.digest import digest
from reporting.digests.digest_record import Digest
from reporting.digests.drawings import DigestPicture, DigestWorkbook, drawn_from
from reporting.figures.headlines import headlines, numeric
from reporting.forms import Form
from reporting.say import Drawn
from reporting.text_pieces import visible
from reporting.translator import translator
from reporting.units import Unit
from services.digest_evidence import digest_evidence
from storage.database.engines import reading_engine, writing_engine
from storage.database.migrate import migrate
from storage.database.tables import metadata
from storage.organisation import units
from storage.reports import forms

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2021, 11, 10)
NOW = datetime(2021, 11, 10, 10, tzinfo=UTC)
FORM = Path(__file__).parents[1] / "forms" / "covid_daily.md"
RUNS = 3

FILL = """
with recursive day(n) as (select 0 union all select n + 1 from day where n + 1 < :days)
insert into figure (form, indicator, unit_id, period, amount, choice, as_of, revision, source)
select :form, :indicator, unit.id, date(:today, '-' || (:days - 1 - day.n) || ' days'),
       1000000 * ((unit.id * 7 + day.n * 3 + unit.id * day.n) % :scale), null, :as_of, 1, 'report'
from unit cross join day where unit.kind = 'xã' order by unit.id, day.n
"""

SILENCE = """
delete from figure where period = :on
and unit_id in (select id from unit where kind = 'xã' and id not in (select unit_id from report))
"""


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of one size: reading the evidence, deriving and wording the digest, and drawing each file; `cpu`: of the text."""

    units: int
    days: int
    figures: int
    read: float
    derive: float
    files: dict[str, float]
    length: int
    cpu: float

    @property
    def text(self) -> float:
        return self.read + self.derive


def main() -> None:
    """Prints a table, and the exponents of growth: 1.0 is in proportion, 0.0 is not at all."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--units", type=int, nargs="*", default=[34, 559, 10599])
    options.add_argument("--days", type=int, default=365)
    chosen = options.parse_args()
    print(f"{'units':>6} {'days':>4} {'figures':>11} {'read s':>7} {'word s':>7} {'text s':>7} {'cpu s':>7}  files s")
    of_units = [_measure(count, chosen.days) for count in chosen.units]
    middle = chosen.units[len(chosen.units) // 2]
    fewer = _measure(middle, max(chosen.days // 12, 20))
    whole = of_units[len(chosen.units) // 2]
    for small, large in pairwise(of_units):
        print(f"growth with units, {small.units} to {large.units}: {_exponent(small, large, 'units'):.2f}")
    print(f"growth with days of history, {fewer.days} to {whole.days}: {_exponent(fewer, whole, 'days'):.2f}")


def _exponent(small: Timed, large: Timed, by: str) -> float:
    return log(large.text / small.text) / log(getattr(large, by) / getattr(small, by))


def _measure(count: int, days: int) -> Timed:
    with (
        tempfile.TemporaryDirectory(prefix="giaoban-bench-") as folder,
        _database(folder, count, days) as (engine, form),
    ):
        timed = min((_once(engine, form, count, days) for _ in range(RUNS)), key=lambda each: each.text)
    files = " ".join(f"{name} {seconds:.2f}" for name, seconds in timed.files.items())
    print(
        f"{timed.units:>6} {timed.days:>4} {timed.figures:>11,} {timed.read:>7.3f} {timed.derive:>7.3f}"
        f" {timed.text:>7.3f} {timed.cpu:>7.3f}  {files} ({timed.length} letters)",
        flush=True,
    )
    return timed


def _once(engine: Engine, form: Form, count: int, days: int) -> Timed:
    with engine.begin() as connection:
        figures = connection.execute(text("select count(*) from figure")).scalar_one() if count < 1000 else 0
        started, busy = perf_counter(), process_time()
        tree = units.tree(connection)
        (root,) = tree.roots(TODAY)
        evidence = digest_evidence(connection, form, root, [TODAY], NOW, ZONE, tree=tree)
        read = perf_counter()
    made: Digest = digest(evidence, translator("vi"), TELEGRAM)
    derived, busy = perf_counter(), process_time() - busy
    files = {}
    for part in (drawn_from(DigestPicture, made.content), drawn_from(DigestWorkbook, made.content)):
        begun = perf_counter()
        draw(Drawn("", part))
        files[part.maker] = perf_counter() - begun
    known = figures or count * (days * len(headlines(form)) + 2 * (len(numeric(form)) - len(headlines(form))))
    return Timed(count, days, known, read - started, derived - read, files, visible(made.text), busy)


@contextmanager
def _database(folder: str, count: int, days: int) -> Iterator[tuple[Engine, Form]]:
    """An SQLite database with so many communes: a year of the headlines, two days of the other indicators, today's reports."""
    url = f"sqlite:///{folder}/bench.db"
    migrate(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        form, _ = forms.publish(connection, FORM.read_bytes(), FORM.name, TODAY - timedelta(days=days), NOW)
        _plant(connection, count)
        connection.execute(text("drop index ix_figure_unit"))
        connection.execute(text("drop index ix_figure_day"))
        shown = {question.name for question in headlines(form)}
        for question in sorted(numeric(form), key=lambda each: each.name):
            _fill(connection, form, question.name, days if question.name in shown else 2)
        connection.execute(text("create index ix_figure_unit on figure (unit_id, period)"))
        connection.execute(text("create index ix_figure_day on figure (form, indicator, period)"))
        _report(connection, form)
    engine.dispose()
    reading = reading_engine(url)
    yield reading, form
    reading.dispose()


def _fill(connection: Connection, form: Form, indicator: str, days: int) -> None:
    scale = 5 if indicator.endswith("new") else 90
    values = {"form": form.key, "indicator": indicator, "days": days, "today": TODAY.isoformat(), "scale": scale}
    connection.execute(text(FILL), values | {"as_of": "2021-11-10 09:00:00.000000"})


def _plant(connection: Connection, count: int) -> None:
    """A district for 34, a province of 27 districts for 559, a country of 63 provinces for 10,599."""
    rows = [Unit(1, "1", "Gốc", "gốc")]
    districts = 0 if count < 100 else 27 if count < 1000 else 704
    provinces = 63 if count >= 1000 else 0
    rows += [Unit(2 + n, f"p{n}", f"Tỉnh {n + 1}", "tỉnh", 1) for n in range(provinces)]
    first = 2 + provinces
    rows += [
        Unit(first + n, f"d{n}", f"Huyện {n + 1}", "huyện", 2 + n % provinces if provinces else 1)
        for n in range(districts)
    ]
    base = first + districts
    rows += [
        Unit(base + n, f"c{n}", f"Xã {n + 1}", "xã", first + n % districts if districts else 1) for n in range(count)
    ]
    columns = ("id", "code", "name", "kind", "parent_id")
    kept = [{name: getattr(row, name) for name in columns} | {"aliases": ""} for row in rows]
    connection.execute(insert(metadata.tables["unit"]), kept)


def _report(connection: Connection, form: Form) -> None:
    """Nine of ten communes have sent today's report, every twentieth of them late."""
    tree = units.tree(connection)
    rows = []
    for place, unit in enumerate(each for each in tree if each.kind == "xã"):
        if place % 10 == 9:
            continue
        at = NOW - timedelta(minutes=20 if place % 20 == 0 else 60)
        rows.append(
            {
                "number": f"B{place}",
                "form": form.key,
                "version": form.version,
                "unit_id": unit.id,
                "period": TODAY,
                "revision": 1,
                "answers": {},
                "sent_by": None,
                "sent_at": at,
                "first_sent_at": at,
                "replaces": None,
                "reason": "",
                "provisional": False,
            }
        )
    connection.execute(insert(metadata.tables["report"]), rows)
    connection.execute(text(SILENCE), {"on": TODAY.isoformat()})


if __name__ == "__main__":
    main()
