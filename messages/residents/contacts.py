"""Whom to call: the numbers that the forms name, for everybody and by unit."""

import re
from collections.abc import Sequence

from messages.residents.view import View
from reporting.translator import Html
from reporting.units import Unit
from understanding.tokens import signs_of
from understanding.word_lists import word_list

_OF_UNIT = re.compile(r"(?P<code>(?=\S*\d)[^\s:]+)\s*:\s*(?P<what>.+)")
"""«15742: Trạm Y tế 0237…»: what stands before the colon is a unit's code if it is one word with a digit in it."""
_COUNTRYS = word_list("danger").numbers("numbers")
"""Whom to call where no form says so: for the sick, for a fire."""


def emergency(view: View, units: Sequence[Unit]) -> Html:
    """The numbers for everybody, those of the units named, and that nothing else is done about it here."""
    words, own = view.words, numbers_of(view, units)
    key = "ask_emergency_of" if own else "ask_emergency"
    return view.joined([words(key, numbers=for_all(view)), *own, words("ask_emergency_no_advice")])


def fire(view: View) -> Html:
    """The number for fires that the forms name, else the country's; none for the sick."""
    of_fire = word_list("danger").words("of fire")
    found = [entry for entry in _for_everybody(view) if of_fire.intersection(sign.base for sign in signs_of(entry))]
    numbers = "; ".join(found) or str(_COUNTRYS["fire"])
    return view.joined([view.words("ask_fire", numbers=numbers), view.words("ask_emergency_no_advice")])


def numbers_of(view: View, units: Sequence[Unit]) -> list[Html]:
    """A line for each of the units that the forms have a number of."""
    by_code = {match["code"]: match["what"] for match in map(_OF_UNIT.fullmatch, _entries(view)) if match}
    here = [unit for unit in units if unit.exists(view.today)]
    named = [(view.named(unit), by_code[unit.code]) for unit in here if unit.code in by_code]
    return [view.words("ask_number_of", unit=unit, number=number) for unit, number in named]


def for_all(view: View) -> str:
    """The numbers that are nobody's in particular; the country's own where the forms name none."""
    return "; ".join(_for_everybody(view)) or str(_COUNTRYS["sick"])


def _for_everybody(view: View) -> list[str]:
    return [entry for entry in _entries(view) if not _OF_UNIT.fullmatch(entry)]


def _entries(view: View) -> list[str]:
    return [entry for each in view.said("emergency").split(";") if (entry := " ".join(each.split()))]
