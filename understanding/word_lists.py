"""The word lists, which whoever does not program can mend: each is read once, and what is wrong in it is named by file and line."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from reporting.errors import Refused, refuse_all
from understanding.folding import Sign, fold, is_syllable, sign_of
from understanding.tokens import pieces_of, signs_of
from understanding.word_sections import SECTIONS, Written

FOLDER = Path(__file__).parent / "words"
_PAIRED = frozenset(
    {
        Written.OTHERWISE,
        Written.SHORT,
        Written.NUMBER,
        Written.MARKS,
        Written.NAME,
        Written.LEVEL,
        Written.ENGLISH,
    }
)
_BY_SIGNS = frozenset({Written.OTHERWISE, Written.CUE, Written.PHRASE, Written.NAME})
"""Of these two spellings of the same sound are one entry: «hoà», «hòa»."""
_CLEAN = re.compile(r"(?:\d+|[^\W\d_]+)(?: (?:\d+|[^\W\d_]+))*")
"""Words and numbers with a space between: what nearly all entries are, and is quickly read."""
_PUNCTUATED = re.compile(r"[^\w\s'’]|_")


class WordListMistake(Refused):
    """A line of a word list that cannot be as it is: `why` says what is wrong with it."""

    def __init__(self, file: str, line: int, why: Refused) -> None:
        super().__init__("words_mistake", file=file, row=str(line), why=why)


class _Entry(NamedTuple):
    line: int
    said: str
    meant: str
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class WordList:
    """The sections of one file, by name; each section's entries in the order of the file."""

    sections: Mapping[str, tuple[_Entry, ...]] = field(repr=False)

    def phrases(self, section: str) -> list[tuple[Sign, ...]]:
        """The spellings of each entry's words."""
        return [entry.signs for entry in self.sections[section]]

    def words(self, section: str) -> frozenset[str]:
        """The entries as they are written."""
        return frozenset(entry.said for entry in self.sections[section])

    def pairs(self, section: str) -> dict[str, str]:
        """What stands before each «=» with what stands behind it."""
        return {entry.said: entry.meant for entry in self.sections[section]}

    def numbers(self, section: str) -> dict[str, int]:
        """Words with their numbers."""
        return {entry.said: int(entry.meant) for entry in self.sections[section]}


@cache
def word_list(name: str, folder: Path = FOLDER) -> WordList:
    """The list of that name. Raises WordListMistake, or Several of them, for whatever is wrong in its file."""
    file = f"{name}.txt"
    try:
        lines = (folder / file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise WordListMistake(file, 0, Refused("words_unread")) from None
    reader = _Reader(file, SECTIONS[name], frozenset() if name == "spellings" else _split_up(folder))
    return reader.read(lines)


def cues() -> Iterator[tuple[str, tuple[Sign, ...]]]:
    """The phrases that tell what is wanted, each with the section that it stands in; places that are not ours are «place»."""
    for name, sections in SECTIONS.items():
        for section, written in sections.items():
            if written is Written.CUE:
                yield from ((section, signs) for signs in word_list(name).phrases(section))
    for section in ("provinces", "country"):
        yield from (("place", signs) for signs in word_list("places").phrases(section))


@cache
def _split_up(folder: Path) -> frozenset[str]:
    """The short forms that are read as what they stand for wherever they are typed so."""
    return frozenset(word_list("spellings", folder).pairs("short"))


@dataclass
class _Reader:
    file: str
    known: Mapping[str, Written]
    short: frozenset[str]
    found: dict[str, dict[object, _Entry]] = field(default_factory=dict)
    mistakes: list[Refused] = field(default_factory=list)

    def read(self, lines: list[str]) -> WordList:
        if not lines or not lines[0].startswith("#") or " — " not in lines[0]:
            self._refuse(1, "words_untitled")
        section = ""
        entries: list[tuple[int, str]] = []
        for number, raw in enumerate(lines, 1):
            line = (raw if "#" not in raw else raw[: raw.index("#")]).strip()
            if line.startswith("["):
                self._entries(section, entries)
                section, entries = self._section(number, line), []
            elif line and section:
                entries.append((number, line))
            elif line:
                self._refuse(number, "words_homeless", entry=line)
        self._entries(section, entries)
        for name in self.known:
            if not self.found.get(name):
                self._refuse(len(lines), "words_lacking", section=name)
        refuse_all(self.mistakes)
        return WordList({name: tuple(entries.values()) for name, entries in self.found.items()})

    def _refuse(self, number: int, key: str, **values: str) -> None:
        self.mistakes.append(WordListMistake(self.file, number, Refused(key, **values)))

    def _section(self, number: int, line: str) -> str:
        name = line[1:-1].strip()
        if not line.endswith("]") or name not in self.known:
            self._refuse(number, "words_section", section=line, known=", ".join(f"[{each}]" for each in self.known))
        elif name in self.found:
            self._refuse(number, "words_section_twice", section=line)
        self.found.setdefault(name, {})
        return name

    def _entries(self, section: str, lines: list[tuple[int, str]]) -> None:
        """Reads the lines of a section; those of one that is not known are passed over, as that was refused."""
        if (written := self.known.get(section)) is None:
            return
        check, is_paired, by_signs = _CHECKS[written], written in _PAIRED, written in _BY_SIGNS
        kept = self.found[section]
        for number, line in lines:
            left, mark, right = line.partition("=") if "=" in line else (line, "", "")
            if is_paired:
                left, right = " ".join(left.split()), " ".join(right.split())
            if is_paired != bool(mark) or not left or bool(mark) != bool(right):
                self._refuse(number, "words_pair" if is_paired else "words_no_pair", entry=line)
                continue
            entry = _Entry(number, left, right, _signs(left))
            if (why := check(entry, self.short)) is not None:
                self.mistakes.append(WordListMistake(self.file, number, why))
                continue
            first = kept.setdefault(entry.signs if by_signs else left, entry)
            if first is not entry:
                self._refuse(number, "words_twice", entry=left, first=str(first.line), other=first.said)


def _signs(said: str) -> tuple[Sign, ...]:
    return tuple(map(sign_of, said.split())) if _CLEAN.fullmatch(said) else signs_of(said)


def _phrase(entry: _Entry, short: frozenset[str]) -> Refused | None:
    """A phrase is never found that has a mark of punctuation in it, or no word."""
    if _PUNCTUATED.search(entry.said) or not entry.signs:
        return Refused("words_punctuated", entry=entry.said)
    if short.isdisjoint(words := entry.said.lower().split()):
        return None
    lost = [word for word in words if word in short and not is_syllable(fold(word))]
    return Refused("words_shortened", entry=entry.said, word=lost[0]) if lost else None


def _word(entry: _Entry, short: frozenset[str]) -> Refused | None:
    """A word is never found that has marks, a space, or is read as something else."""
    if (mistaken := _line(entry, short)) is not None:
        return mistaken
    if entry.said in short and not is_syllable(entry.said):
        return Refused("words_shortened", entry=entry.said, word=entry.said)
    return None


def _line(entry: _Entry, short: frozenset[str]) -> Refused | None:
    word = entry.said.rstrip("~+")
    if sign_of(word).base == word.strip() and word.isalnum():
        return None
    is_mark = len(entry.said) == 1 and not entry.said.isalnum()
    base = " ".join(sign.base for sign in signs_of(word))
    return None if is_mark else Refused("words_marked", entry=entry.said, base=base)


def _plain(entry: _Entry, short: frozenset[str]) -> Refused | None:
    base = fold(entry.said)
    return None if base == entry.said and base.isalpha() else Refused("words_marked", entry=entry.said, base=base)


def _english(entry: _Entry, short: frozenset[str]) -> Refused | None:
    """Both sides are plain words."""
    return _plain(entry, short) or _plain(entry._replace(said=entry.meant), short)


def _short(entry: _Entry, short: frozenset[str]) -> Refused | None:
    is_one = entry.said.isalnum() and entry.said == entry.said.lower() and len(pieces_of(entry.said)) == 1
    return None if is_one and signs_of(entry.meant) else Refused("words_short", entry=entry.said)


def _otherwise(entry: _Entry, short: frozenset[str]) -> Refused | None:
    """Neither side has punctuation in it."""
    sides = (entry, entry._replace(said=entry.meant, signs=_signs(entry.meant)))
    return next((why for why in (_phrase(each, short) for each in sides) if why is not None), None)


def _number(entry: _Entry, short: frozenset[str]) -> Refused | None:
    """Words that count stand in patterns of several words: «muoi mot»."""
    base = " ".join(sign.base for sign in entry.signs)
    if base != entry.said:
        return Refused("words_marked", entry=entry.said, base=base)
    return None if entry.meant.isdecimal() else Refused("words_number", entry=entry.said, meant=entry.meant)


def _marks(entry: _Entry, short: frozenset[str]) -> Refused | None:
    other = [word for word in entry.meant.split() if sign_of(word).base != entry.said]
    return Refused("words_other_letters", entry=entry.said, other=other[0]) if other else None


def _name(entry: _Entry, short: frozenset[str]) -> Refused | None:
    return None if len(entry.signs) == 1 else Refused("words_punctuated", entry=entry.said)


def _level(entry: _Entry, short: frozenset[str]) -> Refused | None:
    return None if entry.meant.isdecimal() else Refused("words_number", entry=entry.said, meant=entry.meant)


_CHECKS: Mapping[Written, Callable[[_Entry, frozenset[str]], Refused | None]] = {
    Written.CUE: _phrase,
    Written.PHRASE: _phrase,
    Written.WORD: _word,
    Written.LINE: _line,
    Written.PLAIN: _plain,
    Written.OTHERWISE: _otherwise,
    Written.ENGLISH: _english,
    Written.SHORT: _short,
    Written.NUMBER: _number,
    Written.MARKS: _marks,
    Written.NAME: _name,
    Written.LEVEL: _level,
}
