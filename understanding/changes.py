"""Questions about how figures change: by how much, since when, and which unit's has changed most."""

from itertools import pairwise

from understanding.inquiry import Span
from understanding.phrases import Found
from understanding.scene import Places, Scene
from understanding.word_lists import word_list

_RISING = word_list("figures").words("rising")
_FALLING = word_list("figures").words("falling")
_FAST = word_list("figures").words("how fast")
_THAN = word_list("figures").words("than")
_SET_AGAINST = word_list("figures").words("set against")


def compares_days(scene: Scene, spans: list[Span]) -> bool:
    """«Tuần này so với tuần trước»; «tăng hay giảm so với hôm qua», where the days that are compared go without saying."""
    compared = scene.cues.get("compare", ())
    before = scene.periods.at & {each.end for each in compared if _SET_AGAINST.intersection(words_of(scene, each))}
    if compared and (len(spans) == 2 or (len(spans) == 1 and bool(before))):
        return True
    more = {each.end for each in compared if words_of(scene, each)[-1] in _THAN}
    return bool(spans) and bool(more & {run[0] for run in scene.periods.runs})


def ranks_changes(scene: Scene, places: Places, spans: list[Span]) -> bool:
    """«Xã nào giảm nhiều nhất», «xã nào tăng so với hôm qua», «xã nào nhiều ca hơn Thọ Dân»: no ranking tells that."""
    if not (places.which or places.each):
        return False
    phrases = {at for each in scene.phrases for at in each.at}
    words = ["" if at in phrases | scene.named else token.word for at, token in enumerate(scene.tokens)]
    above = {each.parent_id for each in scene.vocabulary.tree} if scene.has("compare") and places.which else set()
    if above and any(unit.id not in above for unit in places.units):
        return True
    changes = not _FALLING.isdisjoint(words) or any(one in _RISING and other in _FAST for one, other in pairwise(words))
    return changes or scene.has("trend") or compares_days(scene, spans) or asks_for_change(scene)


def asks_for_change(scene: Scene) -> bool:
    """«Giảm bao nhiêu», «F1 đang cách ly tăng bao nhiêu»; but «tăng mấy ca» of what is counted newly is their number."""
    changed = scene.cues.get("changed", ())
    named = (*scene.indicators.named, *scene.indicators.choices)
    kinds = {scene.vocabulary.questions[each].kind for each in named}
    return any(words_of(scene, each)[0] not in _RISING or "flow" not in kinds for each in changed)


def words_of(scene: Scene, found: Found[str]) -> list[str]:
    """The words of a cue."""
    return [scene.tokens[at].word for at in found.at]
