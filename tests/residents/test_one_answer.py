"""Whichever way a figure is asked for, the same value, day, coverage, earlier figures and grounds are heard."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection

from reporting.digests.evidence import State
from reporting.figures.flag import Doubted
from reporting.people import Address
from services.digest_evidence import digest_evidence
from services.flag import doubted_in
from services.public_answer import answer
from services.reopen import open_until
from storage.organisation import people
from tests.residents.every_way import Asked, Heard, as_data, heard_everywhere, in_chat, inline, next_morning
from tests.residents.test_running_totals import CODES
from tests.residents.town import TODAY, ZONE, Town, at, days_ago, town_of
from tests.rules.test_mergers import LIST
from understanding import understand

CASES = Asked("toàn huyện bao nhiêu ca mới", "397", "f0_new", TODAY)
ACTIVE = Asked("toàn huyện đang điều trị bao nhiêu ca", "397", "f0_active", TODAY)
OWN = Asked("xã Thọ Dân bao nhiêu ca mới", "15742", "f0_new", TODAY)
LEVEL = Asked("cấp độ dịch xã Thọ Dân", "15742", "level", TODAY, "covid_level")


async def hears_the_same(town: Town, asked: Asked, heard: Heard) -> None:
    assert await heard_everywhere(town, asked) == dict.fromkeys(await heard_everywhere(town, asked), heard)


def doubted(town: Town, words: str) -> Doubted | None:
    context = town.turn()
    return doubted_in(context, understand(words, context.learnt.vocabulary, context.today))


@pytest.fixture
def all_in(town: Town) -> Town:
    for code in CODES:
        for ago in (1, 0):
            town.reports(code, days_ago(ago), f0_new=1, f0_active=3)
    town.now = at("18:30")
    return town


async def test_when_all_have_reported(all_in: Town) -> None:
    await hears_the_same(all_in, CASES, Heard("5 ca", "10/11/2021", "5/5"))
    await hears_the_same(all_in, OWN, Heard("1 ca", "10/11/2021"))
    assert doubted(all_in, CASES.words) is None


async def test_when_one_is_late_and_stands_in_a_running_total_with_an_earlier_figure(town: Town) -> None:
    for code in CODES:
        town.reports(code, days_ago(1), f0_new=1, f0_active=3)
    for code in CODES[:4]:
        town.reports(code, f0_new=1, f0_active=3)
    town.now = at("18:30")
    await hears_the_same(town, ACTIVE, Heard("15 ca", "10/11/2021", "4/5", "xã Thọ Sơn (09/11)"))
    await hears_the_same(town, CASES, Heard("4 ca", "10/11/2021", "4/5"))


async def test_when_the_day_is_closed(all_in: Town) -> None:
    all_in.now = next_morning("08:30", TODAY)
    await hears_the_same(all_in, CASES, Heard("5 ca", "10/11/2021", "5/5"))


async def test_when_a_closed_report_was_reopened_and_corrected(all_in: Town) -> None:
    unit = all_in.tree.find("15742", TODAY)
    assert unit is not None
    all_in.now = next_morning("08:30", TODAY)
    chair = people.add(all_in.connection, Address("telegram", "5"), "Hương", "vi", all_in.now)
    until = next_morning("12:00", TODAY)
    open_until(all_in.turn(), chair, all_in.forms["covid_daily"], unit, TODAY, until)
    all_in.reports("15742", f0_new=7, f0_active=3, revision=2, clock="23:30")
    await hears_the_same(all_in, OWN, Heard("7 ca", "10/11/2021"))
    await hears_the_same(all_in, CASES, Heard("11 ca", "10/11/2021", "5/5"))
    assert doubted(all_in, OWN.words) == Doubted(unit, OWN.names, TODAY)


async def test_when_a_correction_waits_for_approval(all_in: Town) -> None:
    all_in.reports("15742", f0_new=99, f0_active=3, revision=2, provisional=True)
    await hears_the_same(all_in, OWN, Heard("1 ca", "10/11/2021"))
    await hears_the_same(all_in, CASES, Heard("5 ca", "10/11/2021", "5/5"))


async def test_when_small_counts_are_held_back(harvest: Town) -> None:
    harvest.reports("15742", form="harvest", sick=3, rice=10)
    harvest.reports("15700", form="harvest", sick=8, rice=5)
    harvest.now = at("22:30")
    total = Asked("toàn huyện bao nhiêu hộ bệnh", "397", "sick", TODAY, "harvest")
    await hears_the_same(harvest, total, Heard("từ 9 đến 12 hộ", "10/11/2021", "2/5"))


async def test_when_a_unit_was_merged_into_another(connection: Connection) -> None:
    town, on = town_of(connection, LIST), date(2025, 7, 10)
    town.now = at("18:30", on)
    town.reports("15763", on, f0_new=20, f0_active=70)
    former = Asked("xã Thọ Dân bao nhiêu ca mới", "15763", "f0_new", on)
    await hears_the_same(town, former, Heard("20 ca", "10/07/2025"))
    found = doubted(town, former.words)
    assert found is not None
    assert (found.unit.code, found.period) == ("15763", on)


async def test_when_there_is_nothing_yet(town: Town) -> None:
    town.now = at("18:30")
    assert {heard.value for heard in (await heard_everywhere(town, CASES)).values()} == {""}
    assert doubted(town, OWN.words) is None


async def test_from_the_beginning_is_from_the_first_figure_whoever_asks(town: Town) -> None:
    for ago, tests in ((9, 7), (1, 5), (0, 3)):
        town.reports("15742", days_ago(ago), tests_new=tests)
    town.now = at("18:30")
    asked = Asked("từ đầu dịch đến nay thọ dân xét nghiệm bao nhiêu mẫu", "15742", "tests_new", TODAY)
    assert in_chat(town, asked) == inline(town, asked) == Heard("15 mẫu", "10/11/2021")
    days = [as_data(town, replace(asked, on=days_ago(ago))).value for ago in (10, 9, 1, 0)]
    assert days == ["", "7 mẫu", "5 mẫu", "3 mẫu"]
    context = town.turn()
    inquiry = understand(asked.words, context.learnt.vocabulary, context.today)
    (known,) = answer(context.connection, context.scope, inquiry).known
    assert (known.wanted.periods[0], known.wanted.periods[-1]) == (days_ago(9), TODAY)
    assert doubted(town, asked.words) is None


async def test_what_a_state_rests_on(town: Town) -> None:
    town.reports("15742", days_ago(2), "covid_level", level="2", decision_number="4521/QĐ-UBND")
    town.now = at("18:30")
    await hears_the_same(town, LEVEL, Heard("Cấp 2 (vùng vàng)", "08/11/2021", ground="4521/QĐ-UBND"))
    (daily, unit) = town.forms["covid_daily"], town.tree.find("15742", TODAY)
    assert unit is not None
    read = digest_evidence(town.connection, daily, unit, [TODAY], town.now, ZONE, tree=town.tree)
    (states,) = read.states
    assert states.of_unit == {unit.id: State("2", days_ago(2), "4521/QĐ-UBND")}
