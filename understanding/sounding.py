"""Names that sound as one of ours does, written as they are spoken: «Dân Nực» for «Dân Lực», «Đồng Tiếng» for «Đồng Tiến»."""

from reporting.units import Unit
from understanding.folding import Sign
from understanding.mentions import KindSaid, Mention
from understanding.scene import Scene
from understanding.sounds import Sounding, sound_of
from understanding.tokens import Token, said_at

_LONGEST = 4
_BEFORE = frozenset({"o", "tai", "ve", "in", "at"})


def add_sounding(scene: Scene, by_sound: Sounding) -> None:
    """Adds the units whose names are written with one word as it is spoken, where a name may stand.

    Without any marks too many places elsewhere sound so: there they are asked back.
    """
    taken = scene.named | scene.periods.at
    tokens = scene.tokens
    if all(token.readings[0].is_bare for token in tokens):
        return
    sounds = [sound_of(token.readings[-1 if token.slips else 0].base) for token in tokens]
    start = 0
    while start < len(tokens):
        found = None if start in taken else _from(scene, start, sounds, taken, by_sound)
        if found is not None:
            scene.mentions.append(found)
            taken |= set(range(found.start, found.end))
            start = found.end
        else:
            start += 1


def _from(
    scene: Scene,
    start: int,
    sounds: list[str],
    taken: set[int],
    by_sound: Sounding,
) -> Mention | None:
    tokens = scene.tokens
    for size in range(min(_LONGEST, len(tokens) - start), 1, -1):
        meant = by_sound.get(tuple(sounds[start : start + size]))
        words = tokens[start : start + size]
        if meant is None or taken.intersection(range(start, start + size)) or not _is_one_off(words, meant[0]):
            continue
        kind = next((kind for kind in scene.kinds if kind.end == start), None)
        if (kind is not None and meant[1].kind not in kind.kinds) or not (kind or _stands_as_name(scene, start, size)):
            continue
        first = kind.start if kind is not None else start
        return _mention(words, kind, first, start + size, meant[1])
    return None


def _mention(words: list[Token], kind: KindSaid | None, start: int, end: int, unit: Unit) -> Mention:
    kinds = kind.kinds if kind is not None else frozenset[str]()
    return Mention(start, end, (unit,), True, said_at(words), kinds, own=frozenset({unit.id}), is_heard=True)


def _stands_as_name(scene: Scene, start: int, size: int) -> bool:
    capitals = all(token.is_capital for token in scene.tokens[start : start + size])
    return capitals or start == 0 or scene.tokens[start - 1].word in _BEFORE


def _is_one_off(words: list[Token], signs: tuple[Sign, ...]) -> bool:
    """Whether just one word has other letters than the name, and all have the name's marks; places elsewhere bear names near to it."""
    typed = [token.readings[0] for token in words]
    off = [at for at, (one, sign) in enumerate(zip(typed, signs, strict=True)) if one.base != sign.base]
    if len(off) != 1 or not all(
        one == sign for at, (one, sign) in enumerate(zip(typed, signs, strict=True)) if at not in off
    ):
        return False
    one, sign = typed[off[0]], signs[off[0]]
    marks = [sorted(filter(None, each.qualities)) for each in (one, sign)]
    return marks[0] == marks[1] and (one.tone == sign.tone or {one.tone, sign.tone} == {"r", "x"})
