"""The words that name days and spans of days, as patterns over a line of bare words, and the marks that such words may have."""

import re
from functools import lru_cache

from understanding.dates import MONTH_NUMBERS, NUMBER, NUMBERS, PATTERNS_OF_DAYS
from understanding.english_days import MONTH_NAMES, WEEKDAY_NAMES, any_of
from understanding.english_days import MONTHS as ENGLISH_MONTHS
from understanding.folding import Agreement, Sign, agreement, sign_of
from understanding.tokens import Token
from understanding.word_lists import word_list

WORDS = (
    word_list("time")
    .words("words")
    .union(MONTH_NAMES, (month[:3] for month in MONTH_NAMES), WEEKDAY_NAMES, " ".join(NUMBERS).split())
)
"""All words that the patterns read, so that none is taken for a slip."""

_ALLOWED = {
    base: tuple(sign_of(word) for word in marked.split()) for base, marked in word_list("time").pairs("marks").items()
}
_EXACT = {sign_of(word): name for word, name in word_list("time").pairs("told by marks").items()}
"""Words that only their marks tell from others, and how they stand in the line."""


def marked(token: Token) -> str:
    """The token's bare word; with «~» behind it if its marks make it another word («này» is no «nay»)."""
    word = token.word
    if word.isdigit() and len(word) > 8:
        return "#"
    if word == "mai" and token.is_capital:
        return "mai~"
    return _marked(token.readings[0])


@lru_cache(maxsize=8192)
def _marked(sign: Sign) -> str:
    if (exact := _EXACT.get(sign)) is not None:
        return exact
    allowed = _ALLOWED.get(sign.base)
    if allowed is None or any(agreement(sign, each) is not Agreement.AGAINST for each in allowed):
        return sign.base.replace(" ", "")
    return sign.base + "~"


def is_other_word(sign: Sign) -> bool:
    """Whether a word has the letters of a word of time and other marks: «mái» is no «mai»."""
    allowed = _ALLOWED.get(sign.base)
    return allowed is not None and all(agreement(sign, each) is Agreement.AGAINST for each in allowed)


def is_count(word: str) -> bool:
    """Whether a word of the line is a number, or the last word of one."""
    return _COUNT.fullmatch(word) is not None


def _pattern(*parts: str, whole: bool = True) -> re.Pattern[str]:
    """The parts one after the other; if `whole`, up to the end of a word."""
    return re.compile("".join(parts) + (r"(?= |$)" if whole else ""))


_BACKSLASHED = re.compile(r"\\[a-zA-Z]")
_COUNT = re.compile(rf"{NUMBER}|sau|lam|muoi")
_IN = r"(?:(?:trong|suot|in|over|during|the|vong|khoang|of) )*"
_RECENT = r"(?:vua qua|vua roi|gan nhat|gan day nhat|gan day|tro lai day|lien tiep|do lai day|lai day)"
_PAST = rf"(?:{_RECENT}|qua|nay)"
_NOW = r"(?:nay|gio|bay gio|hien nay|hom nay|now|today)"
_UNTIL = r"(?:den|toi\+?)"
LAST_DAYS = _pattern(
    rf"{_IN}(?:{NUMBER} (ngay|tuan|thang) (?:{_PAST}|cuoi)(?! (?:thang|tuan|nam|qui))",
    rf"|(\d{{1,2}}|hai|ba|bon|muoi) hom (?:{_RECENT}|nay)",
    rf"|(?:last|past|previous) {NUMBER} (days?|weeks?|months?))",
)
HALF = _pattern(rf"{_IN}half (thang|nam) {_PAST}|{_IN}fortnight|{_IN}(?:last|past) fortnight")
HOURS = _pattern(
    rf"{_IN}(?:(\d{{2}}) (?:h|gio|tieng|hours?)(?: (?:dong ho ))?(?: (?:qua|vua qua|gan day|gan nhat|tro lai day))?",
    r"|(?:last|past) (\d{2}) (?:h|hours))",
)
NAMED = _pattern(
    r"(?:(?:trong|ca|suot|of|in|so far|over|during|the|for|whole) )*",
    r"(?:(?P<this_week>tuan nay~?|this week)",
    r"|(?P<last_week>tuan truoc|tuan roi|last week)",
    r"|(?P<past_week>tuan qua|tuan vua qua|tuan vua roi|past week|the past week)",
    r"|(?P<this_month>thang nay~?|this month)",
    r"|(?P<last_month>thang truoc|thang roi|thang qua|thang vua qua|thang vua roi|last month)",
    r"|(?P<this_year>nam nay~?|this year)",
    r"|(?P<last_year>nam ngoai\+?|nam truoc|last year))",
    r"(?: so far)?",
)
EARLIER = _pattern(
    r"(?:(?:trong|ca|suot|of|in) )*",
    r"(?:(?P<week>tuan truoc nua|the week before last|week before last)",
    r"|(?P<month>thang truoc nua|the month before last|month before last)",
    r"|(?P<year>nam (?:ngoai\+?|truoc) nua|nam kia|the year before last|year before last)",
    r"|(?P<month_last_year>thang nay~? (?:cua )?nam (?:ngoai\+?|truoc)|this month last year))",
)
QUARTER = _pattern(
    r"(?:(?:trong|ca|suot|of|in) )*(?:qui (?:(?P<this>nay~?)|(?P<last>truoc|roi|vua roi|vua qua|qua)",
    r"|(?P<number>[1-4]|mot|hai|ba|bon|tu|iv|iii|ii|i)",
    r"(?: (?:/|-|nam) (?P<year>\d{4})| (?:cua )?nam (?P<before>truoc|ngoai\+?)| (?:cua )?nam nay~?)?)",
    r"|(?P<this_en>this quarter)|(?P<last_en>last quarter))",
)
_OF_YEAR = r"\d{4}|nay~?|truoc|ngoai\+?"
FIRST_MONTHS = _pattern(
    r"(?:(?:trong|ca|suot) )*(?:(?P<count>3|6|9|ba|chin) thang nam (?P<year>\d{4})",
    r"|(?:(?:in|for|the|during) )*(?:first )?(?P<count_en>6|9|six|nine) months of (?P<year_en>\d{4}|this year|last year))",
)
"""«9 tháng năm 2026», as reports are headed: with «ngày» before it it is a day in May."""
HALF_YEAR = _pattern(
    rf"(?:(?:trong|ca|suot) )*(?:half (?P<half>dau|cuoi)(?: cua)? nam(?: (?P<year>{_OF_YEAR}))?",
    r"|(?:(?:in|for|the|during) )*(?P<half_en>first|second) half(?: of (?P<year_en>\d{4}|this year|last year))?)",
)
QUARTER_IN_ENGLISH = _pattern(
    r"(?:(?:in|for|the|during) )*(?:(?P<ordinal>first|second|third|fourth) quarter|(?:quarter |q)(?P<number>[1-4]|iv|iii|ii|i))",
    r"(?: (?:of )?(?P<year>\d{4}|this year|last year))?",
)
MONTH = _pattern(
    rf"(?:(?:trong|ca|suot|in|during) )*(?:thang (\d{{1,2}}|{any_of(MONTH_NUMBERS)})(?: (?:/|-|nam) (\d{{4}}|\d{{2}}))?",
    rf"|({any_of([name for name in MONTH_NAMES if name != 'may'])}|(?<=in )may)(?: (\d{{4}}))?)",
)
MONTHS = {**MONTH_NUMBERS, **ENGLISH_MONTHS}
YEAR = _pattern(r"(?:(?:trong|ca|suot|in) )*(?:nam |year )?((?:19|20)\d\d)")
PART = _pattern(
    r"(?:(?:trong|vao|hoi|in|the) )*(?P<part>dau|giua|cuoi|early|mid|late|beginning|end)(?: (?:cua|of|-|the|in))*",
)
HALF_OF = _pattern(r"(?:(?:trong|ca|suot) )*(?:half|nua) (?P<part>dau|cuoi)(?: cua)?")
WHOLE = _pattern(r" (?P<unit>thang|tuan|nam|qui|month|week|year)")
WEEKEND = _pattern(
    r"(?:(?:the|during|on) )*(?P<last>last|past|this past|over the) weekend|(?P<this>this) weekend",
    r"|(?P<next>next) weekend|(?P<bare>weekend)",
)
FIRST_OF = _pattern(
    rf"{_IN}(?:{NUMBER} )(ngay|tuan|thang) (dau|cuoi)(?: tien| cung)?(?: cua| trong)? (?=thang|nam|qui|tuan)",
    whole=False,
)
FIRST_OF_IN_ENGLISH = _pattern(
    rf"{_IN}(?P<part>first|last|final) (?:{NUMBER} )?(?P<unit>day|week|month)s? (?:of|in) (?:the )?", whole=False
)
FROM_START = _pattern(
    r"(?:ke )?(?:tinh )?(?:tu\+? (?:hoi )?dau|since the (?:start|beginning) of(?: the)?)(?: cua)? ", whole=False
)
FROM = _pattern(r"(?:ke )?(?:tinh )?(?:tu\+?|since|between) ", whole=False)
FROM_OR_OF = _pattern(r"from ", whole=False)
TO = _pattern(rf" (?:cho )?(?:{_UNTIL} het|{_UNTIL}|-|to|until|till|through|and) ", whole=False)
NOW = _pattern(_NOW)
TAIL = _pattern(
    rf" (?:(?:cho )?{_UNTIL}|until|to) (?:tan )?(?:{_NOW}|day)| tro lai(?: day)?| tro di| ve sau| so far| up to now"
)
_DAY = r"(?:ngay |mung |mong |hom )?"
FIRST_DAY = _pattern(
    rf"(?:(?:tu\+?|from|between) )?(?:the )?{_DAY}(\d{{1,2}})(?: (?:st|nd|rd|th))?",
    rf"(?= (?:-|den|toi\+?|to|and) (?:the )?{_DAY}\d{{1,2}}(?: (?:st|nd|rd|th))?(?: of)? (?:/|-|thang|{any_of(ENGLISH_MONTHS)}))",
    whole=False,
)
LISTED = _pattern(
    rf"((?:vao |trong |cac )*{_DAY}\d{{1,2}}(?: (?:,|va|and|&|;|\+|hay|hoac|roi)(?: va)? {_DAY}\d{{1,2}})+)",
    rf" (?:/|-|\.|thang) (\d{{1,2}}|{any_of(MONTH_NUMBERS)})(?: (?:/|-|\.|nam) (\d{{4}}|\d{{2}}))?",
)
AS_OF_NOW = _pattern(
    r"(?:(?:(?:ke|tinh) )?tu\+? (?:truoc|xua) )?",
    r"(?:(?:tinh|ke|cap nhat) (?:cho )?(?:den|toi\+?)|(?:cho )?(?:den|toi\+)|toi(?= (?:ngay nay|nay|gio))|until|up to|as of) ",
    r"(?:(?:ngay )?hom nay|ngay nay|nay|gio|bay gio|hien nay|hien tai|now|today)",
)
AS_OF = _pattern(
    r"(?:(?:tinh|ke|cap nhat) (?:cho )?(?:den|toi\+?)|(?:cho )?(?:den|toi\+)|until|up to|as of|by)(?: het)? ",
    whole=False,
)
BEFORE = _pattern(r"(?:tu\+? )?(?:truoc|before|prior to)(?: khi)? ", whole=False)
AFTER = _pattern(r"(?:(?:ke )?tu\+? )?(?:sau|after)(?: khi)? ", whole=False)
AGO = _pattern(
    rf"(?:cach day(?: khoang| chung)? {NUMBER} (tuan|thang|nam)(?: truoc)?|{NUMBER} (tuan|thang|nam) truoc(?: day)?",
    rf"|{NUMBER} (week|month|year)s? ago)",
)
SAME_TIME = _pattern(r"cung (?:ki|thoi diem|thoi gian)(?: cua)? |the same (?:time|period) ", whole=False)
FUTURE = _pattern(
    r"(?:(?:(?:sang|chieu|trua|toi~?|ngay) )?(?:ngay mai|ngay mot|mai|ngay kia(?= se)|(?:tuan|thang|nam|ngay|qui) (?:sau|toi\+?)",
    rf"|{NUMBER} (?:ngay|hom|tuan|thang|nam) (?:nua|toi\+|tiep theo)",
    r"|sap toi\+?|du bao(?! cao)|du doan|du kien|tuong lai)",
    r"|tomorrow|next (?:day|days|week|weeks|month|months|year|quarter)|forecast|predict|prediction|will be|in the future",
    r"|(?:bao gio|khi nao|chung nao|bao lau nua)(?: (?!het han)\S+){0,5}? (?:het|xong|ket thuc|cham dut|on dinh|vao|do bo|ap sat))",
)
FORECAST = _pattern(
    r"(?:du bao|du doan|du kien|tuong lai|forecast|predict|prediction|will be|in the future|bao gio|khi nao|chung nao|bao lau nua)"
)
"""Of what is ahead, the words that name no day."""
VAGUE = _pattern(
    r"(?:trong )?(?:(?:may~?|nhung|vai|cac|it) (?:ngay|hom|bua|tuan) (?:vua qua|vua roi|gan day|qua|nay|truoc|roi)",
    r"|dao nay~?|thoi gian (?:qua|gan day|vua qua)|gan day(?! nhat)|hom truoc|bua truoc|hom no|bua hom|hom roi",
    r"|recently|lately|(?:the )?(?:other|past few|last few) days?)",
)
UNCLEAR = _pattern(
    r"(?:trong |vao |hoi |nhan )*(?:(?:dip|ngay|ki|nghi|mung \d+|mong \d+) )*",
    r"(?:cung ki|cach day|tet|ram|am lich|nghi le|quoc khanh|trung thu|giang sinh|noel|giao thua",
    r"|(?:dot|vu|lan song)(?: dich)? (?:nay~?|truoc)",
    r"|(?:(?:mot|hai|\d+) (?:ngay|hom|tuan|thang) )?(?:truoc|sau) do(?: (?:mot|hai|\d+) (?:ngay|hom|tuan|thang))?",
    r"|dot(?: dich)?(?: thu)? (?:\d+|nhat|hai|ba|tu|bon|nam)|lan song(?: dich)?(?: thu)? \S+|christmas|new year)",
    r"(?: (?:duong lich|am lich|nguyen dan|vua roi|vua qua|nam nay|nay~?))?",
)
THAT_ONE = _pattern(r"(?P<unit>ngay|tuan|thang) kia~?")
THIS_WHOLE = _pattern(r"trong (tuan|thang|nam|qui)(?! (?:nay|truoc|vua|qua|roi|ngoai|\d))")
TODAY_ALONE = _pattern(r"nay")
NOT_TODAY_AFTER = _pattern(
    r"(?:den|toi\+?|hien|lau|xua|luc|tuan|thang|nam|xa|huyen|tinh|phuong|tran|quan|lieu|bot|kenh|so|cai|dot|benh|dich|tin|bang",
    r"|tieu|giai|khu|cho|noi|qui|half|thu \w+|nhat) $",
    whole=False,
)

_SPELT = re.compile(r"([a-z0-9]+)(\??)")
"""A word of a pattern; with «?» behind it its last letter may be missing."""
_READ = frozenset(
    each
    for pattern in (*PATTERNS_OF_DAYS, *(each for each in list(globals().values()) if isinstance(each, re.Pattern)))
    if pattern is not NOT_TODAY_AFTER
    for word, may_lack in _SPELT.findall(_BACKSLASHED.sub(" ", pattern.pattern))
    for each in ((word, word[:-1]) if may_lack else (word,))
    if each
)


def may_begin(word: str) -> bool:
    """Whether a word of the line may begin a period: a number, or a word that stands in a pattern. It is asked of every word."""
    return word in _READ or word.rstrip("~+") in _READ or word[0].isdigit() or word[-1].isdigit()
