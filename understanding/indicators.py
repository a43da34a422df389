"""Which indicators a question is about: the phrases of the forms found in it, the longest and the rarest words first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reporting.figures.indicator import Indicator
from understanding.counting_hints import Hints
from understanding.folding import Agreement
from understanding.kinds_asked import is_asked_otherwise, of_kind_asked
from understanding.phrases import Found
from understanding.sayings import CUMULATIVE, NEW, STANDING
from understanding.tokens import Token
from understanding.vocabulary import Meant, Vocabulary
from understanding.word_lists import word_list

_CLEARLY = 1.2
"""An indicator is taken when its words weigh this many times those of the next; else it is asked back."""
_ENOUGH = 0.6
_LEAST_WORDS = 2
_WORTH_ASKING = 0.4
_OF_KINDS = CUMULATIVE | NEW | STANDING
"""Words that say how something is counted, not what."""
_PERSONS = word_list("figures").words("persons")
"""Counters that persons share."""
_PARTING = word_list("figures").words("parting")


@dataclass(slots=True)
class Indicators:
    """The indicators meant, in order; `choices` where it is not clear which.

    `choice`: the one of a state's choices that is asked about, of those `chosen`.
    `at`: the tokens that name them; `seen`: all that belong to phrases of the forms, taken or not. `is_near`: the choices are
    what comes near to the question, none is just what it asks.
    """

    named: list[Indicator] = field(default_factory=list)
    choices: list[Indicator] = field(default_factory=list)
    choice: str | None = None
    at: set[int] = field(default_factory=set)
    seen: set[int] = field(default_factory=set)
    is_near: bool = False
    chosen: set[str] = field(default_factory=set)


def find_phrases(
    tokens: Sequence[Token], vocabulary: Vocabulary, skippable: frozenset[int], quantities: Sequence[Found[str]]
) -> list[Found[Meant]]:
    """Every phrase of a form that the tokens hold, but none that lies within a longer one or was typed with other marks.

    `quantities`: where «bao nhiêu» is said. «Mấy ca, mấy người chết» has no «ca chết».
    """
    counted = {each.end for each in quantities}
    found = [
        each
        for each in vocabulary.phrases.find(tokens, skippable)
        if each.agreement is not Agreement.AGAINST
        and (len(each.at) > 1 or _is_word_enough(each))
        and not (each.start in counted and any(each.start < other.start < each.end for other in quantities))
    ]
    sets = [frozenset(each.at) for each in found]
    return [each for each, at in zip(found, sets, strict=True) if not any(at < other for other in sets)]


def _is_word_enough(found: Found[Meant]) -> bool:
    """A phrase of one word must be typed without a slip; the name of a choice («đỏ») with its marks («do» is many words)."""
    return found.slips == 0 and (found.value.choice is None or found.agreement is Agreement.SAME)


def read_indicators(
    found: Sequence[Found[Meant]],
    tokens: Sequence[Token],
    taken: set[int],
    plain: set[int],
    units: set[int],
    hints: Hints,
    vocabulary: Vocabulary,
) -> Indicators:
    """The indicators that phrases outside of the tokens `taken` stand for; those at `plain` tell nothing by themselves.

    `units`: the tokens that name places, which are taken too.
    """
    result = Indicators()
    usable = sorted((each for each in found if not taken.intersection(each.at)), key=lambda each: each.at)
    for each in usable:
        result.seen.update(each.at)
    for cluster in _clusters(usable, tokens, hints.counters, units):
        _settle(cluster, tokens, hints, vocabulary, result)
    if not usable:
        _by_words(tokens, (taken | plain) - hints.counters, vocabulary, result)
    result.choice = next(iter(result.chosen)) if len(result.chosen) == 1 else None
    result.named = list(dict.fromkeys(result.named))
    result.choices = [each for each in dict.fromkeys(result.choices) if each not in result.named]
    return result


def _clusters(
    found: Sequence[Found[Meant]], tokens: Sequence[Token], counters: frozenset[int], units: set[int]
) -> list[list[Found[Meant]]]:
    """Phrases that speak of one thing: with no «và», no second «bao nhiêu» and no second unit between them.

    «Bao nhiêu ca» is of what is counted; «Thọ Dân mấy ca, Dân Lực có ai chết» asks two things.
    """
    clusters: list[list[Found[Meant]]] = []
    end = 0
    for each in found:
        between = [token.word for token in tokens[end : each.start]]
        again = ("bao" in between and "nhieu" in between) or "may" in between
        parted = any(word in _PARTING for word in between) or (again and not counters.issuperset(each.at))
        parted |= bool(clusters) and _is_of_second_unit(clusters[-1][0].start, range(end, each.start), units)
        if clusters and not (parted and each.start >= end):
            clusters[-1].append(each)
        else:
            clusters.append([each])
        end = max(end, each.end)
    return clusters


def _is_of_second_unit(first: int, between: range, units: set[int]) -> bool:
    """Whether a unit is named before the first phrase and another one between it and the next."""
    return any(at < first for at in units) and not units.isdisjoint(between)


def _settle(
    cluster: list[Found[Meant]], tokens: Sequence[Token], hints: Hints, vocabulary: Vocabulary, result: Indicators
) -> None:
    """Adds the indicator of one cluster, or the choices if it is not clear."""
    region = range(min(each.start for each in cluster), max(each.end for each in cluster))
    matched: dict[Indicator, set[int]] = {}
    for each in cluster:
        matched.setdefault(each.value.indicator, set()).update(each.at)
    matched = {indicator: at for indicator, at in matched.items() if not any(at < other for other in matched.values())}
    scores = {
        indicator: sum(
            vocabulary.weight(tokens[n].word) or (2.0 if n in at else 0.0)
            for n in region
            if n in at or tokens[n].word in vocabulary.words_of[indicator]
        )
        for indicator, at in matched.items()
    }
    best = max(scores.values())
    close = [indicator for indicator, score in scores.items() if score * _CLEARLY > best]
    said = {word for each in cluster for word in each.value.stem}
    counted = {tokens[n].word for n in hints.counters if n < region.stop} | (said & _PERSONS)
    if not any(each.value.choice for each in cluster):
        close = _explaining_all(close, matched, said, counted, vocabulary)
    chosen = of_kind_asked(close, cluster, hints, vocabulary) if close else []
    if not chosen or is_asked_otherwise(chosen, close, hints, vocabulary):
        chosen = sorted(set(chosen) | (matched.keys() if not close else set()))
        result.is_near = True
    result.at.update(region)
    if len(chosen) == 1 and not result.is_near:
        result.named.append(chosen[0])
        choices = {
            each.value.choice for each in cluster if each.value.indicator == chosen[0] and each.value.choice is not None
        }
        result.chosen |= choices
    else:
        result.choices += chosen


def _explaining_all(
    close: list[Indicator],
    matched: Mapping[Indicator, set[int]],
    said: set[str],
    counted: set[str],
    vocabulary: Vocabulary,
) -> list[Indicator]:
    """Of the likely ones those to which all that was said belongs: «đang điều trị tại nhà» is no «đang điều trị».

    If none of them, the only one of all that the words fit («F0 cách ly tại nhà», «test nhanh dương tính»); else none.
    """
    telling = said - _OF_KINDS - _PERSONS

    def fits(indicator: Indicator) -> bool:
        if not telling <= vocabulary.belonging[indicator]:
            return False
        counts = vocabulary.counts[indicator]
        if not counts or not counted:
            return True
        alike = counts | (_PERSONS if counts & _PERSONS else frozenset())
        return counted <= vocabulary.words_of[indicator] | alike

    found = [each for each in close if fits(each)]
    if found or len(close) == 0:
        return found
    found = [each for each in vocabulary.questions if fits(each) and vocabulary.questions[each].kind != "state"]
    return found if len(found) == 1 else []


def _by_words(tokens: Sequence[Token], taken: set[int], vocabulary: Vocabulary, result: Indicators) -> None:
    """Where no phrase was said whole: the indicator of which two words at least, and most telling ones, are there."""
    here = {token.word: n for n, token in enumerate(tokens) if n not in taken and token.is_word}
    scores: dict[Indicator, float] = {}
    words: dict[Indicator, set[int]] = {}
    counts = Counter(number for word in here for number in vocabulary.sayings_with.get(word, ()))
    for number in sorted(number for number, count in counts.items() if count >= _LEAST_WORDS):
        indicator, telling = vocabulary.sayings[number]
        said = telling.intersection(here)
        share = sum(map(vocabulary.weight, said)) / sum(map(vocabulary.weight, telling))
        if share >= max(_WORTH_ASKING, scores.get(indicator, 0.0)):
            scores[indicator] = share
            words[indicator] = {here[word] for word in said}
    if not scores:
        return
    best = max(scores.values())
    close = [indicator for indicator, score in scores.items() if score * _CLEARLY > best]
    result.at.update(at for each in close for at in words[each])
    result.seen.update(result.at)
    if len(close) == 1 and best >= _ENOUGH:
        result.named += close
    else:
        result.choices += close
