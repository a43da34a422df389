"""The words that tell what is wanted, and which of them say nothing since names, days or longer phrases hold them."""

from collections.abc import Iterable, Iterator, Sequence

from understanding.folding import Agreement
from understanding.phrases import Found
from understanding.scene import CLOSING, MEANINGLESS, Scene
from understanding.tokens import Token
from understanding.vocabulary import Vocabulary

_INTENTS = ("unsubscribe", "subscribe", "report_help", "missing", "flag", "complaint", "contact", "meta", "send me")
"""Of two of these the longer cue tells what is wanted: «chưa gửi số liệu» is no «gửi số liệu»."""
_LOOSEST = {
    **dict.fromkeys(
        ("general", "place", "narrower", "narrowing", "not ours", "exclusion", "negation", "relative"), Agreement.BARE
    ),
    **dict.fromkeys(("emergency", "personal"), Agreement.AGAINST),
}
"""How far the marks typed may differ from a cue's: some may be left out, of these words all or none; in danger any may differ."""


def find_cues(tokens: Sequence[Token], vocabulary: Vocabulary) -> dict[str, list[Found[str]]]:
    """By what they tell (sections of the word lists), the phrases that are found, typed with marks as they have them."""
    cues: dict[str, list[Found[str]]] = {}
    for found in vocabulary.cues.find(tokens):
        if found.slips and len(found.at) == 1:
            continue
        if found.agreement > _LOOSEST.get(found.value, Agreement.PART):
            continue
        cues.setdefault(found.value, []).append(found)
    cues.setdefault("general", []).extend(_closing(tokens))
    return cues


def _closing(tokens: Sequence[Token]) -> Iterator[Found[str]]:
    """Particles at the end of a clause («… mấy ca hè»), one or two of them; elsewhere the same words may mean something."""
    ends = True
    for at in range(len(tokens) - 1, 0, -1):
        token = tokens[at]
        closes = ends and token.readings[0] in CLOSING
        if closes:
            yield Found((at,), "general", Agreement.SAME)
        ends = closes or not token.is_word


def drop_cues(scene: Scene) -> None:
    """Drops the cues within names, and those of one kind that are a part of a longer phrase («trường» in «trường hợp»)."""
    named = scene.named
    wide = [
        set(each.at) for name in scene.cues if name not in MEANINGLESS for each in scene.cues[name] if len(each.at) > 1
    ]
    wide += [set(each.at) for each in scene.phrases]
    wide += [set(range(kind.start, kind.end)) for kind in scene.kinds]
    general = {each.at for each in scene.cues.setdefault("general", [])}
    intents = {each.at: name for name in _INTENTS for each in scene.cues.get(name, ())}
    for name, found in list(scene.cues.items()):
        kept: Iterable[Found[str]] = (each for each in found if not named.intersection(each.at))
        if name in ("cumulative", "whole_time", "summed"):
            kept = [each for each in kept if not scene.periods.at.intersection(each.at)]
        if name in ("trend", "rate", "narrowing"):  # «mới ngày 5/11», «mới tuần này» without marks
            kept = [each for each in kept if each.start in scene.periods.at or not scene.periods.go_beyond(each.at)]
        if name in ("narrower", "narrowing", "rate", "not ours"):
            kept = [
                each
                for each in kept
                if not any(set(each.at) < w for w in wide)
                and not any(set(each.at) <= set(phrase.at) for phrase in scene.phrases)
                and not (name == "narrower" and scene.kind_spots.issuperset(each.at))
                and not scene.vocabulary.counted.issuperset(scene.tokens[at].word for at in each.at)
                and not (each.at in general and each.agreement is Agreement.BARE)
                and not _is_counted_as(scene, each)
            ]
            called = [each for each in kept if _is_whoever_asks(scene, each)]
            called += [each for each in kept if each.end < len(scene.tokens) and scene.tokens[each.end].word == "oi"]
            scene.cues["general"] += called
            kept = [each for each in kept if each not in called]
        if name in _INTENTS:
            kept = [each for each in kept if not any(set(each.at) < set(at) for at in intents if intents[at] != name)]
        scene.cues[name] = list(kept)


def _is_counted_as(scene: Scene, found: Found[str]) -> bool:
    """Whether an English word only says otherwise what the forms count: «children» where they have «pupils»."""
    return all(scene.vocabulary.lexicon.in_other_forms(scene.tokens[at].readings[0]) for at in found.at)


def _is_whoever_asks(scene: Scene, found: Found[str]) -> bool:
    """«Công ty chúng tôi cần số …»: first of all, with «chúng tôi» behind it, it asks, and nothing is asked of it."""
    return found.start == 0 and found.end in scene.starts("mine") and found.value == "narrower"
