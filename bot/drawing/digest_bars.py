"""The bars of a digest's picture: a unit's own figure, the total of a group, and what the last come to together."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.drawing.bars import Bar
from bot.drawing.number_text import number_text
from reporting.digests.content import DigestContent, DigestGroup, DigestIndicator, DigestUnit
from reporting.digests.drawings import DigestPicture
from reporting.digests.evidence import MOST_BARS
from reporting.translator import Translator


class GroupShare(NamedTuple):
    """What a bar brings into the one of the rest: with what late units stand in totals with, or that it cannot be told."""

    value: float | None
    is_carried: bool = False
    is_untold: bool = False


def bars_of(content: DigestPicture | DigestContent, words: Translator) -> list[Bar]:
    """The bars, longest first and missing units last; of groups where the tree has such, of none where it is one unit."""
    if not content.headlines:
        return []
    name = content.headlines[0]
    first = content.indicator(name)
    if content.groups:
        bars = [(_group(row, first, words), _group_share(row)) for row in content.groups]
    elif len(content.rows) > 1:
        place = content.indicators.index(first)
        odd = {each.unit_id for each in content.standouts if each.indicator == name}
        bars = [
            (
                Bar(row.unit, row.values[place], odd=row.id in odd, text=_excuse(row, place)),
                _unit_share(row, name, row.values[place]),
            )
            for row in content.rows
        ]
    else:
        return []
    bars.sort(key=lambda pair: (pair[0].value is None, -(pair[0].value or 0)))
    if len(bars) <= MOST_BARS:
        return [bar for bar, _ in bars]
    rest = [share for _, share in bars[MOST_BARS - 1 :]]
    return [*(bar for bar, _ in bars[: MOST_BARS - 1]), _rest(rest, first, words)]


def _group_share(row: DigestGroup) -> GroupShare:
    """Digests were frozen that have only the values."""
    return GroupShare(row.values[0], bool(row.carried and row.carried[0]), bool(row.untold and row.untold[0]))


def _unit_share(row: DigestUnit, name: str, value: float | None) -> GroupShare:
    carried = row.carried.get(name)
    return GroupShare(carried.value, True) if carried else GroupShare(value, is_untold=name in row.withheld)


def _group(row: DigestGroup, first: DigestIndicator, words: Translator) -> Bar:
    """A group's total: with «*» where late units stand in it, and said so where it cannot be told."""
    return _told(row.unit, _group_share(row), _partly(*row.reports), first, words)


def _rest(shares: Sequence[GroupShare], first: DigestIndicator, words: Translator) -> Bar:
    known = [each.value for each in shares if each.value is not None]
    is_carried, is_untold = any(each.is_carried for each in shares), any(each.is_untold for each in shares)
    whole = GroupShare(sum(known) if known else None, is_carried, is_untold or first.is_no_sum)
    return _told(words.plain("picture_rest", n=len(shares)), whole, "", first, words)


def _told(name: str, of: GroupShare, note: str, first: DigestIndicator, words: Translator) -> Bar:
    if of.is_untold:
        return Bar(name, None, text=words.plain(first.untold_key))
    return Bar(name, of.value, note, text=number_text(of.value, words) + "*" if of.is_carried else "")


def _excuse(row: DigestUnit, place: int) -> str:
    """Why there is no bar, where none was owed."""
    return row.excused if row.values[place] is None else ""


def _partly(received: int, expected: int) -> str:
    return f"  {received}/{expected}" if received < expected else ""
