"""What the database adds up for residents is what comes out figure by figure, on SQLite and on PostgreSQL."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine

from messages.residents.many_units import listed_said, ranked_said
from messages.residents.ranked_units import RankedUnit, ranking
from messages.residents.view import View
from reporting.answers import Answer
from reporting.figures.areas import Among, Areas
from reporting.figures.carried import Last, whole
from reporting.figures.facts import Fact
from reporting.figures.known import Known, Wanted
from reporting.figures.sums import Withheld
from reporting.figures.told_amounts import Amount, total_told
from reporting.figures.told_amounts import amount_told as told_of
from reporting.forms import Form, Question
from reporting.people import Address
from reporting.reports import Report
from reporting.translator import translator
from reporting.unit_list import read_units
from reporting.units import Unit
from storage.database.engines import writing_engine
from storage.figures import carried_for_public, figures, public, told_of_each, totals
from storage.organisation import units
from storage.reports import forms, reports
from tests.databases import fresh_of_kind
from tests.migrated import begin_at
from understanding import Inquiry, Span
from understanding.figure_told import fact_of
from understanding.inquiry import Bounds

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST = date(2021, 11, 1)
DAYS = [FIRST + timedelta(days=count) for count in range(6)]
LAST = DAYS[-1]
UNITS = """code,name,kind,parent,aliases,since,until
1,Cả,nước,,,,
10,Bắc,tỉnh,1,,,
20,Nam,tỉnh,1,,,
11,Đông,huyện,10,,,
12,Tây,huyện,10,,,
13,Giữa,huyện,10,,2021-11-04,
111,A,xã,11,,,
112,B,xã,11,,,
113,C,xã,11,,,2021-11-04
121,D,xã,12,,,
122,E,xã,12,,,2021-11-04
131,F,xã,13,,2021-11-04,
201,G,xã,20,,,
202,H,xã,20,,,
203,I,phường,1,,,
"""
"""On the fourth of November C and E become F of a new district; I reports right under the country."""
SURVEY = """
| survey | type | name | label | kind | visibility | constraint | suppress_below | calculation | default |
|---|---|---|---|---|---|---|---|---|---|
| | integer | ill | Ill | flow | public | | | | |
| | integer | few | Few | flow | public | | 5 | | |
| | integer | home | At home | flow | public | . <= ${ill} | 3 | | |
| | integer | ward | In the ward | stock | public | . <= ${home} or . <= ${beds} | 5 | | |
| | integer | beds | Beds | stock | public | | | | |
| | select_one level | level | Level | state | public | | | | |
| | integer | doses | Doses | total | public | | | | |
| | calculate | ever | Ever ill | total | public | | | coalesce(${last-saved#ever}, 0) + ${ill} | |
| | integer | dead | Dead | total | public | | 4 | | |
| | integer | posts | Posts | stock | public | . <= ${doses} | 3 | | ${last-saved#posts} |

| choices | list_name | name | label |
|---|---|---|---|
| | level | 1 | Green |
| | level | 2 | Red |
"""
NUMBERS = ("ill", "few", "home", "ward", "beds", "doses", "ever", "dead", "posts")
FORMS = {
    "leaves": "| settings | form_id | version | due | reports |\n|---|---|---|---|---|\n| | leaves | 1 | 16:30 | |\n",
    "nested": "| settings | form_id | version | due | reports |\n|---|---|---|---|---|\n| | nested | 1 | 16:30 | huyện, xã |\n",
    "held": "| settings | form_id | version | period | by |\n|---|---|---|---|---|\n| | held | 1 | on change | leader |\n",
}


@dataclass(repr=False)
class Ground:
    connection: Connection
    areas: Areas
    forms: dict[str, Form]
    view: View


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path: Path = tmp_path_factory.mktemp("totals")
    url = fresh_of_kind(request, path / "totals.db")
    begin_at(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units(UNITS))
        for head in FORMS.values():
            forms.publish(connection, (head + SURVEY).encode(), "form.md", FIRST, datetime.now(UTC))
    yield engine
    engine.dispose()


@pytest.fixture
def ground(engine: Engine) -> Iterator[Ground]:
    with engine.connect() as connection, connection.begin() as transaction:
        areas = Areas(units.tree(connection))
        published = {form.key: form for form in forms.in_force(connection, LAST)}
        now = datetime(LAST.year, LAST.month, LAST.day, 20, tzinfo=ZONE)
        view = View(list(published.values()), areas, now, ZONE, Address("telegram", "1"), translator("vi"))
        yield Ground(connection, areas, published, view)
        transaction.rollback()


@pytest.mark.parametrize("key", FORMS)
@pytest.mark.parametrize("seed", range(6))
def test_the_database_adds_up_what_comes_out_figure_by_figure(ground: Ground, key: str, seed: int) -> None:
    """Histories drawn by chance: gaps, corrections, what waits for approval, small counts, units that end and begin."""
    form, chance = ground.forms[key], random.Random(seed)
    _report(ground, form, chance)
    for question in form.indicators:
        first, last = sorted(chance.choices(DAYS, k=2))
        for span in (Span("latest", last, last), Span("range", first, last)):
            _check_totals(ground, form, question, span)
            _check_side_by_side(ground, form, question, span)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is known of a unit and day. `is_report`: it came as a report, and what is not in it was left open."""

    values: Mapping[str, int | str]
    is_report: bool


Told = Mapping[tuple[int, date], Accepted]


def _report(ground: Ground, form: Form, chance: random.Random) -> Told:
    """As reports and the archive would put it down: of the units that the form expects on the day. What the public may know."""
    told = _open_balances(ground, form, chance)
    tree, density = ground.areas.tree, chance.choice((0.1, 0.5, 0.9))
    for on in DAYS:
        for unit in (tree.unit(one) for root in tree.roots(on) for one in ground.areas.members(form, root, on)):
            if chance.random() > density:
                continue
            values: dict[str, int | str] = {name: chance.randrange(8) for name in NUMBERS if chance.random() < 0.8}
            if chance.random() < 0.8:
                values["level"] = chance.choice("12")
            as_of = datetime(on.year, on.month, on.day, 9 + unit.id % 8, tzinfo=UTC)
            waits = chance.random() < 0.2
            marks = {"as_of": as_of, "revision": chance.choice((1, 1, 2)), "provisional": waits}
            figures.put(ground.connection, form, unit.id, on, values, source="report", **marks)  # type: ignore[arg-type]  # marks are mixed
            is_archive = chance.random() < 0.2
            if not is_archive:
                number, answers = f"{unit.id} {on}", {name: Answer(value) for name, value in values.items()}
                key = (number, form.key, "1", unit.id, on, 1)
                new = Report(*key, answers, None, as_of, as_of, provisional=waits)
                assert reports.add(ground.connection, form, new)
            if not waits:
                told[unit.id, on] = Accepted(values, not is_archive)
    return told


@pytest.mark.parametrize("few", [0, 2, 1000])
@pytest.mark.parametrize("key", ["leaves", "nested"])
@pytest.mark.parametrize("seed", range(6))
def test_a_running_total_is_whole_or_not_told(ground: Ground, key: str, seed: int, few: int) -> None:
    """It is what the rule makes of each unit's history, looked at by itself, on every day on which any unit has a value."""
    form, chance = ground.forms[key], random.Random(seed)
    told = _report(ground, form, chance)
    assert form.carried == {"doses", "ever", "dead", "posts"}
    for question in (form.by_name[name] for name in sorted(form.carried)):
        first, last = sorted(chance.choices(DAYS, k=2))
        periods = tuple(day for day in DAYS if first <= day <= last)
        above = tuple(unit for unit in ground.areas.tree if not ground.areas.is_own(form, unit, last))
        known = public.known(ground.connection, Wanted(form, (question,), above, periods), ground.areas, few)
        for unit in above:
            for day in periods:
                expected = _whole(ground, form, question, unit, day, told)
                fact = known.history(unit, question).get(day)
                assert (None if fact is None else (fact.value, fact.carried)) == expected, (unit, day, question.name)


def _open_balances(ground: Ground, form: Form, chance: random.Random) -> dict[tuple[int, date], Accepted]:
    """F goes on from what the archive has of the day before it began."""
    if chance.random() < 0.5:
        return {}
    unit, day = _unit(ground, "131", LAST), DAYS[2]
    values: dict[str, int | str] = {name: chance.randrange(20) for name in sorted(form.carried)}
    as_of = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    figures.put(ground.connection, form, unit.id, day, values, as_of=as_of, revision=1, source="import")
    return {(unit.id, day): Accepted(values, is_report=False)}


def _whole(
    ground: Ground, form: Form, question: Question, of: Unit, day: date, told: Told
) -> tuple[Amount | Withheld, Mapping[int, date]] | None:
    """None: no unit has a value of the day."""
    members = ground.areas.members(form, of, day)
    of_units = {one: _last(form, question, one, day, told) for one in members}
    if not any(each.period == day for each in of_units.values()):
        return None
    found = whole(question, of_units, members, day, total_told)
    value = Withheld(tuple(sorted(found.withheld))) if found.value is None else found.value
    return value, {} if found.value is None else found.carried


def _last(form: Form, question: Question, one: int, until: date, told: Told) -> Last[Amount]:
    theirs = {day: of for (unit_id, day), of in told.items() if unit_id == one and day <= until}
    with_it = [day for day, of in theirs.items() if question.name in of.values]
    reported = max((day for day, of in theirs.items() if of.is_report), default=None)
    if not with_it:
        return Last(None, None, reported)
    values = theirs[max(with_it)].values
    wholes = [values.get(name) for name in form.wholes.get(question.name, ())]
    below = question.suppress_below
    in_few = below is not None and any(isinstance(each, int) and 0 < each < below for each in wholes)
    value = values[question.name]
    assert isinstance(value, int)
    return Last(told_of(value, below, in_few), max(with_it), reported)


def test_a_day_of_which_too_many_would_have_to_be_looked_up_is_not_told_unless_it_is_the_newest(ground: Ground) -> None:
    form, of = ground.forms["leaves"], _unit(ground, "11")
    doses = form.by_name["doses"]
    for code, day, value in (("111", 0, 4), ("112", 0, 3), ("113", 0, 1), ("111", 1, 5), ("112", 2, 6)):
        as_of = datetime(2021, 11, 1, 9, tzinfo=UTC)
        one = _unit(ground, code).id
        figures.put(ground.connection, form, one, DAYS[day], {"doses": value}, as_of=as_of, revision=1, source="report")
    among, days = ground.areas.among(form, of, DAYS[0], DAYS[2]), (DAYS[0], DAYS[2])
    sums = totals.day_by_day(ground.connection, form, doses, among, *days)
    groups = ground.areas.groups(form, [of], *days)
    for most, before in ((0, Withheld(())), (3, Amount(9, 9))):
        found = carried_for_public.carry(ground.connection, form, doses, of, ground.areas, sums, groups, 0, most)
        assert [found[day].value for day in DAYS[:3]] == [Amount(8, 8), before, Amount(12, 12)]


@pytest.mark.parametrize("sign", [1, -1])
def test_numbers_too_large_to_be_added_up_in_64_bits_are_added_up_all_the_same(ground: Ground, sign: int) -> None:
    form, (first, last), most = ground.forms["leaves"], DAYS[:2], sign * Decimal("8999999999999.999999")
    ill, ids = form.by_name["ill"], [_unit(ground, code).id for code in ("111", "112")]
    for one in ids:
        for day in (first, last):
            at = datetime(2021, 11, 1, 9, tzinfo=UTC)
            figures.put(ground.connection, form, one, day, {"ill": most}, as_of=at, revision=1, source="report")
    among = Among(tuple(ids))
    by_day = totals.day_by_day(ground.connection, form, ill, among, first, last)
    assert [by_day[day].value for day in (first, last)] == [Amount(2 * most, 2 * most)] * 2
    of_each = told_of_each.of_each(ground.connection, form, ill, among, first, last, 2)
    assert [(sorted(each.unit_ids), each.fact.value) for each in of_each] == [(sorted(ids), Amount(2 * most, 2 * most))]
    read = figures.totals(ground.connection, form.key, ["ill"], ids, first, last)
    assert [(each.value, each.units) for each in read] == [(2 * most, 2)] * 2


@pytest.mark.parametrize("few", [0, 1000])
def test_beside_many_others_a_late_unit_stands_with_its_last_value(ground: Ground, few: int) -> None:
    form, units = ground.forms["leaves"], tuple(_unit(ground, code) for code in ("111", "112", "113"))
    doses, few_ones = form.by_name["doses"], form.by_name["few"]
    for code, day, value in (("111", 0, 9), ("112", 0, 3), ("112", 1, 5)):
        as_of, one = datetime(2021, 11, 1, 9, tzinfo=UTC), _unit(ground, code).id
        given = {"doses": value, "few": value}
        figures.put(ground.connection, form, one, DAYS[day], given, as_of=as_of, revision=1, source="report")
    span = Span("latest", DAYS[1], DAYS[1])
    for question, of_late in ((doses, (DAYS[0], Amount(9, 9))), (few_ones, None)):
        wanted = Wanted(form, (question,), units, (DAYS[1],), each=True, as_one=True)
        rows = rank_rows(public.known(ground.connection, wanted, ground.areas, few), question, units, span)
        assert [row.fact and (row.fact.period, row.fact.value) for row in rows] == [
            of_late,
            (DAYS[1], Amount(5, 5)),
            None,
        ]
        assert [row.is_late for row in rows] == [of_late is not None, False, False]


def rank_rows(known: Known, question: Question, units: Sequence[Unit], span: Span) -> list[RankedUnit]:
    """What is told of each unit, in their order."""
    found = ranking(known, question, units, span)
    of = {one: each for each in found.told for one in each.unit_ids}
    return [
        RankedUnit(unit, of[unit.id].fact, of[unit.id].is_late) if unit.id in of else RankedUnit(unit, None)
        for unit in units
    ]


def _check_totals(ground: Ground, form: Form, question: Question, span: Span) -> None:
    above = tuple(unit for unit in ground.areas.tree if not ground.areas.is_own(form, unit, span.last_on))
    wanted = Wanted(form, (question,), above, _periods(form, span))
    single, added = (public.known(ground.connection, wanted, ground.areas, few) for few in (1000, 0))
    for unit in above:
        assert _told(fact_of(added, unit, question, span)) == _told(fact_of(single, unit, question, span)), unit
        if form.schedule.period != "on change":
            for period in wanted.periods:
                one, other = added.history(unit, question).get(period), single.history(unit, question).get(period)
                assert _told(one) == _told(other), (unit, period)


ASKED = (
    Inquiry("list", "list"),
    Inquiry("rank", "rank", order="most", limit=2),
    Inquiry("rank", "rank", order="least"),
    Inquiry("rank", "rank", bounds=Bounds(3, None)),
    Inquiry("rank", "rank", bounds=Bounds(None, 0)),
)


def _check_side_by_side(ground: Ground, form: Form, question: Question, span: Span) -> None:
    tree, root = ground.areas.tree, ground.areas.tree.roots(span.last_on)[0]
    communes = [tree.unit(one) for one in ground.areas.members(form, root, span.last_on)]
    districts = [unit for unit in tree if unit.kind in ("huyện", "tỉnh") and unit.exists(span.last_on)]
    for among in (communes, districts) if question.kind != "state" else (communes,):
        wanted = Wanted(form, (question,), tuple(among), _periods(form, span), each=True, as_one=True)
        single, added = (public.known(ground.connection, wanted, ground.areas, few) for few in (1000, 0))
        rows = [rank_rows(known, question, among, span) for known in (single, added)]
        told = [[(row.unit.code, _told(row.fact)) for row in of] for of in rows]
        assert [_but_moment(each) for each in told[1]] == [_but_moment(each) for each in told[0]]
        assert _newest([row.fact for row in rows[1]]) == _newest([row.fact for row in rows[0]])
        added = replace(added, received=single.received, tells_who_reported=single.tells_who_reported)
        for inquiry in ASKED:
            say = listed_said if inquiry.intent == "list" else ranked_said
            one, other = (say(ground.view, known, question, among, inquiry, span) for known in (single, added))
            assert other == one, inquiry
            of_how_many = [int(each) for each in re.findall(r"\d+/(\d+) đơn vị", str(one))]
            assert form.key == "nested" or max(of_how_many, default=0) <= len(communes), one


def _periods(form: Form, span: Span) -> tuple[date, ...]:
    if form.schedule.period == "on change":
        return (span.last_on,)
    return tuple(day for day in DAYS if span.first_on <= day <= span.last_on)


def _told(fact: Fact | None) -> tuple[object, ...] | None:
    """All but the names of those without."""
    if fact is None:
        return None
    return (fact.period, fact.value, fact.coverage, fact.periods, fact.is_corrected, fact.carried, fact.as_of)


def _but_moment(row: tuple[str, tuple[object, ...] | None]) -> tuple[object, ...]:
    return (row[0], row[1][:-1] if row[1] is not None else None)


def _newest(facts: list[Fact | None]) -> datetime | None:
    """When the newest was published: what stands at the foot of an answer."""
    return max((fact.as_of for fact in facts if fact is not None and fact.as_of is not None), default=None)


def test_a_total_is_told_as_it_follows_from_its_units(ground: Ground) -> None:
    form = ground.forms["leaves"]
    tree, few = ground.areas.tree, form.by_name["few"]
    for code, value in {"111": 2, "112": 9, "121": 1, "122": 3, "201": 7}.items():
        unit = _unit(ground, code)
        at = datetime(2021, 11, 1, 9, tzinfo=UTC)
        figures.put(ground.connection, form, unit.id, FIRST, {"few": value}, as_of=at, revision=1, source="report")
    above = tuple(_unit(ground, code) for code in ("11", "12", "10", "20", "1"))
    wanted = Wanted(form, (few,), above, (FIRST,))
    known = public.known(ground.connection, wanted, ground.areas, 0)
    found = [known.history(unit, few)[FIRST].value for unit in above]
    assert [(each.low, each.high) for each in found] == [(10, 13), (2, 8), (12, 21), (7, 7), (19, 28)]  # type: ignore[union-attr]  # all are amounts
    assert tree.roots(FIRST) == [above[-1]]


def _unit(ground: Ground, code: str, on: date = FIRST) -> Unit:
    unit = ground.areas.tree.find(code, on)
    assert unit is not None
    return unit
