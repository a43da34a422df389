"""How long each kind of question takes, from memory and not, and from a district to a whole country."""

import argparse
import gc
import os
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bench.answers import databases
from bench.country import IN_A_DISTRICT, NOW, TODAY, build, size_of
from bench.questions import KINDS
from bot.running.trees import Trees
from bot.telegram.channel import TELEGRAM
from handlers.residents.public_answer import answer_to, view_at, vocabulary_of
from reporting.answers import Answer
from reporting.people import Address
from reporting.reports import Report
from reporting.say import Say
from reporting.translator import translator
from services.context import Context
from services.memory import ProgramMemory
from services.submit_report import accept
from storage.database.engines import writing_engine
from storage.reports import forms
from storage.schedule import rounds
from understanding import understand

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
RESIDENTS = Address("telegram", "7")
SMALL = (IN_A_DISTRICT, 30)
LONGEST = 12.0
"""Seconds for a kind of question, at the most."""


class Asking:
    """Asks as a resident does: from the words of a question to the words of the answer, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self._trees, self._memory = connection, Trees(), ProgramMemory()

    @property
    def turn(self) -> Context:
        return Context(
            self.connection,
            NOW,
            ZONE,
            self._trees.tree(self.connection),
            {TELEGRAM.name: TELEGRAM},
            memory=self._memory,
        )

    def forget(self) -> None:
        """What was answered is not remembered any more."""
        self.turn.learnt.told.clear()

    def asks(self, text: str) -> tuple[float, Say, str]:
        """The seconds it took, the answer, and what the question was understood as."""
        began = perf_counter()
        context = self.turn
        view = view_at(context, RESIDENTS, translator("vi"))
        inquiry = understand(text, vocabulary_of(context), context.today)
        (said,) = answer_to(context, view, inquiry)
        return perf_counter() - began, said, "" if inquiry.doubts else inquiry.intent


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of a kind of question."""

    middle: float
    p95: float
    most: float

    def __str__(self) -> str:
        return f"{self.middle:,.0f} | {self.p95:,.0f} | {self.most:,.0f}"


@contextmanager
def asking(url: str) -> Iterator[Asking]:
    """On the connection of the clerk, whose changes are not kept. Garbage is collected as in the program."""
    engine = writing_engine(url)
    with engine.connect() as connection, connection.begin() as transaction:
        yield Asking(connection)
        transaction.rollback()
    engine.dispose()


def measure(url: str, count: int) -> tuple[float, dict[str, Took]]:
    """The seconds of the first question after the start, and what each kind takes: so many questions, none said twice."""
    with asking(url) as resident:
        first, _, _ = resident.asks("xin chào")
        gc.collect()
        gc.freeze()
        tree, chance, found = resident.turn.tree, random.Random(7), {}
        for kind in KINDS:
            texts = dict.fromkeys(kind.text(tree, chance) for _ in range(count))
            times: list[float] = []
            for text in filter(None, texts):
                seconds, said, intent = resident.asks(text)
                assert intent == kind.intent, f"«{text}» was understood as {intent or 'doubtful'}: {said.text}"
                times.append(1000 * seconds)
                if sum(times) > 1000 * LONGEST:
                    break
            if times:
                p95 = quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
                found[kind.name] = Took(median(times), p95, max(times))
        gc.unfreeze()
        return first, found


def kept(url: str) -> tuple[float, float, float]:
    """Milliseconds of an answer, of the same from memory, and anew when a report has come; AssertionError if it is the old one."""
    with asking(url) as resident:
        resident.asks("xin chào")
        context = resident.turn
        (form,), (root,) = forms.in_force(context.connection, TODAY), context.tree.roots(TODAY)
        below = [context.tree.unit(one.id) for one in context.tree.children(root, TODAY)]
        _, without = rounds.silent(context.connection, form, TODAY, context.tree, below)
        text = f"{without[0].title} hôm nay có bao nhiêu ca sởi"
        before, empty, _ = resident.asks(text)
        again, same, _ = resident.asks(text)
        assert same == empty
        answers = {each.name: Answer("1" if each.kind == "state" else 4321) for each in form.indicators}
        unit = without[0].id
        new = Report("ST-1", form.key, form.version, unit, TODAY, 1, answers, None, NOW, NOW)
        assert accept(context.connection, form, new, ZONE)
        after, full, _ = resident.asks(text)
        assert "4.321" in full.text, f"what was told is not what was reported: {full.text}"
        assert "4.321" not in empty.text
        return 1000 * before, 1000 * again, 1000 * after


def growth(name: str, new: Callable[[], str], large: tuple[int, int], count: int) -> None:
    """Prints what each kind of question takes with a district's month and with a country's history, side by side."""
    first, few = _measured(name, new(), SMALL, count)
    then, many = _measured(name, new(), large, count)
    print(f"\nThe first question after the start: {first:.1f} s and {then:.1f} s\n")
    print(f"| {name}, ms | {_said(SMALL)}: median | p95 | most | {_said(large)}: median | p95 | most | p95 ÷ |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for kind in KINDS:
        one, other = few.get(kind.name), many.get(kind.name)
        ratio = f"{other.p95 / one.p95:.1f}" if one and other else ""
        print(f"| {kind.name} | {one or ' | | '} | {other or ' | | '} | {ratio} |")
    print(flush=True)


def _said(size: tuple[int, int]) -> str:
    return f"{size[0]:,} units × {size[1]} days"


def _measured(name: str, url: str, size: tuple[int, int], count: int) -> tuple[float, dict[str, Took]]:
    if not url.startswith("sqlite:///") or size_of(url) == 0:
        began = perf_counter()
        figures = build(url, *size)
        print(
            f"{name}: {figures:,} figures, {size_of(url):.1f} GB, built in {perf_counter() - began:,.0f} s", flush=True
        )
    return measure(url, count)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints tables in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.residents", description=__doc__)
    parser.add_argument("--units", type=int, default=10_599, help="of the country (default: %(default)s)")
    parser.add_argument("--days", type=int, default=90, help="of the country's history (default: %(default)s)")
    parser.add_argument("--postgresql-days", type=int, default=0, help="the same on PostgreSQL; 0: not")
    parser.add_argument("--questions", type=int, default=20, help="of each kind (default: %(default)s)")
    parser.add_argument(
        "--keep", type=Path, help="a folder for SQLite's databases, that are used again if they are there"
    )
    chosen = parser.parse_args(arguments)
    print(f"load {os.getloadavg()[0]:.1f}\n")
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as made:
        build(small := f"sqlite:///{made}/kept.db", *SMALL)
        before, again, after = kept(small)
        print(
            f"An answer took {before:.1f} ms, from memory {again:.1f} ms, anew after a report {after:.1f} ms.\n",
            flush=True,
        )
        folder = chosen.keep or Path(made)
        for name, new in databases():
            if name == "SQLite":
                files = iter((f"sqlite:///{folder}/small.db", f"sqlite:///{folder}/{chosen.units}-{chosen.days}.db"))
                growth(name, lambda files=files: next(files), (chosen.units, chosen.days), chosen.questions)  # type: ignore[misc]  # bound as it stands
            elif chosen.postgresql_days:
                growth(name, new, (chosen.units, chosen.postgresql_days), chosen.questions)


if __name__ == "__main__":
    main()
