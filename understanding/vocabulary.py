"""Everything that residents may name: units, indicators, their choices, and general words, indexed once for many questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import log

from reporting.figures.indicator import Indicator
from reporting.forms import Form, Question
from reporting.units import Unit, UnitTree
from understanding import language
from understanding.folding import Sign
from understanding.lexicon import Lexicon
from understanding.mergers import everything_before
from understanding.names import Name, as_dates, has_other_words, numbered_names, phrases_in, spelt_names
from understanding.period_words import WORDS as PERIOD_WORDS
from understanding.period_words import is_other_word
from understanding.phrases import Phrases
from understanding.sayings import is_part_of, orders_of, sayings, stem_of
from understanding.sounds import Sounding, sounds_of
from understanding.tokens import signs_of
from understanding.word_lists import cues, word_list

_LINKING = word_list("figures").words("linking words") | PERIOD_WORDS
"""Words of a form's title that say nothing of its topic."""
_PLACES = {signs for signs in word_list("places").phrases("narrower") if len(signs) == 1}
"""Words by which kinds of several words are called for short: «trường» for «trường tiểu học»."""
_PLAIN = word_list("figures").words("plain words")


_NOT_PLAIN = ("exclusion", "negation", "relative", "peril", "mishap", "rescue")
"""Cues whose words tell of a figure where a form has them: «flooded houses»."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a phrase of a form stands for: an indicator, or one of its choices. `stem`: its words without «mới», «lũy kế», «đang»."""

    indicator: Indicator
    choice: str | None
    stem: frozenset[str]


class Vocabulary:
    """What can be asked about, from a tree and forms; `root` is the unit whose area is ours (None: the whole tree)."""

    def __init__(self, tree: UnitTree, forms: Sequence[Form], root: Unit | None) -> None:
        self.tree = tree
        self.root = root
        self.lexicon = Lexicon()
        self.cues: Phrases[str] = Phrases()
        self.kinds: Phrases[frozenset[str]] = Phrases()
        self.names: Phrases[Name] = Phrases()
        self.phrases: Phrases[Meant] = Phrases()
        self.questions: dict[Indicator, Question] = {}
        self.form_signs: set[Sign] = set()
        self.words_of: dict[Indicator, frozenset[str]] = {}
        self.belonging: dict[Indicator, frozenset[str]] = {}
        """By indicator the words of its phrases and of what it is a part of, its unit of count, and those that may stand with any."""
        self.counts: dict[Indicator, frozenset[str]] = {}
        """By indicator the words for what it counts; none where its form does not say."""
        self.sayings: list[tuple[Indicator, frozenset[str]]] = []
        self.sayings_with: dict[str, list[int]] = {}
        self.pairs: set[tuple[str, ...]] = set()
        """Words that stand side by side in the forms' phrases: «chưa gặt», «ngoài cộng đồng»."""
        self.numbered: dict[str, set[str]] = {}
        """What numbers stand behind a word in the forms' phrases: «mũi» 1 and 2."""
        self.initials: dict[str, list[Unit]] = {}
        self.by_stem: dict[frozenset[str], set[Indicator]] = {}
        self.by_word: dict[str, list[tuple[str, Unit]]] = {}
        self._plain: set[Sign] = set()
        self._learn_general()
        self._learn_kinds()
        for form in forms:
            self._learn_form(form)
        for unit in tree:
            self._learn_unit(unit)
        self._settle()

    @cached_property
    def ours(self) -> frozenset[int]:
        """The ids of the root and of all that is under it."""
        return self._within(self.root)

    @cached_property
    def not_of_time(self) -> frozenset[str]:
        """Bare words of the forms that are words of time only without their marks: «mai» of «tốc mái»."""
        others = {sign.base for sign in self.form_signs if is_other_word(sign)}
        return frozenset(others - {sign.base for sign in self.form_signs if not is_other_word(sign)})

    @cached_property
    def by_sound(self) -> Sounding:
        """Our names of several words by how they sound."""
        ours = [unit for unit in self.tree if unit.id in self.ours]
        names = [(self._without_kind(signs_of(name))[1], unit) for unit in ours for name in (unit.name, *unit.aliases)]
        return sounds_of(names)

    @cached_property
    def counted(self) -> frozenset[str]:
        """The words for what any of the indicators counts."""
        return frozenset().union(*self.counts.values())

    @cached_property
    def kinds_here(self) -> set[str]:
        return {unit.kind for unit in self.tree if unit.id in self.ours}

    def is_ours(self, unit: Unit) -> bool:
        return unit.id in self.ours

    def is_group(self, name: Name) -> bool:
        """Whether it is the name of a group: where its kind is not said («cụm»), a unit of the same name is meant before it."""
        return self.tree.is_group(name.unit)

    def of_kind(self, form: str, kind: str) -> list[Indicator]:
        """The indicators of one form that are flows, stocks, totals or states."""
        return [each for each, question in self.questions.items() if each.form == form and question.kind == kind]

    def weight(self, word: str) -> float:
        """How much a word tells one indicator from the others."""
        return self._weights.get(word, 0.0)

    def _within(self, root: Unit | None) -> frozenset[int]:
        below: dict[int | None, list[int]] = {}
        for unit in self.tree:
            below.setdefault(unit.parent_id, []).append(unit.id)
        if root is None:
            return frozenset(unit.id for unit in self.tree)
        reached = {each.id for each in (root, *everything_before(root, self.tree))}
        waiting = list(reached)
        while waiting:
            more = [each for each in below.get(waiting.pop(), ()) if each not in reached]
            reached.update(more)
            waiting += more
        return frozenset(reached)

    def _learn_general(self) -> None:
        for name, signs in cues():
            self.lexicon.learn(signs)
            self.cues.add(signs, name)
            if len(signs) == 1 and name not in _NOT_PLAIN:
                self._plain.add(signs[0])
        self.lexicon.words.update(PERIOD_WORDS)
        said = word_list("dialect").pairs("said otherwise")
        self.lexicon.learn_otherwise((signs_of(one), signs_of(same)) for one, same in said.items())
        short = word_list("spellings").pairs("short")
        self.lexicon.same.update(word_list("languages").pairs("same"))
        self.lexicon.english = word_list("languages").words("english")
        self.lexicon.vietnamese = word_list("languages").words("vietnamese")
        self.lexicon.short.update({typed: signs_of(meant) for typed, meant in short.items()})

    def _learn_kinds(self) -> None:
        said: dict[tuple[Sign, ...], set[str]] = {}
        for kind, called in language.KINDS_SAID.items():
            for signs in called:
                said.setdefault(signs, set()).add(kind)
        for kind in {unit.kind for unit in self.tree} - set(language.KINDS_SAID):
            said.setdefault(signs_of(kind), set()).add(kind)
            if (head := signs_of(kind)[:1]) in _PLACES:
                said.setdefault(head, set()).add(kind)
            for called in (*language.IN_ENGLISH.get(signs_of(kind), ()), *language.IN_ENGLISH.get(head, ())):
                said.setdefault(called, set()).add(kind)
        self._kinds_said = {signs: frozenset(kinds) for signs, kinds in said.items() if signs}
        for signs, kinds in self._kinds_said.items():
            self.lexicon.learn(sign for sign in signs if len(sign.base) > 1)
            self.kinds.add(signs, kinds)
        self._longest_kind = max(map(len, self._kinds_said))

    def _learn_unit(self, unit: Unit) -> None:
        for name, is_own in ((unit.name, True), *((alias, False) for alias in unit.aliases)):
            kinds, signs = self._without_kind(signs_of(name))
            if not signs:
                continue
            self.lexicon.learn(signs)
            if self.tree.is_group(unit) and all(sign.base.isdigit() for sign in signs):
                self.names.add(signs, Name(unit, is_own, frozenset() if is_own else kinds, len(signs)))
                continue  # a number is a group only behind its kind: never a day, nor one spelt out
            others = has_other_words(signs)
            called = Name(unit, is_own, frozenset() if is_own else kinds, len(signs), others)
            self.names.add(signs, called)
            for dated in as_dates(name) if others else ():
                self.names.add(dated, called)
            for spelt in spelt_names(signs):
                self.names.add(spelt, Name(unit, is_own, called.kinds, len(spelt), True))
            for number in numbered_names(signs) if unit.id in self.ours else ():
                self.names.add(number, Name(unit, False, kinds, len(number), True))
            self._learn_joined(signs, kinds or frozenset((unit.kind,)))
            if unit.id in self.ours:
                self.initials.setdefault("".join(sign.base[0] for sign in signs), []).append(unit)
                whole = " ".join(sign.base for sign in signs)
                for word in {sign.base for sign in signs}:
                    self.by_word.setdefault(word, []).append((whole, unit))

    def _without_kind(self, signs: tuple[Sign, ...]) -> tuple[frozenset[str], tuple[Sign, ...]]:
        for size in range(min(self._longest_kind, len(signs) - 1), 0, -1):
            if (kinds := self._kinds_said.get(signs[:size])) is not None:
                return kinds, signs[size:]
        return frozenset(), signs

    def _learn_joined(self, signs: tuple[Sign, ...], kinds: frozenset[str]) -> None:
        """«thodan», «xathodan», «ttnua»: a name glued together, alone or with its kind."""
        before = [
            said
            for said, meant in self._kinds_said.items()
            if meant & kinds and said[0].base not in language.AFTER_NAME
        ]
        for run in (signs, *((*said, *signs) for said in before)):
            if len(run) > 1:
                self.lexicon.joined.setdefault("".join(sign.base for sign in run), run)

    def _learn_form(self, form: Form) -> None:
        for text in (*form.title.values(), *form.topic.values()):
            for sign in signs_of(text):
                self.lexicon.learn((sign,))
                if sign.base in _LINKING:
                    continue
                self.cues.add((sign,), "topic")
                self._plain.add(sign)
        whole: Question | None = None
        for question in form.indicators:
            indicator = Indicator(form.key, question.name)
            self.questions[indicator] = question
            self.counts[indicator] = frozenset(sign.base for text in question.unit.values() for sign in signs_of(text))
            words: set[str] = set()
            for phrase in question.aliases:
                self._learn_numbered(phrase)
            for phrase in sayings(question):
                words |= self._learn_phrase(phrase, Meant(indicator, None, frozenset()), question)
            for choice in question.choices:
                aliases = phrases_in(choice.columns.get("aliases", ""))
                for phrase in (*choice.label.values(), *aliases):
                    self._learn_numbered(phrase)
                    self._learn_phrase(phrase, Meant(indicator, choice.name, frozenset()), question)
            self.words_of[indicator] = frozenset(words)
            self.belonging[indicator] = self.words_of[indicator] | self.counts[indicator] | _PLAIN
            if whole is not None and is_part_of(question, whole):
                self.belonging[indicator] |= self.belonging[Indicator(form.key, whole.name)]
            elif not question.whole:
                whole = question

    def _learn_numbered(self, phrase: str) -> None:
        bases = [sign.base for sign in signs_of(phrase)]
        for word, number in pairwise(bases):
            if number.isdigit() and word.isalpha() and word not in PERIOD_WORDS:
                self.numbered.setdefault(word, set()).add(number)

    def _learn_phrase(self, phrase: str, meant: Meant, question: Question) -> set[str]:
        signs = signs_of(phrase)
        self.lexicon.learn(signs)
        self.lexicon.learn_forms(signs)
        self.form_signs.update(signs)
        bases = [sign.base for sign in signs]
        self.pairs.update(pairwise(bases))
        stem = stem_of(frozenset(bases), question.kind or "")
        for order in orders_of(signs):
            self.phrases.add(order, Meant(meant.indicator, meant.choice, stem))
        if len(bases) > 1 and any(base.isdigit() for base in bases):
            self.lexicon.joined.setdefault("".join(bases), signs)
        if meant.choice is None:
            self.by_stem.setdefault(stem, set()).add(meant.indicator)
            counts = self.counts[meant.indicator]
            if telling := frozenset(sign.base for sign in signs if sign not in self._plain or sign.base in counts):
                for word in telling:
                    self.sayings_with.setdefault(word, []).append(len(self.sayings))
                self.sayings.append((meant.indicator, telling))
        return set(bases)

    def _settle(self) -> None:
        """Once everything is learnt: how much each word tells, and which words stand for others."""
        self._weights = self._weigh()
        self._share_words()
        self.lexicon.forget_otherwise(self.pairs)

    def _share_words(self) -> None:
        """Lets each indicator have the other forms of its English words that the forms know: «died» where it has «deaths»."""
        alike = self.lexicon.alike()
        for indicator, words in self.words_of.items():
            more = frozenset(each for word in words for each in alike.get(word, ()))
            self.words_of[indicator] = words | more
            self.belonging[indicator] |= more
        one_of = {said: frozenset(min(alike.get(word, {word})) for word in said) for said in self.by_stem}
        same: dict[frozenset[str], set[Indicator]] = {}
        for said, found in self.by_stem.items():
            same.setdefault(one_of[said], set()).update(found)
        self.by_stem = {said: same[one_of[said]] for said in self.by_stem}

    def _weigh(self) -> dict[str, float]:
        counts: dict[str, int] = {}
        for words in self.words_of.values():
            for word in words:
                counts[word] = counts.get(word, 0) + 1
        total = max(len(self.words_of), 1)
        return {word: 0.05 if word in _PLAIN else log(1 + total / count) for word, count in counts.items()}
