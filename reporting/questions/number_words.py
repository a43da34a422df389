"""Numbers in Vietnamese words: «mười hai», «một trăm linh năm», «1 nghìn 2», without accents or with Telex slips too."""

import re
import unicodedata

_ONES = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5,
    "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_THOUSAND = 1_000
_YEAR = "nam"
_PLAIN_ONES = frozenset({"hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin"})
"""«Tư», «lăm» and «mốt» stand behind tens only."""
_TEN = frozenset({"muoi", "chuc"})
_SCALES = {"nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000, "ty": 1_000_000_000, "ti": 1_000_000_000}
_AND = frozenset({"linh", "le"})
_HALF = "ruoi"
_KNOWN = frozenset({*_ONES, *_TEN, *_SCALES, *_AND, _HALF, "tram"})
_SPELT = frozenset({
    "không", "một", "mốt", "môt", "hai", "ba", "bốn", "bôn", "tư", "năm", "lăm", "nhăm", "sáu", "bảy", "bẩy",
    "tám", "chín", "mười", "muời", "mưòi", "mừoi", "mươi", "mưoi", "chục", "trăm", "nghìn", "ngàn", "triệu",
    "tỷ", "tỉ", "linh", "lẻ", "rưỡi",
})  # fmt: skip
"""A word that has accents must be one of these: «từ» and «tạm» are no numbers, though «tu» and «tam» are."""

_SOME = "mươi"
"""With this a number begins that is some ten: «mươi ca», «mươi lăm ca»."""
_NOT_ALONE = frozenset({"chuc", "lam", "nham", "tu"})
"""By themselves these are other words as well: «chục ca» are some ten, «nham» is «nhầm», «tu» is «từ»."""
_NHAM = "nham"
"""Without its marks it is «nhầm» as well as «nhăm»: «hai nham»."""
_MOT = "mốt"
"""Alone it is the day after tomorrow."""
_OR_SO = frozenset((one, one + 1) for one in range(1, 9)) | {(5, 7)}
"""«Hai ba ca», «năm bảy ca» are a few, as well as twenty-three and fifty-seven."""
_SLIPS = str.maketrans("", "", "sfrxjw")


_PART_OF_SCALE = re.compile(r"(?P<whole>0|[1-9]\d{0,2})[.,](?P<part>\d{1,2})\s?(?P<scale>nghin|ngan|trieu)")
"""«1,2 nghìn»; of three figures behind the mark («1.250 nghìn») nobody knows whether they are a group."""


def fold_words(text: str) -> str:
    """Lower case without accents: «mười» and «muời» are both «muoi»."""
    spread = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(character for character in spread if not unicodedata.combining(character))


def read_words(text: str) -> int | None:
    """The whole number that `text` says, or None. Figures may stand in it («1 nghìn 2», «2 trăm»)."""
    if any(not word.isascii() and word not in _SPELT for word in unicodedata.normalize("NFC", text.lower()).split()):
        return None
    if (scaled := _PART_OF_SCALE.fullmatch(fold_words(text))) is not None:
        hundredths = int(scaled["whole"]) * 100 + int(scaled["part"].ljust(2, "0"))
        return hundredths * _SCALES[scaled["scale"]] // 100
    written = unicodedata.normalize("NFC", text.lower()).split()
    if written[:1] == [_SOME] or written == [_MOT] or _NHAM in written:
        return None
    words = [_known(word) for word in fold_words(text).split()]
    if (
        not words
        or len(words) > 20
        or not all(word in _KNOWN or (word.isdecimal() and len(word) <= 3) for word in words)
    ):
        return None
    if all(word.isdecimal() for word in words) or (len(words) == 1 and words[0] in _NOT_ALONE):
        return None
    return _scaled(words)


def is_digit(word: str) -> bool:
    """Whether a word may be a digit, or ten: «hai», «muoi». «Triệu chứng» is no number."""
    return fold_words(word) in _ONES or fold_words(word) in _TEN


def is_scale(word: str) -> bool:
    """Whether a word says so many of what a number before it counts: «nghìn», «trăm»."""
    return fold_words(word) in {*_SCALES, "tram"}


def is_of_number(word: str) -> bool:
    """Whether a word may be one of a number's: «hai», «mươi», «nghin»."""
    return fold_words(word) in _KNOWN


def _known(word: str) -> str:
    """A word, with Telex keys that were typed into plain text taken out: «muwowif» is «muoi», «khoong» is «khong»."""
    if word in _KNOWN or word.isdecimal():
        return word
    vowel = re.search(r"[aeiouyw]", word)
    if vowel is None:
        return word
    bare = word[: vowel.start()] + word[vowel.start() :].translate(_SLIPS)
    return re.sub(r"([aeo])\1", r"\1", bare)


def _scaled(words: list[str]) -> int | None:
    """Split at «tỷ», «triệu», «nghìn»: each part is under a thousand, and the scales fall."""
    total, part, above = 0, [], 10**12
    for index, word in enumerate(words):
        scale = _SCALES.get(word)
        if scale is None:
            part.append(word)
            continue
        count = _hundreds(part) if part else None
        if count is None or scale >= above:
            return None
        total, part, above = total + count * scale, [], scale
        if index + 1 < len(words) and words[index + 1] == _HALF:
            return total + scale // 2 if index + 2 == len(words) else None
    if not part:
        return total
    rest = _after_scale(part, above)
    return None if rest is None else total + rest


def _after_scale(words: list[str], above: int) -> int | None:
    """What stands after the last scale: a lone digit counts the next lower place («1 nghìn 2» is 1200, «1 nghìn linh 2» is 1002)."""
    if above == 10**12:
        return _hundreds(words)
    if words[0] in _AND:
        return _hundreds(words[1:]) if len(words) > 1 else None
    if len(words) == 1:
        digit = _digit(words[0])
        if digit is not None:
            return digit * above // 10
        is_rest = above == _THOUSAND and len(words[0]) == 3 and words[0].isdecimal()
        return int(words[0]) if is_rest else None  # «1 triệu 200» is 1.200.000 to some
    if "tram" not in words:
        return None  # «một nghìn hai lăm»: 1025 to some, 1250 to others
    return _hundreds(words)


def _hundreds(words: list[str]) -> int | None:
    if "tram" not in words:
        return _tens(words)
    at = words.index("tram")
    hundred = _digit(words[0]) if at == 1 else None
    rest = words[at + 1 :]
    if hundred is None:
        return None
    if not rest:
        return hundred * 100
    if rest == [_HALF]:
        return hundred * 100 + 50
    if rest[0] in _AND:
        digit = _digit(rest[1]) if len(rest) == 2 else None
        return None if digit is None else hundred * 100 + digit
    if len(rest) == 1 and (digit := _digit(rest[0])) is not None:
        return hundred * 100 + digit * 10
    below = _tens(rest)
    return None if below is None else hundred * 100 + below


def _tens(words: list[str]) -> int | None:
    """Under a hundred: «mười hai», «hai mươi mốt», «hai mốt», «năm chục»."""
    if len(words) == 1:
        if words[0] in _TEN:
            return 10
        return int(words[0]) if words[0].isdecimal() else _digit(words[0])
    ten = words[0] in _TEN
    tens = 1 if ten else _digit(words[0])
    rest = words[1:] if ten or words[1] not in _TEN else words[2:]
    if tens is None or tens == 0 or len(rest) > 1:
        return None
    if not rest:
        return tens * 10
    one = _digit(rest[0])
    if one is None or (len(words) == 2 and not ten and _is_doubtful(words[0], rest[0], (tens, one))):
        return None
    return tens * 10 + one


def _is_doubtful(tens: str, one: str, said: tuple[int, int]) -> bool:
    """Whether two digits may be no number of two: «hai ba ca» are a few, «3 nam» three men, «ba năm» three years."""
    if tens.isdecimal() or one.isdecimal():
        return True
    return one in _PLAIN_ONES and (said in _OR_SO or one == _YEAR)


def _digit(word: str) -> int | None:
    return int(word) if word.isdecimal() and len(word) == 1 else _ONES.get(word)
