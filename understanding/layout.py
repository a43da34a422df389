"""From a text to a scene: everything that it names is looked for, the surest first."""

from collections.abc import Collection
from datetime import date

from understanding.asides import asides
from understanding.bounds import read_bounds
from understanding.counting_hints import Hints
from understanding.cues import drop_cues, find_cues
from understanding.exclusions import left_out
from understanding.indicators import find_phrases, read_indicators
from understanding.mentions import claimed_mentions, find_kinds, find_mentions
from understanding.naming import name_places
from understanding.periods import read_periods
from understanding.phrases import Found
from understanding.scene import LONG_NUMBER, MEANINGLESS, NUMBERED, Scene, is_number
from understanding.tokens import read_tokens
from understanding.units_corrected import leave_taken_back
from understanding.unread import read_unread
from understanding.urgency import without_counted
from understanding.vocabulary import Meant, Vocabulary
from understanding.word_lists import word_list

_NEVER_SKIPPED = word_list("fillers").words("never skipped")
_HEARD_BY_THE_WAY = (
    "emergency",
    "rescue",
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
_COUNTERS = word_list("figures").words("counters")
_NUMBER = ("số", "so")
_FROM = ("tu", "from")
_ALL = "ca"
"""«Cả» before days, without its mark: where a form counts «ca», that is what «mấy ca tuần này» asks for."""
_COUNTED = word_list("time").words("counted")


def lay_out(text: str, vocabulary: Vocabulary, today: date, claimed: Collection[tuple[int, ...]] = ()) -> Scene:
    """Reads a text into a scene. The names at the tokens `claimed` go before numerals, days and everyday words."""
    tokens = read_tokens(text, vocabulary.lexicon)
    scene = Scene(tokens, vocabulary)
    scene.cues = find_cues(tokens, vocabulary)
    phrases = (*scene.cues.get("general", ()), *scene.cues.get("not ours", ()))
    within_words = {at for each in phrases if len(each.at) > 1 for at in each.at}
    scene.kinds = [
        kind for kind in find_kinds(tokens, vocabulary) if not (kind.start in within_words and kind.end in within_words)
    ]
    scene.names = vocabulary.names.find(tokens)
    scene.mentions = find_mentions(tokens, scene.names, scene.kinds, (), vocabulary, with_kind=True)
    scene.mentions += claimed_mentions(tokens, scene.names, claimed, vocabulary)
    skippable = frozenset(
        n for n in scene.spots("general") | scene.spots("topic") if tokens[n].word not in _NEVER_SKIPPED
    )
    scene.phrases = [
        each
        for each in find_phrases(tokens, vocabulary, skippable, scene.cues.get("quantity", ()))
        if not scene.named.intersection(each.at)
        and not _is_colour_by_chance(scene, each)
        and not scene.spots("leaving").intersection(each.at)
    ]
    scene.phrases = [each for each in scene.phrases if not _is_whole(scene, each)]
    scene.cues |= without_counted(scene, frozenset(at for at in scene.ends("quantity") if _is_counter(scene, at)))
    _leave_asides(scene)
    of_forms = {at for each in scene.phrases if len(each.at) > 1 for at in each.at}
    of_forms = {at for at in of_forms if tokens[at].word in vocabulary.not_of_time}
    of_forms |= {at for each in scene.phrases for at in each.at if tokens[at].word == _ALL}
    scene.periods = read_periods(tokens, scene.named | _numbered(scene) | scene.aside | of_forms, today)
    scene.bounds, scene.bounded = read_bounds(tokens, scene.periods.at)
    name_places(scene)
    leave_taken_back(scene)
    drop_cues(scene)
    read_unread(scene)
    scene.left_out = left_out(scene)
    scene.beside = _beside(scene)
    scene.hints = _hints(scene)
    taken = scene.named | scene.periods.at
    plain = {at for name in scene.cues if name not in MEANINGLESS for at in scene.spots(name)} | scene.spots("leaving")
    scene.indicators = read_indicators(scene.phrases, tokens, taken, plain, scene.named, scene.hints, vocabulary)
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
    if not any(is_number(token) for token in tokens):
        return set()
    generic = scene.generic_kinds
    ends = {kind.end for kind in generic if kind.kinds & NUMBERED}
    ends |= {found.end for found in scene.names if len(found.at) > 1}
    places = {kind.end for kind in generic} | scene.ends("narrower")
    ends |= {at + 1 for at in places if at < len(tokens) and tokens[at].text.lower() in _NUMBER}
    after = {
        end: tokens[end + 1].word if end + 1 < len(tokens) else ""
        for end in ends
        if end < len(tokens) and tokens[end].text.isdigit() and len(tokens[end].text) < LONG_NUMBER
    }
    lists = {end for end in after if end + 2 < len(tokens) and after[end] in ",&" and tokens[end + 2].text.isdigit()}
    return {end for end, word in after.items() if word not in _COUNTED and end not in lists}


def _beside(scene: Scene) -> frozenset[int]:
    """The words that name a place by another: «bên cạnh» right before a unit, «khác» right behind a kind.

    Where people come from is no place asked about («từ tỉnh khác về», «from other provinces»).
    """
    phrases = {at for each in scene.phrases if len(each.at) > 1 for at in each.at}
    starts, ends = scene.named | scene.kind_spots, {kind.end for kind in scene.kinds} | scene.ends("any unit")
    found: set[int] = set()
    for each in scene.cues.get("relative", ()):
        if phrases.union(scene.periods.at).intersection(each.at):
            continue
        if (origin := _origin(scene, each)) is not None:
            scene.aside |= origin
        elif each.end in starts or each.start in ends:
            found.update(each.at)
    return frozenset(found)


def _origin(scene: Scene, relative: Found[str]) -> frozenset[int] | None:
    """The words for where people come from: «khác» beside a kind that no unit here is of, behind «từ»."""
    for kind in scene.kinds:
        start = min(kind.start, relative.start)
        beside = relative.end == kind.start or kind.end == relative.start
        if beside and start and scene.tokens[start - 1].word in _FROM:
            return frozenset(relative.at) if scene.vocabulary.kinds_here.isdisjoint(kind.kinds) else None
    return None


def _hints(scene: Scene) -> Hints:
    named = [span for options in scene.periods.named for span in options]
    up_to = scene.periods.as_of_now or scene.periods.as_of
    longer = [set(each.at) for each in scene.cues.get("general", ())]
    return Hints(
        whole_time=scene.has("whole_time") or up_to,
        cumulative=scene.has("cumulative") or up_to,
        summed=scene.has("summed"),
        new=any(not any(set(each.at) < other for other in longer) for each in scene.cues.get("new", ())),
        standing=any(not _only_goes_on(scene, each) for each in scene.cues.get("standing", ())),
        bounded=(any(span.kind != "latest" for span in named) and not scene.periods.as_of) or scene.periods.is_vague,
        over_days=any(span.days > 1 for span in named),
        counters=frozenset(at for at in scene.ends("quantity") if _is_counter(scene, at)),
    )


def _only_goes_on(scene: Scene, found: Found[str]) -> bool:
    """«Còn xã nào»: first of all, «còn» speaks of nothing that remains unless what is counted is behind it."""
    counted = scene.starts("quantity") | {each.start for each in scene.phrases}
    return found.at == (0,) and 0 in scene.starts("follow up") and 1 not in counted


def _is_counter(scene: Scene, at: int) -> bool:
    """Whether a word behind «bao nhiêu» says what is counted: a form's unit of count, or a household."""
    if at >= len(scene.tokens):
        return False
    return scene.tokens[at].word in scene.vocabulary.counted | _COUNTERS
