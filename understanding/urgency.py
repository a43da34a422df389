"""Whether a word of danger is a cry for help or only counted: «con tôi khó thở» is one, «mấy ca cấp cứu» is a number."""

from itertools import pairwise

from understanding.phrases import Found
from understanding.scene import Scene
from understanding.word_lists import word_list

_HIMSELF = word_list("danger").words("own family")
_CALLS = word_list("danger").words("calls")
_OF_CALLS = ("emergency", "self", "mishap", "rescue", "peril", "fire")
_HIS = word_list("danger").words("his own")
"""Words of whoever speaks of himself or his own; not «nhà», which forms count."""
_SAVED = word_list("danger").words("saved")
_ASKS = ("quantity", "which", "where", "overview", "most", "least", "list", "compare", "trend", "missing", "which day")
_ASKING = word_list("danger").words("asking")
_LAST_OF_QUESTIONS = word_list("danger").words("last of questions")
_THERE_ARE = word_list("danger").words("there are people")
_POLITE = word_list("danger").words("polite")
_NUMBER = frozenset({"so"})
_OF_LISTS = word_list("danger").words("of lists")
_PERSONS = frozenset({"nguoi", "people"})
_PLAIN = ("general", "place", "flag", "not ours")
_COUNTED_PUPILS = word_list("danger").words("pupils")
_EVENTS = word_list("danger").words("events")
"""What is said behind «mấy» only by who counts: «mấy người» may also be some people who lie there."""


def without_counted(scene: Scene, counters: frozenset[int]) -> dict[str, list[Found[str]]]:
    """The cues of danger that remain: none where cases are counted and nobody speaks of himself or his own («trẻ em» is nobody).

    A mishap («tai nạn», «đuối nước») is a cry too; where such are counted it is a word like any other, and no syllable of it
    is taken for «tại».
    """
    if not scene.has(*_OF_CALLS):
        return {}
    tokens = scene.tokens
    ends = scene.ends("quantity")
    children = {n for n in range(1, len(tokens)) if tokens[n].word == "em" and tokens[n - 1].word == "tre"}
    pupils = {n for n in ends if n < len(tokens) and tokens[n].word in _COUNTED_PUPILS}
    found = {name: [e for e in scene.cues.get(name, ()) if e.start not in children | pupils] for name in _OF_CALLS}
    mishaps, rescues, perils = found.pop("mishap"), found.pop("rescue"), found.pop("peril")
    fires = [] if _asks_of(scene) or _are_counted(scene, found["fire"], own=False) else found["fire"]
    starts = {each.start for each in scene.phrases}
    counts = bool(ends & (starts | {n - 1 for n in children})) or bool(starts and ends & (counters | pupils))
    own = any(token.word in _HIMSELF and n not in children | pupils for n, token in enumerate(tokens))
    if counts and not own:
        found = {name: [] for name in found}
    found |= {
        "fire": fires,
        "rescue": [] if _are_saved(scene, rescues, own) else [*rescues, *_own_perils(scene, perils)],
        "peril": [],
    }
    if _are_counted(scene, mishaps, own):
        named = {at for each in mishaps for at in each.at}
        plain = {name: [e for e in scene.cues.get(name, ()) if not named.issuperset(e.at)] for name in _PLAIN}
        return {**found, **plain, "mishap": []}
    return {**found, "mishap": [], "emergency": [*found["emergency"], *mishaps]}


def _are_counted(scene: Scene, mishaps: list[Found[str]], own: bool) -> bool:
    """«Mấy vụ đuối nước», «bao nhiêu người bị rắn cắn», «có tai nạn nào không»; not «tai nạn, gọi số mấy»."""
    words = [token.word for token in scene.tokens]
    starts, quantities = {each.start for each in mishaps}, scene.ends("quantity")
    if starts & (quantities | _behind(words, _OF_LISTS)):
        return True
    counted = {words[at] for at in quantities | _behind(words, _NUMBER) if at < len(words)}
    if counted & _EVENTS:
        return True
    return not own and not _CALLS.intersection(words) and (bool(counted & _PERSONS) or _asks_whether(words, starts))


def _behind(words: list[str], these: frozenset[str]) -> set[int]:
    return {at for at, word in enumerate(words, 1) if word in these}


def _asks_whether(words: list[str], starts: set[int]) -> bool:
    """«Có người chết vì tai nạn không»; «bị rắn cắn có sao không» asks what to do."""
    said = [(at, word) for at, word in enumerate(words) if word.isalnum() and word not in _POLITE]
    there = [at for at, word in said if word == "co"]
    return bool(there and said[-1][1] == "khong" and any(there[-1] < at for at in starts))


def _are_saved(scene: Scene, rescues: list[Found[str]], own: bool) -> bool:
    """«Bao nhiêu người được cứu hộ», «số người được cứu»: rescued people, or teams, are counted."""
    if not rescues:
        return False
    words = [token.word for token in scene.tokens]
    told = {each.start for each in rescues if each.start and words[each.start - 1] in _SAVED}
    held = {each.start for each in rescues if any(set(each.at) <= set(phrase.at) for phrase in scene.phrases)}
    counted = bool(scene.ends("quantity")) and not _CALLS.intersection(words)
    return not own and (counted or len(told | held) == len(rescues))


def _own_perils(scene: Scene, perils: list[Found[str]]) -> list[Found[str]]:
    """«Gia đình em mắc kẹt», «nhà tôi ngập rồi»: said of his own, and no figure is asked for."""
    if not perils:
        return []
    tokens, kinds = scene.tokens, {kind.end for kind in scene.kinds}
    named = scene.named | {at for each in scene.names if len(each.at) > 1 for at in each.at}
    his = {n for n, token in enumerate(tokens) if token.word in _HIS and n not in named and n not in kinds}
    family = any(a.word == "gia" and b.word == "dinh" for a, b in pairwise(tokens))
    there_are = any(a.word == "co" and b.word in _THERE_ARE for a, b in pairwise(tokens))
    return perils if (his or family or there_are) and not _asks_of(scene) else []


def _asks_of(scene: Scene) -> bool:
    """Whether a text asks for something, so that what is in it is told of rather than cried."""
    said = [token for token in scene.tokens if token.is_word]
    asks = scene.has(*_ASKS) or any(token.word in _ASKING for token in scene.tokens)
    return asks or (bool(said) and said[-1].word in _LAST_OF_QUESTIONS)
