"""What a long question says by the way, of whoever asks: «con trai tôi vừa đi làm xa về, cho hỏi …»; it asks for nothing."""

from collections.abc import Sequence

from understanding.phrases import Found
from understanding.tokens import Token
from understanding.word_lists import word_list

_BREAKS = word_list("fillers").words("breaks")
_LONG = 12
"""Shorter texts say nothing by the way."""
_HIMSELF = word_list("persons").words("himself")
_COURTESY = ("greet", "thanks", "help")
_ASKING = ("quantity", "which", "overview", "most", "least", "compare", "trend", "missing", "where", "which day")


def asides(
    tokens: Sequence[Token], cues: dict[str, list[Found[str]]], counted: set[int], named: set[int]
) -> frozenset[int]:
    """The tokens of clauses about whoever asks, if just one other clause asks. `counted`, `named`: where indicators and units are."""
    if len(tokens) < _LONG or len(spoken := clauses(tokens, named)) < 2:
        return frozenset()
    asking = {at for name in _ASKING for each in cues.get(name, ()) for at in each.at}
    asking |= {at for at, token in enumerate(tokens) if token.word == "hoi"}
    scores = [bool(asking & clause) + bool(counted & clause) for clause in spoken]
    best = max(scores)
    if best == 0 or scores.count(best) > 1:
        return frozenset()
    courtesy = {at for name in _COURTESY for each in cues.get(name, ()) for at in each.at}
    aside = [
        clause
        for clause, score in zip(spoken, scores, strict=True)
        if score < best and (courtesy & clause or any(tokens[at].word in _HIMSELF for at in clause))
    ]
    return frozenset(at for clause in aside for at in clause)


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
