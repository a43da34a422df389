"""What a piece of a message that was not read says of figures that the message gave before: those are asked about again."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reporting.filling.line_names import figures_given, figures_mentioned
from reporting.filling.line_results import Doubtful
from reporting.filling.mistakes import is_adjustment, is_other_number, is_reason, is_taken_back, is_unsure, may_change
from reporting.forms import Question
from reporting.questions.names import Names


class LeftOpen(NamedTuple):
    """`names`: the figures of which the piece may say something else. `is_all`: whether that is all that it says."""

    doubtful: Doubtful
    names: set[str]
    is_all: bool


def left_open(unread: Sequence[Doubtful], names: Names, newest: Question | None) -> Iterator[LeftOpen]:
    """`newest`: the figure that was said right before, if no other number has come since."""
    before = {newest.name} if newest is not None else set[str]()
    mistaken = next((each for each in unread if is_taken_back(each.piece)), None)
    if mistaken is not None:
        named = figures_given(mistaken.piece, names) | figures_mentioned(mistaken.piece, names)[0]
        yield LeftOpen(mistaken, named or {each.name for each in mistaken.among} or before, is_all=True)
        return
    for each in unread:
        if _is_of_newest(each, newest, names):
            yield LeftOpen(each, before, is_all=True)
        else:
            yield LeftOpen(each, _spoken_of(each, names), is_all=False)


def _is_of_newest(doubtful: Doubtful, newest: Question | None, names: Names) -> bool:
    """Whether a piece may be another number of the figure right before, or says that it is uncertain: «f0 3, 5», «f0 3, chưa chắc»."""
    if newest is None:
        return False
    if is_unsure(doubtful.piece):
        return True
    if is_adjustment(doubtful.piece):  # «trùng 1 ca»
        return not figures_mentioned(doubtful.piece, names)[0] - {newest.name}
    return doubtful.key in ("line_unknown", "line_ambiguous") and is_other_number(doubtful.piece, newest.unit.values())


def _spoken_of(doubtful: Doubtful, names: Names) -> set[str]:
    """The figures of which a piece says something that was not read; not of which a reason speaks."""
    if is_reason(doubtful.piece):
        return set()
    given, among = figures_given(doubtful.piece, names), {each.name for each in doubtful.among}
    mentioned, others = figures_mentioned(doubtful.piece, names)
    if not may_change(others):
        return given
    is_its_own = doubtful.key == "line_no_sense"  # «chốt còn 3», «chốt để trống»
    return given | (mentioned | among if is_its_own else mentioned - among)
