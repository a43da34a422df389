"""Made-up worlds: a tree of units, a form, and what comes of their reports day by day: on time, late, corrected, approved, merged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from tests.truth import fields
from tests.truth.fields import Field, Sheet
from tests.truth.truth import Place

START = date(2021, 11, 8)
ROOTS, MIDDLES = ("tỉnh Sông Trung", "huyện Triệu Sơn", "phường Hải An"), ("huyện Bắc Sông", "huyện Nam Sông")
NAMES = (
    ("xã Thọ Dân", "xã Dân Lực", "xã Hợp Lý", "xã Minh Sơn", "xã Xuân Lộc"),
    ("thị trấn Triệu Sơn", "xã Triệu Thành", "xã Hợp Thành", "xã Thọ Sơn", "xã Thọ Sơn Bắc"),
    ("trường số 5", "trường số 3", "trường Tư", "trường Hai Bà Trưng", "trường số 10"),
)
"""Names as they are: of communes, such as are like each other or their district's, and such as hold numbers and days."""
MERGED = ("xã Tân Hợp", "xã Triệu Hợp", "trường số 12")
AGREED, LATER = time(16, 0), time(18, 0)
"""When a report on time and a late one come; it is due at 17:00."""
Draws = tuple[int, int, int, int]
"""A few small numbers of which a report's answers are made."""


@dataclass(frozen=True)
class Sending:
    """A report, or a correction of it, that comes `delay` days after its own day, `is_late` after the due hour.

    `unknown`: the question that is answered with «not known yet», if any. `is_approved`: somebody approves it soon.
    """

    code: str
    day: int
    delay: int
    is_late: bool
    draws: Draws
    unknown: str = ""
    is_approved: bool = True

    def __repr__(self) -> str:
        signs = [f"+{self.delay}d" if self.delay else "", "late" if self.is_late else ""]
        signs += [f"{self.unknown} unknown" if self.unknown else "", "" if self.is_approved else "waits"]
        return " ".join([f"<{self.code} of day {self.day}", *filter(None, signs), f"{self.draws}>"])

    @property
    def at(self) -> datetime:
        """When it comes, by the clock on the wall."""
        return datetime.combine(START + timedelta(days=self.day + self.delay), LATER if self.is_late else AGREED)


@dataclass(frozen=True)
class World:
    """`sendings` in the order in which they come. `merged_on`: the day from which the first two units are one.

    `lead`: so many days before the first of these the form was in force already, and nobody reported.
    """

    sheet: Sheet
    places: tuple[Place, ...]
    sendings: tuple[Sending, ...]
    days: int
    merged_on: date | None = None
    has_opening: bool = True
    lead: int = 0

    @property
    def from_on(self) -> date:
        return START - timedelta(days=self.lead)

    @property
    def last(self) -> date:
        return START + timedelta(days=self.days - 1)

    @property
    def merging(self) -> Sequence[Place]:
        return [each for each in self.places if each.until is not None]

    @property
    def successor(self) -> Place | None:
        return next((each for each in self.places if each.since is not None), None)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Forms: a flow and its running total always, the rest as it comes."""
    has = draw(st.tuples(*[st.booleans()] * 6))
    lenient, runs, form_approval = draw(st.booleans()), draw(st.booleans()), draw(st.integers(0, 3))
    found: list[Field] = [fields.NEW]
    found += [fields.DEEP] if has[0] else []
    found += [fields.EVER]
    if has[1]:
        found += [fields.OVER, fields.OVER_EVER]
        found += [fields.running(fields.ACTIVE) if runs else fields.ACTIVE]
        found += [replace(fields.STAYED, is_lenient=lenient)]
    found += [fields.HELPED, fields.TWICE] if has[2] else []
    found += [fields.POSTS, fields.MOVED] if has[3] else []
    found += [fields.BOATS, replace(fields.MANNED, is_lenient=lenient)] if has[4] else []
    found += [fields.SPENT] if has[5] else []
    return Sheet(tuple(found), "leader" if form_approval == 3 else "none", draw(st.sampled_from(("22:00", "08:00+1d"))))


@st.composite
def trees(draw: st.DrawFn, days: int, styles: Sequence[int]) -> tuple[tuple[Place, ...], date | None]:
    """Two to four units that report, right under the root or under two in between; maybe two of them become one."""
    count, has_middle, style = draw(st.integers(2, 4)), draw(st.booleans()), draw(st.sampled_from(styles))
    merged = draw(st.integers(1, days - 1)) if days > 1 and count > 2 and draw(st.integers(0, 3)) == 3 else 0
    on = START + timedelta(days=merged) if merged else None
    places = [_place("1", ROOTS[style])]
    if has_middle:
        places += [_place(str(10 + n), title, "1") for n, title in enumerate(MIDDLES)]
    for n in range(count):
        above = str(10 + n // 2 % 2) if has_middle else "1"
        places.append(_place(str(100 + n), NAMES[style][n], above, until=on if n < 2 else None))
    if on is not None:
        places.append(_place("190", MERGED[style], places[-count].above, since=on))
    if has_middle and not any(each.above == "11" for each in places):
        places = [each for each in places if each.code != "11"]
    return tuple(places), on


def _place(code: str, title: str, above: str = "", since: date | None = None, until: date | None = None) -> Place:
    kind, _, name = title.partition(" ")
    kind, name = ("thị trấn", name.removeprefix("trấn ")) if kind == "thị" else (kind, name)
    return Place(code, name, kind, above, since, until)


DRAWS = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 40))
HOW = ("on time", "on time", "on time", "late", "missing", "missing", "afterwards", "unknown")


@st.composite
def worlds(draw: st.DrawFn, styles: Sequence[int] = (0, 0, 1, 2)) -> World:
    """A world of one to four days. `styles`: how its units may be named, by the place in `NAMES`."""
    days = draw(st.integers(1, 4))
    sheet = draw(sheets())
    places, merged_on = draw(trees(days, styles))
    leaves = [each for each in places if each.is_leaf]
    sendings: list[Sending] = []
    for day in range(days):
        for each in leaves:
            if each.exists(START + timedelta(days=day)):
                sendings += draw(_sendings(each.code, day, days, sheet))
    ordered = sorted(sendings, key=lambda sending: sending.at)
    has_opening, lead = draw(st.booleans()), draw(st.sampled_from((0, 20)))
    return World(sheet, places, tuple(ordered), days, merged_on, has_opening, lead)


@st.composite
def _sendings(draw: st.DrawFn, code: str, day: int, days: int, sheet: Sheet) -> list[Sending]:
    how = draw(st.sampled_from(HOW))
    if how == "missing":
        return []
    left = days - 1 - day
    delay = draw(st.integers(1, left)) if how == "afterwards" and left else 0
    unknown = draw(st.sampled_from([each.name for each in sheet.asked if not each.part_of])) if how == "unknown" else ""
    first = Sending(code, day, delay, how == "late", draw(DRAWS), unknown, _approved(draw, sheet.approval))
    if draw(st.integers(0, 7)) != 7:
        return [first]
    again = Sending(
        code, day, draw(st.integers(delay, days - 1 - day)), True, draw(DRAWS), "", _approved(draw, sheet.approval)
    )
    return [first, again]


def _approved(draw: st.DrawFn, approval: str) -> bool:
    return approval == "none" or draw(st.booleans())
