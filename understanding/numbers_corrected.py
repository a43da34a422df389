"""A number that is taken back for another in the same message: «f0 5 chứ không phải 3», «f0 3, à nhầm, 5», «f0 từ 3 thành 5».

Only where nobody can mean the other one: whatever else speaks of a mistake is left as it stands, for whoever reads it to ask.
"""

import re
from unicodedata import normalize

from reporting.questions.numbers import COUNT_NOUNS
from reporting.typed_buttons import fold_typed


def _any_of(*phrases: str) -> str:
    """Any of the phrases, with its marks or without."""
    written = {way for phrase in phrases for way in (phrase, fold_typed(phrase))}
    return "|".join(
        re.escape(each).replace(r"\ ", r"\s+") for each in sorted(written, key=lambda each: (-len(each), each))
    )


_NOT_IN_A_TIME = r"(?<!\b\d[:/-])(?<!\b\d\d[:/-])"
_NOUN = rf"(?:{_any_of(*(each for each in COUNT_NOUNS if ' ' in each))}|[^\W\d]+)"
_COUNT = rf"(?<![\w.,]){_NOT_IN_A_TIME}\d++(?:[.,]\d++)*+(?:\s*{_NOUN})?"
_POLITE = _any_of("ạ", "nhé", "nha", "nghe", "đâu", "anh", "chị", "ah", "ak", "vậy", "thôi", "đó")
_ENDS = rf"(?:\s+(?:{_POLITE}))*\s*(?:[.!]*$|(?=[,;\n](?!\d)))"

_ASIDE = _any_of(
    "à", "á", "ờ", "ừ", "ôi", "ơ", "ấy", "chết", "dạ", "xin lỗi", "xl", "sorry", "sr", "em", "e", "tôi", "mình", "m", "bị", "đã",
    "vừa", "lúc nãy", "hồi nãy", "nãy", "báo", "báo cáo", "ghi", "gõ", "nhập", "viết", "đánh", "bấm", "nhắn", "gửi", "gởi", "điền",
)  # fmt: skip
_WRONG = rf"(?:{_any_of('nhầm')}|lộn|lầm|(?:lon|lam)(?=\s*,|\s+(?:rồi|rùi|roi|rui|r)\b))"
"""Without its marks «lon» may be «lợn» and «lam» «lâm», which may be figures of the form."""
_AND_SO = _any_of("rồi", "rùi", "r", "ạ", "số", "mất", "nha", "nhé")
_SO = rf"(?:\s+(?:{_AND_SO}))*"
_MISTAKEN = re.compile(
    rf"\W*(?:(?:{_ASIDE})\s+){{0,6}}(?:(?:{_WRONG})(?P<so>{_SO}\s*[,.:;–-]*)|sai(?:{_SO}\s*[,.;]+|(?:\s+(?:{_AND_SO}))+))\s+(?=\S.*\d)",
    re.IGNORECASE | re.DOTALL,
)
"""Before the figures: that those sent earlier were wrong. «Sai phạm 3» may be a figure itself."""

_NOT = (
    rf"(?:(?:{_any_of('không', 'ko', 'k', 'kh', 'kg', 'khg', 'hông', 'hổng', 'hok', 'chẳng', 'chả')})"
    rf"\s*(?:{_any_of('phải', 'fải', 'p')})(?:\s+(?:là|la))?|not)\s+{_COUNT}"
)
_RATHER = rf"(?:{_any_of('chứ', 'chớ', 'mà')}|and)"
_INSTEAD_OF = re.compile(
    rf"(?:\s*,\s*(?:{_RATHER}\s+)?|\s+{_RATHER}\s+|\s+(?=not\b)){_NOT}{_ENDS}|\s*\(\s*(?:{_RATHER}\s+)?{_NOT}\s*\)",
    re.IGNORECASE,
)
_BUT = re.compile(
    rf"\b{_NOT}\s*(?:,?\s+(?:{_any_of('mà')}|but)\s+(?:(?:phải\s+|phai\s+)?(?:là|la)\s+)?|,\s*(?:là|la)\s+)(?=\d)",
    re.IGNORECASE,
)

_OH = rf"(?:(?:{_any_of('à', 'ờ', 'ơ', 'ấy', 'chết', 'xin lỗi', 'xl', 'sorry', 'sr')})[\s,]+)"
_SELF = rf"(?:{_OH}+(?:{_WRONG}){_SO}\s*[,.]*|(?:{_WRONG}){_SO}\s*[,.]+|(?:{_any_of('xin lỗi', 'sorry')})\s*,?)\s*"
_TRULY = rf"""(?:{
    _any_of(
        *(
            "đúng ra là",
            "thực ra là",
            "chính xác là",
            "đúng là",
            "phải là",
            "đúng ra phải là",
            "ý em là",
            "ý tôi là",
            "ý mình là",
        ),
        *(
            "sửa thành",
            "đổi thành",
            "sửa lại thành",
            "sửa lại là",
            "đổi lại thành",
            "đính chính là",
            "đính chính lại là",
        ),
        *("actually", "should be", "i mean"),
    )
})\s*[,:]?\s*"""
_NOW = re.compile(
    rf"{_COUNT}(?:\s+(?:{_any_of('sai', 'là sai')}))?\s*[,.;…–-]*\s*(?:{_SELF}|{_TRULY})"
    rf"(?={_COUNT}(?:\s+(?:{_any_of('mới đúng', 'mới là đúng')}))?{_ENDS})",
    re.IGNORECASE,
)
"""Behind a figure: that the next number is the right one. «3 nhầm 5» may mean either; «sửa 5», «sai: 5» another figure."""
_RIGHT = re.compile(
    rf"(?<=\d)(?P<noun>\s*(?:[^\W\d]+\s+)?)(?:{_any_of('mới đúng', 'mới là đúng')}){_ENDS}", re.IGNORECASE
)

_TO = rf"(?:\s(?:{_any_of('thành', 'sang')})\b|->|=>|→)"
_FROM_TO = _any_of("thành", "sang", "lên", "xuống còn", "xuống", "còn")
_INTO = re.compile(
    rf"(?:\s+(?:từ|tu)\s+{_COUNT}\s+(?:{_FROM_TO})\b|(?:\s+{_COUNT})?\s*{_TO}|\s+from\s+{_COUNT}\s+to\b)\s*(?={_COUNT}{_ENDS})",
    re.IGNORECASE,
)
"""English has «to» behind «from» only: without marks it is «tổ» too («chot 5 to 8»)."""
_SEVERAL = re.compile(r"[,;](?!\d)|\n")
_LAST_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*[^\d]*$")


def part_mistake(text: str) -> tuple[str, bool]:
    """A message without the words that take a number back, and whether there were any: «nhầm rồi, f0 5 chứ không phải 3» is «f0 5»."""
    said = _tidy(text)
    begun = _MISTAKEN.match(said)
    rest = said[begun.end() :] if begun is not None else said
    if begun is not None and begun["so"] == "" and _INTO.search(rest):
        return text, False  # «báo nhầm f0 3 thành 5»: the 3 was right
    for pattern in (_INSTEAD_OF, _BUT):
        rest = pattern.sub(lambda found: "" if _has_its_name(found) else found[0], rest)
    rest = _NOW.sub("", rest, count=1) if _is_of_one(rest) else rest
    rest = _RIGHT.sub(lambda found: found["noun"] if _has_its_name(found) else found[0], rest).rstrip()
    return (rest, True) if rest != said else (text, False)


def _tidy(text: str) -> str:
    """With single spaces, and no empty lines: patterns look at long runs of spaces from each of them anew."""
    return "\n".join(" ".join(line.split()) for line in normalize("NFC", text).splitlines() if line.strip())


def _is_of_one(text: str) -> bool:
    """Whether the first number that is corrected behind itself is of the first figure: else it may be any figure's before it."""
    found = _NOW.search(text)
    return found is not None and not _SEVERAL.search(text, 0, found.start())


def _has_its_name(found: re.Match[str]) -> bool:
    """Whether the number that stays is a figure's of its own: in «f0 5, 3 ca mới đúng» it may be any figure's before it."""
    before = found.string[: found.start()]
    begun = max((each.end() for each in _SEVERAL.finditer(before)), default=0)
    of_name = _LAST_NUMBER.sub("", before[begun:])
    return any(map(str.isalpha, of_name)) or not any(map(str.isdigit, before[:begun]))


def changed_into(text: str) -> str:
    """«F0 từ 3 thành 5» of which only the last number is meant: «F0 5»."""
    return _INTO.sub(" ", _tidy(text))
