"""An announcement goes once to whoever is charged when it leaves; edits and recalls reach each by what became of his message."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from messages.notices import notices_in_parts
from reporting.announcement import Announcement, Audience, Whom
from reporting.errors import Refused
from reporting.events.announcements import Announced, AnnouncementRecalled
from reporting.people import Address, Duty
from services.announce import send_announcement, start_announcement, write_announcement_text
from services.follow_announcement import (
    acknowledge_announcement,
    bring_up_to_date,
    edit_announcement,
    recall_announcement,
    remind_of_announcement,
    unacknowledged_since,
    with_receipts,
)
from services.send_announcement import SentOut, put_with_receipts, reach_of, send_out
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.messages import announcements, outbox, receipts
from storage.organisation import leaves, people, units
from tests.channels import CHANNELS
from tests.postgres import fresh_database
from tests.services.office import DAY, NOW, ZONE, Office, furnish

rows = metadata.tables["outbox"]
HOME = Address("telegram", "Hoa")


def written(office: Office, whom: Whom = "reporters", of: Sequence[str] = ()) -> Announcement:
    """One that Hoa has written and not sent."""
    audience = Audience(whom, tuple(office.unit(each).id for each in of))
    start_announcement(office.context, office.actor("Hoa"), HOME, audience)
    return write_announcement_text(office.context, office["Hoa"], HOME, "Họp 8 giờ.", None)


def sent(office: Office, whom: Whom = "reporters") -> Announcement:
    """One that has left, with its messages in the outbox."""
    written(office, whom)
    done = send_announcement(office.context, office.actor("Hoa"), HOME)
    assert isinstance(done, SentOut)
    put(office, done.announcement, done.events)
    return done.announcement


def put(office: Office, of: Announcement, events: Sequence[Announced | AnnouncementRecalled]) -> None:
    put_with_receipts(
        office.connection,
        of,
        events,
        lambda some: outbox.put(office.connection, notices_in_parts(some, ZONE), NOW, CHANNELS),
    )


def names(office: Office, of: Announcement) -> list[str]:
    """Whom it would go to, by name."""
    reach = reach_of(office.connection, office.context.tree, of, office.now, ZONE)
    return sorted(each.name for each in people.people_of(office.connection, reach.seats).values())


def test_it_goes_to_whoever_is_charged_each_once_and_not_to_its_sender(office: Office) -> None:
    people.charge(office.connection, Duty(office["Ba"].id, office.unit("12").id, "chair", date(2021, 11, 1)))
    people.charge(office.connection, Duty(office["Hoa"].id, office.unit("13").id, "reporter", date(2021, 11, 1)))
    assert names(office, written(office)) == ["Nam"]
    assert names(office, written(office, "chairs")) == ["Ba"]
    assert names(office, written(office, "all")) == ["An", "Ba", "Bình", "Nam"]
    assert names(office, written(office, "all", ["12"])) == ["Ba"]


def test_a_deputy_stands_in_for_who_is_away_and_for_who_cannot_be_reached_who_is_named(office: Office) -> None:
    outbox.close(office.connection, office["Nam"].address, "blocked", NOW)
    found = written(office)
    assert names(office, found) == ["Bình", "Nam"]
    reach = reach_of(office.connection, office.context.tree, found, NOW, ZONE)
    assert ([each.name for each in reach.unreachable], reach.reached) == (["Nam"], 1)
    leaves.leave(office.connection, office["Nam"].id, DAY, DAY)
    assert names(office, found) == ["Bình"]


def test_who_comes_in_later_gets_nothing_and_a_second_sending_sends_nothing(office: Office) -> None:
    made = sent(office)
    new = people.add(office.connection, Address("telegram", "new"), "Mới", "vi", NOW)
    people.charge(office.connection, Duty(new.id, office.unit("12").id, "reporter", DAY))
    assert send_out(office.connection, office.context.tree, made, NOW, ZONE) is None
    assert bring_up_to_date(office.connection, office.context.tree, made, DAY) == []
    assert [each.name for each in receipts.receipts_of(office.connection, made.id)] == ["Nam"]
    assert [what for what, _ in office.audited()] == ["announced"]


def test_whoever_does_not_answer_for_the_units_when_it_leaves_sends_nothing(office: Office) -> None:
    made = written(office)
    people.end_duty(office.connection, Duty(office["Hoa"].id, office.unit("1").id, "leader", date(2021, 11, 1)), DAY)
    assert send_out(office.connection, office.context.tree, made, NOW, ZONE) is None
    assert receipts.receipts_of(office.connection, made.id) == []
    assert [what for what, _ in office.audited()] == ["refused"]


STATES = (("new", "Nam"), ("said", "Bình"), ("sending", "Ba"), ("dead", "An"))


def in_states(office: Office) -> Announcement:
    """One whose messages are in each of these states."""
    made = sent(office, "all")
    for state, name in STATES:
        at = rows.c.address == name
        known = "7" if state == "said" else ""
        office.connection.execute(update(rows).where(at).values(state=state, message_id=known))
    return made


def test_an_edit_reaches_each_once_by_what_became_of_his_message(office: Office) -> None:
    made = in_states(office)
    edited = edit_announcement(office.context, office.actor("Hoa"), made.id, "Họp 9 giờ.")
    events = bring_up_to_date(office.connection, office.context.tree, edited, DAY)
    assert [(each.to.name, each.edits) for each in events] == [("Nam", ""), ("Bình", "7")]
    put(office, edited, events)
    assert bring_up_to_date(office.connection, office.context.tree, edited, DAY) == []
    waiting = [row for row in office.rows("outbox") if row["address"] == "Nam"]
    assert ["Họp 9 giờ." in row["say"]["text"] for row in waiting] == [True]
    office.connection.execute(update(rows).where(rows.c.address == "Ba").values(state="said", message_id="8"))
    left = bring_up_to_date(office.connection, office.context.tree, edited, DAY)
    assert [(each.to.name, each.edits) for each in left] == [("Ba", "8")]


def ends(office: Office, name: str, code: str) -> None:
    """His duty at the unit is over, and he has one elsewhere."""
    held = people.duties_of(office.connection, office[name].id, DAY)
    for each in held:
        people.end_duty(office.connection, each, DAY)
    people.charge(office.connection, Duty(office[name].id, office.unit(code).id, held[0].role, DAY))


def test_who_has_gone_elsewhere_is_not_reminded_has_no_new_words_and_acknowledges_nothing(office: Office) -> None:
    made = sent(office)
    at_nam = update(rows).where(rows.c.address == "Nam")
    office.connection.execute(at_nam.values(state="said", message_id="7"))
    here = remind_of_announcement(office.connection, office.context.tree, made, NOW, DAY)
    assert [each.to.name for each in here] == ["Nam"]
    ends(office, "Nam", "13")
    later = NOW + timedelta(hours=1)
    assert remind_of_announcement(office.connection, office.context.tree, made, later, DAY, office["Hoa"].id) == []
    edited = edit_announcement(office.context, office.actor("Hoa"), made.id, "Họp kín 9 giờ.")
    assert bring_up_to_date(office.connection, office.context.tree, edited, DAY) == []
    with pytest.raises(Refused, match="announcement_duty_over"):
        acknowledge_announcement(office.context, office["Nam"], made.id)
    assert receipts.receipts_of(office.connection, made.id)[0].acknowledged_at is None
    recalled = recall_announcement(office.context, office.actor("Hoa"), made.id)
    told = bring_up_to_date(office.connection, office.context.tree, recalled, DAY)
    assert [each.to.name for each in told] == ["Nam"]  # what he still has of it is to go


def test_of_a_unit_that_is_no_more_whoever_is_charged_elsewhere_acknowledges(office: Office) -> None:
    made = sent(office)
    ends(office, "Nam", "13")
    unit = metadata.tables["unit"]
    office.connection.execute(update(unit).where(unit.c.id == office.unit("11").id).values(until=DAY))
    assert acknowledge_announcement(office.context, office["Nam"], made.id).is_new


def test_a_recall_takes_back_what_has_not_left(office: Office) -> None:
    made = in_states(office)
    recalled = recall_announcement(office.context, office.actor("Hoa"), made.id)
    events = bring_up_to_date(office.connection, office.context.tree, recalled, DAY)
    assert [(each.to.name, each.edits) for each in events] == [("Bình", "7")]
    assert [row for row in office.rows("outbox") if row["address"] == "Nam"] == []
    with pytest.raises(Refused):
        recall_announcement(office.context, office.actor("Hoa"), made.id)


def test_a_meeting_is_told_of_those_whose_deadline_has_passed_and_of_who_lacks(office: Office) -> None:
    made = sent(office)
    announcements.wait_until(office.connection, made.id, NOW + timedelta(hours=1))
    tree, root = office.context.tree, office.unit("1")
    late = NOW + timedelta(hours=2)
    assert unacknowledged_since(office.connection, tree, root, NOW, NOW) == []
    told = unacknowledged_since(office.connection, tree, root, NOW, late)
    assert [(each.announcement.id, [one.name for one in each.receipts]) for each in told] == [(made.id, ["Nam"])]
    assert unacknowledged_since(office.connection, tree, office.unit("12"), NOW, late) == []
    receipts.acknowledge(office.connection, told[0].receipts[0].id, NOW)
    assert unacknowledged_since(office.connection, tree, root, NOW, late) == []
    assert with_receipts(office.connection, tree, made).receipts[0].acknowledged_at == NOW


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_of_two_processes_that_send_one_does(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if database == "postgresql":
        url = fresh_database(request.getfixturevalue("postgres"), furnish)
    else:
        url = f"sqlite:///{tmp_path / 'giaoban.db'}"
        furnish(url)
    first, second = writing_engine(url), writing_engine(url)
    with first.begin() as connection:
        made = written(Office(connection))

    def sends(engine: Engine) -> SentOut | None:
        with engine.begin() as connection:
            return send_out(connection, units.tree(connection), made, NOW, ZONE)

    with ThreadPoolExecutor(1) as pool:
        with first.begin() as connection:
            ours = send_out(connection, units.tree(connection), made, NOW, ZONE)
            theirs = pool.submit(sends, second)
        assert theirs.result(30) is None
    assert ours is not None
    assert [each.to.name for each in ours.events] == ["Nam"]
    first.dispose()
    second.dispose()
