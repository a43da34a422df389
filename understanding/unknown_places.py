"""Places that a question names and the tree does not know: «xã Nga Sơn», «Nga Son commune», «Hà Nội»."""

from reporting.units import Unit
from understanding import language
from understanding.folding import Agreement
from understanding.mentions import KindSaid, Mention, alike
from understanding.scene import MEANINGLESS, NUMBERED, Scene, firm, is_number
from understanding.tokens import said_at

_MOST_WORDS_OF_A_NAME = 4


def add_unknown(scene: Scene) -> None:
    """Adds the places named with a kind that are none of ours: «xã Nga Sơn», «Nga Son commune»."""
    for kind in scene.generic_kinds:
        run = _run_after(scene, kind) or _run_before(scene, kind)
        if run is None:
            continue
        words = scene.tokens[run[0] : run[1]]
        near = _of_level(alike(words, scene.vocabulary), kind.kinds)
        part = bool(near) and len(words) == 1 and words[0].word in scene.vocabulary.by_word
        start, end = min(kind.start, run[0]), max(kind.end, run[1])
        scene.mentions.append(Mention(start, end, near, False, said_at(words), kind.kinds, is_ours=part))


def _of_level(units: tuple[Unit, ...], kinds: frozenset[str]) -> tuple[Unit, ...]:
    """Those of the kind said, else those of kinds that stand as high."""
    levels = {language.LEVELS.get(kind) for kind in kinds}
    same = tuple(unit for unit in units if unit.kind in kinds)
    return same or tuple(unit for unit in units if language.LEVELS.get(unit.kind) in levels)


def _run_after(scene: Scene, kind: KindSaid) -> tuple[int, int] | None:
    tokens = scene.tokens
    start = kind.end + 1 if kind.end < len(tokens) and tokens[kind.end].text == "." else kind.end
    if tokens[kind.start].word in language.AFTER_NAME:
        return None
    explained = _ending(scene)
    places = {each.start: each.end for each in scene.cues.get("place", ())}
    if start in places:
        return start, places[start]
    if start < len(tokens) and _starts_a_name(scene, start):
        explained = explained - {start}
    end = start
    while end < len(tokens) and end - start < _MOST_WORDS_OF_A_NAME and tokens[end].is_word:
        token = tokens[end]
        numbered = is_number(token) and (end > start or bool(kind.kinds & NUMBERED))
        if (
            (end in explained or is_number(token))
            and not token.is_capital
            and not (numbered and end not in scene.periods.at)
        ):
            break
        if end in scene.named or (end in scene.kind_spots and not token.is_capital):
            break
        end += 1
    return (start, end) if end > start and not (end == start + 1 and _is_ordinary(scene, start)) else None


def _is_ordinary(scene: Scene, at: int) -> bool:
    """Whether a word is one of the forms', or a general one, mark by mark and without a capital: «toàn huyện lấy bao nhiêu mẫu»."""
    token = scene.tokens[at]
    if token.is_capital:
        return False
    found = [each.agreement for each in scene.cues.get("general", ()) if each.at == (at,)]
    if token.readings[0].is_bare:
        return Agreement.BARE in found and not any(not each.readings[0].is_bare for each in scene.tokens)
    general = Agreement.SAME in found
    return general or token.readings[0] in scene.vocabulary.form_signs


def _starts_a_name(scene: Scene, at: int) -> bool:
    """Whether a function word behind a kind is rather a name's first: «huyện Ba Vì» without marks, or before an unknown word."""
    tokens = scene.tokens
    if tokens[at].word not in language.CORE or at in firm(scene) or not tokens[at].readings[0].is_bare:
        return False
    known = (
        at + 1 >= len(tokens)
        or not tokens[at + 1].is_word
        or at + 1 in _explained(scene) | scene.kind_spots | scene.named
        or tokens[at + 1].text.isdigit()
    )
    return not known or (tokens[at].word in language.NAMELIKE and tokens[at].word not in ("co", "o"))


def _run_before(scene: Scene, kind: KindSaid) -> tuple[int, int] | None:
    tokens = scene.tokens
    if tokens[kind.start].word not in language.AFTER_NAME:
        return None
    explained = _explained(scene)
    start = kind.start
    while (
        start > 0
        and kind.start - start < _MOST_WORDS_OF_A_NAME
        and tokens[start - 1].is_word
        and start - 1 not in scene.named
    ):
        if start - 1 in explained and not (tokens[start - 1].is_capital and start > 1):
            break
        start -= 1
    return (start, kind.start) if start < kind.start else None


def _explained(scene: Scene) -> set[int]:
    explained = scene.periods.at | {at for each in scene.phrases for at in each.at}
    for name, found in scene.cues.items():
        if name not in (*MEANINGLESS, "place"):
            explained |= {at for each in found for at in each.at}
    return explained


def _ending(scene: Scene) -> set[int]:
    """The tokens that no name goes on with: days, indicators, phrases, function words, «trừ», «bên cạnh», «dưới 5»."""
    leaving = scene.bounded | scene.spots("exclusion") | scene.spots("negation") | scene.spots("relative")
    return firm(scene) | leaving | {n for n, token in enumerate(scene.tokens) if token.word in language.CORE}


def add_places(scene: Scene) -> None:
    """Adds provinces and countries that are not ours."""
    phrase_spots = {at for each in scene.phrases if len(each.at) > 1 for at in each.at}
    for found in scene.cues.get("place", ()):
        said_of = found.start > 0 and scene.tokens[found.start - 1].word in ("o", "tai", "in", "at")
        other = (
            scene.spots("trend") | scene.spots("general")
            if found.agreement is Agreement.BARE and not said_of
            else set()
        )
        free = not (scene.named | phrase_spots | scene.periods.at).intersection(found.at) and not other.issuperset(
            found.at
        )
        if free and not any(set(found.at) < set(other.at) for other in scene.cues["place"]):
            words = said_at(scene.tokens[found.start : found.end])
            scene.mentions.append(Mention(found.start, found.end, (), False, words, is_ours=False))
