"""Patterns of numbers that are taken back: each piece has a name, its words stand in the list corrections.txt."""

import re

from reporting.questions.typed_words import typed_words
from understanding.ways_typed import any_way_of, with_marks, without_marks
from understanding.word_lists import word_list

_FLAGS = re.IGNORECASE | re.VERBOSE

_NOT_IN_A_TIME = r"(?<!\b\d[:/-])(?<!\b\d\d[:/-])"
_NOUNS = [each for key in ("count_persons", "count_nouns") for each in typed_words(key) if " " in each]
_NOUN = rf"(?:{any_way_of(_NOUNS)}|[^\W\d]+)(?!\w)"
_NUMBER = rf"(?<![\w.,]){_NOT_IN_A_TIME}\d++(?:[.,]\d++)*+"
_COUNT = rf"{_NUMBER}(?:[ ]?{_NOUN})?"
_POLITE = any_way_of(word_list("corrections").words("polite"))
_ENDS = rf"(?:\s+{_POLITE})*\s*(?:[.!]*$|(?=[,;\n](?!\d)))"

_PARTICLES = any_way_of(word_list("corrections").words("particles"))
_SO = rf"(?:\s+{_PARTICLES})*"
_UNSURE = word_list("corrections").words("mistaken if marked")
_MISTAKE = rf"""(?:
    {any_way_of(word_list("corrections").words("mistaken"))}
    | {with_marks(_UNSURE)}
    | {without_marks(_UNSURE)}(?=\s*,|\s+{any_way_of(word_list("corrections").words("already"))}\b)
)"""
_WRONG_TO_THE_END = (
    rf"{any_way_of(word_list('corrections').words('mistaken to the end'))}(?:{_SO}\s*[,.;]+|(?:\s+{_PARTICLES})+)"
)
_OH = any_way_of(word_list("corrections").words("exclaimed"))
_ASIDE = rf"(?:{_OH}|{any_way_of(word_list('corrections').words('aside'))})"

MISTAKEN = re.compile(
    rf"\W*(?:{_ASIDE}\s+){{0,6}}(?:{_MISTAKE}(?P<so>{_SO}\s*[,.:;–-]*)|{_WRONG_TO_THE_END})\s+(?=\S.*\d)",
    _FLAGS | re.DOTALL,
)
"""Before the figures: that those sent earlier were wrong. «Sai phạm 3» may be a figure itself."""

_IS = any_way_of(word_list("corrections").words("is"))
_SHOULD = any_way_of(word_list("corrections").words("right"))
_NOT_ALONE = any_way_of(word_list("corrections").words("negation alone"))
_RATHER = any_way_of(word_list("corrections").words("rather"))
_NOT = rf"(?:{any_way_of(word_list('corrections').words('negation'))}\s*{_SHOULD}(?:\s+{_IS})?|{_NOT_ALONE})\s+{_COUNT}"

INSTEAD_OF = re.compile(
    rf"""
    (?: \s*,\s*(?:{_RATHER}\s+)? | \s+{_RATHER}\s+ | \s+(?={_NOT_ALONE}\b) ) {_NOT}{_ENDS}
    | \s*\(\s*(?:{_RATHER}\s+)?{_NOT}\s*\)
    """,
    _FLAGS,
)
"""Behind the right number: «5 chứ không phải 3», «5 (không phải 3)»."""
BUT = re.compile(
    rf"""
    \b{_NOT}\s*
    (?: ,?\s+{any_way_of(word_list("corrections").words("but"))}\s+(?:(?:{_SHOULD}\s+)?{_IS}\s+)? | ,\s*{_IS}\s+ )
    (?=\d)
    """,
    _FLAGS,
)
"""Before the right number: «không phải 3 mà là 5»."""

_SELF = rf"""(?:
    (?:{_OH}[\s,]+)+{_MISTAKE}{_SO}\s*[,.]*
    | {_MISTAKE}{_SO}\s*[,.]+
    | {any_way_of(word_list("corrections").words("apology"))}\s*,?
)\s*"""
_TRULY = any_way_of(word_list("corrections").words("truly"))
_TRULY_BEHIND_NUMBER = rf"(?:{_TRULY}|{any_way_of(word_list('corrections').words('truly behind a number'))})\s*[,:]?\s*"
_THIS_ONE = any_way_of(word_list("corrections").words("this one is right"))

NOW = re.compile(
    rf"""
    {_NUMBER}(?:[ ]?(?P<noun>{_NOUN}))?(?:\s+{any_way_of(word_list("corrections").words("called wrong"))})?
    \s*[,.;…–-]*\s*
    (?:{_SELF}|{_TRULY_BEHIND_NUMBER})
    (?={_COUNT}(?:\s+{_THIS_ONE})?{_ENDS})
    """,
    _FLAGS,
)
"""A wrong number, and that the next one is right. «3 nhầm 5» may mean either; «sửa 5», «sai: 5» another figure."""
TOLD = re.compile(rf"(?<=\S)[ ]+{_TRULY}\s*[,:=]?\s*(?={_COUNT}{_ENDS})", _FLAGS)
"""The same behind a name, where the wrong number is not said again: «f0 đúng là 5»."""
RIGHT = re.compile(rf"(?<=\d)(?P<noun>\s*(?:[^\W\d]+\s+)?){_THIS_ONE}{_ENDS}", _FLAGS)
"""Behind the right number: «5 mới đúng»."""

_INTO = rf"(?:\s{any_way_of(word_list('corrections').words('into'))}\b|->|=>|→)"
_FROM = any_way_of(word_list("corrections").words("from"))
_FROM_TO = any_way_of(word_list("corrections").words("from to"))
_IN_ENGLISH = (
    rf"{any_way_of(word_list('corrections').words('from in english'))}\s+{_COUNT}\s+"
    rf"{any_way_of(word_list('corrections').words('to in english'))}\b"
)
INTO = re.compile(
    rf"""
    (?: \s+{_FROM}\s+{_COUNT}\s+{_FROM_TO}\b | (?:\s+{_COUNT})?\s*{_INTO} | \s+{_IN_ENGLISH} )
    \s*(?={_COUNT}{_ENDS})
    """,
    _FLAGS,
)
"""The old number and what leads to the new: «từ 3 thành 5», «3 -> 5»."""
