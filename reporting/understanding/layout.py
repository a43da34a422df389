"""From a text to a scene: everything that it names is looked for, the surest first."""

from collections.abc import Iterable, Sequence
from datetime import date

from reporting.understanding.asides import asides
from reporting.understanding.folding import Agreement, words_in
from reporting.understanding.indicators import Hints, find_phrases, read_indicators
from reporting.understanding.mentions import KindSaid, Mention, find_kinds, find_mentions
from reporting.understanding.periods import read_periods
from reporting.understanding.phrases import Found
from reporting.understanding.scene import LONG_NUMBER, MEANINGLESS, NUMBERED, Scene
from reporting.understanding.strangers import add_places, add_unknown
from reporting.understanding.tokens import Token, read, said
from reporting.understanding.unread import read_unread
from reporting.understanding.vocabulary import Meant, Vocabulary

_NEVER_SKIPPED = words_in("va hay hoac khong chua and or not lan")
_HEARD_BY_THE_WAY = (
    "emergency",
    "personal",
    "somebody",
    "subscribe",
    "unsubscribe",
    "flag",
    "general",
    "place",
    "topic",
    *MEANINGLESS,
)
_INTENTS = ("unsubscribe", "subscribe", "report_help", "missing", "flag", "complaint", "contact", "meta", "send me")
"""Of two of these the longer cue tells what is wanted: «chưa gửi số liệu» is no «gửi số liệu»."""
_COUNTED = words_in("ngay tuan thang nam h gio tieng nguoi ca / - . days weeks months hours")
_LOOSEST = {
    **dict.fromkeys(("general", "place", "narrower", "narrowing", "not ours"), Agreement.BARE),
    **dict.fromkeys(("emergency", "personal"), Agreement.AGAINST),
}
"""How far the marks typed may differ from a cue's: some may be left out, of these words all or none; in danger any may differ."""


def lay_out(text: str, vocabulary: Vocabulary, today: date) -> Scene:
    """Reads a text into a scene."""
    tokens = read(text, vocabulary.lexicon)
    scene = Scene(tokens, vocabulary)
    scene.cues = _cues(tokens, vocabulary)
    within_words = {at for each in scene.cues.get("general", ()) if len(each.at) > 1 for at in each.at}
    scene.kinds = [
        kind for kind in find_kinds(tokens, vocabulary) if not (kind.start in within_words and kind.end in within_words)
    ]
    scene.names = list(vocabulary.names.find(tokens))
    scene.mentions = find_mentions(tokens, scene.names, scene.kinds, (), vocabulary, with_kind=True)
    skippable = frozenset(
        n for n in scene.spots("general") | scene.spots("topic") if tokens[n].word not in _NEVER_SKIPPED
    )
    scene.phrases = [
        each
        for each in find_phrases(tokens, vocabulary, skippable)
        if not scene.named.intersection(each.at) and not _is_colour_by_chance(scene, each)
    ]
    scene.phrases = [each for each in scene.phrases if not _is_whole(scene, each)]
    _leave_asides(scene)
    scene.periods = read_periods(tokens, scene.named | _numbered(scene) | scene.aside, today)
    _add_bare(scene)
    _add_initials(scene)
    scene.kinds = _kinds_that_count(scene)
    add_unknown(scene)
    add_places(scene)
    if any(mention.is_ours for mention in scene.mentions):
        scene.mentions = [each for each in scene.mentions if each.is_ours or each.start not in scene.aside]
    scene.mentions.sort(key=lambda mention: mention.start)
    _drop_cues(scene)
    read_unread(scene)
    scene.hints = _hints(scene)
    taken = scene.named | scene.periods.at
    plain = {at for name in scene.cues if name not in MEANINGLESS for at in scene.spots(name)}
    scene.indicators = read_indicators(scene.phrases, tokens, taken, plain, scene.hints, vocabulary)
    return scene


def _is_whole(scene: Scene, found: Found[Meant]) -> bool:
    """Whether a word counted is rather «cả» («7 ngay qua ca huyen»): a kind without a name is behind it, no number before."""
    at = found.start
    if len(found.at) > 1 or at not in scene.spots("whole"):
        return False
    counts = at in scene.ends("quantity") or (at > 0 and scene.tokens[at - 1].text.isdigit())
    return not counts and any(kind.start == at + 1 for kind in scene.generic_kinds)


def _leave_asides(scene: Scene) -> None:
    """Leaves out what whoever asks says of himself by the way, but for the units that he names and what is urgent."""
    counted = {at for each in scene.phrases for at in each.at}
    scene.aside = asides(scene.tokens, scene.cues, counted, scene.named)
    if not scene.aside:
        return
    scene.phrases = [each for each in scene.phrases if not scene.aside.intersection(each.at)]
    for name, found in scene.cues.items():
        if name not in _HEARD_BY_THE_WAY:
            scene.cues[name] = [each for each in found if not scene.aside.issuperset(each.at)]


def _is_colour_by_chance(scene: Scene, found: Found[Meant]) -> bool:
    """A choice named by one word («cam») is none within a phrase («cam on nhieu»)."""
    if len(found.at) > 1 or found.value.choice is None:
        return False
    return any(found.start in each.at for of in scene.cues.values() for each in of if len(each.at) > 1)


def _numbered(scene: Scene) -> set[int]:
    """The numerals that end a name («phường 7 hôm nay», «Xuân Thọ 2 hôm nay») rather than count days."""
    tokens = scene.tokens
    ends = {kind.end for kind in scene.generic_kinds if kind.kinds & NUMBERED}
    ends |= {found.end for found in scene.names if len(found.at) > 1}
    after = {
        end: tokens[end + 1].word if end + 1 < len(tokens) else ""
        for end in ends
        if end < len(tokens) and tokens[end].text.isdigit() and len(tokens[end].text) < LONG_NUMBER
    }
    lists = {end for end in after if end + 2 < len(tokens) and after[end] in ",&" and tokens[end + 2].text.isdigit()}
    return {end for end, word in after.items() if word not in _COUNTED and end not in lists}


def _cues(tokens: Sequence[Token], vocabulary: Vocabulary) -> dict[str, list[Found[str]]]:
    cues: dict[str, list[Found[str]]] = {}
    for found in vocabulary.cues.find(tokens):
        if found.slips and len(found.at) == 1:
            continue
        if found.agreement > _LOOSEST.get(found.value, Agreement.PART):
            continue
        cues.setdefault(found.value, []).append(found)
    return cues


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
            words = said(scene.tokens[kind.start : kind.end + 1])
            scene.mentions.append(Mention(kind.start, kind.end + 1, units, False, words, kind.kinds))


def _kinds_that_count(scene: Scene) -> list[KindSaid]:
    """The kinds but those within names and lone abbreviations that stand before nothing like a name."""
    attached = {mention.start for mention in scene.mentions} | {mention.end for mention in scene.mentions}
    bare = {at for mention in scene.mentions if not mention.kinds for at in range(mention.start, mention.end)}
    kept = []
    for kind in scene.kinds:
        short = (
            all(len(scene.tokens[at].text) <= 3 for at in range(kind.start, kind.end))
            and scene.tokens[kind.start].word != "xa"
        )
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


def _drop_cues(scene: Scene) -> None:
    """Drops the cues within names, and those of one kind that are a part of a longer phrase («trường» in «trường hợp»)."""
    named = scene.named
    wide = [
        set(each.at) for name in scene.cues if name not in MEANINGLESS for each in scene.cues[name] if len(each.at) > 1
    ]
    wide += [set(each.at) for each in scene.phrases]
    wide += [set(range(kind.start, kind.end)) for kind in scene.kinds]
    general = {each.at for each in scene.cues.get("general", ())}
    intents = {each.at: name for name in _INTENTS for each in scene.cues.get(name, ())}
    for name, found in scene.cues.items():
        kept: Iterable[Found[str]] = (each for each in found if not named.intersection(each.at))
        if name in ("cumulative", "whole_time"):
            kept = [each for each in kept if not scene.periods.at.intersection(each.at)]
        if name in ("narrower", "narrowing", "rate", "not ours"):
            kept = [
                each
                for each in kept
                if not any(set(each.at) < w for w in wide)
                and not (each.at in general and each.agreement is Agreement.BARE)
                and not (each.end < len(scene.tokens) and scene.tokens[each.end].word == "oi")
            ]
        if name in _INTENTS:
            kept = [each for each in kept if not any(set(each.at) < set(at) for at in intents if intents[at] != name)]
        scene.cues[name] = list(kept)


def _hints(scene: Scene) -> Hints:
    named = [span for options in scene.periods.named for span in options]
    up_to = scene.periods.as_of_now or scene.periods.as_of
    return Hints(
        whole_time=scene.has("whole_time") or up_to,
        cumulative=scene.has("cumulative") or up_to,
        new=scene.has("new"),
        standing=scene.has("standing"),
        bounded=(any(span.kind != "latest" for span in named) and not scene.periods.as_of) or scene.periods.is_vague,
    )
