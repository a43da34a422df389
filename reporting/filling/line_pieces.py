"""The pieces of a line with several answers, before anything in them is understood: commas, remarks in brackets, words."""

import re
from collections.abc import Iterator
from functools import lru_cache

from reporting.translator import LANGUAGES, translator
from reporting.typed_buttons import fold_typed

_COMMA = re.compile(r",(?!\d)")
_REMARK = re.compile(r"\s*\((?P<said>[^()]*)\)\s*$")
_JOINED = re.compile(r"(?<=[^\W\d_]{2})(?=\d)")


def line_pieces(line: str) -> Iterator[tuple[str, str, str]]:
    """The pieces of a line between commas (not those inside numbers), each with the rest of the line from there on, and its remark."""
    start = 0
    for end in (*(comma.start() for comma in _COMMA.finditer(line)), len(line)):
        if line[start:end].strip():
            piece, remark = _bare(line[start:end])
            yield piece, line[start:].strip(), remark
        start = end + 1


def _bare(piece: str) -> tuple[str, str]:
    """A piece without the remark in brackets behind its value («(kỳ trước 3)»), and what stands in it."""
    remark = _REMARK.search(piece)
    return (piece[: remark.start()].strip(), remark["said"]) if remark is not None else (piece.strip(), "")


def is_before(remark: str) -> bool:
    """Whether a remark is a template's, which says what it was the period before: that is not read."""
    return fold_typed(remark).startswith(_before())


def parted(piece: str) -> str:
    """With a space between letters and the digits behind them: «mũi1 5000», «XN40»."""
    return _JOINED.sub(" ", piece)


@lru_cache
def _before() -> tuple[str, ...]:
    """How the remark of a template begins, in each of our languages: it is the last period's figure, and is not read."""
    said = (translator(language).plain("template_before", value="{") for language in LANGUAGES)
    return tuple(fold_typed(each.split("{", 1)[0].strip("( ")) for each in said)


def line_words(piece: str) -> list[str]:
    """Its words, «:» and «=» apart."""
    return re.findall(r"[^\s:=]+|[:=]", piece)
