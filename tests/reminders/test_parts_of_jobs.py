"""Of what a job does for many one fails: the others are told in the same minute, and it is told which one it was."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select, update

from messages.digests.digest_messages import digest_says
from reminders import (
    announcements,
    bulletins,
    channel_orders,
    corrections,
    data_queries,
    digests,
    portals,
    returned,
    unsaid,
    unsent,
)
from reminders.context import Job, Tick
from reminders.menus import change_menus, changed_menus
from reporting.channel_switch import ChannelSwitch
from reporting.people import Address, Person
from reporting.person_record import Keeping
from reporting.say import Say
from reporting.tick_parts import TickPart
from services.digest_evidence import digest_evidence
from services.forget_old import forget_old
from storage.database.tables import metadata
from storage.database.tick_parts import TickParts
from storage.organisation import guesses
from tests.channels import CHANNELS
from tests.reminders.town import DAY, ZONE, Town, at, outbox

address = metadata.tables["address"]
TO = Address("telegram", "1001")
NOW = at("17:00")
FIRST = SimpleNamespace(
    id=1, person_id=1, address=TO, language="vi", form="daily", unit_id=1, send_at=NOW, edition=1, is_out=True,
    is_of_the_figure=True, unit=SimpleNamespace(id=1), key="daily", approval=("chair",), indicator="cases", period=DAY,
    schedule=SimpleNamespace(due=None), rule=SimpleNamespace(forms=("daily",), key="r"), set_by=1,
)  # fmt: skip
SECOND = SimpleNamespace(**{**vars(FIRST), "id": 2, "person_id": 2, "unit_id": 2, "unit": SimpleNamespace(id=2)})
SECOND.key = "other"


def parted(town: Town, job: Callable[[Tick], Any], clock: str = "17:00") -> set[TickPart]:
    """What of a job has failed, done part by part; what the others say waits in the outbox."""
    parts = TickParts(lambda *_: None)
    with town.engine.begin() as connection:
        assert not job(Tick(connection, at(clock), ZONE, CHANNELS, parts=parts))
    return parts.troubled


def both(*_: object, **__: object) -> list[Any]:
    return [FIRST, SECOND]


def none(*_: object, **__: object) -> list[Any]:
    return []


def first_fails(*given: Any, **_: object) -> list[Say]:
    if any(each is FIRST for each in given):
        raise ZeroDivisionError
    return [Say(TO, "Người thứ hai được báo.")]


def both_of_forms(*_: object, **__: object) -> list[Any]:
    return [SimpleNamespace(form=SimpleNamespace(key=each.form), unit=each.unit) for each in (FIRST, SECOND)]


def first_form_fails(_: Tick, of: Any) -> list[Say]:
    return first_fails(FIRST if of.unit is FIRST.unit else SECOND)


ONE = Person(1, "Nam", "vi", TO)
DRAFT = SimpleNamespace(form="daily", unit_id=1, period=DAY, due_at=NOW)


def over(_: Any, __: Any, ___: Any, to: Address, ____: Any) -> Say:
    return first_fails(FIRST if to == TO else SECOND)[0]


READERS: dict[str, Any] = {
    "corrections.digests.corrected": both,
    "corrections._gatherings": lambda *_: corrections.Gatherings({}, {}),
    "corrections.people.people_of": lambda *_: {1: FIRST, 2: SECOND},
    "corrections._told": lambda _, __, ___, ____, theirs: first_fails(*theirs),
}


def first_corrected(_: Tick, each: Any, __: Any) -> list[Any]:
    return [(corrections.CorrectionReader(each.id), each)]


def second_corrected(_: Tick, each: Any, __: Any) -> list[Any]:
    first_fails(each)
    return [(corrections.CorrectionReader(each.id), each)]


def followed(_: Any, *given: Any) -> Say:
    return first_fails(*given)[0]


CASES: list[tuple[Job, dict[str, Any], TickPart | tuple[TickPart, ...]]] = [
    (
        announcements.due_announcements,
        {
            "announcements.announcements.that_are_set": both,
            "announcements.announcements.in_hand": none,
            "announcements._left": first_fails,
        },
        TickPart(row="announcement 1"),
    ),
    (
        announcements.due_announcements,
        {
            "announcements.announcements.that_are_set": none,
            "announcements.announcements.in_hand": both,
            "announcements._brought_up_to_date": first_fails,
            "announcements._reminded": first_fails,
            "announcements._ended": lambda _, of: [] if of is FIRST else first_fails(of),
        },
        TickPart(row="announcement 1"),
    ),
    (
        announcements.due_announcements,
        {
            "announcements.announcements.that_are_set": none,
            "announcements.announcements.in_hand": both,
            "announcements._brought_up_to_date": none,
            "announcements._reminded": none,
            "announcements._ended": first_fails,
        },
        TickPart(person_id=1, row="announcement 1"),
    ),
    (
        channel_orders.due_channel_orders,
        {
            "channel_orders.channel_orders.waiting_orders": both,
            "channel_orders._begun": first_fails,
            "channel_orders._told": lambda tick, order, part: tick.says(part, lambda: first_fails(order)),
        },
        TickPart(row="channel order 1"),
    ),
    (
        channel_orders.due_channel_orders,
        {
            "channel_orders.channel_orders.waiting_orders": lambda *_: [SimpleNamespace(id=1, channel="telegram")],
            "channel_orders._begun": lambda *_: True,
            "channel_orders.tell_of_switch": lambda *_: ChannelSwitch((FIRST, SECOND), ()),  # type: ignore[arg-type]
            "channel_orders.switch_told": lambda some, *_, **__: first_fails(*some.there),
        },
        TickPart(person_id=1, row="channel order 1"),
    ),
    (
        unsent.due_unsent,
        {
            "unsent.many_drafts.unsent": lambda *_, **__: [(DRAFT, FIRST)],
            "unsent.deadline": lambda *_: DRAFT,
            "unsent.reopening.closes_at": lambda *_: NOW,
            "unsent.unsent_due": lambda *_: "end",
            "unsent.filling": lambda *_: None,
            "unsent._whose": lambda *_: [replace(ONE), replace(ONE, id=2, address=Address("telegram", "1002"))],
            "unsent.unsent_over": over,
            "unsent._end": lambda *_: None,
        },
        TickPart(form="daily", unit_id=1, person_id=1),
    ),
    (
        data_queries.due_data_queries,
        {"data_queries.open_questions": both, "data_queries._followed": first_fails},
        TickPart(form="daily", unit_id=1),
    ),
    (
        data_queries.due_data_queries,
        {
            "data_queries.open_questions": lambda *_: [FIRST],
            "data_queries.follow_up": lambda *_: [SimpleNamespace(to=each, asked=FIRST) for each in (FIRST, SECOND)],
            "data_queries.message_of": lambda event, _: first_fails(event.to)[0],
        },
        TickPart(form="daily", unit_id=1, person_id=1),
    ),
    (
        data_queries.due_data_queries,
        {
            "data_queries.open_questions": both,
            "data_queries.follow_up": lambda _, of, *__: [SimpleNamespace(to=of, asked=of)],
            "data_queries.message_of": lambda event, _: first_fails(event.to)[0],
        },
        (TickPart(form="daily", unit_id=1, person_id=1), TickPart(form="daily", unit_id=1)),
    ),
    (
        unsent.due_unsent,
        {
            "unsent.many_drafts.unsent": lambda *_, **__: [(FIRST, None), (SECOND, None)],
            "unsent._follow_up": first_fails,
        },
        TickPart(form="daily", unit_id=1),
    ),
    (
        portals.due_portals,
        {
            "portals.refused_lately": both,
            "portals.stopped_targets": none,
            "portals._to_its_reporters": first_fails,
            "portals.people.duties": none,
            "portals.people.people_of": lambda *_: {},
        },
        TickPart(form="daily", unit_id=1),
    ),
    (
        returned.due_returns,
        {"returned.returned_reports": both_of_forms, "returned._told": first_form_fails},
        TickPart(form="daily", unit_id=1),
    ),
    (
        bulletins.due_bulletins,
        {
            "bulletins._by_hour": lambda _: [(FIRST, None), (SECOND, None)],
            "bulletins.follows.changed": none,
            "bulletins.follows.told": none,
            "bulletins._Telling.of": followed,
        },
        TickPart(unit_id=1, row="follow 1"),
    ),
    (
        corrections.due_corrections,
        {**READERS, "corrections._of_correction": first_corrected},
        TickPart(person_id=1),
    ),
    (
        corrections.due_corrections,
        {**READERS, "corrections._of_correction": second_corrected},
        TickPart(form="daily", unit_id=1),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[each[0].__name__ for each in CASES])
def test_one_that_fails_keeps_no_other_from_being_told(
    town: Town, monkeypatch: pytest.MonkeyPatch, case: tuple[Job, dict[str, Any], TickPart | tuple[TickPart, ...]]
) -> None:
    job, bugs, part = case
    for name, stands_in in {**bugs, "announcements.notices_in_parts": lambda told, _: told}.items():
        monkeypatch.setattr(f"reminders.{name}", stands_in)
    assert parted(town, job) == ({part} if isinstance(part, TickPart) else {*part})
    assert [text for _, text in town.waiting()] == ["Người thứ hai được báo."]


def test_a_unit_whose_digest_cannot_be_worked_out_keeps_no_leader_from_his(
    empty_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = empty_town
    town.furnish(digest="17:00")
    town.join("Minh", "chair", "Thọ Dân")
    town.join("Lan", "leader", "Triệu Sơn")
    whole, unit_id = digest_evidence, town.unit("Thọ Dân").id

    def fails(connection: Any, form: Any, unit: Any, *given: Any, **named: Any) -> Any:
        if unit.id == unit_id:
            raise ZeroDivisionError
        return whole(connection, form, unit, *given, **named)

    def read_and_told(tick: Tick) -> list[Say]:
        return digests.due_digests(tick)(tick)

    with monkeypatch.context() as bug:
        bug.setattr("reminders.digests.digest_evidence", fails)
        assert parted(town, read_and_told) == {TickPart(form="daily", unit_id=unit_id)}
    assert {name for name, _ in town.waiting()} == {"Lan"}
    town.leave()
    assert parted(town, read_and_told, "17:01") == set()
    assert {name for name, _ in town.waiting()} == {"Minh"}


def test_a_leader_who_cannot_be_told_a_digest_keeps_no_other_of_his_unit_from_it(
    empty_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = empty_town
    town.furnish(digest="17:00")
    for name in ("Lan", "Hải", "Sơn"):
        town.join(name, "leader", "Triệu Sơn")
    failing = town.join("Vũ", "leader", "Triệu Sơn")

    def fails(made: Any, to: Address, *given: Any, **named: Any) -> list[Say]:
        if to == failing.address:
            raise ZeroDivisionError
        return digest_says(made, to, *given, **named)

    def read_and_told(tick: Tick) -> list[Say]:
        return digests.due_digests(tick)(tick)

    part = TickPart(form="daily", unit_id=town.unit("Triệu Sơn").id, person_id=failing.id)
    with monkeypatch.context() as bug:
        bug.setattr("reminders.digests.digest_says", fails)
        assert parted(town, read_and_told) == {part}
    assert sorted({name for name, _ in town.waiting()}) == ["Hải", "Lan", "Sơn"]
    town.leave()
    assert parted(town, read_and_told, "17:01") == set()
    assert {name for name, _ in town.waiting()} == {"Vũ"}


def test_one_of_a_units_people_who_cannot_be_told_keeps_no_other_of_them_from_it(town: Town) -> None:
    parts, numbers = TickParts(lambda *_: None), [town.people["Nam"], town.people["Hoa"], town.people["Minh"]]
    part = TickPart(form="daily", unit_id=1)

    def told(person_ids: Sequence[int]) -> list[Say]:
        if numbers[1] in person_ids:
            raise ZeroDivisionError
        return [Say(Address("telegram", str(999 + each)), "Được báo.") for each in person_ids]

    with town.engine.begin() as connection:
        tick = Tick(connection, NOW, ZONE, CHANNELS, parts=parts)
        assert tick.says_to(numbers, part, told) == []
    assert parts.troubled == {replace(part, person_id=numbers[1])}
    assert sorted(name for name, _ in town.waiting()) == ["Minh", "Nam"]


def test_more_digests_that_fail_than_are_made_at_once_keep_nobody_behind_them_waiting(
    empty_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = empty_town
    town.furnish(digest="17:00")
    for name, unit in (("An", "Triệu Sơn"), ("Bình", "Thọ Dân"), ("Chi", "Dân Lực")):
        town.join(name, "chair" if unit != "Triệu Sơn" else "leader", unit)
    failing, whole = {town.unit(each).id for each in ("Triệu Sơn", "Thọ Dân")}, digest_evidence

    def fails(connection: Any, form: Any, unit: Any, *given: Any, **named: Any) -> Any:
        if unit.id in failing:
            raise ZeroDivisionError
        return whole(connection, form, unit, *given, **named)

    monkeypatch.setattr("reminders.digests.digest_evidence", fails)
    parts = TickParts(lambda *_: None)
    with town.engine.begin() as connection:
        tick = Tick(connection, at("17:00"), ZONE, CHANNELS, parts=parts)
        (made,) = digests.prepared_digests(tick, at_once=1)
    assert made.due.unit_id == town.unit("Dân Lực").id
    assert {each.unit_id for each in parts.troubled} == failing


def test_a_chat_whose_menu_cannot_be_made_keeps_no_other_from_getting_one(town: Town) -> None:
    with town.engine.begin() as connection:
        connection.execute(
            update(address).where(address.c.person_id == town.people["Nam"]).values(channel="a messenger of old")
        )
    parts = TickParts(lambda *_: None)
    with town.engine.begin() as connection:
        tick = Tick(connection, at("15:00"), ZONE, CHANNELS, parts=parts)
        changes = changed_menus(tick)
        change_menus(tick, changes)
        put = connection.execute(select(outbox.c.address)).scalars().all()
    assert parts.troubled == {TickPart(person_id=town.people["Nam"])}
    assert len(put) == len(changes) == 3


def test_whoever_cannot_be_told_what_was_not_said_keeps_no_other_desk_from_hearing_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.join("An", "admin", "Triệu Sơn")
    town.join("Bé", "admin", "Triệu Sơn")
    town.tick("15:30")
    with town.engine.begin() as connection:
        connection.execute(update(outbox).values(state="dead", error="refused"))
    whole = unsaid._told

    def fails(tick: Tick, news: Any, admin: Any) -> Say:
        if admin.id == town.people["An"]:
            raise ZeroDivisionError
        return whole(tick, news, admin)

    with monkeypatch.context() as bug:
        bug.setattr(unsaid, "_told", fails)
        assert parted(town, unsaid.due_unsaid) == {TickPart(person_id=town.people["An"])}
    assert [name for name, _ in town.waiting()] == ["Bé"]
    town.leave()
    assert parted(town, unsaid.due_unsaid, "17:01") == set()
    assert [name for name, _ in town.waiting()] == ["An"]


def test_what_cannot_be_forgotten_keeps_nothing_else_from_being_forgotten(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    with town.engine.begin() as connection:
        guesses.keep(connection, TO, at("08:00", DAY - timedelta(days=9)))
    monkeypatch.setattr("services.forget_old.inbox.forget", fails)

    def forgets(tick: Tick) -> None:
        forget_old(tick.connection, Keeping(1, 1, 1, 0), tick.today, tick.now, apart=tick.apart)

    assert parted(town, forgets) == {TickPart(row="inbox")}
    with town.engine.begin() as connection:
        assert connection.execute(select(metadata.tables["wrong_code"])).all() == []
