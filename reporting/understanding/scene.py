"""A question laid out: its words, and which of them name units, days, indicators, or what is wanted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from reporting.understanding import language
from reporting.understanding.folding import Agreement, words_in
from reporting.understanding.indicators import Hints, Indicators, find_phrases, read_indicators
from reporting.understanding.mentions import KindSaid, Mention, alike, find_kinds, find_mentions
from reporting.understanding.periods import Periods, read_periods
from reporting.understanding.phrases import Found
from reporting.understanding.tokens import Token, read, said
from reporting.understanding.vocabulary import Meant, Name, Vocabulary
from reporting.units import Unit

_NEVER_SKIPPED = words_in("va hay hoac khong chua and or not lan")
_ONLY_WITHIN = ("narrower", "narrowing", "rate", "not ours", "place", "general", "any unit")
_MEANINGLESS = ("common", "ordinary")
_NUMBERED = frozenset({"phường", "quận"})
_COUNTED = words_in("ngay tuan thang nguoi ca / - days weeks")
_LOOSEST = {
    **dict.fromkeys(("general", "place", "narrower", "narrowing", "not ours"), Agreement.BARE),
    **dict.fromkeys(("emergency", "personal"), Agreement.AGAINST),
}
"""How far the marks typed may differ from a cue's: some may be left out, of these words all or none; in danger any may differ."""
_MOST_WORDS_OF_A_NAME = 4


@dataclass
class Scene:
    """What was found in a text; token numbers throughout."""

    tokens: list[Token]
    vocabulary: Vocabulary
    cues: dict[str, list[Found[str]]] = field(default_factory=dict)
    kinds: list[KindSaid] = field(default_factory=list)
    names: list[Found[Name]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    phrases: list[Found[Meant]] = field(default_factory=list)
    periods: Periods = field(default_factory=Periods)
    indicators: Indicators = field(default_factory=Indicators)
    hints: Hints = field(default_factory=Hints)

    def has(self, *names: str) -> bool:
        return any(self.cues.get(name) for name in names)

    def spots(self, name: str) -> set[int]:
        """The tokens that a cue takes."""
        return {at for found in self.cues.get(name, ()) for at in found.at}

    def starts(self, name: str) -> set[int]:
        return {found.start for found in self.cues.get(name, ())}

    def ends(self, name: str) -> set[int]:
        return {found.end for found in self.cues.get(name, ())}

    @property
    def named(self) -> set[int]:
        """The tokens that name places."""
        return {at for mention in self.mentions for at in range(mention.start, mention.end)}

    @property
    def generic_kinds(self) -> list[KindSaid]:
        """The kinds said without a name: «xã nào», «toàn huyện»."""
        return [kind for kind in self.kinds if kind.start not in self.named]

    def leftovers(self) -> list[tuple[int, int]]:
        """The runs of words that nothing explains."""
        explained = self.named | self.periods.at | self.indicators.seen
        explained |= self._kind_spots
        for name, found in self.cues.items():
            if name not in _MEANINGLESS:
                explained |= {at for each in found for at in each.at}
        loose = [n for n, token in enumerate(self.tokens) if n not in explained and token.is_word]
        return _runs([n for n in loose if not _is_number(self.tokens[n]) or self._may_end_a_name(n)])

    @property
    def _kind_spots(self) -> set[int]:
        return {at for kind in self.kinds for at in range(kind.start, kind.end)}

    def loose_words(self) -> list[bool]:
        """By token, whether it is an everyday word that, with no unit named, could be a part of a place's name («ba dinh»)."""
        firm = _firm(self) | self.named | self.indicators.seen | self._kind_spots
        for name, found in self.cues.items():
            if name not in ("general", "topic", "narrower", "which", *_MEANINGLESS):
                firm |= {at for each in found for at in each.at}
        return [
            token.text.isalpha() and n not in firm and not _is_function(token) for n, token in enumerate(self.tokens)
        ]

    def capital_runs(self) -> list[tuple[int, int]]:
        """Two or more words with capitals side by side, in a text that has others, that name nothing known."""
        firm = _firm(self) | self.named
        small = sum(1 for token in self.tokens if token.text.islower())
        runs = _runs([n for n, token in enumerate(self.tokens) if token.is_capital and n not in firm])
        return [run for run in runs if run[1] - run[0] > 1] if small > 1 else []

    def _may_end_a_name(self, number: int) -> bool:
        """Whether a numeral belongs to the name before it («Xuân Thọ 2»), rather than counts what follows («5 ca»)."""
        return number - 1 in self.named and number + 1 not in self.indicators.seen


def _is_function(token: Token) -> bool:
    """Whether it is a function word, and no name's first or last word that is left without marks."""
    namelike = token.word in language.NAMELIKE and token.readings[0].is_bare and token.word not in ("co", "o")
    return token.word in language.CORE and not namelike


def _is_number(token: Token) -> bool:
    return token.text.isdigit()


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for n in numbers:
        if runs and runs[-1][1] == n:
            runs[-1] = (runs[-1][0], n + 1)
        else:
            runs.append((n, n + 1))
    return runs


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
    scene.periods = read_periods(tokens, scene.named | _numbered(scene), today)
    skippable = frozenset(
        n for n in scene.spots("general") | scene.spots("topic") if tokens[n].word not in _NEVER_SKIPPED
    )
    scene.phrases = [
        each for each in find_phrases(tokens, vocabulary, skippable) if not scene.named.intersection(each.at)
    ]
    _add_bare(scene)
    scene.kinds = _kinds_that_count(scene)
    _add_unknown(scene)
    _add_places(scene)
    scene.mentions.sort(key=lambda mention: mention.start)
    _drop_cues(scene)
    scene.hints = _hints(scene)
    taken = scene.named | scene.periods.at
    plain = {at for name in scene.cues if name not in _MEANINGLESS for at in scene.spots(name)}
    scene.indicators = read_indicators(scene.phrases, tokens, taken, plain, scene.hints, vocabulary)
    return scene


def _numbered(scene: Scene) -> set[int]:
    """The numerals that end a name («phường 7 hôm nay», «Xuân Thọ 2 hôm nay») rather than count days."""
    tokens = scene.tokens
    ends = {kind.end for kind in scene.generic_kinds if kind.kinds & _NUMBERED}
    ends |= {found.end for found in scene.names if len(found.at) > 1}
    after = {
        end: tokens[end + 1].word if end + 1 < len(tokens) else ""
        for end in ends
        if end < len(tokens) and tokens[end].text.isdigit()
    }
    return {end for end, word in after.items() if word not in _COUNTED}


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
    longer += [set(each.at) for name, found in scene.cues.items() if name not in _MEANINGLESS for each in found]
    for mention in find_mentions(
        scene.tokens, scene.names, scene.kinds, scene.named | scene.periods.at, scene.vocabulary, with_kind=False
    ):
        at = set(range(mention.start, mention.end))
        if not any(at < other for other in longer):
            scene.mentions.append(mention)


def _kinds_that_count(scene: Scene) -> list[KindSaid]:
    """The kinds but those within names and lone abbreviations that stand before nothing like a name."""
    attached = {mention.start for mention in scene.mentions} | {mention.end for mention in scene.mentions}
    bare = {at for mention in scene.mentions if not mention.kinds for at in range(mention.start, mention.end)}
    kept = []
    for kind in scene.kinds:
        short = all(len(scene.tokens[at].text) <= 3 for at in range(kind.start, kind.end)) and scene.tokens[
            kind.start
        ].word not in ("xa",)
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


def _add_unknown(scene: Scene) -> None:
    """Adds the places named with a kind that are none of ours: «xã Nga Sơn», «Nga Son commune»."""
    for kind in scene.generic_kinds:
        run = _run_after(scene, kind) or _run_before(scene, kind)
        if run is None:
            continue
        words = scene.tokens[run[0] : run[1]]
        near = _of_level(alike(words, scene.vocabulary), kind.kinds)
        part = bool(near) and len(words) == 1 and words[0].word in scene.vocabulary.by_word
        start, end = min(kind.start, run[0]), max(kind.end, run[1])
        scene.mentions.append(Mention(start, end, near, False, said(words), kind.kinds, is_ours=part))


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
        numbered = _is_number(token) and (end > start or bool(kind.kinds & _NUMBERED))
        if (
            (end in explained or _is_number(token))
            and not token.is_capital
            and not (numbered and end not in scene.periods.at)
        ):
            break
        if end in scene.named:
            break
        end += 1
    return (start, end) if end > start else None


def _starts_a_name(scene: Scene, at: int) -> bool:
    """Whether a function word behind a kind is rather a name's first: «huyện Ba Vì» without marks, or before an unknown word."""
    tokens = scene.tokens
    if tokens[at].word not in language.CORE or at in _firm(scene) or not tokens[at].readings[0].is_bare:
        return False
    known = (
        at + 1 >= len(tokens)
        or not tokens[at + 1].is_word
        or at + 1 in _explained(scene)
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
        if name not in (*_MEANINGLESS, "place"):
            explained |= {at for each in found for at in each.at}
    return explained


def _ending(scene: Scene) -> set[int]:
    """The tokens that no name goes on with: days, indicators, phrases and function words."""
    return _firm(scene) | {n for n, token in enumerate(scene.tokens) if token.word in language.CORE}


def _firm(scene: Scene) -> set[int]:
    """The tokens of days, indicators and phrases of several words."""
    firm = scene.periods.at | {
        at for each in scene.phrases for at in each.at if len(each.at) > 1 or each.value.choice is None
    }
    for name, found in scene.cues.items():
        if name not in (*_MEANINGLESS, "place", "topic"):
            firm |= {at for each in found if len(each.at) > 1 for at in each.at}
    return firm


def _add_places(scene: Scene) -> None:
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
            words = said(scene.tokens[found.start : found.end])
            scene.mentions.append(Mention(found.start, found.end, (), False, words, is_ours=False))


def _drop_cues(scene: Scene) -> None:
    """Drops the cues within names, and those of one kind that are a part of a longer phrase («trường» in «trường hợp»)."""
    named = scene.named
    wide = [
        set(each.at) for name in scene.cues if name not in _MEANINGLESS for each in scene.cues[name] if len(each.at) > 1
    ]
    wide += [set(each.at) for each in scene.phrases]
    wide += [set(range(kind.start, kind.end)) for kind in scene.kinds]
    general = {each.at for each in scene.cues.get("general", ())}
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
            ]
        scene.cues[name] = list(kept)


def _hints(scene: Scene) -> Hints:
    named = [span for options in scene.periods.named for span in options]
    return Hints(
        whole_time=scene.has("whole_time") or scene.periods.as_of_now,
        cumulative=scene.has("cumulative") or scene.periods.as_of_now,
        new=scene.has("new"),
        standing=scene.has("standing"),
        bounded=any(span.kind != "latest" for span in named) or scene.periods.is_vague,
    )
