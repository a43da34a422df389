"""Words of time that no period took: what they say of the days is not understood, so that the days are asked back."""

import re

from understanding import period_words as words
from understanding.scene import LONG_NUMBER, MEANINGLESS, Scene, is_number
from understanding.word_lists import word_list

_TIME = word_list("time").words("time wherever")
"""Words that speak of time wherever they stand, with their own marks or none."""
_ONLY_MARKED = {signs[0] for signs in word_list("time").phrases("time if marked")}
"""Words that without their marks are others too."""
_POLITE = word_list("fillers").words("after follow-ups")
_TURNING = ("truoc", "cuoi")
"""Words that never speak of the newest; «trước đây» only says what a unit was called, where days are named."""
_NUMBERED = re.compile(
    r"(?:\d+ (?:h|gio|tieng|ngay|nam|dem|mua)|(?:thu|mung|mong|qui|dot|ngay|hom) (?:\d+|hai|ba|tu|nam|sau|bay))(?= |$)"
)
"""Words that speak of time beside a number."""
_BEFORE = word_list("time").words("changes before")
_HALVED = word_list("time").words("halved")
_AFTER = word_list("time").words("changes after")
"""Words that right before or behind a period make it another one."""
_BY_DAY = re.compile(
    r"(?:trong|theo|moi|tung|hang|cac|nhung|bao nhieu|bao nhiu|may~?|nhieu|lau|suot|ca|bao cao|ban tin) ngay~?(?= |$)"
    r"|ngay (?:nao|cang)(?= |$)|(?:hom|tuan|thang) nao(?= |$)|buoi \S+(?= |$)"
)
_IDLE = (*MEANINGLESS, "general", "topic", "each", "mine", "which", "quantity", "common", "more", "place")
"""Cues that explain no word of time."""


def read_unread(scene: Scene) -> None:
    """Puts the days in doubt where words of time are left over, and takes those words for read: they name no place."""
    line = ["~" if at in scene.aside else words.marked(token) for at, token in enumerate(scene.tokens)]
    explained = _explained(scene)
    left = _by_themselves(scene, line, explained) | _beside_periods(scene, line, explained)
    numbers = _numbers(scene, explained | left)
    scene.periods.is_unclear |= bool(left or numbers)
    scene.periods.at |= left


def _explained(scene: Scene) -> set[int]:
    """The tokens of periods and bounds, of names that are sure, of indicators, and of cues that say what is wanted."""
    sure = [mention for mention in scene.mentions if mention.is_sure or not mention.is_ours]
    explained = scene.periods.at | scene.aside | scene.bounded
    explained |= {at for mention in sure for at in range(mention.start, mention.end)}
    explained |= {at for each in scene.phrases for at in each.at}
    for name, found in scene.cues.items():
        explained |= {at for each in found if name not in _IDLE for at in each.at}
    return explained


def _by_themselves(scene: Scene, line: list[str], explained: set[int]) -> set[int]:
    has_marks = any(not token.readings[0].is_bare for token in scene.tokens)
    alone = not scene.periods.named
    left = {
        at
        for at, word in enumerate(line)
        if word in _TIME
        or scene.tokens[at].readings[0] in _ONLY_MARKED
        or (word == "ngay" and not has_marks)
        or (word in _TURNING and (alone or line[at + 1 : at + 2] not in (["day"], ["kia"])))
    }
    return (left - _spots(line, _BY_DAY) | _spots(line, _NUMBERED)) - explained


def _spots(line: list[str], pattern: re.Pattern[str]) -> set[int]:
    """The words that a pattern takes."""
    text, found = " ".join(line), set()
    for match in pattern.finditer(text):
        if match.start() == 0 or text[match.start() - 1] == " ":
            first = text.count(" ", 0, match.start())
            found |= set(range(first, first + match[0].count(" ") + 1))
    return found


def _beside_periods(scene: Scene, line: list[str], explained: set[int]) -> set[int]:
    left = set()
    for at in scene.periods.at:
        before, after = at - 1, at + 1
        if before >= 0 and before not in explained and _changes(line[before], line[at]):
            left.add(before)
        behind = [token.word for token in scene.tokens[after + 1 :] if token.is_word]
        is_too = line[after : after + 1] == ["nua"] and not scene.tokens[after].readings[0].is_bare
        is_too = is_too and _POLITE.issuperset(behind)
        if after < len(line) and after not in explained and line[after] in _AFTER and not is_too:
            left.add(after)
    return left


def _changes(before: str, word: str) -> bool:
    """Whether a word right before a period makes it another one; «nua» without marks may be a name, but before a month is half."""
    return words.is_count(before) or (before in _BEFORE and (before != "nua" or word in _HALVED))


def _numbers(scene: Scene, explained: set[int]) -> set[int]:
    """The numerals that nothing explains and that count nothing that the forms, or the tree, count."""
    numbered = {"top", *scene.vocabulary.numbered}
    counted = {at for each in scene.phrases for at in each.at} | scene.kind_spots | scene.spots("any unit")
    explained = explained | scene.spots("topic")
    return {
        at
        for at, token in enumerate(scene.tokens)
        if is_number(token)
        and at not in explained
        and at + 1 not in counted
        and not (at - 1 in scene.named and len(token.text) < LONG_NUMBER)
        and not (at and scene.tokens[at - 1].word in numbered)
    }
