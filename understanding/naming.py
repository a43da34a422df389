"""The places that are named without their kind, by initials or by what the tree does not know, and which kinds count."""

from understanding.folding import Agreement
from understanding.mentions import KindSaid, Mention, find_mentions
from understanding.phrases import Found
from understanding.scene import MEANINGLESS, Scene
from understanding.sounding import add_sounding
from understanding.tokens import said_at, signs_of
from understanding.unknown_places import add_places, add_unknown


def name_places(scene: Scene) -> None:
    """Adds the places named otherwise than with their kind, ours and others."""
    _add_bare(scene)
    _add_initials(scene)
    add_sounding(scene, scene.vocabulary.by_sound)
    scene.kinds = _kinds_that_count(scene)
    add_unknown(scene)
    add_places(scene)
    _leave_origins(scene)
    if any(mention.is_ours for mention in scene.mentions):
        scene.mentions = [each for each in scene.mentions if each.is_ours or each.start not in scene.aside]
    scene.mentions.sort(key=lambda mention: mention.start)


def _add_bare(scene: Scene) -> None:
    """Adds the units named without their kind, but where the words are more likely part of a longer phrase."""
    longer = [set(each.at) for each in scene.phrases]
    longer += [set(each.at) for name, found in scene.cues.items() if name not in MEANINGLESS for each in found]
    for mention in find_mentions(
        scene.tokens, scene.names, scene.kinds, scene.named | scene.periods.at, scene.vocabulary, with_kind=False
    ):
        at = set(range(mention.start, mention.end))
        if not any(at < other for other in longer):
            scene.mentions.append(mention)


def _add_initials(scene: Scene) -> None:
    """Adds «tt ts» and «xã td»: the letters that a unit's name begins with, behind its kind, may be meant for it."""
    for kind in scene.generic_kinds:
        if kind.end >= len(scene.tokens):
            continue
        token = scene.tokens[kind.end]
        units = tuple(u for u in scene.vocabulary.initials.get(token.text.lower(), ()) if u.kind in kind.kinds)
        if len(token.text) > 1 and not token.is_known and units:
            words = said_at(scene.tokens[kind.start : kind.end + 1])
            scene.mentions.append(Mention(kind.start, kind.end + 1, units, False, words, kind.kinds))


def _kinds_that_count(scene: Scene) -> list[KindSaid]:
    """The kinds but those within names and lone abbreviations that stand before nothing like a name."""
    attached = {mention.start for mention in scene.mentions} | {mention.end for mention in scene.mentions}
    bare = {at for mention in scene.mentions if not mention.kinds for at in range(mention.start, mention.end)}
    kept = []
    for kind in scene.kinds:
        typed = [scene.tokens[at] for at in range(kind.start, kind.end)]
        in_full = {tuple(sign.base for sign in signs_of(each)) for each in kind.kinds}
        short = all(len(token.text) <= 3 for token in typed) and tuple(token.word for token in typed) not in in_full
        after = scene.tokens[kind.end] if kind.end < len(scene.tokens) else None
        if kind.start in bare:
            continue
        if (
            short
            and kind.start not in attached
            and kind.end not in attached
            and not (after and (after.is_capital or after.text == "."))
        ):
            continue
        kept.append(kind)
    return kept


def _leave_origins(scene: Scene) -> None:
    """«Người từ Hà Nội về»: where somebody came from is no place asked about, but makes it a part of what is counted."""
    for mention in list(scene.mentions):
        before = scene.tokens[mention.start - 1].word if mention.start else ""
        if (
            not mention.is_ours
            and before in ("tu", "from")
            and (scene.phrases or any(o.is_ours for o in scene.mentions))
        ):
            scene.mentions.remove(mention)
            at = tuple(range(mention.start, mention.end))
            scene.cues.setdefault("narrowing", []).append(Found(at, "narrowing", Agreement.SAME))
