"""What `random()` and `uuid()` come to: made once for each report and question, out of the report's seed, and the same ever after."""

import hashlib
from datetime import date
from uuid import UUID

CHANCE = frozenset({"random", "uuid"})
"""The functions of chance."""
MOST_LETTERS = 4_000
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def seed_of(form: str, unit_id: int, period: date) -> str:
    """What a draft, its report and every correction of that have in common."""
    return f"{form}/{unit_id}/{period.isoformat()}"


def fraction(seed: str, place: str) -> float:
    """From 0 up to, but not, 1. `place`: the question, and where in its expression the function stands."""
    return (int.from_bytes(_digest(seed, place, 8)) >> 11) / 2**53


def made_id(seed: str, place: str) -> str:
    """A UUID of version 4, as ODK's."""
    return str(UUID(bytes=_digest(seed, place, 16), version=4))


def made_letters(seed: str, place: str, length: int) -> str:
    """So many digits and capital letters, as ODK's `uuid(length)`."""
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in _digest(seed, place, max(0, min(length, MOST_LETTERS))))


def _digest(seed: str, place: str, length: int) -> bytes:
    return hashlib.shake_256(f"{seed}\n{place}".encode()).digest(length)
