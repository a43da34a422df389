"""What is accepted stays public, and is counted once, whatever waits beside it for approval; on SQLite and on PostgreSQL."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine, func, select

from reporting.answers import Answer
from reporting.figures.areas import Areas
from reporting.figures.figure import Figure
from reporting.figures.known import Wanted
from reporting.figures.sums import Withheld
from reporting.figures.told_amounts import Amount
from reporting.forms import Form
from reporting.people import Address
from reporting.reports import Report
from reporting.unit_list import read_units
from reporting.units import Unit
from services import approve
from services.digest_evidence import digest_evidence
from services.submit_report import accept
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.figures import figures, public
from storage.organisation import people, units
from storage.reports import forms, reports
from tests.databases import fresh_of_kind
from tests.migrated import begin_at

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST = date(2021, 11, 1)
DAYS = [FIRST + timedelta(days=count) for count in range(5)]
UNITS = """code,name,kind,parent,aliases,since,until
1,Huyện,huyện,,,,
11,A,xã,1,,,
12,B,xã,1,,,
13,C,xã,1,,,
"""
FORM = """| settings | form_id | version | due | approval | default_language |
|---|---|---|---|---|---|
| | watch | 1 | 16:30 | chair | vi |

| survey | type | name | label | kind | visibility | calculation |
|---|---|---|---|---|---|---|
| | integer | ill | Ill | flow | public | |
| | integer | beds | Beds | stock | public | |
| | calculate | ever | Ever ill | total | public | coalesce(${last-saved#ever}, 0) + ${ill} |
"""
WAITING = metadata.tables["waiting"]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path: Path = tmp_path_factory.mktemp("waiting")
    url = fresh_of_kind(request, path / "waiting.db")
    begin_at(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units(UNITS))
        forms.publish(connection, FORM.encode(), "watch.md", FIRST, datetime.now(UTC))
    yield engine
    engine.dispose()


Values = dict[str, int]


@dataclass
class Revision:
    """`ill` None: not known yet. `beds` None: left empty."""

    ill: int | None
    beds: int | None
    is_accepted: bool = False


@dataclass
class Watch:
    """The units' reports on a database, and what they should come to, by unit, day and revision."""

    connection: Connection
    areas: Areas
    form: Form
    chair: int
    sent: dict[tuple[int, date], list[Revision]] = field(default_factory=dict)
    now: datetime = datetime(2021, 11, 6, tzinfo=UTC)

    @property
    def root(self) -> Unit:
        return self.areas.tree.roots(FIRST)[0]

    @property
    def members(self) -> tuple[int, ...]:
        return self.areas.members(self.form, self.root, FIRST)

    def reports(self, unit_id: int, on: date, ill: int | None, beds: int | None = None, approved: bool = False) -> None:
        revisions = self.sent.setdefault((unit_id, on), [])
        revisions.append(Revision(ill, beds))
        self.now += timedelta(minutes=1)
        answers = {
            "ill": Answer(ill) if ill is not None else Answer(state="unknown"),
            "beds": Answer(beds) if beds is not None else Answer(state="empty"),
        }
        number = f"W-{unit_id}-{on:%d}-{len(revisions)}"
        stamps = (self.now, self.now)
        new = Report(number, "watch", "1", unit_id, on, len(revisions), answers, self.chair, *stamps, provisional=True)
        assert accept(self.connection, self.form, new, ZONE)
        if approved:
            self.approves(unit_id, on)

    def approves(self, unit_id: int, on: date) -> None:
        revisions = self.sent[unit_id, on]
        self.now += timedelta(minutes=1)
        newest, was_waiting = reports.newest(self.connection, "watch", unit_id, on), not revisions[-1].is_accepted
        assert newest is not None
        assert newest.revision == len(revisions)
        assert approve.accept(self.connection, newest, self.chair, self.now, ZONE) is was_waiting
        revisions[-1].is_accepted = True

    def told(self, unit_id: int, *, accepted: bool) -> dict[date, Values]:
        """What a unit's figures should be: of the newest revisions, or of the newest accepted ones."""
        found: dict[date, Values] = {}
        before: Values | None = None
        for day in DAYS:
            revisions = [one for one in self.sent.get((unit_id, day), ()) if one.is_accepted or not accepted]
            if not revisions:
                continue
            newest, values = revisions[-1], Values()
            if newest.ill is not None:
                values["ill"] = newest.ill
            if newest.beds is not None:
                values["beds"] = newest.beds
            if newest.ill is not None and (before is None or "ever" in before):
                values["ever"] = newest.ill + (before or {"ever": 0})["ever"]
            found[day] = before = values
        return found

    def check(self) -> None:
        """Unit by unit, in sums, and in what leaders read."""
        for accepted in (True, False):
            for unit_id in self.members:
                told = self.told(unit_id, accepted=accepted)
                for day in DAYS:
                    read = figures.of_period(self.connection, "watch", unit_id, day, accepted=accepted)
                    assert {name: each.value for name, each in read.items()} == told.get(day, {}), (
                        unit_id,
                        day,
                        accepted,
                    )
        self._check_the_public()
        self._check_the_leaders()

    def _sums(self, name: str, *, accepted: bool) -> dict[date, tuple[int, int]]:
        every = [self.told(unit_id, accepted=accepted) for unit_id in self.members]
        found = {day: [of[day][name] for of in every if name in of.get(day, {})] for day in DAYS}
        return {day: (sum(values), len(values)) for day, values in found.items() if values}

    def _whole(self, name: str) -> dict[date, tuple[int | None, int]]:
        """What is cumulative: with the newest accepted value of who is late; None where somebody's newest report leaves it open."""
        every = [self.told(unit_id, accepted=True) for unit_id in self.members]
        found: dict[date, tuple[int | None, int]] = {}
        for day, (_, received) in self._sums(name, accepted=True).items():
            newest = [of[max(before)] for of in every if (before := [on for on in of if on <= day])]
            is_told = all(name in values for values in newest)
            found[day] = (sum(values[name] for values in newest) if is_told else None, received)
        return found

    def _check_the_public(self) -> None:
        for question in self.form.indicators:
            wanted = Wanted(self.form, (question,), (self.root,), tuple(DAYS))
            for few in (1000, 0):
                history = public.known(self.connection, wanted, self.areas, few).history(self.root, question)
                read = {}
                for day, fact in history.items():
                    assert isinstance(fact.value, Amount | Withheld)
                    assert fact.coverage is not None
                    read[day] = (fact.value.low if isinstance(fact.value, Amount) else None, fact.coverage.received)
                is_carried = question.name in self.form.carried
                should = self._whole(question.name) if is_carried else self._sums(question.name, accepted=True)
                assert read == should, (question.name, few)

    def _check_the_leaders(self) -> None:
        names = [question.name for question in self.form.indicators]
        read: dict[str, dict[date, tuple[object, int]]] = {name: {} for name in names}
        for total in figures.totals(self.connection, "watch", names, self.members, DAYS[0], DAYS[-1]):
            read[total.indicator][total.period] = (total.value, total.units)
        assert read == {name: self._sums(name, accepted=False) for name in names}
        exported = list(figures.export(self.connection, "watch", names, DAYS[0], DAYS[-1]))
        keys = [(each.unit_id, each.indicator, each.period) for each in exported]
        assert len(keys) == len(set(keys))
        told = digest_evidence(self.connection, self.form, self.root, DAYS, self.now, ZONE, tree=self.areas.tree)
        history = {
            (name, unit_id, day): value
            for name, by_unit in told.history.items()
            for unit_id, by_day in by_unit.items()
            for day, value in by_day.items()
        }
        assert history == {(each.indicator, each.unit_id, each.period): each.value for each in exported}
        waits = {
            one
            for (one, day), revisions in self.sent.items()
            if not revisions[-1].is_accepted and any(self.told(one, accepted=each).get(day) for each in (True, False))
        }
        assert waits <= told.provisional


@pytest.fixture
def watch(engine: Engine) -> Iterator[Watch]:
    with engine.connect() as connection, connection.begin() as transaction:
        areas = Areas(units.tree(connection))
        (form,) = forms.in_force(connection, DAYS[-1])
        chair = people.add(connection, Address("telegram", "5"), "Chair", "vi", datetime.now(UTC)).id
        yield Watch(connection, areas, form, chair)
        transaction.rollback()


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_sent_and_approved_the_public_is_told_what_is_approved(watch: Watch, seed: int) -> None:
    """Reports and corrections in any order of days; what is not approved is as good as refused: it changes nothing."""
    chance = random.Random(seed)
    for _ in range(14):
        unit_id, day = chance.choice(watch.members), chance.choice(DAYS)
        if (unit_id, day) in watch.sent and chance.random() < 0.5:
            watch.approves(unit_id, day)
        else:
            ill = chance.randrange(9) if chance.random() < 0.85 else None
            beds = chance.randrange(9) if chance.random() < 0.7 else None
            watch.reports(unit_id, day, ill, beds, approved=chance.random() < 0.4)
        watch.check()
    for unit_id, day in watch.sent:
        watch.approves(unit_id, day)
    watch.check()
    assert watch.connection.execute(select(func.count()).select_from(WAITING)).scalar_one() == 0


def test_later_days_follow_a_correction_only_when_it_is_approved(watch: Watch) -> None:
    one = watch.members[0]
    for day in DAYS[:3]:
        watch.reports(one, day, 1, approved=True)
    watch.reports(one, DAYS[0], 5)
    assert _ever(watch, one, accepted=True) == [1, 2, 3]
    assert _ever(watch, one) == [5, 6, 7]
    watch.reports(one, DAYS[0], 4)
    assert _ever(watch, one, accepted=True) == [1, 2, 3]
    watch.approves(one, DAYS[0])
    assert _ever(watch, one, accepted=True) == _ever(watch, one) == [4, 5, 6]
    assert [each.revision for each in _public(watch, one)] == [3, 2, 2]


def test_a_figure_that_a_correction_leaves_out_is_public_until_that_is_approved(watch: Watch) -> None:
    one, day = watch.members[0], DAYS[0]
    watch.reports(one, day, 3, 8, approved=True)
    watch.reports(one, day, 3, None)
    watch.check()
    watch.approves(one, day)
    watch.check()
    assert "beds" not in figures.of_period(watch.connection, "watch", one, day, accepted=True)


def _ever(watch: Watch, unit_id: int, *, accepted: bool = False) -> list[object]:
    found = (figures.of_period(watch.connection, "watch", unit_id, day, accepted=accepted) for day in DAYS[:3])
    return [of["ever"].value for of in found]


def _public(watch: Watch, unit_id: int) -> list[Figure]:
    found = (figures.of_period(watch.connection, "watch", unit_id, day, accepted=True) for day in DAYS[:3])
    return [of["ever"] for of in found]
