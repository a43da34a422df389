"""How fast residents' questions are answered, every one another and from memory, beside a bare echo bot."""

import argparse
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench import echoes
from bench.answers import AIOGRAM, Rate, giao_ban, rate
from bench.country import build
from bench.figure import HEAD, Figure
from bench.questions import KINDS
from bench.residents import SMALL, asking

QUESTIONS_OF_EACH = 18
"""Who asks more than twenty in a minute is asked to wait, and the bench's clock stands still."""
WORDS = (
    "commune: a value",
    "district: a total",
    "district: a list",
    "district: a ranking",
    "commune: has it reported on a day",
)
DRAWN = "commune: a trend of 30 days"
COLD = "every question another, in words"
WARM = "from memory: the same six questions, one with a picture"
AIMS = {COLD: ">= 0.6", WARM: ">= 1.0"}


def scripts(url: str, people: int, names: Sequence[str], *, are_few: bool = False) -> list[list[str]]:
    """What each of so many residents asks: different questions of these kinds or, if they `are_few`, all the same, one of each."""
    with asking(url) as resident:
        tree, chance, seen = resident.turn.tree, random.Random(7), set[str]()
        kinds = [each for each in KINDS if each.name in names]
        few = [kind.text(tree, chance) for kind in kinds]
        if are_few:
            return [[few[n % len(few)] for n in range(QUESTIONS_OF_EACH)]] * people
        of_each = range(QUESTIONS_OF_EACH)
        return [[_new(kinds[n % len(kinds)].text, tree, chance, seen) for n in of_each] for _ in range(people)]


def _new(text: Callable[..., str], tree: object, chance: random.Random, seen: set[str]) -> str:
    """One that was not asked yet, if there still is one."""
    found = next((one for _ in range(50) if (one := text(tree, chance)) not in seen), text(tree, chance))
    seen.add(found)
    return found


def measure(rounds: int, people: int) -> Iterator[Figure]:
    """So many residents at once ask an echo bot and ours, in turns."""
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as made:
        built = Path(made) / "rates.db"
        url = f"sqlite:///{built}"
        build(url, *SMALL)
        texts = {
            COLD: scripts(url, people, WORDS),
            WARM: scripts(url, people, (*WORDS, DRAWN), are_few=True),
        }
        found: dict[str, list[Rate]] = {name: [] for name in (AIOGRAM, *texts)}
        for _ in range(rounds):
            found[AIOGRAM].append(rate(echoes.aiogram, people, first=("xin chào",), texts=texts[COLD]))
            for name, each in texts.items():
                found[name].append(_ours(built, people, each))
    for name, aim in AIMS.items():
        ours, echo = ([each.answers for each in found[one]] for one in (name, AIOGRAM))
        yield Figure(f"residents, {name} ÷ {AIOGRAM}", aim, "a second", ours, echo)
        own, its = ([each.cpu for each in found[one]] for one in (name, AIOGRAM))
        yield Figure(f"processor time, residents, {name} ÷ {AIOGRAM}", "", "ms", own, its)


def _ours(built: Path, people: int, texts: list[list[str]]) -> Rate:
    """On a database of its own: an update's number is taken but once."""
    with tempfile.TemporaryDirectory(dir=built.parent) as fresh:
        copied = shutil.copy(built, fresh)
        return rate(giao_ban, people, f"sqlite:///{copied}", first=("xin chào",), texts=texts)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench.asking", description=__doc__)
    parser.add_argument("--residents", type=int, default=100, help="at once (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="each bot so many times, in turns (default: %(default)s)")
    chosen = parser.parse_args(arguments)
    print(HEAD)
    for each in measure(chosen.rounds, chosen.residents):
        print(each.line(), flush=True)


if __name__ == "__main__":
    main()
