"""The words that name days and spans of days, as patterns over a line of bare words, and the marks that such words may have."""

import re

from reporting.understanding.dates import MONTH_NAMES, NUMBER, NUMBERS, WEEKDAY_NAMES, any_of
from reporting.understanding.folding import Agreement, agreement, sign_of, words_in
from reporting.understanding.tokens import Token

WORDS = words_in(
    """
    hom nay qua kia ngay tuan thang nam quy dau cuoi tu den toi truoc sau roi vua gan day tro lai cach gio thu chu
    nhat mai mot mung mong today yesterday tomorrow tonight morning afternoon evening day days week weeks month months
    year last past next this since from until
    """
) | {*MONTH_NAMES, *(month[:3] for month in MONTH_NAMES), *WEEKDAY_NAMES, *" ".join(NUMBERS).split()}
"""All words that the patterns read, so that none is taken for a slip."""

_MARKED = {
    "nay": "nay", "may": "may", "mai": "mai", "thang": "tháng", "tuan": "tuần", "dau": "đầu", "den": "đến", "tu": "từ tư",
    "qua": "qua", "kia": "kia", "sau": "sau sáu", "nam": "năm", "thu": "thứ", "ba": "ba", "bay": "bảy", "hai": "hai", "hom": "hôm",
    "ngay": "ngày ngay", "truoc": "trước", "toi": "tới tối", "mot": "một mốt", "bon": "bốn", "tam": "tám", "roi": "rồi", "chu": "chủ",
    "nhat": "nhật", "mung": "mùng", "mong": "mồng", "gio": "giờ", "gan": "gần", "vua": "vừa",
}  # fmt: skip
_ALLOWED = {base: tuple(sign_of(word) for word in marked.split()) for base, marked in _MARKED.items()}


def marked(token: Token) -> str:
    """The token's bare word; with «~» behind it if its marks make it another word («này» is no «nay»)."""
    word = token.word
    if word.isdigit() and len(word) > 4:
        return "#"
    if word == "mai" and token.is_capital:
        return "mai~"
    allowed = _ALLOWED.get(word)
    if allowed is None or any(agreement(token.readings[0], sign) is not Agreement.AGAINST for sign in allowed):
        return word.replace(" ", "")
    return word + "~"


def _pattern(*parts: str, whole: bool = True) -> re.Pattern[str]:
    """The parts one after the other; if `whole`, up to the end of a word."""
    return re.compile("".join(parts) + (r"(?= |$)" if whole else ""))


_IN = r"(?:(?:trong|suot|in|over|during|the|vong|khoang|of) )*"
_PAST = r"(?:vua qua|vua roi|gan nhat|gan day nhat|gan day|tro lai day|lien tiep|qua|nay|do lai day|lai day|cuoi)"
LAST_DAYS = _pattern(
    rf"{_IN}(?:{NUMBER} (ngay|hom|tuan|thang) {_PAST}",
    rf"|(?:last|past|previous) {NUMBER} (days?|weeks?|months?))",
)
HOURS = _pattern(
    rf"{_IN}(?:24 (?:h|gio|tieng|hours?)(?: (?:qua|vua qua|gan day|gan nhat))?",
    r"|(?:last|past) 24 (?:h|hours))",
)
NAMED = _pattern(
    r"(?:(?:trong|ca|suot|of|in|tu dau|tu|dau|since the start of|so far) )*",
    r"(?:(?P<this_week>tuan nay~?|this week)",
    r"|(?P<last_week>tuan truoc|tuan roi|last week)",
    r"|(?P<past_week>tuan qua|tuan vua qua|tuan vua roi|past week|the past week)",
    r"|(?P<this_month>thang nay~?|this month)",
    r"|(?P<last_month>thang truoc|thang roi|thang qua|thang vua qua|thang vua roi|last month)",
    r"|(?P<this_year>nam nay~?|this year)",
    r"|(?P<last_year>nam ngoai|nam truoc|last year))",
    r"(?: (?:den nay|den gio|toi nay|den hom nay|toi gio|tro lai day|so far))?",
)
SO_FAR = _pattern(r"(?:ke )?(?:tu )?dau (tuan|thang|nam)(?: nay~?)?(?: (?:den|toi) (?:nay|gio|hom nay))?")
MONTH_NUMBERS = {**NUMBERS, "gieng": 1, "chap": 12, **{name: n for n, name in enumerate(MONTH_NAMES, 1)}}
_VIETNAMESE_MONTH = any_of({**NUMBERS, "gieng": 1, "chap": 12})
_CLEAR_MONTHS = any_of([name for name in MONTH_NAMES if name != "may"])
MONTH = _pattern(
    rf"(?:(?:trong|ca|in|during) )*(?:thang (\d{{1,2}}|{_VIETNAMESE_MONTH})(?: (?:/|-|nam) (\d{{4}}|\d{{2}}))?",
    rf"|({_CLEAR_MONTHS}|(?<=in )may)(?: (\d{{4}}))?)",
)
YEAR = _pattern(r"(?:(?:trong|ca|in) )*(?:nam |year )?((?:19|20)\d\d)")
FROM = _pattern(r"(?:ke )?(?:tu|since|from|between) (?:sau )?", whole=False)
TO = _pattern(r" (?:cho )?(?:den het|den|toi|-|to|until|till|through|and) ", whole=False)
NOW = _pattern(r"(?:nay|gio|bay gio|hien nay|hom nay|now|today)")
TAIL = _pattern(r" (?:(?:cho )?(?:den|toi)|tro lai|until|to) (?:nay|gio|day|bay gio|hien nay|now)")
_DAY = r"(?:ngay |mung |mong |hom )?"
FIRST_DAY = _pattern(
    rf"(?:(?:tu|from|between) )?{_DAY}(\d{{1,2}})",
    rf"(?= (?:-|den|toi|to|and) {_DAY}\d{{1,2}} (?:/|-|thang|{any_of(MONTH_NAMES)}))",
    whole=False,
)
AS_OF_NOW = _pattern(
    r"(?:(?:tinh|ke|cho|cap nhat) )*(?:den|toi|until|up to|as of) ",
    r"(?:(?:ngay )?hom nay|ngay nay|nay|gio|bay gio|hien nay|hien tai|now|today)",
)
FUTURE = _pattern(
    r"(?:(?:(?:sang|chieu|trua|toi|ngay) )?(?:ngay mai|ngay mot|mai|ngay kia(?= se)|(?:tuan|thang|nam|ngay) (?:sau|toi)",
    r"|sap toi|du bao|du doan|du kien|tuong lai)",
    r"|tomorrow|next (?:day|days|week|weeks|month|months|year)|forecast|predict|prediction|will be|in the future",
    r"|(?:bao gio|khi nao|chung nao|bao lau nua)(?: (?!het han)\S+){0,5}? (?:het|xong|ket thuc|cham dut|on dinh))",
)
VAGUE = _pattern(
    r"(?:trong )?(?:(?:may~?|nhung|vai|cac|it) (?:ngay|hom|bua|tuan) (?:vua qua|vua roi|gan day|qua|nay|truoc|roi)",
    r"|dao nay~?|thoi gian (?:qua|gan day|vua qua)|gan day|hom truoc|bua truoc|hom no|bua hom|hom roi|dot nay~?|dot truoc",
    r"|dip tet|tet|recently|lately|(?:the )?(?:other|past few|last few) days?)",
)
TODAY_ALONE = _pattern(r"nay")
NOT_TODAY_AFTER = _pattern(
    r"(?:den|toi|hien|lau|xua|luc|tuan|thang|nam|xa|huyen|tinh|phuong|tran|quan|lieu|bot|kenh|so|cai|dot|benh|dich|tin|bang",
    r"|tieu|giai|khu|cho|noi) $",
    whole=False,
)
