"""Questions as residents put them, each of one unit, figure and day or span; and what their answers may tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import strategies as st

from reporting.typed_buttons import fold_typed
from tests.truth.judging import Judge
from tests.truth.stage import Stage
from tests.truth.told import NEAREST, Told, plain
from tests.truth.worlds import START, World


@dataclass(frozen=True)
class Asked:
    """A question and what it is about; `first` and `last` None: no day is named. `is_clear`: there is one way to read it."""

    text: str
    code: str
    name: str
    first: date | None
    last: date | None
    is_clear: bool = True


class Pick(NamedTuple):
    """What a question is made of: a unit, a figure, the days and the words by their places, and whether it is typed in haste."""

    place: int
    field: int
    days: int
    words: int
    is_hasty: bool


PICKS = st.builds(
    Pick,
    st.sampled_from((0, 0, 0, 0, 1, 2, 3, 4, 5)),
    st.integers(0, 11),
    st.integers(0, 9),
    st.integers(0, 9),
    st.sampled_from((False, False, True)),
)

CLEAR = (
    "{unit} {when} có bao nhiêu {name}?",
    "{when} {unit} {name}",
    "{name} {unit} {when}",
    "cho hỏi {name} của {unit} {when} là bao nhiêu",
)
LOOSE = ("còn {unit} thì sao?", "thế {unit} {when} thì sao", "{name} {bare} {when}", "{bare} {when} bao nhiêu {name} ạ")
"""Questions that may be asked back; if they are answered, then of the unit that is named."""


def asked(world: World, pick: Pick) -> Asked:
    """The question that these picks make in a world."""
    fields = [each for each in world.sheet.fields if each.is_public]
    field = fields[pick.field % len(fields)]
    when, first, last = _when(world, pick.days)
    places = [each for each in world.places if each.exists(last or world.last)]
    place = places[pick.place % len(places)]
    phrases = (*CLEAR, *LOOSE)
    phrase = phrases[pick.words % len(phrases)]
    text = " ".join(phrase.format(unit=place.title, bare=place.name, when=when, name=field.alias).split())
    if "{when}" not in phrase:
        first, last = None, None
    is_clear = phrase in CLEAR and not pick.is_hasty and (first == last or field.kind == "flow")
    return Asked(fold_typed(text) if pick.is_hasty else text, place.code, field.name, first, last, is_clear)


def _when(world: World, days: int) -> tuple[str, date | None, date | None]:
    """The words for some days, and which these are."""
    today = world.last
    on = max(START, today - timedelta(days=days % 3))
    back = (today - on).days
    first = max(START, today - timedelta(days=2))
    ways: Sequence[tuple[str, date | None, date | None]] = (
        (f"ngày {on:%d/%m/%Y}", on, on),
        (("hôm nay", "hôm qua", "hôm kia")[back], on, on),
        (f"{on.day}/{on.month}", on, on),
        ("", None, None),
        (f"từ {first:%d/%m/%Y} đến {today:%d/%m/%Y}", first, today),
        ("3 ngày qua", today - timedelta(days=2), today),
    )
    return ways[days % len(ways)]


def check(asked: Asked, told: Sequence[Told], judge: Judge, stage: Stage) -> None:
    """Raises AssertionError where another unit, figure or day is told than was asked, or nothing though it is known."""
    names = {asked.name} if asked.is_clear else {each.name for each in told}
    others = [each for each in told if each.code != asked.code or each.name not in names]
    assert not others, f"«{asked.text}» is answered with {others}"
    direct = [each for each in told if each.note != NEAREST]
    if asked.first is None or asked.last is None:
        spans = [each for each in direct if each.first != each.last]
        assert not spans, f"«{asked.text}» is answered with {spans}"
        return
    outside = [each for each in direct if not asked.first <= each.first <= each.last <= asked.last]
    assert not outside, f"«{asked.text}» is answered with {outside}"
    if asked.is_clear and not direct and judge.is_due(asked.code, asked.name, asked.first, asked.last):
        said = plain(stage.asks(asked.text)[0].text)
        raise AssertionError(f"«{asked.text}» has an answer, and none is given:\n{said}")
