"""Duties end, rest and pass on: what was begun stays, what waited is taken back, whoever it concerns is told."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from reporting.errors import Refused
from reporting.events.duties import DutyEnded, LeaveEnded, LeaveTaken
from reporting.people import Address, Duty, Role
from services.end_duty import EndedDuty, end_duty
from services.hand_over import hand_over_at_desk, hand_over_duty
from services.leave import end_leave, take_leave
from services.link_address import link_address, make_link_code
from services.silent_people import silence
from storage.database.tables import metadata
from storage.messages import inbox
from storage.organisation import invitations, people
from storage.organisation.roster import roster
from storage.reports import drafts
from tests.services.office import DAY, NOW, Office

outbox, said = metadata.tables["outbox"], metadata.tables["said"]


def duty_of(office: Office, name: str, role: Role) -> Duty:
    (held,) = office.context.duties(office[name], role)
    return held


def ends(office: Office, name: str, role: Role, by: str | None = "An") -> EndedDuty:
    return end_duty(office.context, duty_of(office, name, role), office.actor(by) if by is not None else None)


def waits_for(office: Office, name: str) -> None:
    """A reminder about his unit's report waits to leave for somebody."""
    values = {"channel": "telegram", "address": name, "rank": 1, "say": {"text": "Nhắc"}, "created_at": NOW}
    more = {"key": "", "state": "new", "tries": 0, "uncertain": 0, "claimed_by": "", "message_id": "", "error": ""}
    number = office.connection.execute(insert(outbox).returning(outbox.c.id), values | more).scalar_one()
    rule = {"rule": "0m reporter", "kind": "reminder", "receiver": "reporter", "offset": 0, "number": 0}
    about = {"form": "beds", "unit_id": office.unit("11").id, "period": DAY, "person_id": office[name].id}
    office.connection.execute(insert(said), rule | about | {"outbox_id": number, "said_at": NOW, "moot": False})


def begins(office: Office, name: str) -> None:
    """Somebody is at the day's draft of Thọ Dân."""
    form, unit = office.context.forms[0], office.unit("11")
    draft, _ = drafts.save(
        office.connection, form, drafts.begin(office.connection, form, unit.id, DAY), office[name].id, NOW
    )
    drafts.go_to(office.connection, office[name].address, draft.id, draft.turn)


def test_what_he_had_begun_is_left_to_whoever_goes_on_and_no_reminder_reaches_him(office: Office) -> None:
    begins(office, "Nam")
    waits_for(office, "Nam")
    ended = ends(office, "Nam", "reporter")
    assert (ended.drafts, [each.name for each in ended.reporting]) == (1, ["Bình"])
    assert office.context.duties(office["Nam"]) == []
    (draft,) = office.rows("draft")
    assert (draft["state"], draft["holder_id"]) == ("asking", None)
    assert office.rows("outbox") == office.rows("said") == []
    assert drafts.at(office.connection, office["Nam"].address) is None
    told = {event.to.name: event for event in ended.events}
    assert set(told) == {"Nam", "Bình", "Ba"}
    assert ("end duty", office["An"].id) in office.audited()


def test_a_deputy_who_reports_as_well_keeps_his_draft(office: Office) -> None:
    people.charge(office.connection, Duty(office["Nam"].id, office.unit("11").id, "deputy", DAY))
    begins(office, "Nam")
    assert ends(office, "Nam", "reporter").drafts == 0
    assert office.rows("draft")[0]["holder_id"] == office["Nam"].id


def test_a_duty_that_was_to_go_on_after_leave_does_not_begin_again(office: Office) -> None:
    take_leave(office.context, office["Nam"], DAY + timedelta(days=1), DAY + timedelta(days=3))
    ends(office, "Nam", "reporter")
    later = people.duties_of(office.connection, office["Nam"].id, DAY + timedelta(days=5))
    assert later == []


@pytest.mark.parametrize(
    ("by", "name", "role", "may"),
    [
        ("Hoa", "Nam", "reporter", True),
        ("Hoa", "Ba", "chair", True),
        ("Hoa", "An", "admin", False),
        ("An", "Hoa", "leader", True),
        ("Ba", "Nam", "reporter", False),
        ("Nam", "Bình", "deputy", False),
    ],
)
def test_who_ends_whose_duty(office: Office, by: str, name: str, role: Role, may: bool) -> None:
    if may:
        assert ends(office, name, role, by).person.name == name
        return
    with pytest.raises(Refused, match="lead_not_allowed"):
        ends(office, name, role, by)
    assert ("refused", office[by].id) in office.audited()


def test_nobody_ends_his_own_duty_but_the_command_line_ends_any(office: Office) -> None:
    with pytest.raises(Refused, match="duty_own"):
        ends(office, "An", "admin")
    ended = ends(office, "An", "admin", by=None)
    assert [type(event) for event in ended.events] == [DutyEnded]
    assert ("end duty", None) in office.audited()


def test_the_desk_hands_a_report_over_to_anybody_and_a_leader_to_a_deputy(office: Office) -> None:
    begins(office, "Nam")
    told = hand_over_at_desk(office.context, office.unit("11"), office["Ba"], DAY)
    assert {event.to.name for event in told} == {"Nam", "Ba"}
    assert office.rows("draft")[0]["holder_id"] is None
    with pytest.raises(Refused, match="handover_his"):
        hand_over_at_desk(office.context, office.unit("11"), office["Ba"], DAY)
    with pytest.raises(Refused, match="handover_day"):
        hand_over_at_desk(office.context, office.unit("11"), office["Nam"], DAY - timedelta(days=1))
    again = hand_over_duty(office.context, office["Hoa"], office.unit("11"), office["Bình"].id, DAY)
    assert again is not None
    assert {event.to.name for event in again} == {"Ba", "Hoa", "Bình"}
    assert hand_over_duty(office.context, office["Hoa"], office.unit("11"), office["Nam"].id, DAY) is None


def test_leave_that_the_desk_notes_is_told_to_whoever_is_away_and_his_return_to_his_deputy(office: Office) -> None:
    (left,) = take_leave(office.context, office["Nam"], DAY, DAY + timedelta(days=2), by_desk=True)
    assert [(type(event), event.to.name) for event in left.events] == [
        (LeaveTaken, "Bình"),
        (LeaveTaken, "Ba"),
        (LeaveTaken, "Nam"),
    ]
    over = end_leave(office.context, office["Nam"])
    assert [(type(event), event.to.name) for event in over.events] == [(LeaveEnded, "Bình"), (LeaveEnded, "Ba")]


def test_the_roster_knows_when_somebody_was_last_heard_also_when_his_updates_are_gone(office: Office) -> None:
    heard = [inbox.Heard("telegram", "1", "Nam", '{"update_id": 1}')]
    wrote_at = NOW + timedelta(hours=1)
    inbox.put(office.connection, heard, wrote_at, DAY)
    inbox.take(office.connection, 10, wrote_at)

    def last(name: str) -> object:
        lines = roster(office.connection, DAY)
        return next(line.heard_at for line in lines if line.name == name)

    assert (last("Nam"), last("Ba")) == (wrote_at, NOW)
    inbox.forget(office.connection, NOW + timedelta(days=9), timedelta(days=7), timedelta(days=8))
    assert office.rows("inbox") == []
    assert (last("Nam"), last("Ba")) == (wrote_at, NOW)


def test_who_is_lacking_and_who_is_silent(office: Office) -> None:
    context, unit = office.context, office.unit("11")
    invitations.add(office.connection, "x", "reporter", office.unit("12").id, NOW + timedelta(days=1), 1, NOW)
    later = DAY + timedelta(days=8)
    roots = context.tree.roots(DAY)
    found = silence(office.connection, context.forms, context.tree, later, NOW, roots)
    assert [each.code for each in found.lacking] == ["12", "13"]
    assert found.invited == {office.unit("12").id}
    assert [(line.name, last) for line, last in found.quiet] == [("Nam", None)]
    sent = {
        "number": "B",
        "form": "beds",
        "version": "1",
        "unit_id": unit.id,
        "period": DAY,
        "revision": 1,
        "answers": {},
    }
    stamps = {"sent_by": office["Nam"].id, "sent_at": NOW, "first_sent_at": NOW, "reason": "", "provisional": False}
    office.connection.execute(insert(metadata.tables["report"]), sent | stamps)
    assert silence(office.connection, context.forms, context.tree, DAY, NOW, roots).quiet == ()
    ((line, last),) = silence(office.connection, context.forms, context.tree, later, NOW, roots).quiet
    assert (line.name, last) == ("Nam", DAY)


def test_whoever_was_charged_lately_is_not_called_silent(office: Office) -> None:
    context = office.context
    people.charge(office.connection, Duty(office["Ba"].id, office.unit("12").id, "reporter", date(2021, 11, 9)))
    found = silence(office.connection, context.forms, context.tree, DAY, NOW, context.tree.roots(DAY))
    assert [line.name for line, _ in found.quiet] == ["Nam"]


def test_a_code_to_link_another_address_is_good_no_more(office: Office) -> None:
    text = make_link_code(office.connection, office["Nam"].id, NOW)
    ends(office, "Nam", "reporter")
    with pytest.raises(Refused, match="link_code_unknown"):
        link_address(office.context, Address("zalo", "7"), text)
    assert people.at(office.connection, Address("zalo", "7")) is None
