"""History that is brought to three communes with reports among it, at random; and how it was taken in row by row before."""

import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from random import Random
from typing import Any

from sqlalchemy import Connection, Engine, select

from reporting.answers import Answer, Value
from reporting.expressions.chance import seed_of
from reporting.forms import Form
from reporting.questions.archived import archived_value
from reporting.questions.checks import imported
from reporting.reports import Report
from reporting.unit_list import read_units
from services.import_history import ImportedHistory, Telling, import_history
from storage.database.engines import reading_engine, writing_engine
from storage.database.tables import metadata
from storage.figures import figures
from storage.organisation import units
from storage.reports import forms, last_saved, reports
from storage.reports.accepting import ripple, stand
from tests.migrated import begin_at
from tests.services.office import NOW, UNITS, ZONE

HEAD = "date,unit,indicator,value\n"
FORM = """| settings | form_id | form_title | version | due | closes | approval | default_language |
|---|---|---|---|---|---|---|---|
| | daily | Báo cáo ngày | 1 | 16:30 | 20:00 | {approval} | vi |

| choices | list_name | name | label |
|---|---|---|---|
| | level | 1 | Xanh |
| | level | 2 | Đỏ |

| survey | type | name | label | kind | calculation | relevant |
|---|---|---|---|---|---|---|
| | integer | ill | Số ca mắc mới | flow | | |
| | integer | doses | Số người đã tiêm | total | | |
| | decimal | rate | Tỷ lệ | stock | | |
| | select_one level | level | Mức | state | | |
| | integer | grave | Số ca nặng | flow | | ${{ill}} > 2 |
| | calculate | cum | Cộng dồn | total | coalesce(${{last-saved#cum}}, 0) + coalesce(${{ill}}, 0) | |
| | calculate | more | Tăng thêm | flow | ${{doses}} - ${{last-saved#doses}} | |
"""
FIRST = date(2021, 9, 24)
DAYS = 24
"""Over the end of a month."""
CODES = ("11", "12", "13")
LATER = datetime(2021, 11, 11, 9, tzinfo=UTC)
UNTOLD = Telling()
Rows = list[tuple[Any, ...]]


def furnish(url: str, approval: str = "none") -> None:
    begin_at(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units(UNITS))
        forms.publish(connection, FORM.format(approval=approval).encode(), "daily.md", date(2021, 9, 1), NOW)
    engine.dispose()


def furnish_with_approval(url: str) -> None:
    furnish(url, "chair")


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    engine = writing_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def bring(url: str, text: str, telling: Telling = UNTOLD) -> ImportedHistory:
    reader, writer = reading_engine(url), writing_engine(url)
    try:
        return import_history(reader, writer, text, LATER, ZONE, telling=telling)
    finally:
        reader.dispose()
        writer.dispose()


def killed_at(place: str, time: int, do: Callable[[], object]) -> int:
    """Does it in a process of its own that is killed when it comes to the place for this time; the signal that ended it."""
    child = os.fork()
    if child:
        return os.WTERMSIG(os.waitpid(child, 0)[1])
    try:
        module, name = place.split(":")
        whole, left = getattr(import_module(module), name), iter(range(time - 1))

        def trap(*arguments: Any, **named: Any) -> Any:
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return whole(*arguments, **named)

        setattr(import_module(module), name, trap)
        do()
    finally:
        os._exit(0)


def history(random: Random, share: float) -> str:
    """A file of about so much of all days and units, its lines in any order."""
    lines = []
    for n in range(DAYS):
        for code in CODES:
            if random.random() > share:
                continue
            on = FIRST + timedelta(days=n)
            values = {"ill": random.randrange(5), "doses": random.randrange(50), "rate": random.randrange(90) / 10}
            values |= {"level": random.choice((1, 2)), "grave": random.randrange(3), "cum": random.randrange(99)}
            names = random.sample(sorted(values), random.randrange(1, 4))
            lines += [f"{on},{code},{name},{values[name]}\n" for name in names]
    if random.random() < 0.5:
        random.shuffle(lines)
    return HEAD + "".join(lines)


def report(connection: Connection, random: Random, code: str, on: date, *, waits: bool, at: datetime = NOW) -> None:
    """A commune reports a day, for good or to be approved."""
    form, unit = forms.version(connection, "daily", "1"), units.tree(connection).known(code, on)
    answers: dict[str, Answer] = {"ill": Answer(random.randrange(5)), "doses": Answer(random.randrange(50))}
    if random.random() < 0.3:
        answers["ill"] = Answer(None, "unknown")
    number = f"BN-{code}-{on}"
    sent = Report(number, "daily", "1", unit.id, on, 1, answers, None, at, at, provisional=waits)
    if reports.add(connection, form, sent):
        stand(connection, form, sent, at, 1, ZONE)


def days_without(text: str, connection: Connection) -> str:
    """The file without the days that were reported."""
    tree = units.tree(connection)
    of = metadata.tables["report"].c
    came = {(str(day), tree.unit(one).code) for one, day in connection.execute(select(of.unit_id, of.period))}
    lines = text.splitlines(keepends=True)[1:]
    return HEAD + "".join(line for line in lines if tuple(line.split(",")[:2]) not in came)


def row_by_row(connection: Connection, text: str, now: datetime) -> int:
    """Each unit's day is taken in, and all later ones follow, before the next; how many have changed."""
    form, tree = forms.version(connection, "daily", "1"), units.tree(connection)
    given: dict[tuple[date, str], dict[str, Value]] = {}
    for line in text.splitlines()[1:]:
        on, code, name, value = line.split(",")
        day = given.setdefault((date.fromisoformat(on), code), {})
        day[name] = archived_value(form.by_name[name], value)
    return sum(
        _day(connection, form, tree.known(code, on).id, on, values, now) for (on, code), values in sorted(given.items())
    )


def _day(connection: Connection, form: Form, unit_id: int, on: date, given: Mapping[str, Value], now: datetime) -> bool:
    stands = figures.of_period(connection, form.key, unit_id, on, accepted=True)
    entered: dict[str, Value] = {}
    entered |= {name: each.value for name, each in stands.items() if each.source == "import" and each.value is not None}
    entered |= given
    last = last_saved.last_values(connection, form, unit_id, on, accepted=True)
    before, held = (last[1], last[2]) if last else ({}, frozenset[str]())
    values = imported(form, entered, before, now.astimezone(ZONE), held, seed=seed_of(form.key, unit_id, on))
    have = {name: each.value for name, each in stands.items()}
    if {name: value for name, value in values.items() if form.by_name[name].kind is not None} == have:
        return False
    revision = max((each.revision for each in stands.values()), default=0) + 1
    stamps: dict[str, Any] = {"as_of": now, "revision": revision, "source": "import"}
    figures.put(connection, form, unit_id, on, values, **stamps, given=frozenset(entered))
    ripple(connection, form, unit_id, on, now, ZONE)
    return True


def tables(engine: Engine, but: Sequence[str] = ()) -> dict[str, Rows]:
    """All that an import may touch, without the columns `but`."""
    found: dict[str, Rows] = {}
    with engine.begin() as connection:
        for name in ("figure", "waiting", "group_total", "history_import", "history_before"):
            of = metadata.tables[name]
            columns = [column for column in of.columns if column.name not in but]
            found[name] = [tuple(row) for row in connection.execute(select(*columns).order_by(*of.primary_key))]
    return found
