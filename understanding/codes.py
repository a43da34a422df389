"""A unit's code as it is typed: behind the name, as titles show it where nothing else tells two apart, or in its place."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from reporting.units import Unit
from understanding.tokens import Token

_MOST_PIECES = 12
"""A code is typed in no more pieces: «CT.01-3» has five."""
_ALONE = re.compile(r"[\s(]*(?P<code>[^\s()]+?)[\s).!?]*")
_FIRST = re.compile(r"\s*(?P<open>\(?)(?P<code>[^\s()]+)\)?(?P<rest>(?!\S).*)", re.DOTALL)
_LONG = 4
"""Digits that count no days: a shorter number that other words follow is a code in brackets only («31 tháng 11», «365 ngày»)."""


def coded(units: Sequence[Unit], tokens: Sequence[Token], at: int) -> tuple[tuple[Unit, ...], int] | None:
    """Which of the units have the code that stands in brackets at a place, and where that ends; None where none has."""
    if at >= len(tokens) or tokens[at].text != "(":
        return None
    behind = tokens[at + 1 : at + 1 + _MOST_PIECES]
    size = next((n for n, token in enumerate(behind) if token.text == ")"), 0)
    typed = "".join(token.text for token in behind[:size])
    found = tuple(each for each in units if _is_code(typed, each))
    return (found, at + size + 2) if found else None


def chosen_by_code(text: str, units: Iterable[Unit]) -> Unit | None:
    """Which of these units a text names by nothing but its code; None where it names none, or several."""
    said = _ALONE.fullmatch(text)
    found = [each for each in units if said is not None and _is_code(said["code"], each)]
    return found[0] if len(found) == 1 else None


def spelt_out(text: str, units: Iterable[Unit], on: date) -> str | None:
    """A text that begins with a unit's code, the one of that day if it was borne by several, with the name before the code.

    None where it is no unit's.
    """
    said = _FIRST.fullmatch(text)
    found = [each for each in units if said is not None and _is_code(said["code"], each)]
    if said is None or not found:
        return None
    if said["code"].isdigit() and len(said["code"]) < _LONG and said["rest"].strip() and not said["open"]:
        return None
    named = next((each for each in found if each.exists(on)), found[-1])
    return f"{named.bare_title} ({named.code}){said['rest']}"


def without_codes(text: str, units: Iterable[Unit]) -> str:
    """A text without the codes in brackets of these units."""
    for each in units:
        text = re.sub(rf"\(\s*{re.escape(each.code)}\s*\)", " ", text, flags=re.IGNORECASE)
    return " ".join(text.split())


def _is_code(typed: str, unit: Unit) -> bool:
    return typed.casefold() == unit.code.replace(" ", "").casefold()
