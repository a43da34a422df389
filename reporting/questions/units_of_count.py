"""Units of count: which of them say «of» or «for each», so that values counted in them are not added up.

What is a ratio is said by signs («%», «°C»), by words of the catalogues («phần trăm»), or by what stands behind a stroke, «mỗi», «per»
or «trên»: «tấn/ha», «ca trên 100.000 dân». What is counted by a time («m³/ngày đêm», «cases per week»), and what stands beside its
like («trâu/bò»), is a count. What nobody has foreseen behind a stroke is a ratio: a total that is not told does less harm than a
wrong one.
"""

import re
from functools import lru_cache
from unicodedata import normalize

from reporting.translator import LANGUAGES, translator

_SIGNS = frozenset("%‰‱°")
_PERCENT = "%"
_BRACKETS = str.maketrans("()[]", "    ")
_ROUND = re.compile(r"10+")
"""A base of comparison: «100.000 dân»; «trên 60 tuổi» has none."""
_AMOUNT = re.compile(r"[\d.,]+(?: [\d.,]+)*\s*")


@lru_cache(maxsize=1024)
def is_ratio(unit: str) -> bool:
    """Whether values counted in this are not to be added up."""
    said = _plain(unit)
    if _SIGNS & set(said) or said in _listed("ratio_units") or _has(said, "ratio_words") or _has(said, "percent_words"):
        return True
    return _is_by_stroke(said) or _is_by_word(said) or _is_by_base(said)


@lru_cache(maxsize=1024)
def is_percent(unit: str) -> bool:
    """Whether it says «of a hundred»."""
    said = _plain(unit)
    return _PERCENT in said or _has(said, "percent_words")


def _plain(unit: str) -> str:
    """In one spelling: «m³/ ngày» is «m3 / ngày»."""
    return " ".join(normalize("NFKC", unit).casefold().translate(_BRACKETS).replace("/", " / ").split())


@lru_cache
def _listed(key: str) -> frozenset[str]:
    """The entries of a list of words, of all our languages."""
    return frozenset(_plain(each) for lang in LANGUAGES for each in translator(lang).plain(key).split(";"))


@lru_cache
def _groups(key: str) -> tuple[frozenset[str], ...]:
    """The same of a list of groups, «a, b; c, d»."""
    return tuple(frozenset(map(_plain, each.split(","))) for each in _listed(key))


def _has(said: str, key: str) -> bool:
    return any(f" {each} " in f" {said} " for each in _listed(key))


def _is_by_stroke(said: str) -> bool:
    first, *behind = said.split(" / ")
    if not behind or any({first, *behind} <= group for group in _groups("counts_alike")):
        return False
    return not all(map(_is_time, behind))


def _is_by_word(said: str) -> bool:
    """«tấn mỗi ha», «cases per 1,000 births»; «ca mỗi ngày» is a count."""
    for word in _listed("ratio_for_each"):
        _, found, behind = f" {said} ".partition(f" {word} ")
        if found and behind.strip() and not _is_time(behind.strip()):
            return True
    return False


def _is_by_base(said: str) -> bool:
    """«ca trên 100.000 dân», «bác sĩ trên vạn dân»; «người trên 60 tuổi» and «lợn trên 100 kg» are counts."""
    for word in _listed("ratio_over"):
        _, found, behind = f" {said} ".partition(f" {word} ")
        amount, rest = _parted(behind.strip())
        if amount and _ROUND.fullmatch(amount) and _begun(rest, "ratio_limits") is None:
            return True
        rest_of_base = _begun(rest, "ratio_bases") if found and not amount else None
        if rest_of_base is not None and _begun(rest_of_base, "ratio_limits") is None:
            return True
    return False


def _is_time(behind: str) -> bool:
    """«ngày», «24 giờ», «2 tuần»."""
    return _parted(behind)[1] in _listed("units_of_time")


def _parted(said: str) -> tuple[str, str]:
    """The digits that it begins with, and what follows: «100.000 dân» is «100000» and «dân»."""
    amount = _AMOUNT.match(said)
    return (re.sub(r"\D", "", amount[0]), said[amount.end() :]) if amount else ("", said)


def _begun(said: str, key: str) -> str | None:
    """What follows the longest entry of the list that it begins with; None: it begins with none."""
    found = max((each for each in _listed(key) if f"{said} ".startswith(f"{each} ")), key=len, default=None)
    return said[len(found) :].strip() if found is not None else None
