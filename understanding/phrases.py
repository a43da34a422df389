"""Many phrases looked for in a line of tokens at once, whatever the marks, and how well each one fits."""

from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from understanding.folding import Agreement, Sign, agreement
from understanding.tokens import Token

T = TypeVar("T")
_END = ""
_SKIPS = 3
Path = tuple[tuple[int, int], ...]
"""The tokens that were read so far, each with the number of its reading."""


class Found(NamedTuple, Generic[T]):
    """A phrase found at the tokens `at`; `slips` words were corrected by a letter."""

    at: tuple[int, ...]
    value: T
    agreement: Agreement
    slips: int = 0

    @property
    def start(self) -> int:
        return self.at[0]

    @property
    def end(self) -> int:
        return self.at[-1] + 1


class Phrases(Generic[T]):
    """A tree of words: looking up costs as much as the text is long, however many phrases there are."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, signs: Sequence[Sign], value: T) -> None:
        """Adds a phrase with what it stands for; several phrases may read alike."""
        if not signs:
            return
        node = self._root
        for sign in signs:
            node = node.setdefault(sign.base, {})
        node.setdefault(_END, {}).setdefault(tuple(signs), []).append(value)

    def find(self, tokens: Sequence[Token], skippable: frozenset[int] = frozenset()) -> list[Found[T]]:
        """Every phrase at every place. Up to three tokens at `skippable` places may stand between its words."""
        found: list[Found[T]] = []
        root = self._root
        for start, token in enumerate(tokens):
            for reading in token.readings:
                if reading.base in root:
                    self._add_from(tokens, start, skippable, found)
                    break
        return found

    def _add_from(self, tokens: Sequence[Token], start: int, skippable: frozenset[int], found: list[Found[T]]) -> None:
        """Adds the phrases that begin at one token."""
        waiting: list[tuple[int, dict[str, Any], Path, int]] = [(start, self._root, (), 0)]
        while waiting:
            at, node, path, skipped = waiting.pop()
            if at >= len(tokens):
                continue
            for number, reading in enumerate(tokens[at].readings):
                below = node.get(reading.base) if reading.base else None
                if below is not None:
                    longer = (*path, (at, number))
                    ends = below.get(_END)
                    if ends is not None:
                        _add_ends(tokens, longer, ends, found)
                    if ends is None or len(below) > 1:
                        waiting.append((at + 1, below, longer, 0))
            if path and at in skippable and skipped < _SKIPS:
                waiting.append((at + 1, node, path, skipped + 1))


def _add_ends(
    tokens: Sequence[Token], path: Path, ends: dict[tuple[Sign, ...], list[T]], found: list[Found[T]]
) -> None:
    at = tuple([number for number, _ in path])
    for signs, values in ends.items():
        fit, slips = _fit(tokens, path, signs)
        found += [Found(at, value, fit, slips) for value in values]


def _fit(tokens: Sequence[Token], path: Path, signs: tuple[Sign, ...]) -> tuple[Agreement, int]:
    """How the marks of the words read agree with the phrase's at worst, and how many words had a letter corrected."""
    worst = Agreement.SAME
    slips = 0
    for (at, number), sign in zip(path, signs, strict=True):
        token = tokens[at]
        if token.slips and number in token.slips:
            slips += 1
        elif token.readings[number] is not sign:  # most words are typed just as they are known
            worst = max(worst, agreement(token.readings[number], sign))
    return worst, slips
