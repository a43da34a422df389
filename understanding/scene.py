"""A question laid out: its words, and which of them name units, days, indicators, or what is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reporting.units import Unit
from understanding import language
from understanding.counting_hints import Hints
from understanding.dates import NUMBERS
from understanding.indicators import Indicators
from understanding.inquiry import Bounds, Merged, TakenFor
from understanding.mentions import KindSaid, Mention
from understanding.names import Name
from understanding.periods import Periods
from understanding.phrases import Found
from understanding.tokens import Token
from understanding.vocabulary import Meant, Vocabulary
from understanding.word_forms import may_be_english
from understanding.word_lists import word_list

MEANINGLESS = ("common", "ordinary", "leaving", "institution", "reached", "exclusion", "negation", "relative")
"""Cues that explain nothing by themselves: what they say of a word counts only where it is looked for."""

CLOSING = frozenset(signs[0] for signs in word_list("dialect").phrases("closing"))
"""Particles at the end of a clause; elsewhere the same words may mean something."""

EXISTS = word_list("figures").words("exists")
"""«Không có ca nào», «không còn», «không ghi nhận»: that there is none is what a figure tells."""
_ADJECTIVES = word_list("figures").words("adjectives")
_PREPOSITIONS = word_list("languages").words("prepositions")
LONG_NUMBER = 3
"""No name ends with a numeral of so many digits."""
NUMBERED = frozenset({"phường", "quận"})
"""Kinds whose names may be numerals."""


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
    bounds: Bounds | None = None
    bounded: frozenset[int] = frozenset()
    """How much a figure must come to, and the words that say it."""
    takes_back: bool = False
    """Whether a unit is taken back for another one."""
    aside: frozenset[int] = frozenset()
    """What is said by the way: nothing that is asked."""
    left_out: frozenset[int] = frozenset()
    """The words that leave something out of what is asked."""
    beside: frozenset[int] = frozenset()
    """The words that name a place by another («xã bên cạnh Thọ Dân»)."""

    def has(self, *names: str) -> bool:
        return any(map(self.cues.get, names))

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
        explained |= self.kind_spots | self.aside | self.left_out | self.beside | self.bounded | self._of_figures()
        for name, found in self.cues.items():
            if name not in MEANINGLESS:
                explained |= {at for each in found for at in each.at}
        explained |= {
            kind.start - 1 for kind in self.kinds if kind.start and self.tokens[kind.start - 1].word in NUMBERS
        }
        explained -= self.spots("leaving") - self.indicators.seen
        loose = [n for n, token in enumerate(self.tokens) if n not in explained and token.is_word]
        return _runs([n for n in loose if not is_number(self.tokens[n]) or self._may_end_a_name(n)])

    def _of_figures(self) -> set[int]:
        """The English words that belong to what was found: «kids» where pupils are counted, «teaching» of the way of teaching."""
        found = [*self.indicators.named, *self.indicators.choices]
        words = frozenset().union(*(self.vocabulary.words_of[each] for each in found))
        return {
            n
            for n, token in enumerate(self.tokens if words else ())
            if may_be_english(token.readings[0])
            and any(at not in token.slips and each.base in words for at, each in enumerate(token.readings))
        }

    @property
    def is_numbered_otherwise(self) -> bool:
        """«Mũi 3», where the forms have a first and a second only."""
        numbered = self.vocabulary.numbered
        for word, number in pairwise(self.tokens):
            numbers = {reading.base for reading in number.readings if reading.base.isdigit()}
            if numbers and word.word in numbered and not numbers & numbered[word.word]:
                return True
        return False

    @property
    def asks_for_none(self) -> bool:
        """«Xã nào không có ca», «các xã hết dịch»: the least come first."""
        words = [token.word for token in self.tokens]
        counted = self.spots("topic") | {each.start for each in self.phrases}
        held = {at for each in self.phrases for at in each.at}
        gone = any(word == "het" and n in counted and n - 1 not in held for n, word in enumerate(words, 1))
        none = any(a in ("khong", "chua", "het") and b in EXISTS for a, b in pairwise(words))
        return none or gone or "no" in words

    def is_superlative(self, which: bool = True) -> bool:
        """«Nhất» with its adjective somewhere before («nhiều ca mắc nhất»), or «nào … nhất»; or an English word for the least."""
        taken = self.named | self.periods.at
        words = ["" if at in taken else token.word for at, token in enumerate(self.tokens)]
        if "nhat" in words and (which or _ADJECTIVES.intersection(words[: words.index("nhat")])):
            return True
        return bool({"least", "fewest", "lowest", "smallest"}.intersection(words))

    @property
    def kind_spots(self) -> set[int]:
        return {at for kind in self.kinds for at in range(kind.start, kind.end)}

    def loose_words(self) -> list[bool]:
        """By token, whether it is an everyday word that, with no unit named, could be a part of a place's name («ba dinh»)."""
        spots = firm(self) | self.named | self.indicators.seen | self.kind_spots | self.aside
        for name, found in self.cues.items():
            if name not in ("general", "topic", "narrower", "which", *MEANINGLESS):
                spots |= {at for each in found for at in each.at}
        if any(token.word in _PREPOSITIONS for token in self.tokens) and self._is_english:
            spots |= {n for n, token in enumerate(self.tokens) if token.word in _PREPOSITIONS}
        return [
            token.text.isalpha() and n not in spots and not _is_function(token) for n, token in enumerate(self.tokens)
        ]

    @property
    def _is_english(self) -> bool:
        return self.vocabulary.lexicon.reads_english(
            [token.text for token in self.tokens], [token.readings[0] for token in self.tokens]
        )

    def capital_runs(self) -> list[tuple[int, int]]:
        """Two or more words with capitals side by side, in a text that has others, that name nothing known."""
        spots = firm(self) | self.named | self.aside
        small = sum(1 for token in self.tokens if token.text.islower())
        runs = _runs([n for n, token in enumerate(self.tokens) if token.is_capital and n not in spots])
        return [run for run in runs if run[1] - run[0] > 1] if small > 1 else []

    def _may_end_a_name(self, number: int) -> bool:
        """Whether a numeral belongs to the name before it («Xuân Thọ 2»), rather than counts what follows («5 ca»)."""
        is_short = len(self.tokens[number].text) < LONG_NUMBER
        return is_short and number - 1 in self.named and number + 1 not in self.indicators.seen


@dataclass
class Places:
    """`units` sure and in order; `choices` for the one in doubt; `outside` as typed; how the question ranges over units."""

    units: list[Unit] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    heard: list[TakenFor] = field(default_factory=list)
    choices: tuple[Unit, ...] = ()
    is_doubtful: bool = False
    is_gone: bool = False
    outside: str = ""
    whole: bool = False
    which: bool = False
    each: bool = False
    kinds: tuple[str, ...] = ()
    part_asked: bool = False
    has_unknown: bool = False
    may_be_other: bool = False
    taken: set[int] = field(default_factory=set)
    """The words that nothing explains and that were taken for a place's name."""


def _is_function(token: Token) -> bool:
    """Whether it is a function word, and no name's first or last word that is left without marks."""
    namelike = token.word in language.NAMELIKE and token.readings[0].is_bare and token.word not in ("co", "o")
    return token.word in language.CORE and not namelike


def is_number(token: Token) -> bool:
    return token.text.isdigit()


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for n in numbers:
        if runs and runs[-1][1] == n:
            runs[-1] = (runs[-1][0], n + 1)
        else:
            runs.append((n, n + 1))
    return runs


def firm(scene: Scene) -> set[int]:
    """The tokens of days, indicators and phrases of several words."""
    firm = scene.periods.at | {
        at for each in scene.phrases for at in each.at if len(each.at) > 1 or each.value.choice is None
    }
    for name, found in scene.cues.items():
        if name not in (*MEANINGLESS, "place", "topic"):
            firm |= {at for each in found if len(each.at) > 1 for at in each.at}
    return firm
