"""What an answer and a whole report may cost: calls of the Bot API, transactions, statements and bytes. Counts, no times."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.running.timing import Timing
from storage.database.engines import reading_engine
from tests.conversations.house import House, Talker, fills_in

TAKES = "UPDATE inbox"
OF_UPDATES = ("INSERT INTO inbox", TAKES, "UPDATE outbox SET")
"""What a transaction has that stores or handles an update, or claims or marks what is said."""
WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")
BYTES = {"sqlite": (78_000, 1_900_000), "postgresql": (7_000, 130_000)}
"""Of an answer and of a whole report; SQLite writes whole pages, PostgreSQL here only what changes in them."""
AN_ANSWER, A_REPORT = {"sqlite": 8, "postgresql": 8}, {"sqlite": 205, "postgresql": 200}
"""Statements from what is heard to the mark that its answer is said."""
HANDLED = {"sqlite": 145, "postgresql": 127}
"""Statements in which the 22 updates of a whole report are handled: the very number. Two of them, on PostgreSQL three, put its
audit line into the chain. There a draft is kept and shown in one."""
OF_THE_TEST = ("count(", "SAVEPOINT", "RELEASE", "BEGIN")
"""What the house asks to know whether all is said, and what is no statement of its own."""


@pytest.fixture(autouse=True)
def no_looks_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked for as time has passed costs the more the slower the machine is."""
    monkeypatch.setattr("bot.telegram.speaker.Timing", partial(Timing, rest=3600.0))
    monkeypatch.setattr("bot.running.direct_claims.LOOK_SECONDS", 3600.0)
    monkeypatch.setattr("bot.running.pauses.READ_EVERY", 3600.0)


@dataclass
class Costs:
    """`commits`: the statements of each transaction that wrote something; `took`: those in which an update was handled; `in_vain`: how
    often the inbox was looked into and nothing waited there.
    """

    commits: list[list[str]] = field(default_factory=list)
    in_vain: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    wal: int = 0

    @property
    def took(self) -> list[list[str]]:
        return [each for each in self.commits if any(TAKES in one for one in each)]

    @property
    def of_updates(self) -> list[list[str]]:
        return [each for each in self.commits if any(sign in one for one in each for sign in OF_UPDATES)]

    @property
    def statements(self) -> int:
        return sum(map(len, self.of_updates))


@contextmanager
def costs(house: House) -> Iterator[Costs]:
    """What is spent until the block ends, in which everything has to be said."""
    found, current = Costs(), list[str]()

    def asks(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not any(sign in statement for sign in OF_THE_TEST):
            current.append(statement)

    def commits(_connection: Any) -> None:
        has_found_nothing = len(current) == 1 and TAKES in current[0]
        found.in_vain += has_found_nothing
        if any(each.startswith(WRITES) for each in current) and not has_found_nothing:
            found.commits.append(list(current))
        current.clear()

    engine, calls = house.running.engine, house.simulator.first_bot.calls
    before, wal = len(list(calls)), _wal(house)
    event.listen(engine, "before_cursor_execute", asks)
    event.listen(engine, "commit", commits)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", asks)
        event.remove(engine, "commit", commits)
    found.calls.update(call.method for call in list(calls)[before:] if call.method != "getUpdates")
    found.wal = _wal(house) - wal


def _wal(house: House) -> int:
    """Bytes written ahead so far: what the disk has to take, more than once where a page is written again."""
    url = house.database_url
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///") + "-wal")
        return file.stat().st_size if file.exists() else 0
    engine = reading_engine(url)
    with engine.begin() as connection:
        position = int(connection.execute(text("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')")).scalar_one())
    engine.dispose()
    return position


async def test_an_answer_keeps_to_its_budget(house: House, reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("3")
    reporter.hears("(2/20)")
    with costs(house) as spent:
        await reporter.says("1")
    reporter.hears("(3/20)")
    keeps_to_an_answers_budget(house, spent)
    assert spent.wal <= BYTES[house.running.engine.dialect.name][0]


async def test_an_answer_of_a_unit_that_has_reported_before_costs_no_more(house: House, reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await house.moves_to("15:30")
    await reporter.says("/baocao")
    reporter.hears("Kỳ trước (10/11/2021): 3 ca")
    await reporter.says("5")
    reporter.hears("Kỳ trước (10/11/2021): 1")
    with costs(house) as spent:
        await reporter.says("1")
    reporter.hears("Kỳ trước (10/11/2021): 2")
    keeps_to_an_answers_budget(house, spent)


def keeps_to_an_answers_budget(house: House, spent: Costs) -> None:
    assert spent.calls == {"sendMessage": 1}
    (handled,) = spent.took
    dialect = house.running.engine.dialect.name
    assert len(handled) <= (5 if dialect == "sqlite" else 4), handled
    assert len(spent.of_updates) <= 3, "stored, handled with its answer claimed, said"
    assert spent.statements <= AN_ANSWER[dialect], spent.of_updates


async def test_a_whole_report_keeps_to_its_budget(house: House, reporter: Talker) -> None:
    with costs(house) as spent:
        await fills_in(reporter)
        await reporter.taps("Gửi")
        reporter.hears("đã tiếp nhận")
    assert spent.calls == {"sendMessage": 22, "answerCallbackQuery": 1}
    assert len(spent.took) == 22
    assert sum(map(len, spent.took)) == HANDLED[house.running.engine.dialect.name], spent.took
    assert len(spent.of_updates) <= 3 * 22 + 4
    dialect = house.running.engine.dialect.name
    assert spent.in_vain == 0
    assert spent.statements <= A_REPORT[dialect], Counter(each[:60] for commit in spent.commits for each in commit)
    assert spent.wal <= BYTES[dialect][1]
