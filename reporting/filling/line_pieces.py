"""The pieces of a line with several answers, before anything in them is understood: commas, remarks in brackets, words."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from reporting.questions.names import Names, plain_name
from reporting.questions.numbers import is_counted
from reporting.translator import LANGUAGES, translator
from reporting.typed_buttons import fold_typed

_COMMA = re.compile(r"\([^()]*\)|(?P<comma>,(?!\d))")
"""A comma within brackets parts nothing: «f0 3 (2 nam, 1 nữ)»."""
_CELLS_APART = " | "
_EMPTY = "?"
"""A cell without a figure, of which it is said that the row was not read."""
_DASHES = "-–— "
_VALUE = re.compile(r"\d[\d.,' ]*")
_BULLETS = "-•*+–—·▪◦●○■□➢➤►✓✔§\uf0b7\uf0a7\uf0d8\uf0fc \t"
_LETTERED = re.compile(r"[oØüv]|(?:[^\W\d_]|[IVXivx]{2,4})[.)]|\d{1,2}(?:\.\d{1,2})+[.)]?")
"""What a line begins with beside its number: «o», «a)», «II.», «1.2»; as a plain text, Word's bullets are letters."""
_ROW_NUMBER = re.compile(r"\d{1,3}(?P<mark>\s*[.):/–-])?")
_NUMBERED = re.compile(
    r"""
    (?P<number>\d{1,3})\s*
    (?: [.)]\s+ | [.)](?=[^\W\d]) | [/–-]\s*(?=[^\W\d].*[\s:=]\d) | (?!:[0-5]\d(?!\d))[:=]\s* )
    (?P<rest>.*)
    """,
    re.DOTALL | re.VERBOSE,
)
"""«1. F0 3», «1/ F0: 3», «1: 3»; «16:30» is a time of day."""
_APART = re.compile(r"([\n;]|,(?!\d))")
_ITEM = re.compile(rf"[{re.escape(_BULLETS)}]*(?P<number>\d{{1,3}}):(?=(?P<minutes>[0-5]\d(?!\d))|\s*\d)")
_REMARK = re.compile(r"\s*\((?P<said>[^()]*)\)\s*$")
_WORD = re.compile(r"[-=–—]+> | [^\s:=]*\w(?=(?:\([-–−+]\)|[<>≤≥~≈≃±+])[\s:=]+\d) | [^\s:=]+ | [:=]", re.VERBOSE)
_JOINED = re.compile(r"(?<=[^\W\d_]{2})(?=\d)")


def line_pieces(line: str) -> Iterator[tuple[str, str, str]]:
    """The pieces of a line between commas (not those inside numbers), each with the rest of the line from there on, and its remark."""
    start = 0
    for end in (*(each.start() for each in _COMMA.finditer(line) if each["comma"]), len(line)):
        if line[start:end].strip():
            piece, remark = _bare(line[start:end])
            yield piece, line[start:].strip(), remark
        start = end + 1


def _bare(piece: str) -> tuple[str, str]:
    """A piece without the remark in brackets behind its value («(kỳ trước 3)»), and what stands in it."""
    remark = _REMARK.search(piece)
    return (piece[: remark.start()].strip(), remark["said"]) if remark is not None else (piece.strip(), "")


def row_typed(line: str, names: Names, *, of_many: bool = False) -> str:
    """A line without the bullet it begins with; a row that is copied from a sheet as it would be typed.

    «1⇥F0 mới⇥ca⇥3» is «1. F0 mới: 3», and «1.⇥F0 mới: 3» of a numbered list is «1. F0 mới: 3».
    Its cells stay apart: «3⇥118» is no 3118, and a row's number is no figure where its value is empty. An empty cell before a number,
    or a dash, stands for a figure too: «F0⇥-⇥3» may say 3 of another period; so may each number alone in a table `of_many` columns.
    """
    typed = _without_bullet(line)
    cells = _cells(typed)
    if "\t" not in line or not cells:
        return typed
    if of_many and sum(map(_is_value, cells[1:])) == 1:
        cells.append(_EMPTY)
    if len(cells) > 1 and _LETTERED.fullmatch(cells[0]):
        del cells[0]
    marked = _ROW_NUMBER.fullmatch(cells[0]) if len(cells) > 1 else None
    if marked is None:
        return _joined(cells, names)
    rest = _joined(cells[1:], names)
    if marked["mark"]:
        return f"{marked[0]} {rest}"
    is_named = any(map(str.isalpha, rest))  # «1⇥3»: the first figure is 3, or two figures are
    return f"{marked[0]}. {rest}" if is_named else f"{marked[0]}{_CELLS_APART}{rest}"


def has_many_columns(lines: Iterable[str]) -> bool:
    """Whether rows of a sheet have several columns of figures: two stand side by side, or a head says so («Kỳ trước⇥Số liệu»)."""
    for line in lines:
        first, *cells = _cells(_without_bullet(line)) if "\t" in line else [""]
        if any(_is_value(cell) and _is_value(after) for cell, after in pairwise(cells)):
            return True
        is_head = not any(map(str.isdigit, first)) and not any(":" in cell or _is_value(cell) for cell in cells)
        if is_head and any(f"{fold_typed(cell)} ".startswith(_beside()) for cell in cells):
            return True
    return False


def _without_bullet(line: str) -> str:
    """«+ F0: 3» without its bullet; of «+3 F0» the sign is the number's."""
    typed = line.strip().lstrip(_BULLETS).strip()
    return f"+{typed}" if typed[:1].isdigit() and line.strip().endswith(f"+{typed}") else typed


def _cells(typed: str) -> list[str]:
    """The cells of a row, not those with what is counted, nor empty ones but before a number."""
    found, empty = list[str](), 0
    for cell in map(str.strip, typed.split("\t")):
        if not cell:
            empty += 1
        elif not cell.strip(_DASHES):
            found.append(_EMPTY)
        elif not is_counted(cell):
            is_behind_name = bool(found) and any(map(str.isalpha, found[-1])) and found[-1][-1] not in ":=.)"
            found += [_EMPTY] if empty and is_behind_name and cell[0].isdigit() else []
            found.append(cell)
            empty = 0
    return found


def _is_value(cell: str) -> bool:
    """Whether a cell is a figure, be it an empty one: «3», «1.250 mẫu», «-»."""
    number = _VALUE.match(cell)
    return cell == _EMPTY or (number is not None and (number.end() == len(cell) or is_counted(cell[number.end() :])))


def _joined(cells: list[str], names: Names) -> str:
    """A name and its values; a cell with a name and its value stays as it is: «F0: 3⇥khỏi: 2»."""
    name, *values = cells
    is_name = bool(values) or bool(names.meaning(plain_name(name)))
    between = ": " if is_name and not re.search(r"[:=]\s*\S", name) else _CELLS_APART if values else ""
    joined = f"{name}{between}{_CELLS_APART.join(values)}"
    return joined.replace(f"{_CELLS_APART}(", " (")  # a remark of the value before it


def is_before(remark: str) -> bool:
    """Whether a remark is a template's, which says what it was the period before: that is not read."""
    return fold_typed(remark).startswith(_before())


def number_apart(piece: str) -> tuple[int, str] | None:
    """The number in the list that a piece begins with, and its rest."""
    numbered = _NUMBERED.fullmatch(piece)
    return (int(numbered["number"]), numbered["rest"]) if numbered is not None else None


def items_told(text: str) -> str:
    """A text in which «1:15» is no time of day but the first item of a list: where the items beside it are written so too.

    «1:15⏎2:3» is «1: 15⏎2:3»; «16:30⏎1: 3», «7:30⏎8:5» and «1:00⏎2:00» stay as they are.
    """
    pieces = _APART.split(text)
    said = [at for at in range(0, len(pieces), 2) if pieces[at].strip()]
    items = [_ITEM.match(pieces[at]) for at in said]
    place = 0
    while place < len(said):
        end = place + 1
        while end < len(said) and _follows(items[end - 1], items[end]):
            end += 1
        run = [item for item in items[place:end] if item is not None]
        if len(run) > 1 and (int(run[0]["number"]) == 1 or not run[0]["minutes"]) and not any(map(_is_of_clock, run)):
            for at, item in zip(said[place:end], run, strict=True):
                pieces[at] = f"{item[0]} {pieces[at][item.end() :]}"
        place = end
    return "".join(pieces)


def _is_of_clock(item: re.Match[str]) -> bool:
    """Whether an hour or a minute is written in two digits as no figure is: «01:15», «8:05»."""
    return item["number"].startswith("0") or (item["minutes"] or "").startswith("0")


def _follows(before: re.Match[str] | None, item: re.Match[str] | None) -> bool:
    """Whether two pieces are an item and the next: «1:15» and «2:3»."""
    return before is not None and item is not None and int(before["number"]) + 1 == int(item["number"])


def parted(piece: str) -> str:
    """With a space between letters and the digits behind them: «mũi1 5000», «XN40»."""
    return _JOINED.sub(" ", piece)


@lru_cache
def _beside() -> tuple[str, ...]:
    """What heads of columns with other figures than the period's begin with."""
    said = (translator(language).plain("line_columns_beside").split(";") for language in LANGUAGES)
    return tuple(f"{fold_typed(each)} " for phrases in said for each in phrases)


@lru_cache
def _before() -> tuple[str, ...]:
    """How the remark of a template begins, in each of our languages: it is the last period's figure, and is not read."""
    said = (translator(language).plain("template_before", value="{") for language in LANGUAGES)
    return tuple(fold_typed(each.split("{", 1)[0].strip("( ")) for each in said)


def line_words(piece: str) -> list[str]:
    """Its words, «:» and «=» apart, if they are no arrow; so is a sign before a number, «test(-) 3» as «test (-) 3»."""
    return _WORD.findall(piece)
