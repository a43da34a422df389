"""What is true of a made-up world: worked out from the list of reports in plain arithmetic, with no help from what is tested."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.truth.fields import Field, Numbers, Sheet

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """A unit of the tree; `above` is the code of what it lies in."""

    code: str
    name: str
    kind: str
    above: str = ""
    since: date | None = None
    until: date | None = None

    def __repr__(self) -> str:
        dates = f" {self.since or ''}–{self.until or ''}" if self.since or self.until else ""
        return f"{self.code} {self.title} ({self.above}{dates})"

    @property
    def title(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def is_leaf(self) -> bool:
        """Whether it reports itself: their codes have three figures."""
        return len(self.code) == 3

    def exists(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


@dataclass
class Revision:
    """What was sent: the numbers, and which questions were answered with «not known yet»."""

    values: Numbers
    unknown: frozenset[str] = frozenset()
    is_accepted: bool = True


@dataclass
class Day:
    """What a unit's day comes to."""

    values: Numbers
    held: frozenset[str]
    is_report: bool


@dataclass(frozen=True)
class Total:
    """What units have together. `value` None: it is not told. `carried`: codes of units in it with an earlier value; `withheld`: codes
    of those whose report leaves it open; `having`: codes of those that have a value of the day itself.
    """

    value: int | None
    having: frozenset[str] = frozenset()
    carried: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()


@dataclass
class Truth:
    """The world as it is known: all revisions sent so far by unit and day, and what the archive brought."""

    sheet: Sheet
    places: Sequence[Place]
    reports: dict[tuple[str, date], list[Revision]] = field(default_factory=dict)
    archive: dict[tuple[str, date], Numbers] = field(default_factory=dict)

    def place(self, code: str) -> Place:
        return next(each for each in self.places if each.code == code)

    def leaves(self, code: str, on: date) -> list[Place]:
        """The units that report for `code` on a day: those under it, or itself, that have nothing under them."""
        here = self.place(code)
        if here.is_leaf:
            return [here] if here.exists(on) else []
        below = [each for each in self.places if each.above == code and each.exists(on)]
        return [leaf for each in below for leaf in self.leaves(each.code, on)]

    def newest(self, code: str, on: date, *, accepted: bool) -> Revision | None:
        sent = [each for each in self.reports.get((code, on), []) if each.is_accepted or not accepted]
        return sent[-1] if sent else None

    def waits(self, code: str, on: date) -> bool:
        """Whether the newest revision waits for approval."""
        revision = self.newest(code, on, accepted=False)
        return revision is not None and not revision.is_accepted

    def days(self, code: str, *, accepted: bool) -> dict[date, Day]:
        """Every day of a unit for which anything came, worked out in order."""
        found: dict[date, Day] = {}
        last: Numbers = {}
        held: frozenset[str] = frozenset()
        for on in sorted({day for one, day in (*self.reports, *self.archive) if one == code}):
            revision = self.newest(code, on, accepted=accepted)
            given = self.archive.get((code, on), {})
            if revision is None and not given:
                continue
            day = self._day(revision, given, last, held)
            found[on] = day
            lost = {f.name for f in self.sheet.fields if not f.is_asked and f.name not in day.values}
            last = {**{name: last[name] for name in lost if name in last}, **day.values}
            held = frozenset(name for name in lost if name in last or day.is_report)
        return found

    def _day(self, revision: Revision | None, given: Numbers, last: Numbers, held: frozenset[str]) -> Day:
        answers = revision.values if revision is not None else given
        unknown = set(revision.unknown if revision is not None else ())
        out = set[str]()
        for each in self.sheet.fields:
            if each.is_asked or (revision is None and each.name in given):
                continue
            own = each.name in held and each.sum in ("grown", "run")
            if own or (unknown | out) & set(each.of):
                out.add(each.name)
        worked = {} if revision is None and not answers else self.sheet.calculated(answers, last)
        values = {name: value for name, value in {**worked, **answers}.items() if name not in out}
        return Day(values, frozenset(out), revision is not None)

    def last_before(self, code: str, on: date) -> Numbers:
        """What a reporter's questions read of the day before: all that has come, approved or not."""
        days = {day: each for day, each in self.days(code, accepted=False).items() if day < on}
        last: Numbers = {}
        for _, each in sorted(days.items()):
            lost = {f.name for f in self.sheet.fields if not f.is_asked and f.name not in each.values}
            last = {**{name: last[name] for name in lost if name in last}, **each.values}
        return last

    def value(self, code: str, name: str, on: date, *, accepted: bool) -> int | None:
        """A unit's own figure of a day; None where there is none."""
        day = self.days(code, accepted=accepted).get(on)
        return day.values.get(name) if day is not None else None

    def total(self, code: str, name: str, first: date, last: date, *, accepted: bool) -> Total:
        """What the units under one have together over the days: a flow summed, else as the last day has it."""
        of = self.sheet.by_name[name]
        if of.kind == "flow":
            return self._flow(code, name, first, last, accepted=accepted)
        days = {each.code: self.days(each.code, accepted=accepted) for each in self.leaves(code, last)}
        if name in self.sheet.carried:
            return _carried(of, days, last)
        having = {one: of_unit[last].values[name] for one, of_unit in days.items() if _has(of_unit, last, name)}
        return Total(sum(having.values()) if having else None, frozenset(having))

    def _flow(self, code: str, name: str, first: date, last: date, *, accepted: bool) -> Total:
        found: list[int] = []
        having = set[str]()
        on = first
        while on <= last:
            for each in self.leaves(code, on):
                value = self.value(each.code, name, on, accepted=accepted)
                if value is not None:
                    found.append(value)
                    having.add(each.code)
            on += ONE_DAY
        return Total(sum(found) if found else None, frozenset(having))


def _has(days: dict[date, Day], on: date, name: str) -> bool:
    return on in days and name in days[on].values


def _carried(of: Field, units: dict[str, dict[date, Day]], on: date) -> Total:
    """Everybody's newest value up to the day. A report that leaves open what is calculated leaves the whole open."""
    values: Numbers = {}
    having, carried, withheld = set[str](), set[str](), set[str]()
    for code, days in units.items():
        past = sorted(day for day in days if day <= on)
        known = [day for day in past if of.name in days[day].values]
        silent = [day for day in past if day not in known and days[day].is_report and (not known or day > known[-1])]
        if silent and not of.is_asked:
            withheld.add(code)
        elif known and (not silent or of.kind == "total"):
            values[code] = days[known[-1]].values[of.name]
            (having if known[-1] == on else carried).add(code)
    told = None if withheld or not values else sum(values.values())
    return Total(told, frozenset(having), frozenset(carried), frozenset(withheld))
