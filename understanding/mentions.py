"""Which units a question names: by kind and name, old name, alias, glued or keyed, and how sure that is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from reporting.units import Unit
from understanding import language
from understanding.codes import coded
from understanding.folding import Agreement
from understanding.names import Name
from understanding.phrases import Found
from understanding.tokens import Token, said_at
from understanding.vocabulary import Vocabulary
from understanding.word_lists import word_list

_ALIKE = 80.0
_MOST_ALIKE = 8
_PLACE_BEFORE = word_list("places").words("before names")
_TITLES = word_list("persons").words("titles of names")
_OPENERS = word_list("places").words("openers")
_COMMON_BARE = {sign.base for sign in language.COMMON}


@dataclass(frozen=True, slots=True)
class KindSaid:
    """A kind of unit said at the tokens from `start` to before `end`."""

    start: int
    end: int
    kinds: frozenset[str]
    is_capital: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named at the tokens `start` to before `end`: one of `units` (ours if there are any); asked back unless `is_sure`.

    With no units it is not ours, as `words`. `own`: the ids of those that bear it as their own name, not as an alias.
    """

    start: int
    end: int
    units: tuple[Unit, ...]
    is_sure: bool
    words: str
    kinds: frozenset[str] = frozenset()
    is_ours: bool = True
    own: frozenset[int] = frozenset()
    is_heard: bool = False
    """Written as it is spoken, «Dân Nực» for «Dân Lực»."""


@dataclass(slots=True)
class _Option:
    start: int
    end: int
    at: tuple[int, int]
    kinds: frozenset[str]
    names: list[tuple[Name, Agreement, int]] = field(default_factory=list)

    @property
    def has_kind(self) -> bool:
        return bool(self.kinds)


def find_kinds(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[KindSaid]:
    """Every kind of unit that is said; of several at one place the longest."""
    longest: dict[int, KindSaid] = {}
    for found in vocabulary.kinds.find(tokens):
        if found.agreement is Agreement.AGAINST or found.slips:
            continue
        if found.start not in longest or longest[found.start].end < found.end:
            longest[found.start] = KindSaid(found.start, found.end, found.value, tokens[found.start].is_capital)
    return [kind for kind in longest.values() if not any(o.start < kind.start < o.end for o in longest.values())]


def find_mentions(
    tokens: Sequence[Token],
    names: Sequence[Found[Name]],
    kinds: Sequence[KindSaid],
    taken: Collection[int],
    vocabulary: Vocabulary,
    with_kind: bool,
) -> list[Mention]:
    """The units named with their kind, or those named by the name alone, outside of the tokens `taken`, in order."""
    options: dict[tuple[int, int], _Option] = {}
    for found in names:
        if any(at in taken for at in found.at):
            continue
        kind = _kind_of(tokens, found, kinds)
        if (kind is not None) != with_kind or not _may_stand(tokens, found, kind):
            continue
        start, end = (min(kind.start, found.start), max(kind.end, found.end)) if kind else (found.start, found.end)
        key = (found.start, found.end)
        option = options.setdefault(key, _Option(start, end, key, kind.kinds if kind else frozenset()))
        option.names.append((found.value, found.agreement, found.slips))
    longest = [o for o in options.values() if not any(_within(o, other) for other in options.values())]
    mentions = [_mention(tokens, option, vocabulary) for option in sorted(longest, key=lambda o: o.at)]
    return _merge([_with_code(each, tokens) for each in mentions], tokens)


def claimed_mentions(
    tokens: Sequence[Token], names: Sequence[Found[Name]], claimed: Collection[tuple[int, ...]], vocabulary: Vocabulary
) -> list[Mention]:
    """The units whose names were found at these tokens, whatever else the words may mean; sure unless several bear such a name."""
    options: dict[tuple[int, ...], _Option] = {}
    for found in names:
        if found.at in claimed and not found.slips:
            at = (found.start, found.end)
            option = options.setdefault(found.at, _Option(*at, at, frozenset()))
            option.names.append((found.value, found.agreement, 0))
    mentions = [replace(_mention(tokens, option, vocabulary), is_sure=True) for option in options.values()]
    return [_with_code(each, tokens) for each in mentions]


def _within(option: _Option, other: _Option) -> bool:
    return option is not other and other.at[0] <= option.at[0] and option.at[1] <= other.at[1] and option.at != other.at


def _kind_of(tokens: Sequence[Token], found: Found[Name], kinds: Sequence[KindSaid]) -> KindSaid | None:
    """The kind said right before the name (an abbreviation may have its point), or in English right behind it."""
    before = found.start - 1 if found.start and tokens[found.start - 1].text == "." else found.start
    for kind in kinds:
        if kind.end in (before, found.start) and (kind.end == found.start or len(tokens[kind.end - 1].text) <= 3):
            return kind
    return next(
        (kind for kind in kinds if kind.start == found.end and tokens[kind.start].word in language.AFTER_NAME), None
    )


def _may_stand(tokens: Sequence[Token], found: Found[Name], kind: KindSaid | None) -> bool:
    """Whether the words are taken for a name here at all."""
    if found.agreement is Agreement.AGAINST and len(found.at) == 1:
        return kind is not None and not found.slips
    if kind is not None:
        return True
    if len(found.at) > 1:
        return found.agreement is not Agreement.AGAINST or any(tokens[at].is_capital for at in found.at)
    token = tokens[found.start]
    if found.slips or token.text.isdigit() or len(token.word) < 2:
        return False
    sign = token.readings[0]
    common = sign in language.COMMON or (
        token.word in _COMMON_BARE and (sign.is_bare or found.agreement is not Agreement.SAME)
    )
    return not common or (token.word not in _OPENERS and _stands_out(tokens, found.start, (found.start, found.end)))


def _stands_out(tokens: Sequence[Token], start: int, at: tuple[int, int]) -> bool:
    """Whether words that are everyday ones too are written as a name: with capitals, or after a word of place, or first of all."""
    capital = start > 0 and all(tokens[n].is_capital for n in range(*at))
    return capital or start == 0 or tokens[start - 1].word in _PLACE_BEFORE


def _mention(tokens: Sequence[Token], option: _Option, vocabulary: Vocabulary) -> Mention:
    """The units that one place in the text may mean."""
    fitting = [n for n in option.names if _fits(n[0], option.kinds) and (option.kinds or not vocabulary.is_group(n[0]))]
    names = _ours(fitting, vocabulary) or _ours(option.names, vocabulary) or fitting or option.names
    is_ours = vocabulary.is_ours(names[0][0].unit)
    fewest = min(slips for _, _, slips in names)
    names = [each for each in names if each[2] == fewest]
    names = [each for each in names if each[1] is Agreement.SAME] or names
    units = tuple({name.unit.id: name.unit for name, _, _ in names}.values())
    own = frozenset(name.unit.id for name, _, _ in names if name.is_own)
    sure = is_ours and _is_sure(tokens, option, names, bool(_ours(fitting, vocabulary)), units == (vocabulary.root,))
    return Mention(
        option.start, option.end, units, sure, said_at(tokens[option.start : option.end]), option.kinds, is_ours, own
    )


def _with_code(mention: Mention, tokens: Sequence[Token]) -> Mention:
    """«Thọ Dân (15742)»: of the units that are called so, those that have the code behind the name."""
    found = coded(mention.units, tokens, mention.end)
    return replace(mention, units=found[0], end=found[1], is_sure=mention.is_ours) if found is not None else mention


def _is_sure(
    tokens: Sequence[Token], option: _Option, names: list[tuple[Name, Agreement, int]], kind_fits: bool, is_root: bool
) -> bool:
    start, end = option.at
    marks = min(marks for _, marks, _ in names)
    slips = min(slips for _, _, slips in names)
    if slips > 1 or (slips == 1 and end - start < 2):
        return False
    if marks is Agreement.AGAINST or (option.has_kind and not kind_fits):
        return False
    capital = all(tokens[n].is_capital for n in range(start, end))
    if marks is Agreement.PART and capital:
        return False
    if option.has_kind:
        return True
    if is_root:
        return marks < Agreement.PART
    if start and _is_title(tokens[start - 1]):
        return False
    after_place = start > 0 and capital and tokens[start - 1].word in _PLACE_BEFORE
    everyday = (
        end - start == 1
        and not after_place
        and tokens[start].word in _COMMON_BARE
        and not (marks is Agreement.SAME and tokens[start].readings[0] not in language.COMMON)
    )
    ordinary = tuple(token.word for token in tokens[start:end]) in language.ORDINARY
    return not everyday and (
        not ordinary or (_stands_out(tokens, start, option.at) and not _is_province(tokens[start:end]))
    )


def _is_title(token: Token) -> bool:
    """Whether a word makes what follows a person's name («ông Minh Sơn»); «co» and «ba» without marks are other words."""
    return token.text.lower() in _TITLES


def _is_province(tokens: Sequence[Token]) -> bool:
    return tuple(token.word for token in tokens) in language.PROVINCES


def _fits(name: Name, kinds: frozenset[str]) -> bool:
    """Whether the kind said is the name's: an alias may have been another kind of unit of the same level."""
    if not kinds or name.unit.kind in kinds or name.kinds & kinds:
        return True
    level = language.LEVELS.get(name.unit.kind)
    return not name.is_own and not name.kinds and any(language.LEVELS.get(kind) == level for kind in kinds)


def _ours(names: list[tuple[Name, Agreement, int]], vocabulary: Vocabulary) -> list[tuple[Name, Agreement, int]]:
    return [each for each in names if vocabulary.is_ours(each[0].unit)]


def _merge(mentions: list[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Names that share a word («Thọ Dân Lực») cannot both be meant: they are one doubtful mention."""
    merged: list[Mention] = []
    for mention in mentions:
        last = merged[-1] if merged else None
        if last is not None and mention.start < last.end:
            units = tuple(dict.fromkeys((*last.units, *mention.units)))
            end = max(last.end, mention.end)
            merged[-1] = replace(last, end=end, units=units, is_sure=False, words=said_at(tokens[last.start : end]))
        else:
            merged.append(mention)
    return merged


def alike(words: Sequence[Token], vocabulary: Vocabulary) -> tuple[Unit, ...]:
    """Units of ours to offer for words that name none: those that have the only word said in their name, or read much alike."""
    bases = [token.word for token in words]
    if len(bases) == 1 and bases[0] in vocabulary.by_word:
        return tuple(dict.fromkeys(unit for _, unit in vocabulary.by_word[bases[0]]))
    whole = " ".join(bases)
    near: dict[Unit, float] = {}
    for word in set(bases):
        for name, unit in vocabulary.by_word.get(word, ()):
            if (ratio := fuzz.ratio(whole, name)) >= _ALIKE:
                near[unit] = max(ratio, near.get(unit, 0.0))
    return tuple(sorted(near, key=lambda unit: (-near[unit], unit.code))[:_MOST_ALIKE])
