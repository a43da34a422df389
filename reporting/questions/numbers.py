"""Numbers as Vietnamese type them: 1.250, «không», «12 ca», «hai mươi mốt», full-width digits, Telex slips."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TypeVar

from reporting.amounts import LARGEST, PLACES, to_keep
from reporting.errors import NotUnderstood
from reporting.questions.number_words import fold_words, read_words
from reporting.questions.question import Question
from reporting.questions.typed_text import clean, echo
from reporting.questions.typed_words import any_typed, is_typed_word, typed_words
from reporting.texts import in_language

N = TypeVar("N", int, Decimal)
MOST_DIGITS = 15
LONGEST_READ = 80
SHORTEST_PHONE = 9
_CODE = re.compile(r"\b[^\W\d_]{1,3}\d{1,3}\b")
"""What forms call people and things by for short: «F1», «XN2»."""
_GROUPED = re.compile(r"\d{1,3}(?:([., '])\d{3})(?:\1\d{3})*")
_FRACTION = re.compile(
    r"(?P<whole>\d+|\d{1,3}(?:(?P<group>[. ,'])\d{3})(?:(?P=group)\d{3})*)(?P<mark>[.,])(?P<part>\d+)"
)
_PHONE = re.compile(r"0\d{8,10}|0084\d{9}|84(?:3[2-9]|5[2689]|7[06-9]|8[1-9]|9\d)\d{2}(?!0{5})\d{5}")
"""«84912345678» is a mobile telephone's; «84123456789», «84900000000» and «84.912.345.678» are numbers like any other."""
_CALLED_FROM_ABROAD = re.compile(r"\+\s?84(?:[ .-]?\d){9}")


def read_integer(text: str, nouns: Iterable[str] = (), *, negative: bool = False) -> int:
    """A whole number as it was typed; `nouns` are units that may follow it. `negative`: whether it may be under 0.

    Raises NotUnderstood with a sentence that gives an example: err_number, err_whole, err_negative or err_big.
    """
    if _is_plain(text):
        return int(text)
    sign, said = _read_sign(text, negative)
    said = _without_noun(said, nouns)
    if not sign and _is_none(said, text):
        return 0
    number = _digits(said, text)
    if number is None:
        if _FRACTION.fullmatch(said):
            raise NotUnderstood("err_whole", text=echo(text))
        number = read_words(said)
    if number is None:
        raise NotUnderstood("err_number", text=echo(text))
    return -number if sign else number


def read_decimal(text: str, nouns: Iterable[str] = (), *, negative: bool = False) -> Decimal:
    """A number that may have a fraction: 36,5 or 36.5. «1.234» is 1234 to some and 1,234 to others: it is asked (err_either).

    Raises NotUnderstood with err_decimal, err_either, err_negative or err_big.
    """
    if _is_plain(text):
        return Decimal(text)
    sign, said = _read_sign(text, negative, "err_decimal")
    said = _without_noun(said, nouns)
    if not sign and _is_none(said, text):
        return Decimal(0)
    number = _decimal(said, text)
    if number is None:
        whole = read_words(said)
        if whole is None:
            raise NotUnderstood("err_decimal", text=echo(text))
        number = Decimal(whole)
    return -number if sign else number


def _is_none(said: str, text: str) -> bool:
    return is_typed_word("number_none", said) and not is_not_yet(text)


def is_not_yet(text: str) -> bool:
    """Whether a text says «chưa có» and nothing else: that there is nothing so far, or no figure so far. «Chưa có ca nào» is 0."""
    return is_typed_word("number_not_yet", clean(text))


def kept_number(number: N, question: Question, text: str) -> N:
    """The number, if a figure of this question can be kept. NotUnderstood where it is too large or too fine (see `amounts`)."""
    if question.kind is not None and abs(number) > LARGEST:
        raise NotUnderstood("err_large", text=echo(text), most=LARGEST)
    if question.kind is not None and number != round(Decimal(number), PLACES):
        raise NotUnderstood("err_fine", text=echo(text), n=PLACES)
    return number


def counted_words(question: Question) -> list[str]:
    """What people write after a count of this question: its unit, and the codes in its names («3 F0»)."""
    names = (*question.alone.values(), *question.label.values(), *question.aliases)
    return [*question.unit.values(), *(code for each in names for code in _CODE.findall(each))]


def is_none(words: str) -> bool:
    """Whether these words say that there is none: «không», «ko có»."""
    return is_typed_word("number_none", words)


def is_counted(words: str) -> bool:
    """Whether these words are what people write after a count, and no more."""
    return is_persons(words) or is_typed_word("count_nouns", words)


def is_persons(words: str) -> bool:
    """Whether these words are a word for persons as it stands behind a count, and no more: «ca», «người»."""
    return is_typed_word("count_persons", words)


def refuse_other_count(question: Question, text: str, language: str) -> None:
    """Raises NotUnderstood (err_counted) where the question does not count what a number is of: «5 F1» of cases, «5 ca» of teams."""
    own = [each.lower() for each in question.unit.values() if each]
    noun = _noun_of(clean(text)) if own and not _is_plain(text) else ""
    if not noun:
        return
    is_group = any(is_typed_word("count_groups", each) for each in own)
    texts = (
        *question.alone.values(),
        *question.label.values(),
        *question.hint.values(),
        *question.aliases,
        *own,
        *(() if is_group else typed_words("count_persons")),
    )
    said = {word for each in texts for word in re.findall(r"\w+", fold_words(each))}
    if not said.issuperset(fold_words(noun).split()):
        raise NotUnderstood("err_counted", text=echo(text), unit=in_language(question.unit, language))


def refuse_increase(question: Question, text: str) -> None:
    """Raises NotUnderstood where a number is said to be added to what stands: «+1» of two is 1 to some and 3 to others."""
    if question.kind in ("stock", "total") and clean(text).startswith("+"):
        raise NotUnderstood("err_number", text=echo(text))


def _noun_of(said: str) -> str:
    """The word behind a count, «» where there is none."""
    said = _which().sub("", said)
    rest = _without_noun(said, _CODE.findall(said))
    is_count = rest[-1:].isdigit() or is_typed_word("number_none", rest) or read_words(rest) is not None
    return said[len(rest) :].strip() if len(rest) < len(said) and is_count else ""


def _is_plain(text: str) -> bool:
    """Digits alone, as most answers are: nothing of them has to be made out."""
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        return False
    return len(text) < SHORTEST_PHONE or not _PHONE.fullmatch(text)


def _read_sign(text: str, negative: bool, key: str = "err_number") -> tuple[bool, str]:
    if len(text) > LONGEST_READ:
        raise NotUnderstood(key, text=echo(text))
    said = clean(text)
    if _CALLED_FROM_ABROAD.fullmatch(said):
        raise NotUnderstood(key, text=echo(text))
    sign = _minus().match(said)
    if sign is None:
        return False, said.removeprefix("+").strip()
    rest = said[sign.end() :]
    if not negative and (rest[0].isdigit() or read_words(rest) is not None):
        raise NotUnderstood("err_negative", text=echo(text))
    return True, rest


@lru_cache
def _minus() -> re.Pattern[str]:
    return re.compile(rf"(?:-|{any_typed('number_minus')}\s)\s*(?=\S)")


@lru_cache
def _which() -> re.Pattern[str]:
    """«Không ca nào»."""
    return re.compile(rf"\s+{any_typed('number_which')}$")


def _without_noun(said: str, nouns: Iterable[str]) -> str:
    """«12 ca», «12 ca F0» without their words; «không người nào» without «người nào»."""
    said = _which().sub("", said)
    known = (*typed_words("count_persons"), *typed_words("count_nouns"))
    for noun in sorted({*known, *(each.lower() for each in nouns if each)}, key=len, reverse=True):
        for written in (noun, fold_words(noun)):
            if said.endswith(written):
                rest = said[: -len(written)].rstrip()
                if rest and (rest[-1].isdigit() or said[len(rest)] == " "):
                    return _without_noun(rest, nouns)
    return said


def _digits(said: str, text: str) -> int | None:
    grouped = _grouped_by(said)
    if grouped:
        return int(_sane(said.replace(grouped, ""), text))
    if not said.isdecimal() or _PHONE.fullmatch(said):
        return None
    return int(_sane(said, text))


def _grouped_by(said: str) -> str:
    """The mark between the groups of three digits, «» where there are none, or where it may be a telephone's number."""
    grouped = _GROUPED.fullmatch(said)
    if grouped is None or said[0] == "0" or (grouped[1] == " " and _PHONE.fullmatch(said.replace(" ", ""))):
        return ""
    return grouped[1]


def _decimal(said: str, text: str) -> Decimal | None:
    if mark := _grouped_by(said):
        if mark in ".," and said.count(mark) == 1:
            raise NotUnderstood(
                "err_either",
                text=echo(text),
                whole=int(said.replace(mark, "")),
                fraction=Decimal(said.replace(mark, ".")),
            )
        return Decimal(_sane(said.replace(mark, ""), text))
    if said.isdecimal() and not _PHONE.fullmatch(said):
        return Decimal(_sane(said, text))
    fraction = _FRACTION.fullmatch(said)
    if fraction is None or fraction["mark"] == fraction["group"]:
        return None
    whole = "".join(filter(str.isdecimal, fraction["whole"]))
    return Decimal(f"{_sane(whole, text, len(fraction['part']))}.{fraction['part']}")


def _sane(digits: str, text: str, fraction: int = 0) -> str:
    if len(digits.lstrip("0")) + fraction > MOST_DIGITS:
        raise NotUnderstood("err_big", text=echo(text), digits=MOST_DIGITS)
    return digits


def may_be_negative(question: Question) -> bool:
    """A count (a question with a `kind` or a `unit`) is never under 0."""
    return question.kind is None and not question.unit


def as_decimal(text: str) -> Decimal | None:
    """A number that an expression came to, as it can be kept; None if it is none, infinite, or too large."""
    try:
        return to_keep(Decimal(text.strip()))
    except InvalidOperation:
        return None
