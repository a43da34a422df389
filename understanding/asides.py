"""What a long question says by the way, of whoever asks: «con trai tôi vừa đi làm xa về, cho hỏi …»; it asks for nothing."""

from collections.abc import Sequence

from understanding.folding import Agreement, agreement
from understanding.phrases import Found
from understanding.tokens import Token
from understanding.word_lists import word_list

_BREAKS = word_list("fillers").words("breaks")
_LONG = 12
"""Shorter texts say nothing by the way but what for, and what is said before «cho hỏi»."""
_CLAUSE = 2
"""One word alone («cúm, cho hỏi …») may be what is asked about."""
_EXCLAIMED = {signs[0] for signs in word_list("fillers").phrases("exclaimed")}
_ENDING = {signs[0] for signs in word_list("fillers").phrases("ending")}
"""With their marks, without which they are other words."""
_LONGEST_TAIL = 4
_PURPOSE = word_list("fillers").words("purpose")
_ASKS_TO = word_list("fillers").words("before asking")
_HIMSELF = {signs[0].base: signs[0] for signs in word_list("persons").phrases("himself")}
_COURTESY = ("greet", "thanks", "help", "addressed")
_QUESTIONS = ("quantity", "which", "overview", "where", "which day", "missing")
_ASKING = ("quantity", "which", "overview", "most", "least", "compare", "trend", "missing", "where", "which day")


def asides(
    tokens: Sequence[Token], cues: dict[str, list[Found[str]]], counted: set[int], named: set[int]
) -> frozenset[int]:
    """The tokens of clauses about whoever asks, if just one other clause asks. `counted`, `named`: where indicators and units are.

    What goes on from such a clause is of whoever asks too: «tôi năm nay 72 tuổi, mắt kém, …».
    """
    spoken = clauses(tokens, named)
    asked, asks = counted | named, {at for name in _ASKING for each in cues.get(name, ()) for at in each.at}
    by_the_way = _purpose(tokens, spoken, asked) | _preamble(tokens, spoken, asked) | _tail(tokens, spoken, asked, asks)
    if len(tokens) < _LONG or len(spoken) < 2:
        return by_the_way
    asking = {at for name in _ASKING for each in cues.get(name, ()) for at in each.at}
    asking |= {at for at, token in enumerate(tokens) if token.word == "hoi"}
    scores = [bool(asking & clause) + bool(counted & clause) for clause in spoken]
    best = max(scores)
    questions = {at for name in _QUESTIONS for each in cues.get(name, ()) for at in each.at}
    if best == 0 or scores.count(best) > 1:
        return by_the_way
    courtesy = {at for name in _COURTESY for each in cues.get(name, ()) for at in each.at}
    aside: list[set[int]] = []
    for clause, score in zip(spoken, scores, strict=True):
        himself = courtesy & clause or any(is_himself(tokens[at]) for at in clause)
        goes_on = not (asked | questions) & clause and bool(aside) and max(aside[-1]) + 2 == min(clause)
        if score < best and (himself or goes_on):
            aside.append(clause)
    return by_the_way.union(*aside)


def _purpose(tokens: Sequence[Token], spoken: Sequence[set[int]], asked: set[int]) -> frozenset[int]:
    """«… để báo cáo», «… để em còn biết đường tránh»: what for, at the end of a clause that has asked already."""
    found: set[int] = set()
    for clause in spoken:
        start = next((at for at in sorted(clause) if tokens[at].word in _PURPOSE and tokens[at].readings[0].tone), None)
        behind = {at for at in clause if start is not None and at >= start}
        if behind and asked & (clause - behind) and not asked & behind:
            found |= behind
    return frozenset(found)


def _tail(tokens: Sequence[Token], spoken: Sequence[set[int]], asked: set[int], asks: set[int]) -> frozenset[int]:
    """«… mấy ca vậy bà con», «… ạ mong phản hồi sớm»: the few words behind the particle that ends what is asked."""
    found: set[int] = set()
    for clause in spoken:
        ends = [at for at in sorted(clause) if tokens[at].readings[0] in _ENDING]
        behind = {at for at in clause if ends and at > ends[-1]}
        if 0 < len(behind) <= _LONGEST_TAIL and asks & (clause - behind) and not (asked | asks) & behind:
            found |= behind
    return frozenset(found)


def _preamble(tokens: Sequence[Token], spoken: Sequence[set[int]], asked: set[int]) -> frozenset[int]:
    """«Mấy hôm nay mệt quá, thôi cho hỏi …»: the clauses before the one that begins to ask, where nothing asked is in them."""
    asks = next((n for n, clause in enumerate(spoken) if _asks_in(tokens, clause) and asked & clause), 0)
    before = spoken[:asks]
    himself = [each for each in before if not asked & each and len(each) >= _CLAUSE]
    himself += [each for each in spoken[:-1] if not asked & each and len(each) > _CLAUSE and _exclaims(tokens, each)]
    return frozenset(at for clause in himself for at in clause)


def _exclaims(tokens: Sequence[Token], clause: set[int]) -> bool:
    """«Trời mưa quá», «sợ lắm»: with its marks, without which «qua» is another word."""
    return tokens[max(clause)].readings[0] in _EXCLAIMED


def _asks_in(tokens: Sequence[Token], clause: set[int]) -> bool:
    return any(tokens[at].word == "hoi" and (not at or tokens[at - 1].word in _ASKS_TO) for at in clause)


def is_himself(token: Token) -> bool:
    """Whether a word is said of whoever asks: «con», not «còn»."""
    himself = _HIMSELF.get(token.word)
    return himself is not None and agreement(token.readings[0], himself) is not Agreement.AGAINST


def clauses(tokens: Sequence[Token], named: set[int]) -> list[set[int]]:
    """The runs of tokens between commas and full stops that part no number and no name («5.11», «tt. Nưa»)."""
    found: list[set[int]] = [set()]
    for at, token in enumerate(tokens):
        numbers = 0 < at < len(tokens) - 1 and tokens[at - 1].text.isdigit() and tokens[at + 1].text.isdigit()
        if token.text in _BREAKS and at not in named and not numbers:
            found.append(set())
        else:
            found[-1].add(at)
    return [clause for clause in found if clause]
