"""How Vietnamese syllables sound where several spellings are spoken alike, and names by how they sound."""

from collections.abc import Iterable
from functools import lru_cache

from reporting.units import Unit
from understanding.folding import Sign

Sounding = dict[tuple[str, ...], tuple[tuple[Sign, ...], Unit] | None]
"""By how it sounds a name with its unit; None where those of several units sound alike."""
_ONSETS = {"ngh": "ng", "gh": "g", "gi": "d", "tr": "c", "ch": "c", "r": "d", "n": "l", "x": "s"}
"""Beginnings that many speak alike, each with what both become here; of «ch» and «c» only names with the same ending agree."""
_ENDS = {"ng": "n", "c": "t"}


@lru_cache(maxsize=8192)
def sound_of(base: str) -> str:
    """A syllable's bare letters as they are spoken where n and l, s and x, r, gi and d, or the ends n and ng, are one."""
    for onset in ("ngh", "gh", "gi", "tr", "ch", "r", "n", "x"):
        if base.startswith(onset) and not (onset == "n" and base.startswith(("ng", "nh"))) and len(base) > len(onset):
            base = _ONSETS[onset] + base[len(onset) :]
            break
    for end in ("ng", "c"):
        if base.endswith(end) and not base.endswith(("ch", "nh")) and len(base) > len(end) + 1:
            return base[: -len(end)] + _ENDS[end]
    return base


def sounds_of(
    names: Iterable[tuple[tuple[Sign, ...], Unit]],
) -> Sounding:
    """By how it sounds each name of several words with its unit; None where names of several units sound alike."""
    found: Sounding = {}
    for signs, unit in names:
        if len(signs) > 1:
            key = tuple(sound_of(sign.base) for sign in signs)
            other = found.get(key)
            found[key] = None if key in found and (other is None or other[1] != unit) else (signs, unit)
    return found
