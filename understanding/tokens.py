"""A text as a line of words, each with every way it may be read: as typed, as keyed, without a slip."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from understanding.folding import Sign, is_syllable, sign_of
from understanding.keystrokes import keyed
from understanding.lexicon import Lexicon

MOST_TOKENS = 120
"""Nobody asks for a figure in more words; what is longer is read up to here and then not answered."""
_LONGEST_WORD = 60
LONGEST_TEXT = 8192
"""Letters: twice what a messenger takes in one message."""
MOST_READ = 8192
"""So many words are remembered as they were read."""
_PIECE = 2.5
"""A run of letters is split only into words that are this long on average; «canada» is no «ca na da»."""
_LONG_WORD = 6
"""A word this long with one letter wrong («yesteday») is the only one that it may be, if that is no syllable, so no name's."""
_PIECE_WITH_DIGITS = 2.0
"""A run with digits in it («maycaf0») is no foreign name."""
_DIGITS = {
    word: sign_of(str(n))
    for n, word in enumerate(["mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"], 1)
}
_WORD = re.compile(r"\d+|[^\W\d_][^\W_]*|[^\w\s]")
_POSSESSIVE = re.compile(r"(?<=[A-Za-z])['’]s\b")
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ`´](?=\w)")
_ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|(?<!\S)@\w+|(?<!\S)/\w+(?:@\w+)?|<[^<>]{0,200}>|(?<!\S)\S+@\S{1,255}\.\w+"
)
_DRAWN_OUT = re.compile(r"(\w+?(\w))\2+")
"""«Oiii», «caaa»: a word with its last letter drawn out."""
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0f]")


@dataclass(slots=True)
class Token:
    """One word or mark of punctuation. `readings[0]` is the likeliest; `slips` are the numbers of readings with a letter corrected."""

    text: str
    readings: tuple[Sign, ...]
    slips: frozenset[int] = frozenset()
    is_capital: bool = False
    is_known: bool = True

    word: str = field(init=False)
    is_word: bool = field(init=False)

    def __post_init__(self) -> None:
        self.word = self.readings[0].base
        self.is_word = self.text[0].isalnum()


def tidy(text: str) -> str:
    """NFC, plain width, no hidden characters, addresses, tags or apostrophes within words; of what is far too long the beginning."""
    text = text[:LONGEST_TEXT]
    text = unicodedata.normalize("NFKC", _HIDDEN.sub("", text.replace("\ufe0f\u20e3", " ").replace("\u20e3", " ")))
    return _APOSTROPHES.sub("", _POSSESSIVE.sub("", _ADDRESS.sub(" ", text))).replace("%", " phần trăm ")


def pieces_of(text: str) -> list[str]:
    """The words, numbers and marks of a text as they were typed, at most `MOST_TOKENS` and one more."""
    return _WORD.findall(tidy(text))[: MOST_TOKENS + 1]


def read_tokens(text: str, lexicon: Lexicon) -> list[Token]:
    """The tokens of a text, in order, at most `MOST_TOKENS` and one more."""
    pieces = pieces_of(text)
    capitals_mean = any(piece.islower() for piece in pieces)
    signs = [sign_of(piece) for piece in pieces]
    has_marks = not all(sign.is_bare for sign in signs)
    is_english = not has_marks and lexicon.reads_english(pieces, signs)
    tokens: list[Token] = []
    at = 0
    while at < len(pieces):
        if (of := lexicon.otherwise.get(signs[at].base)) is not None:
            size, found = _said_otherwise(pieces, signs, at, of, lexicon, has_marks, capitals_mean)
            if size:
                tokens += found
                at += size
                continue
        tokens += _known_tokens(pieces[at][:_LONGEST_WORD], lexicon, capitals_mean, is_english)
        at += 1
    return tokens


def _known_tokens(piece: str, lexicon: Lexicon, capitals_mean: bool, is_english: bool) -> Sequence[Token]:
    """The tokens of a piece, remembered: most texts are of the same words. A token is never changed once it is made."""
    known, key = lexicon.read, (piece, capitals_mean, is_english)
    tokens = known.get(key)
    if tokens is None:
        if len(known) >= MOST_READ:
            known.clear()
        tokens = known[key] = tuple(_tokens(piece, lexicon, capitals_mean, is_english))
    return tokens


def _said_otherwise(
    pieces: Sequence[str],
    signs: Sequence[Sign],
    at: int,
    of: Sequence[tuple[tuple[Sign, ...], tuple[Sign, ...]]],
    lexicon: Lexicon,
    has_marks: bool,
    has_small: bool,
) -> tuple[int, list[Token]]:
    """How many pieces from one on say something otherwise, and the tokens of what says the same; a name with a capital does not.

    Typed without marks, in a text without any, they are so too: several words, or one that is no other word here.
    """
    for said, meant in of:
        typed = tuple(signs[at : at + len(said)])
        is_same = typed == said
        may_be_bare = not has_marks and (len(said) > 1 or said[0].base not in lexicon.words)
        is_bare = may_be_bare and tuple(sign.base for sign in typed) == tuple(sign.base for sign in said)
        if not (is_bare or (is_same and (has_marks or may_be_bare))):
            continue
        named = [piece for piece in pieces[at : at + len(said) + 1] if piece[0].isupper()]
        if has_small and (len(named) > 1 or (at and named and named[0] in pieces[at : at + len(said)])):
            continue
        if said == meant:
            return len(said), [Token(p, (s,)) for p, s in zip(pieces[at : at + len(said)], said, strict=True)]
        if len(said) == len(meant) == 1:
            return 1, [Token(pieces[at], (meant[0], signs[at]))]
        return len(said), [Token(each.base, (each,)) for each in meant]
    return 0, []


def _tokens(piece: str, lexicon: Lexicon, capitals_mean: bool, is_english: bool = False) -> list[Token]:
    sign = sign_of(piece)
    capital = capitals_mean and piece[0].isupper()
    if piece.isdigit():
        return [Token(piece, tuple(dict.fromkeys((sign, sign_of(piece.lstrip("0") or "0")))))]
    if not sign.base or not piece[0].isalnum():
        return [Token(piece, (sign if sign.base else Sign(piece, ("",), ""),), is_capital=capital)]
    low = piece.lower()
    if (short := lexicon.short.get(low)) is not None and not (is_english and len(low) == 1):
        return [Token(each.base, (each, sign) if len(short) == 1 else (each,), is_capital=capital) for each in short]
    if low.endswith("s") and not low.isalpha() and (one := sign_of(low[:-1])).base in lexicon.words:
        return [Token(piece, (one, sign), is_capital=capital)]
    known = sign.base in lexicon.words
    if not known and (drawn := _DRAWN_OUT.fullmatch(low)) and sign_of(drawn[1]).base in lexicon.words:
        return _tokens(drawn[1], lexicon, capitals_mean=False)
    if others := lexicon.in_other_forms(sign):
        return [Token(piece, (sign, *others), is_capital=capital)]
    if known and (is_syllable(sign.base) or (is_english and low in lexicon.english) or not _keyed_known(low, lexicon)):
        digit = _DIGITS.get(sign.base)
        return [Token(piece, (sign, digit) if digit else (sign,), is_capital=capital)]
    if (meant := _long_slip(sign, lexicon)) is not None and not _keyed_known(low, lexicon):
        return [Token(piece, (meant, sign), is_capital=capital)]
    if (split := lexicon.joined.get(sign.base)) is not None or (split := _split(low, sign, lexicon)) is not None:
        return [Token(each.base, (each,), is_capital=capital) for each in split]
    return [_corrected(piece, sign, lexicon, capital)]


def _keyed_known(low: str, lexicon: Lexicon) -> bool:
    keys = keyed(low)
    return keys is not None and keys.base in lexicon.words


def _corrected(piece: str, sign: Sign, lexicon: Lexicon, capital: bool) -> Token:
    """A word that is not known as typed: by its keys, else, if it is no syllable at all, by one letter."""
    keys = keyed(piece.lower())
    is_plain = is_syllable(sign.base) and not (keys is not None and keys.base in lexicon.words)
    if keys is not None and not is_plain:
        return Token(piece, (keys, sign), is_capital=capital, is_known=keys.base in lexicon.words)
    if (swapped := _other_sound(sign)) is not None and is_syllable(sign.base) and swapped.base in lexicon.words:
        return Token(piece, (sign, swapped), frozenset((1,)), capital, is_known=False)
    if len(sign.base) < 3 or is_syllable(sign.base) or not sign.base.isalpha():
        return Token(piece, (sign,), is_capital=capital, is_known=False)
    near = [Sign(word, ("",) * len(word), "") for word in lexicon.near(sign.base)]
    return Token(piece, (sign, *near), frozenset(range(1, len(near) + 1)), capital, is_known=False)


def _other_sound(sign: Sign) -> Sign | None:
    """The syllable that sounds the same in the North: «suân» is «xuân»."""
    other = {"s": "x", "x": "s"}.get(sign.base[0])
    return sign._replace(base=other + sign.base[1:]) if other is not None else None


def _long_slip(sign: Sign, lexicon: Lexicon) -> Sign | None:
    if len(sign.base) < _LONG_WORD or not sign.base.isalpha() or is_syllable(sign.base) or sign.base in lexicon.joined:
        return None
    near = lexicon.near(sign.base)
    return Sign(near[0], ("",) * len(near[0]), "") if len(near) == 1 and not is_syllable(near[0]) else None


def _split(low: str, sign: Sign, lexicon: Lexicon) -> tuple[Sign, ...] | None:
    """The fewest known words that a run of letters consists of, if there is one way only."""
    letters = unicodedata.normalize("NFC", low)
    if len(letters) < 4 or len(letters) != len(sign.base) or is_syllable(sign.base):
        return None
    best: list[tuple[int, int, int]] = [(0, 1, 0)]  # pieces, ways, where the last piece starts
    for end in range(1, len(letters) + 1):
        ways = (len(letters) + 1, 0, 0)
        for start in range(max(0, end - 8), end):
            if best[start][1] and sign_of(letters[start:end]).base in lexicon.words and _can_stand(letters[start:end]):
                pieces = best[start][0] + 1
                if pieces < ways[0]:
                    ways = (pieces, best[start][1], start)
                elif pieces == ways[0]:
                    ways = (pieces, ways[1] + best[start][1], start)
        best.append(ways)
    piece = _PIECE if letters.isalpha() else _PIECE_WITH_DIGITS
    if best[-1][1] != 1 or best[-1][0] * piece > len(letters):
        return None
    signs: list[Sign] = []
    end = len(letters)
    while end:
        start = best[end][2]
        signs.append(sign_of(letters[start:end]))
        end = start
    return tuple(reversed(signs))


def _can_stand(letters: str) -> bool:
    return len(letters) >= 2 or letters.isdigit()


@lru_cache(maxsize=8192)
def signs_of(phrase: str) -> tuple[Sign, ...]:
    """The words of a phrase of the vocabulary, punctuation left out: «Số ca mắc mới (F0)» has five."""
    return tuple(sign_of(piece) for piece in _WORD.findall(tidy(phrase)) if piece[0].isalnum())


def said_at(tokens: Sequence[Token]) -> str:
    """The tokens as they were typed, to show them back."""
    return " ".join(token.text for token in tokens)
