"""Names of units that claim their words: whether «tư» is a unit or Wednesday, «số 5 hôm nay» a school or five days."""

from collections.abc import Mapping

from understanding.folding import Agreement
from understanding.inquiry import ABOUT_FIGURES, Doubt, Inquiry
from understanding.names import Name
from understanding.phrases import Found
from understanding.scene import MEANINGLESS, Scene, is_number
from understanding.word_lists import word_list

At = tuple[int, ...]
_BEFORE = word_list("places").words("unit behind")
_BEHIND = word_list("places").words("unit before")
_JOINING = word_list("places").words("joining")


def contested(scene: Scene) -> tuple[At, ...]:
    """The words that are a whole name of a unit of ours and were read as something else: days, or an everyday word."""
    if not any(found.value.has_other_words for found in scene.names):
        return ()
    named, days = scene.named, {at for run in scene.periods.runs for at in run}
    fitting = {
        found.at
        for found in scene.names
        if found.value.has_other_words
        and not found.slips
        and found.agreement <= Agreement.BARE
        and scene.vocabulary.is_ours(found.value.unit)
        and not _is_named(scene, found, named)
        and (days.intersection(found.at) or _stands_alone(scene, found))
    }
    return tuple(sorted(at for at in fitting if not any(set(at) < set(other) for other in fitting)))


def _is_named(scene: Scene, found: Found[Name], named: set[int]) -> bool:
    """Whether a name that is no part of this one has the words already."""
    if not named.intersection(found.at):
        return False
    mine = set(found.at)
    return not all(
        set(range(each.start, each.end)) < mine
        for each in scene.mentions
        if mine.intersection(range(each.start, each.end))
    )


def _stands_alone(scene: Scene, found: Found[Name]) -> bool:
    """Whether one word is written as the name is, or stands where a unit would, and is no part of a phrase and no number."""
    if len(found.at) > 1:
        return False
    at, tokens = found.start, scene.tokens
    is_plain = tokens[at].readings[0].is_bare or found.agreement is not Agreement.SAME
    if is_plain and not (at and tokens[at].is_capital) and not _stands_as_unit(scene, at):
        return False
    taken = scene.kind_spots | scene.aside | scene.bounded | {n for each in scene.phrases for n in each.at}
    for name, cues in scene.cues.items():
        if name not in MEANINGLESS:
            taken |= {n for each in cues if len(each.at) > 1 and not scene.periods.go_beyond(each.at) for n in each.at}
    counts = at + 1 in scene.kind_spots or any(each.start == at + 1 for each in scene.phrases)
    is_numbered = at + 1 < len(tokens) and is_number(tokens[at + 1]) and at + 1 not in scene.periods.at
    return at not in taken and not counts and not is_numbered


def _stands_as_unit(scene: Scene, at: int) -> bool:
    """Whether a unit would stand here: first of all, behind days or «ở», and before «mấy», days, «so với» or «có»; or at the end."""
    tokens, days = scene.tokens, scene.periods.at
    before = at == 0 or at - 1 in days or tokens[at - 1].word in _BEFORE
    goes_on = days | scene.starts("quantity") | scene.starts("compare") | scene.starts("changed")
    after = at + 1 == len(tokens) or at + 1 in goes_on or tokens[at + 1].word in _BEHIND
    return (before and after) or _is_joined(scene, (at,))


def readings(scene: Scene, names: tuple[At, ...]) -> list[tuple[At, ...]]:
    """Which of the names may be meant together: all of them, and where nothing joins them also each alone."""
    if len(names) == 1 or all(_is_joined(scene, at) for at in names):
        return [names]
    return [*((at,) for at in names), names]


def meant(scene: Scene, as_days: Inquiry, claimed: Mapping[tuple[At, ...], Inquiry]) -> Inquiry:
    """What is meant, by the reading without names or by those with some `claimed`; several whole questions are all offered."""
    possible = dict.fromkeys(each for names, of in claimed.items() for each in _possible(scene, names, as_days, of))
    whole = [each for each in possible if _is_whole(each)]
    if len(whole) < 2:
        return next(iter(whole or possible))
    units = tuple(dict.fromkeys(unit for each in whole for unit in each.units))
    doubts: tuple[Doubt, ...] = ("meaning", "unit")
    return as_days.changed(units=(), all_units=False, doubts=doubts, unit_choices=units, meanings=tuple(whole))


def _possible(scene: Scene, names: tuple[At, ...], as_days: Inquiry, as_names: Inquiry) -> list[Inquiry]:
    """Of the readings with and without these names the one that is meant, or both."""
    if as_days == as_names:
        return [as_days]
    within = all(any(set(at) <= set(run) for run in scene.periods.runs) for at in names)
    part = within and not any(set(at) == set(run) for at in names for run in scene.periods.runs)
    if not any(_is_written_as_name(scene, at) or _is_joined(scene, at) for at in names):
        compares = as_names.intent == "compare" and _is_whole(as_names)
        if within and (as_days.units or as_days.unit_choices) and not compares:
            return [as_days]
        if part:
            unit = [as_names.changed(doubts=())] if _could_be_unit(as_names, as_days) else []
            return [*unit, as_days]
        if _is_whole(as_names) and _is_whole(as_days):
            return [as_names, as_days]
    return [as_names]


def _is_whole(inquiry: Inquiry) -> bool:
    return inquiry.is_certain and inquiry.intent in ABOUT_FIGURES


def _could_be_unit(as_names: Inquiry, as_days: Inquiry) -> bool:
    """Whether the unit may be meant by a part of words for days, «tư» of «thứ tư»: nothing else is in doubt."""
    return _is_whole(as_days) and bool(as_names.units) and {"period", "unknown"}.issuperset(as_names.doubts)


def _is_written_as_name(scene: Scene, at: At) -> bool:
    """Whether it stands with capitals inside the text, and no longer words for days hold it: «hôm qua Tháng Tám», not «thứ Tư»."""
    run = {n for run in scene.periods.runs if {*run}.intersection(at) for n in run}
    return at[0] > 0 and run <= {*at} and all(scene.tokens[n].is_capital for n in at)


def _is_joined(scene: Scene, at: At) -> bool:
    """«Kim Đồng và Tháng Tám»: beside another unit with «và» or a comma between."""
    ends, starts = {each.end for each in scene.mentions}, {each.start for each in scene.mentions}
    return (at[0] - 1 in ends and scene.tokens[at[0] - 1].word in _JOINING) or (
        at[-1] + 2 in starts and scene.tokens[at[-1] + 1].word in _JOINING
    )
