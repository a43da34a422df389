"""Who is found only in a messenger that is not set cannot be told: whoever stands in for him, or is above him, is."""

from dataclasses import replace

from sqlalchemy import insert, literal, select, update

from reminders.context import Tick
from reminders.tick import remind
from reporting.channel import Channels
from reporting.receivers import Receiver
from reporting.retries import NOT_SET
from storage.database.tables import metadata
from storage.organisation import people, units
from storage.organisation.roster import roster
from storage.reports import forms
from storage.schedule import rounds
from tests.channels import CHANNELS
from tests.reminders.town import DAY, ZONE, Town, at

address, person, rows = (metadata.tables[each] for each in ("address", "person", "outbox"))
NO_ZALO: Channels = {**CHANNELS, "zalo": replace(CHANNELS["zalo"], is_set=False)}


def only_at_zalo(town: Town, *names: str) -> None:
    with town.engine.begin() as connection:
        ids = [town.people[each] for each in names]
        connection.execute(update(address).where(address.c.person_id.in_(ids)).values(channel="zalo"))


def told(town: Town, clock: str, channels: Channels = NO_ZALO) -> dict[str, str]:
    """What each is told at that time, who can be told anything."""
    with town.engine.begin() as connection:
        remind(Tick(connection, at(clock), ZONE, channels))
    read = dict(town.waiting())
    town.leave()
    return read


def dead(town: Town) -> list[str]:
    with town.engine.begin() as connection:
        found = connection.execute(select(rows).where(rows.c.state == "dead").order_by(rows.c.id)).all()
        assert {row.error for row in found} <= {NOT_SET}
        return [town.names[row.address] for row in found]


def test_the_deputy_is_reminded_in_the_reporters_place_and_that_he_was_not_is_kept(town: Town) -> None:
    town.join("Tư", "deputy", "Thọ Dân")
    only_at_zalo(town, "Nam")
    assert set(told(town, "15:30")) == {"Hoa", "Tư"}
    assert dead(town) == ["Nam"]
    assert told(town, "15:31") == {}
    assert dead(town) == ["Nam"]


def test_where_nobody_stands_in_who_is_above_hears_that_the_reporter_cannot_be_told(town: Town) -> None:
    only_at_zalo(town, "Nam")
    for clock in ("15:30", "16:30", "17:00"):
        assert set(told(town, clock)) == {"Hoa"}
    assert set(told(town, "17:30")) == {"Minh"}
    listed = told(town, "18:30")["Lan"]
    assert "Thọ Dân (đầu mối không nhận được tin)" in listed
    assert "Nưa (chưa có đầu mối)" in listed


def crowd(town: Town, number: int) -> None:
    """So many people who are found only at Zalo."""
    count = select(literal(1).label("n")).cte("count", recursive=True)
    count = count.union_all(select(count.c.n + 1).where(count.c.n < number))
    some = {"language": "vi", "created_at": at("08:00")}
    ones = select(literal("Dân"), *(literal(value, person.c[name].type) for name, value in some.items())).select_from(
        count
    )
    there = select(person.c.id, literal("zalo"), person.c.id.cast(address.c.address.type)).where(person.c.name == "Dân")
    with town.engine.begin() as connection:
        connection.execute(insert(person).from_select(["name", *some], ones))
        connection.execute(insert(address).from_select(["person_id", "channel", "address"], there))


def test_more_people_than_a_statement_has_places_for_keep_nobody_from_being_told(town: Town) -> None:
    crowd(town, 66_000)
    assert set(told(town, "15:30")) == {"Hoa", "Nam"}
    with town.engine.begin() as connection:
        lost = rounds.cut_off(connection, channels=NO_ZALO)
        assert len(lost) == 66_000
        assert people.duties(connection, DAY, person_ids=lost | {town.people["Nam"]}) == people.duties_of(
            connection, town.people["Nam"], DAY
        )


def test_where_the_leader_cannot_be_told_the_next_above_is(town: Town) -> None:
    town.join("Vũ", "leader", "Thọ Dân")
    only_at_zalo(town, "Vũ")
    unit_id = town.unit("Thọ Dân").id
    with town.engine.begin() as connection:
        tree, form = units.tree(connection), forms.published(connection, "daily", DAY)
        assert form is not None
        with_evidence = rounds.recipients_of(connection, tree, DAY, NO_ZALO, keeps_evidence=True)
        without = rounds.recipients_of(connection, tree, DAY, NO_ZALO)
    lan, vu = town.people["Lan"], town.people["Vũ"]
    assert [one for one, _ in with_evidence.hear(Receiver.LEADER, unit_id, form)] == [lan, vu]
    assert [one for one, _ in with_evidence.reached(Receiver.LEADER, unit_id, form)] == [lan]
    assert [one for one, _ in without.hear(Receiver.LEADER, unit_id, form)] == [lan]


def test_the_roster_says_so(town: Town) -> None:
    only_at_zalo(town, "Nam", "Lan")
    with town.engine.begin() as connection:
        connection.execute(
            update(address).where(address.c.person_id == town.people["Lan"]).values(unreachable_at=at("08:00"))
        )
        lines = {each.name: each for each in roster(connection, DAY, channels=NO_ZALO)}
        known = {each.name: each for each in roster(connection, DAY, channels=CHANNELS)}
    assert {name: each.not_set for name, each in lines.items()} == {"Nam": "zalo", "Hoa": "", "Minh": "", "Lan": ""}
    assert {name for name, each in lines.items() if each.is_cut_off} == {"Nam", "Lan"}
    assert {name for name, each in known.items() if each.is_cut_off} == {"Lan"}
