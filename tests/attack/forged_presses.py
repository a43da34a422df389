"""Buttons that nobody was shown: of every class, with ids, units, days and words drawn at random."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from reporting.press import Press, press_fields
from reporting.presses.reading import PRESSES

FORMS = ("covid_daily", "covid_level", "", "nope")
WORDS = (
    "send", "keep", "skip", "zero", "pick", "again", "mend", "yes", "no", "drop", "try", "see", "when", "show", "set",
    "form", "approvals", "proposals", "undelivered", "vi", "en", "xx", "new", "unit", "0", "1", "2", "x", "",
    "Mất điện", "take", "later", "decline", "anew",
)  # fmt: skip
START_ON = date(2021, 11, 10)


@dataclass(frozen=True)
class Aim:
    """At what a forged button is aimed, so often: a unit by its id, a form and a day that there are, the first of everything."""

    unit_id: int = 1
    often: float = 0.0


def forged(seed: int, many: int) -> list[str]:
    """So many, each class in its turn."""
    chance = Random(seed)
    return [forge(PRESSES[number % len(PRESSES)], chance) for number in range(many)]


def forge(kind: type[Press], chance: Random, aim: Aim = Aim()) -> str:
    """A press of the kind as a button carries it, with at most the 64 bytes that Telegram takes."""
    given: dict[str, Any] = {}
    for name, of, is_optional in press_fields(kind):  # type: ignore[arg-type]  # a class is hashable
        if is_optional and chance.random() < 0.3:
            continue
        given[name] = _aimed(name, of, aim) if chance.random() < aim.often else None
        if given[name] is None:
            given[name] = _value(name, of, chance)
    return str(kind(**given)).encode()[:64].decode(errors="ignore")


def _aimed(name: str, of: Any, aim: Aim) -> Any:
    if of is date:
        return START_ON
    if name == "unit_id":
        return aim.unit_id
    if name == "form":
        return FORMS[0]
    return 1 if of in (int, int | None) else None


def _value(name: str, of: Any, chance: Random) -> Any:
    if of is date:
        return START_ON + timedelta(days=chance.choice((-400, -30, -2, -1, 0, 0, 0, 1, 30)))
    if of == tuple[str, ...]:
        return tuple(chance.choice((*WORDS, "211110", "covid_daily", "f0_new")) for _ in range(chance.randrange(5)))
    if of is str:
        return chance.choice(FORMS if name == "form" else WORDS)
    return chance.choice((0, 1, 1, 2, 2, 3, 4, 5, 9, 100, 10**17))
