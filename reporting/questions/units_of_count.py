"""Units of count: which of them say «of» or «for each», so that values counted in them are not added up.

What is a ratio is said by signs («%», «°C»), by words of the catalogues («phần trăm»), or by what stands behind a stroke, «mỗi», «per»
or «trên»: «tấn/ha», «ca trên 100.000 dân». What is counted by a time («m³/ngày đêm», «cases per week»), and what stands beside its
like («trâu/bò», «ca nặng/nguy kịch»), is a count. What nobody has foreseen behind a stroke is a ratio: a total that is not told does
less harm than a wrong one, and whoever made the form sees it and says `adds_up`.

«trên» is «for each» as well as «more than». For one of something it is «for each» («tấn trên 1 ha», «lượt trên một xe»), but where
what is counted has that size itself («hộ trên 1 ha», «trẻ trên 1 tuổi»). Of forms in Vietnamese: for each ten nothing is told, so «hộ
trên 10 người» is a size. For each hundred people much is («thuê bao trên 100 dân», «bé trai trên 100 bé gái»), while sizes over
a hundred are of few things («doanh nghiệp trên 100 lao động»), so those are listed and everything else is a ratio. From a thousand on
rates are the rule.

«trung bình» is an average where a unit or a part in brackets begins with it, and of what is measured («triệu đồng bình quân»);
of what is counted it is a grade («hộ trung bình») or a number that adds up over units («lao động bình quân»).
"""

import re
from functools import lru_cache
from unicodedata import normalize

from reporting.translator import LANGUAGES, translator
from reporting.typed_buttons import fold_typed

_SIGNS = frozenset("%‰‱°⁻")
"""The last is of a negative power: «kg·ha⁻¹»."""
_STROKES = str.maketrans("⁄∕÷\\", "////")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐‑](?=[^\W\d_])")
_ANYWHERE = ("ratio_words", "percent_words")
_PERCENT = "%"
_BRACKETS = str.maketrans("()[]", "    ")
_PARTS = re.compile(r"[()\[\],;:–—]| - ")
_ROUND = re.compile(r"10+")
"""A base of comparison: «100.000 dân»; «trên 60 tuổi» has none."""
_ONE, _TEN, _HUNDRED = "1", "10", "100"
_BEHIND_AMOUNTS = frozenset({"ratio_limits", "ratio_limits_alone", "ratio_sizes", "ratio_areas", "units_of_time"})
"""Lists of which a single word without accents is no other word, as an amount stands before it: «1 tuoi»."""
_NUMBERED = re.compile(r" (?:\d+|[ivx]+)$")
"""Which time of several: «quý IV», «năm 2021»."""
_AMOUNT = re.compile(r"[\d.,]+(?: [\d.,]+)*\s*")


@lru_cache(maxsize=1024)
def is_ratio(unit: str) -> bool:
    """Whether values counted in this are not to be added up."""
    said = _plain(unit)
    names = {said, _plain(_PARTS.split(normalize("NFKC", unit))[0])}  # «speed (knots)»
    if _SIGNS & set(unit + said) or names & _listed("ratio_units") or any(_has(said, key) for key in _ANYWHERE):
        return True
    if _begun(said, "ratio_begun") is not None:
        return True
    return _is_mean(unit) or _is_by_stroke(said) or _is_by_word(said) or _is_by_base(said)


@lru_cache(maxsize=1024)
def is_percent(unit: str) -> bool:
    """Whether it says «of a hundred»."""
    said = _plain(unit)
    return _PERCENT in said or _has(said, "percent_words")


def _plain(unit: str) -> str:
    """In one spelling: «m³/ ngày» is «m3 / ngày»."""
    said = normalize("NFKC", unit.translate(_STROKES)).casefold().translate(_BRACKETS).translate(_STROKES)
    return " ".join(_HYPHEN.sub(" ", said).replace("/", " / ").split())


@lru_cache
def _listed(key: str) -> frozenset[str]:
    """The entries of a list of words, of all our languages."""
    return frozenset(_plain(each) for lang in LANGUAGES for each in translator(lang).plain(key).split(";"))


@lru_cache
def _groups(key: str) -> tuple[frozenset[str], ...]:
    """The same of a list of groups, «a, b; c, d»."""
    return tuple(frozenset(map(_plain, each.split(","))) for each in _listed(key))


@lru_cache
def _typed(key: str) -> frozenset[str]:
    """The entries, and how they are typed without accents: «binh quan», while «moi» alone is «mới» too."""
    return _listed(key) | {fold_typed(each) for each in _listed(key) if " " in each or key in _BEHIND_AMOUNTS}


def _words(key: str, said: str) -> frozenset[str]:
    """The entries that may stand in it."""
    return _typed(key) if said.isascii() else _listed(key)


def _has(said: str, key: str) -> bool:
    return any(f" {each} " in f" {said} " for each in _words(key, said))


def _is_mean(unit: str) -> bool:
    """«trung bình ngày», «tấn (bình quân)», «điểm trung bình», «khách bình quân/tháng»; «hộ trung bình» is a count."""
    parts = [_plain(part) for part in _PARTS.split(normalize("NFKC", unit))]
    if any(_begun(part, "ratio_means") is not None for part in parts):
        return True
    said = _plain(unit)
    for word in _words("ratio_means", said):
        before, found, behind = f" {said} ".partition(f" {word} ")
        measured = _parted(before.strip())[1]
        if found and any(_begun(measured, key) is not None for key in ("ratio_limits", "ratio_measures")):
            return True
        if found and _is_time(behind.strip().removeprefix("/ ")):
            return True
    return False


def _is_by_stroke(said: str) -> bool:
    first, *others = said.split(" / ")
    behind = [each for each in others if not _is_time(each)]
    return bool(behind) and not _are_alike([first, *behind])


def _are_alike(parts: list[str]) -> bool:
    """«trâu/bò», «ca nặng/nguy kịch», «ca nặng/ca nguy kịch», “severe/critical cases”."""
    return any(group.issuperset(parts) for group in _groups("counts_alike")) or any(
        all(_is_kind(part, parts, group) for part in parts) for group in _groups("kinds_alike")
    )


def _is_kind(part: str, parts: list[str], group: frozenset[str]) -> bool:
    """Whether it is of the group by itself, behind the words that the first begins with, or, as the last, before others."""
    heads = {parts[0].removesuffix(each) for each in group if f" {parts[0]}".endswith(f" {each}")}
    said = {f"{head}{each}" for head in {"", *heads} for each in group}
    return part in said or (part is parts[-1] and any(part.startswith(f"{each} ") for each in said))


def _is_by_word(said: str) -> bool:
    """«tấn mỗi ha», «cases per 1,000 births»; «ca mỗi ngày» is a count."""
    for word in _words("ratio_for_each", said):
        _, found, behind = f" {said} ".partition(f" {word} ")
        if found and behind.strip() and not _is_time(behind.strip()):
            return True
    return False


def _is_by_base(said: str) -> bool:
    """«ca trên 100.000 dân», «bác sĩ trên vạn dân»; «người trên 60 tuổi», «lợn trên 100 kg» and «nhà trên 10 tầng» are counts."""
    for word in _words("ratio_over", said):
        before, found, behind = f" {said} ".partition(f" {word} ")
        if behind.strip() in _words("ratio_on", said):
            continue
        amount, rest = _parted(behind.strip())
        if found and not amount and (of_one := _begun(rest, "ratio_one")) is not None:
            amount, rest = _ONE, of_one
        if amount == _ONE and not _is_size_of_one(before.strip(), rest):
            return True
        if amount and _ROUND.fullmatch(amount) and not _is_size(amount, rest):
            return True
        rest_of_base = _begun(rest, "ratio_bases") if found and not amount else None
        if rest_of_base is not None and not _is_limit(rest_of_base):
            return True
    return False


def _is_size(amount: str, rest: str) -> bool:
    """«100 kg», «10 người», «100 lao động», and not «100 dân», «10 vạn dân» or, as in «điểm trên 10», a number alone."""
    if _is_limit(rest):
        return True
    if amount == _TEN:
        return bool(rest) and _begun(rest, "ratio_bases") is None
    return amount == _HUNDRED and _begun(rest, "ratio_sizes") is not None


def _is_size_of_one(counted: str, rest: str) -> bool:
    """«Hộ trên 1 ha», «trẻ trên 1 tuổi», and not «tấn trên 1 ha», «người trên 1 km²», «lượt trên 1 xe»."""
    if _begun(rest, "ratio_areas") is not None:
        return _has(counted, "ratio_with_area")
    if not _is_limit(rest):
        return _is_time(rest)
    return _begun(_parted(counted)[1], "ratio_amounts") is None


def _is_limit(rest: str) -> bool:
    """Whether an amount of it is a size: «kg», «tỷ đồng», and «tỷ» alone, which is of money; «tỷ dân» is a base."""
    return _begun(rest, "ratio_limits") is not None or rest in _words("ratio_limits_alone", rest)


def _is_time(behind: str) -> bool:
    """«ngày», «24 giờ», «2 tuần», «quý IV»."""
    return _NUMBERED.sub("", _parted(behind)[1]) in _words("units_of_time", behind)


def _parted(said: str) -> tuple[str, str]:
    """The digits that it begins with, and what follows: «100.000 dân» is «100000» and «dân»."""
    amount = _AMOUNT.match(said)
    return (re.sub(r"\D", "", amount[0]), said[amount.end() :]) if amount else ("", said)


def _begun(said: str, key: str) -> str | None:
    """What follows the longest entry of the list that it begins with; None: it begins with none."""
    found = max((each for each in _words(key, said) if f"{said} ".startswith(f"{each} ")), key=len, default=None)
    return said[len(found) :].strip() if found is not None else None
