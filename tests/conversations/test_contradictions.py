"""A rule across figures finds a contradiction: it is told once, listed while it is open, and closed when the figures agree."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection

from messages.leaders.contradiction_words import contradictions_say
from reporting.archive import ArchiveLine
from reporting.people import Address
from reporting.say import Say
from reporting.validation.validation_rule import Contradiction
from services.import_history import take_in
from services.keep_rules import bring_rules, retire_rule
from services.read_contradictions import open_contradictions
from storage.organisation import units
from tests.conversations.house import START, House, Talker, fills_in

T = TypeVar("T")
TODAY = START.date()
RULES = """key,name,left,operator,right,hour
tests,Số mẫu không quá số F1,${covid_daily.tests_new},<=,${covid_daily.f1_active},18:00
"""


async def write(house: House, do: Callable[[Connection], T]) -> T:
    return await house.running.clerk.write(do)


async def listed(house: House) -> Sequence[Contradiction]:
    return await write(house, lambda connection: open_contradictions(connection, units.tree(connection), TODAY))


async def brought(house: House, reporter: Talker) -> Talker:
    """The desk, shortly before the rule is run over a report that breaks it."""
    admin = await house.joined("Phạm Thu Hà", "admin", "397")
    await write(house, lambda connection: bring_rules(connection, RULES, START, TODAY))
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await house.moves_to("17:59")
    for each in (reporter, admin):
        each.forgets()
    return admin


async def ticks(house: House, *hearing: Talker) -> list[int]:
    """A minute goes by: in how many messages each of these has heard of contradictions."""
    house.simulator.clock.move_to(house.simulator.clock.now() + timedelta(minutes=1))
    await house.running.tick()
    await house.settled()
    return [sum("chưa khớp" in said.text for said in each.forgets()) for each in hearing]


async def test_who_cannot_be_told_is_told_when_he_can_and_nobody_else_is_told_again(
    house: House, reporter: Talker, leader: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, whole = await brought(house, reporter), contradictions_say

    def fails(found: Any, forms: Any, tree: Any, to: Address, words: Any) -> Say:
        if to.address == str(leader.person.id):
            raise ZeroDivisionError
        return whole(found, forms, tree, to, words)

    leader.forgets()
    with monkeypatch.context() as bug:
        bug.setattr("reminders.contradictions.contradictions_say", fails)
        assert [await ticks(house, leader, admin) for _ in range(2)] == [[0, 1], [0, 0]]
        assert [each.job for each in house.running.due.troubled] == ["due_contradictions"]
        assert len(await listed(house)) == 1
    assert [await ticks(house, leader, admin) for _ in range(3)] == [[0, 0], [1, 0], [0, 0]]
    reporter.forgets()


async def test_who_could_not_be_told_for_a_day_is_told_of_that_day_all_the_same(
    house: House, reporter: Talker, leader: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await brought(house, reporter)

    def fails(*_: object, **__: object) -> Say:
        raise ZeroDivisionError

    with monkeypatch.context() as bug:
        bug.setattr("reminders.contradictions.contradictions_say", fails)
        for later in (timedelta(), timedelta(hours=24)):
            house.simulator.clock.move_to(house.simulator.clock.now() + later)
            await ticks(house)
    for each in house.talkers:
        each.forgets()
    assert [await ticks(house, leader) for _ in range(3)] == [[0], [1], [0]]
    for each in house.talkers:
        each.forgets()


async def test_a_unit_that_failed_is_looked_at_again_though_no_report_has_come(
    house: House, reporter: Talker, leader: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await brought(house, reporter)

    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    leader.forgets()
    with monkeypatch.context() as bug:
        bug.setattr("services.compare_sides.sides", fails)
        for _ in range(2):
            assert await ticks(house, leader, admin) == [0, 0]
            assert {each.job for each in house.running.due.troubled} == {"due_contradictions"}
    assert [await ticks(house, leader, admin) for _ in range(3)] == [[0, 0], [1, 1], [0, 0]]
    reporter.forgets()


async def test_a_rule_that_goes_on_failing_is_run_ever_more_seldom_and_is_failing_all_the_while(
    house: House, reporter: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over all units of a country each run takes seconds, in which all else of the tick waits."""
    await brought(house, reporter)
    began, ran = house.simulator.clock.now() + timedelta(minutes=1), set[int]()

    def fails(*_: object, **__: object) -> None:
        ran.add((house.simulator.clock.now() - began) // timedelta(minutes=1))
        raise ZeroDivisionError

    monkeypatch.setattr("services.compare_sides.sides", fails)
    for _ in range(140):
        await ticks(house)
        assert {each.job for each in house.running.due.troubled} == {"due_contradictions"}
    assert sorted(ran) == [0, 1, 3, 7, 15, 31, 63, 123]
    for each in house.talkers:
        each.forgets()


async def test_a_rule_that_fails_as_a_whole_is_run_ever_more_seldom_too(
    house: House, reporter: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await brought(house, reporter)
    began, ran = house.simulator.clock.now() + timedelta(minutes=1), set[int]()

    def fails(*_: object, **__: object) -> None:
        ran.add((house.simulator.clock.now() - began) // timedelta(minutes=1))
        raise ZeroDivisionError

    monkeypatch.setattr("services.run_rules.RuleFigures", fails)
    for _ in range(9):
        await ticks(house)
        assert {str(each) for each in house.running.due.troubled} == {"due_contradictions row=rule tests"}
    assert sorted(ran) == [0, 1, 3, 7]
    for each in house.talkers:
        each.forgets()


@pytest.fixture
async def told(house: House, reporter: Talker, leader: Talker) -> Talker:
    """The leader, who at the rule's hour has heard of a contradiction, as the desk has."""
    admin = await house.joined("Phạm Thu Hà", "admin", "397")
    await write(house, lambda connection: bring_rules(connection, RULES, START, TODAY))
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    for each in (leader, admin):
        each.forgets()
    await house.moves_to("18:01")
    for each in (leader, admin):
        (heard,) = (said for said in each.forgets() if "chưa khớp" in said.text)
        assert "xã Thọ Dân, ngày 10/11/2021 – Số mẫu không quá số F1: 40 và 15, lệch 25." in heard.text
        assert heard.labels == ["xã Thọ Dân"]
    reporter.forgets()
    return leader


async def test_it_is_told_once_and_two_taps_ask_back(house: House, told: Talker) -> None:
    await house.moves_to("18:30")
    assert [said.text for said in told.forgets() if "chưa khớp" in said.text] == []
    (found,) = await listed(house)
    assert (found.left, found.right) == (40, 15)
    await told.taps("xã Thọ Dân")
    told.hears("xã Thọ Dân – báo cáo", "[Hỏi lại số liệu]")


async def test_it_is_closed_by_itself_when_the_figures_agree(house: House, told: Talker, reporter: Talker) -> None:
    await reporter.says("/capnhat mẫu XN 10, lý do: ghi nhầm")
    reporter.forgets()
    await house.moves_to("18:40")
    assert await listed(house) == []
    told.forgets()


async def test_a_rule_that_is_retired_has_nothing_open(house: House, told: Talker) -> None:
    await write(house, lambda connection: retire_rule(connection, "tests", START))
    assert await listed(house) == []
    told.forgets()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_parent_is_held_against_its_parts_and_a_stock_against_its_flows(house: House) -> None:
    sums = """key,name,left,operator,right,units,hour,missing
whole,Cả huyện,${below.covid_daily.f0_new},=,7,huyện,00:00,skip if all
stock,Tồn,${covid_daily.f1_active},=,${last-saved#covid_daily.f1_active} + ${covid_daily.f1_new},,00:00,
"""
    lines = [
        ArchiveLine(2, TODAY - timedelta(days=back), unit, name, str(value))
        for back, unit, name, value in (
            (1, "15742", "f1_active", 10), (0, "15742", "f1_active", 12), (0, "15742", "f1_new", 2), (0, "15742", "f0_new", 3),
            (1, "15700", "f1_active", 10), (0, "15700", "f1_active", 12), (0, "15700", "f1_new", 5), (0, "15700", "f0_new", 5),
        )
    ]  # fmt: skip
    await write(house, lambda connection: take_in(connection, lines, house.simulator.clock.now(), house.settings.zone))
    await write(house, lambda connection: bring_rules(connection, sums, START, TODAY))
    await house.moves_to("15:32")
    found = {each.rule.key: (each.left, each.right) for each in await listed(house)}
    assert found == {"whole": (8, 7), "stock": (12, 15)}
