"""Which figures a line gives numbers by name, wherever in it they stand."""

import re
from collections.abc import Sequence

from reporting.filling.line_pieces import line_words, number_apart, parted
from reporting.questions.names import Names, plain_name
from reporting.questions.numbers import is_persons
from reporting.questions.numbers_within import begins_with_number, holds_number
from reporting.typed_buttons import says_rest, says_unknown, typed_verb

FARTHEST_NAME = 2
"""A name stands at most so many words behind its number: «3 ca cộng đồng»."""
FARTHEST_VALUE = 4
"""A number stands at most so many words behind its name: «khỏi hôm nay được 2»."""
_SIGNS = "+-–•* "
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*[.,]?")


def figures_given(piece: str, names: Names) -> set[str]:
    """The figures that a piece gives a number by name: «sửa lại f0 5» is about no figure before it."""
    words, found = line_words(piece), set[str]()
    for at in range(len(words)):
        name, size = names.at_start(words[at:])
        if size and any(word[0].isdigit() for word in words[at + size : at + size + 1]):
            found |= {question.name for question in names.meaning(name)}
    return found


def gives_figure(piece: str, before: str, names: Names) -> bool:
    """Whether a piece gives a number to a figure, by its name or by its place in the list: «khỏi 2», «khỏi được hai»,
    «+3 ca cộng đồng», «về quê: ko», «khỏi chưa rõ», «2: 3»; or to all the others: «còn lại không có gì».

    Of a figure that stands before it already only a piece that begins with it does: «số cũ f0 3» tells what it was.
    """
    bare = parted(piece.lstrip(_SIGNS))
    if says_rest(bare):
        return True
    if (numbered := number_apart(bare)) is not None:
        return holds_number(numbered[1])
    words, standing = line_words(bare), figures_given(before, names)
    name, size = names.at_start(words)
    if size:
        rest, is_new = words[size:], not standing.issuperset(each.name for each in names.meaning(name))
        if rest[:1] in ([":"], ["="]) or any(word[0].isdigit() for word in rest[: FARTHEST_VALUE if is_new else 2]):
            return True
        said = " ".join(rest)
        if is_new and (begins_with_number(rest) or says_unknown(said) or typed_verb(said) is not None):
            return True
    if words and words[0][0].isdigit():
        behind = (names.at_start(words[at:]) for at in range(1, min(len(words), FARTHEST_NAME + 1)))
        if any(size and not is_persons(name) for name, size in behind):
            return True
    return bool(figures_given(bare, names) - standing)


def figures_mentioned(piece: str, names: Names) -> tuple[set[str], list[str]]:
    """The figures that a piece speaks of by a name that is theirs alone, and its other words: «bỏ f0 tại nhà».

    «2 ca ở thôn 5» counts cases, and speaks of no figure.
    """
    words, found, read_to, others = line_words(parted(piece)), set[str](), 0, list[str]()
    for at in range(len(words)):
        name, size = _longest(words[at:], names)
        if not size and at >= read_to:
            others.append(words[at])
        if at + size <= read_to:
            continue  # within a longer name: «dương tính» of «số mẫu dương tính»
        read_to = at + size
        meaning = names.meaning(name)
        is_count = is_persons(name) and (size == 1 or (at > 0 and words[at - 1][0].isdigit()))
        if len(meaning) == 1 and not is_count:
            found.add(meaning[0].name)
    return found, others


def _longest(words: Sequence[str], names: Names) -> tuple[str, int]:
    """The longest name that these words begin with, and its number of words."""
    for size in range(min(len(words), names.longest), 0, -1):
        if names.meaning(name := plain_name(" ".join(words[:size]))):
            return name, size
    return "", 0


def head_apart(line: str, names: Names) -> tuple[str, str]:
    """What a message begins with, and the figures that stand in the same line: «báo cáo anh, f0 3 khỏi 2»."""
    words = line_words(line)
    for at in range(len(words)):
        _, size = names.at_start(words[at:])
        if size and any(map(_NUMBER.fullmatch, words[at + size : at + size + 1])):
            return " ".join(words[:at]), " ".join(words[at:])
    return line, ""
