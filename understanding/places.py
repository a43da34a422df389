"""The places of a question put together: qualifiers, the root as a whole, «xã nào», «xã mình», and what is not ours."""

from collections.abc import Iterable
from dataclasses import replace

from reporting.units import Unit
from understanding import language
from understanding.dates import NUMBERS
from understanding.inquiry import Merged, Span, TakenFor
from understanding.mentions import KindSaid, Mention
from understanding.mergers import on_days
from understanding.scene import Places, Scene
from understanding.tokens import said_at
from understanding.uncertain import read_uncertain
from understanding.word_lists import word_list

_MOST_OFFERED = 12
_HAPPENED = word_list("places").words("happened")


def read_places(scene: Scene, span: Span, comparing: bool) -> Places:
    """The places that a scene names, on the days of `span`."""
    places = Places()
    mentions = _qualify(scene, comparing)
    for mention in mentions:
        _add(mention, span, places, scene)
    _read_generic(scene, places, comparing)
    read_uncertain(scene, mentions, places)
    return places


def _is_above(scene: Scene, mention: Mention, other: Mention) -> list[Unit]:
    """The units that `other` may mean that lie under one that `mention` may mean."""
    tree = scene.vocabulary.tree
    over = {unit.id for unit in mention.units}
    return [unit for unit in other.units if any(up.id in over for up in tree.above(unit) if up.id != unit.id)]


def _qualify(scene: Scene, comparing: bool) -> list[Mention]:
    """Uses the mentions of a higher unit to say which lower one is meant («Minh Sơn, Triệu Sơn»), and leaves them out."""
    mentions = list(scene.mentions)
    if len(mentions) < 2 or comparing:
        return mentions
    used: set[int] = set()
    for at, mention in enumerate(mentions):
        for other_at, other in enumerate(mentions):
            if (
                other_at == at
                or at in used
                or other_at in used
                or not mention.units
                or not other.is_ours
                or not other.units
            ):
                continue
            if (under := _is_above(scene, mention, other)) and _beside(scene, mention, other):
                mentions[other_at] = replace(other, units=tuple(under), is_sure=other.is_sure or _kind_free(other))
                used.add(at)
    kept = [mention for at, mention in enumerate(mentions) if at not in used]
    root = scene.vocabulary.root
    return [
        each
        for each in kept
        if not (used and not each.is_ours and (not each.kinds or _is_higher(each.kinds, root, or_equal=False)))
    ]


def _kind_free(mention: Mention) -> bool:
    return False if mention.kinds else mention.is_sure


def _beside(scene: Scene, one: Mention, other: Mention) -> bool:
    """Whether no «và» stands between two mentions."""
    first, second = sorted((one, other), key=lambda mention: mention.start)
    between = {token.word for token in scene.tokens[first.end : second.start]}
    return not between & {"va", "and", "voi", "hay", "hoac", "or"}


def _add(mention: Mention, span: Span, places: Places, scene: Scene) -> None:
    if not mention.is_ours:
        places.outside = places.outside or mention.words
        places.choices = places.choices or tuple(unit for unit in mention.units if scene.vocabulary.is_ours(unit))
        return
    tree, days = scene.vocabulary.tree, (span.first_on, span.last_on)
    alive = [unit for unit in mention.units if unit.exists_between(*days)]
    became = {unit: on_days(unit, tree, *days) for unit in mention.units if unit not in alive}
    alive = alive or _only(became.values())
    if not alive:
        places.is_gone = True
        places.units += [unit for unit in mention.units if unit not in places.units]
    elif len(alive) == 1 and mention.is_sure:
        if alive[0] not in places.units:
            places.units.append(alive[0])
        if mention.is_heard:
            places.heard.append(TakenFor(mention.words, alive[0]))
        if alive[0].id not in mention.own:
            places.merged += [Merged(was, alive[0]) for was, now in became.items() if now == (alive[0],)]
    else:
        places.is_doubtful = True
        places.choices = tuple(dict.fromkeys((*places.choices, *alive)))


def _only(became: Iterable[tuple[Unit, ...]]) -> list[Unit]:
    """What units that are gone have all become, if that is one unit: what several may be is told with the days of each."""
    found = list(dict.fromkeys(unit for units in became for unit in units))
    return found if len(found) == 1 and all(became) else []


def _read_generic(scene: Scene, places: Places, comparing: bool) -> None:
    """Kinds said without a name, and words for any unit."""
    root = scene.vocabulary.root
    for kind in scene.generic_kinds:
        _read_kind(scene, kind, places)
    which_starts, which_ends, each_ends = scene.starts("which"), scene.ends("which"), scene.ends("each")
    for found in scene.cues.get("any unit", ()):
        places.which |= found.end in which_starts or found.start in which_ends
        places.each |= found.start in each_ends
    places.which |= _asks_where(scene)
    places.whole |= scene.has("whole") and not places.units and not places.outside and _whole_alone(scene)
    if places.whole and root is not None and (not places.units or comparing) and root not in places.units:
        places.units.append(root)


def _read_kind(scene: Scene, kind: KindSaid, places: Places) -> None:
    """«Xã nào», «các xã», «toàn huyện», «xã mình», «thị trấn» alone."""
    root = scene.vocabulary.root
    here = kind.kinds & (scene.vocabulary.kinds_here - ({root.kind} if root else set()))
    is_mine = kind.end in scene.starts("mine")
    superlative = scene.has("most") or scene.is_superlative(which=False)
    if (number := _number_of(scene, kind)) is not None and here and not superlative:
        _read_number(scene, kind, number, places)
        return
    asked = kind.end in scene.starts("which") or (bool(here) and kind.end in scene.bounded)
    asked |= kind.start in scene.ends("which") | scene.ends("quantity")
    listed = kind.start in scene.ends("each") or (bool(here) and scene.has("list", "breakdown"))
    if asked or (listed and not is_mine):
        places.which |= asked
        places.each |= not asked
        places.kinds += tuple(sorted(here - set(places.kinds)))
        if not here and _is_higher(kind.kinds, root, or_equal=True):
            places.outside = places.outside or said_at(scene.tokens[kind.start : kind.end])
    elif _is_higher(kind.kinds, root, or_equal=False) and kind.start and scene.tokens[kind.start - 1].word == "trong":
        places.outside = places.outside or said_at(scene.tokens[kind.start - 1 : kind.end])
    elif root is not None and root.kind in kind.kinds:
        places.whole = True
    elif is_mine or kind.start in scene.ends("whole"):
        if _is_higher(kind.kinds, root, or_equal=False):
            places.outside = places.outside or said_at(scene.tokens[kind.start : kind.end + is_mine])
        elif not places.units:
            places.is_doubtful = True
    elif here and superlative:
        places.which = True
    elif here and not places.units and not places.choices and not places.outside:
        _offer_kind(scene, kind.kinds, places)


def _number_of(scene: Scene, kind: KindSaid) -> int | None:
    """How many of a kind are spoken of («32 xã», «hai thị trấn»)."""
    before = kind.start - 1
    if before < 0 or before in scene.named or before in scene.periods.at:
        return None
    token = scene.tokens[before]
    return int(token.text) if token.text.isdigit() else NUMBERS.get(token.word)


def _read_number(scene: Scene, kind: KindSaid, number: int, places: Places) -> None:
    """All of a kind are each of them; some of them are asked back, for which they are is not said."""
    vocabulary = scene.vocabulary
    found = [unit for unit in vocabulary.tree if unit.kind in kind.kinds and vocabulary.is_ours(unit)]
    if len([unit for unit in found if unit != vocabulary.root and unit.until is None]) == number:
        places.each = True
        places.kinds += tuple(sorted(kind.kinds & vocabulary.kinds_here - set(places.kinds)))
    else:
        places.is_doubtful = places.may_be_other = True


def _asks_where(scene: Scene) -> bool:
    """«Ở đâu có ca mới» asks for units; «xét nghiệm ở đâu» for an address, unless days or a finding are spoken of."""
    found = min(scene.starts("where"), default=None)
    if found is None:
        return False
    happened = any(token.word in _HAPPENED for token in scene.tokens) or bool(scene.periods.named)
    return (
        found < min(scene.indicators.seen, default=found) or scene.has("most") or (happened and not scene.leftovers())
    )


def _offer_kind(scene: Scene, kinds: frozenset[str], places: Places) -> None:
    """«Thị trấn mấy ca»: which of them is asked back."""
    vocabulary = scene.vocabulary
    units = tuple(unit for unit in vocabulary.tree if unit.kind in kinds and vocabulary.is_ours(unit))
    places.is_doubtful = True
    places.choices = units if len(units) <= _MOST_OFFERED else ()


def _whole_alone(scene: Scene) -> bool:
    return bool(scene.ends("whole") & (scene.starts("area"))) or any(len(found.at) > 1 for found in scene.cues["whole"])


def _is_higher(kinds: frozenset[str], root: Unit | None, or_equal: bool) -> bool:
    mine = language.LEVELS.get(root.kind, 9) if root is not None else 0
    levels = [language.LEVELS[kind] for kind in kinds if kind in language.LEVELS]
    return bool(levels) and (max(levels) < mine or (or_equal and max(levels) <= mine))
