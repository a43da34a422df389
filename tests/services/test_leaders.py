"""What leaders come to do, without any messenger: use cases are called on a connection, and the event is the same whoever calls."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, select

from messages.notices import message_of, notices_of
from reminders.approvals import due_approvals
from reminders.context import Tick
from reminders.data_queries import due_data_queries
from reporting.access import Actor
from reporting.answers import Answer
from reporting.approvals import AwaitsApproval
from reporting.errors import Refused
from reporting.events.queries import DataQueryAsked, DataQueryEnded, Nudge
from reporting.events.reviews import ApprovalWanted, Approved, Reopened
from reporting.forms import Form
from reporting.people import Address, Duty, Person, Role
from reporting.reports import Report
from reporting.reviews import Reviewed
from reporting.unit_list import read_units
from reporting.units import Unit
from services import approve, data_query, group_digest, join, nudge, reopen
from services.context import Context
from services.follow_up import follow_up
from services.invite import invite
from services.look_at_unit import look_at_unit
from services.read_digest import evidence_for
from services.standing import standing
from services.submit_report import accept
from services.waiting_reviews import awaiting_approval, report_numbered_for_review
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.messages import outbox
from storage.organisation import people, units
from storage.reports import forms
from storage.schedule import reminder_evidence
from tests.channels import CHANNELS
from tests.databases import fresh_of_kind
from tests.migrated import begin_at

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2021, 11, 10)
NOW = datetime(2021, 11, 10, 17, 0, tzinfo=ZONE).astimezone(UTC)
UNITS = "code,name,kind,parent\n1,Triệu Sơn,huyện,\n11,Thọ Dân,xã,1\n12,Dân Lực,xã,1\n13,Nưa,thị trấn,1\n"
FORM = """| settings | form_id | form_title | version | due | closes | approval | default_language |
|---|---|---|---|---|---|---|---|
| | beds | Giường bệnh | 1 | 16:30 | 20:00 | chair | vi |

| survey | type | name | label | kind | visibility |
|---|---|---|---|---|---|
| | integer | beds | Số giường trống | stock | public |
"""
audits, said = metadata.tables["audit"], metadata.tables["said"]


@dataclass
class District:
    """Three communes on one connection: Nam reports for the first, Ba chairs it, Hoa leads the district; nobody has the third."""

    connection: Connection
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.nam, self.tam = self.person("Nam", "reporter", "11"), self.person("Tám", "reporter", "12")
        self.ba, self.hoa = self.person("Ba", "chair", "11"), self.person("Hoa", "leader", "1")

    @property
    def context(self) -> Context:
        return Context(self.connection, self.now, ZONE, units.tree(self.connection), CHANNELS)

    @property
    def tick(self) -> Tick:
        return Tick(self.connection, self.now, ZONE, CHANNELS)

    @property
    def form(self) -> Form:
        (form,) = self.context.forms
        return form

    def unit(self, code: str) -> Unit:
        found = units.tree(self.connection).find(code, DAY)
        assert found is not None
        return found

    def person(self, name: str, role: Role, code: str) -> Person:
        person = people.add(self.connection, Address("telegram", name), name, "vi", NOW)
        people.charge(self.connection, Duty(person.id, self.unit(code).id, role, date(2021, 11, 1)))
        return person

    def actor(self, person: Person) -> Actor:
        return Actor(person, tuple(self.context.duties(person)))

    def sends(self, beds: int, revision: int = 1) -> Report:
        """Nam's report of the day, which waits for approval."""
        number, unit = f"B-11-{revision}", self.unit("11")
        answers = {"beds": Answer(beds)}
        stamps = (self.now, self.now)
        new = Report(number, "beds", "1", unit.id, DAY, revision, answers, self.nam.id, *stamps, provisional=True)
        assert accept(self.connection, self.form, new, ZONE)
        return new

    def audited(self) -> list[tuple[str, int | None]]:
        """What was done by whom."""
        rows = self.connection.execute(select(audits.c.what, audits.c.who).order_by(audits.c.id)).all()
        return [(row.what, row.who) for row in rows]


@pytest.fixture(params=["sqlite", "postgresql"])
def district(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[District]:
    url = fresh_of_kind(request, tmp_path / "giaoban.db", furnish)
    engine = writing_engine(url)
    with engine.begin() as connection:
        yield District(connection)
    engine.dispose()


def furnish(url: str) -> None:
    begin_at(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units(UNITS))
        forms.publish(connection, FORM.encode(), "beds.md", date(2021, 11, 1), NOW)
    engine.dispose()


def test_a_nudge_tells_whoever_owes_a_report_once_in_a_quarter_of_an_hour(district: District) -> None:
    root, hoa = district.unit("1"), district.actor(district.hoa)
    done = nudge.nudge(district.context, hoa, district.form, root, DAY)
    assert [(event.to, [unit.code for unit in event.units]) for event in done.events] == [
        (district.nam, ["11"]),
        (district.tam, ["12"]),
    ]
    assert {(event.by, event.seat) for event in done.events} == {(district.hoa, root)}
    assert [unit.code for unit in done.nudged.nobody] == ["13"]
    assert district.audited()[-1] == ("nudged", district.hoa.id)
    district.now += timedelta(minutes=14)
    again = nudge.nudge(district.context, hoa, district.form, root, DAY)
    assert again.events == []
    assert [unit.code for unit in again.nudged.recently] == ["11", "12"]


def test_what_became_of_a_nudge_is_told_by_the_message_that_was_queued(district: District) -> None:
    done = nudge.nudge(district.context, district.actor(district.hoa), district.form, district.unit("1"), DAY)
    ids = outbox.put(district.connection, notices_of(done.events, ZONE), district.now, CHANNELS)
    nudge.queued(district.connection, done, ids)
    kept = district.connection.execute(select(said.c.person_id, said.c.outbox_id).order_by(said.c.id)).all()
    assert [tuple(row) for row in kept] == [(district.nam.id, ids[0]), (district.tam.id, ids[1])]
    told = reminder_evidence.words_about(district.connection, "beds", DAY)
    assert [(each.person_id, each.state) for each in told] == [(district.nam.id, "new"), (district.tam.id, "new")]


def test_two_who_nudge_at_once_say_it_once_and_in_the_same_words(district: District) -> None:
    """The chair of one commune says to its reporter what the leader says, but by whom and by which duty."""
    place = (district.form, district.unit("11"), DAY)
    savepoint = district.connection.begin_nested()
    (by_leader,) = nudge.nudge(district.context, district.actor(district.hoa), *place).events
    savepoint.rollback()
    (by_chair,) = nudge.nudge(district.context, district.actor(district.ba), *place).events
    assert by_leader == Nudge(
        district.nam, district.hoa, district.unit("1"), district.form, DAY, [place[1]], by_chair.due_at, NOW
    )
    assert by_chair == Nudge(
        district.nam, district.ba, district.unit("11"), district.form, DAY, [place[1]], by_leader.due_at, NOW
    )
    assert message_of(by_leader, ZONE).buttons == message_of(by_chair, ZONE).buttons
    assert nudge.nudge(district.context, district.actor(district.hoa), *place).events == []


def test_who_approves_is_told_by_the_clock_and_whoever_sent_hears_of_it(district: District) -> None:
    report, ba = district.sends(12), district.actor(district.ba)
    stands = Reviewed("received", ("chair",), 0, report.sent_at)
    awaits = AwaitsApproval(district.form, report, district.unit("11"), stands, "chair")
    wanted = ApprovalWanted(district.ba, district.form, [awaits], district.now)
    assert due_approvals(district.tick) == [message_of(wanted, ZONE)]
    assert due_approvals(district.tick) == []
    (waiting,) = awaiting_approval(district.context, ba)
    assert waiting == awaits
    found = report_numbered_for_review(district.context, "b-11-1")
    assert found == (waiting.form, waiting.unit, waiting.report)
    done = approve.approve(district.context, ba, district.form, waiting.unit, DAY, 1)
    assert done == approve.Approval(
        "approved", "B-11-1", (Approved(district.nam, district.ba, waiting.unit, district.form.period(DAY), "B-11-1"),)
    )
    assert district.audited()[-1] == ("approved", district.ba.id)
    assert approve.approve(district.context, ba, district.form, waiting.unit, DAY, 1).state == "approved before"
    assert approve.approve(district.context, ba, district.form, waiting.unit, DAY, 2).state == "stale"
    assert awaiting_approval(district.context, ba) == []


def test_whoever_approves_his_own_report_is_told_nothing(district: District) -> None:
    district.sends(12)
    people.charge(district.connection, Duty(district.nam.id, district.unit("11").id, "chair", date(2021, 11, 1)))
    done = approve.approve(district.context, district.actor(district.nam), district.form, district.unit("11"), DAY, 1)
    assert (done.state, done.events) == ("approved", ())


def test_a_use_case_refuses_whoever_may_not_and_leaves_the_line(district: District) -> None:
    nam, unit, form = district.actor(district.nam), district.unit("11"), district.form
    district.sends(12)
    refused = (
        lambda: nudge.nudge(district.context, nam, form, unit, DAY),
        lambda: reopen.reopen(district.context, nam, form, unit, DAY, NOW + timedelta(hours=9)),
        lambda: approve.approve(district.context, nam, form, unit, DAY, 1),
        lambda: data_query.ask(district.context, nam, form, unit, DAY, "beds"),
        lambda: evidence_for(district.context, nam, form, unit, [DAY]),
        lambda: look_at_unit(district.context, nam, form, district.unit("12"), DAY),
        lambda: standing(district.context, nam, form, district.unit("1"), DAY),
        lambda: group_digest.give_digest(district.context, nam, Address("telegram", "-5"), [unit]),
    )
    for call in refused:
        with pytest.raises(Refused) as found:
            call()
        assert found.value.key == "lead_not_allowed"
    assert district.audited()[-len(refused) :] == [("refused", district.nam.id)] * len(refused)


def test_a_closed_report_is_open_again_and_its_people_are_told(district: District) -> None:
    district.now, until = NOW + timedelta(hours=4), NOW + timedelta(hours=6)
    place = (district.form, district.unit("11"), DAY)
    done = reopen.reopen(district.context, district.actor(district.hoa), *place, until)
    assert (done.state, done.people) == ("reopened", [district.nam])
    assert done.events == [Reopened(district.nam, district.hoa, *place, until)]
    assert district.audited()[-1] == ("reopened", district.hoa.id)
    again = reopen.reopen(district.context, district.actor(district.hoa), *place, until)
    assert (again.state, again.until, again.events) == ("open already", until, ())


def test_a_question_about_a_figure_is_asked_reminded_of_and_answered(district: District) -> None:
    district.sends(12)
    hoa, unit = district.actor(district.hoa), district.unit("11")
    done = data_query.ask(district.context, hoa, district.form, unit, DAY, "beds", "hôm qua 40")
    (event,) = done.events
    assert (event.to, event.by, event.asked.value, event.asked.note) == (district.nam, district.hoa, "12", "hôm qua 40")
    assert data_query.ask(district.context, hoa, district.form, unit, DAY, "beds").state == "asked already"
    (open_now,) = data_query.open_for(district.context, district.context.duties(district.nam))
    assert open_now == event.asked
    district.now += timedelta(minutes=61)
    reminder = DataQueryAsked(district.nam, district.hoa, open_now, district.form, unit, again=True)
    savepoint = district.connection.begin_nested()
    assert follow_up(district.connection, open_now, units.tree(district.connection), district.now, ZONE) == [reminder]
    savepoint.rollback()
    assert due_data_queries(district.tick) == [message_of(reminder, ZONE)]
    answer = data_query.answer(district.context, district.actor(district.nam), open_now, is_right=True)
    assert answer.events == [
        DataQueryEnded(district.hoa, open_now, district.form, unit, "confirmed", "12", "", district.nam.name)
    ]
    assert [what for what, _ in district.audited()[-2:]] == ["asked back", "answered back"]
    ended = data_query.question(district.context, open_now.id)
    assert data_query.answer(district.context, district.actor(district.nam), ended, is_right=True).state is None


def test_an_invitation_is_accepted_from_anywhere(district: District) -> None:
    code = invite(district.connection, "deputy", district.unit("11"), days=1, uses=1, now=NOW).code
    at = Address("web", "7")
    joined = join.accept_invitation(district.context, at, code, "  Lê   Văn Nam ", "en")
    assert (joined.is_new, joined.person.name, joined.person.language) == (True, "Lê Văn Nam", "en")
    assert district.audited()[-1] == ("join", joined.person.id)
    assert [duty.role for duty in district.context.duties(joined.person)] == ["deputy"]
    assert not join.accept_invitation(district.context, at, code, "", "vi").is_new
    with pytest.raises(Refused, match="invitation_used"):
        join.accept_invitation(district.context, Address("web", "8"), code, "Ai đó", "vi")


def test_a_group_gets_the_digest_of_a_unit_until_it_is_stopped(district: District) -> None:
    where, hoa, unit = Address("telegram", "-5"), district.actor(district.hoa), district.unit("1")
    group_digest.give_digest(district.context, hoa, where, [unit])
    assert group_digest.may_be_told(district.context, where, district.unit("11"))
    assert group_digest.stop_digest(district.context, hoa, where) == [unit]
    assert not group_digest.may_be_told(district.context, where, unit)
    assert [what for what, _ in district.audited()[-2:]] == ["group set up", "group left"]
