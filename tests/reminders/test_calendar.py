"""A district whose forms go by the calendar: nobody is reminded on free days, and what the desk says of days moves deadlines."""

from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, select, text

from reminders.context import Tick
from reminders.digests import prepared_digests
from reporting.errors import Refused
from reporting.rounds.deadlines import deadline
from reporting.rounds.standings import Standing
from reporting.working_days import CalendarDay
from services.keep_calendar import days_of_year, say_day, take_back_day
from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from storage.database.tables import metadata
from storage.database.version import MIGRATIONS
from storage.organisation import units
from storage.reports import forms
from storage.schedule import rounds
from storage.schedule.calendar import said_days
from storage.schedule.calendar import say_day as put_day
from tests.channels import CHANNELS
from tests.migrated import begin_at
from tests.postgres import fresh_database
from tests.reminders.town import ZONE, Town, at

FRIDAY, MONDAY = date(2021, 4, 16), date(2021, 4, 19)
HOLIDAY = date(2021, 4, 21)
"""A Wednesday, the day of the Hùng kings by the moon."""


@pytest.fixture
def by_calendar(empty_town: Town) -> Town:
    """A daily form that is not owed on free days, and a weekly one that is due two working days after its Sunday."""
    since = date(2021, 4, 1)
    empty_town.furnish(since, key="daily", holidays="VN", skip_free_days="yes")
    empty_town.publishes(
        since,
        key="weekly",
        period="weekly",
        due="16:30+2wd",
        closes="16:30+3wd",
        holidays="VN",
        remind="0m reporter; +1wd chair",
    )
    empty_town.join("Nam", "reporter", "Thọ Dân", since)
    empty_town.join("Minh", "chair", "Thọ Dân", since)
    return empty_town


def says(town: Town, on: date, clock: str, today: date, is_working: bool = False, name: str = "bão") -> None:
    with town.engine.begin() as connection:
        say_day(connection, CalendarDay(on, is_working, name), at(clock, today), ZONE)


def standings(town: Town, key: str, first: date, last: date, clock: str, today: date) -> list[Standing]:
    with town.engine.begin() as connection:
        form = forms.published(connection, key, last)
        assert form is not None
        tree = units.tree(connection)
        return rounds.standings_between(connection, form, first, last, tree, at(clock, today), ZONE)


def test_nobody_is_reminded_of_a_free_day_and_everybody_of_the_next_working_one(by_calendar: Town) -> None:
    heard = {day: by_calendar.tick("16:31", date(2021, 4, day)) for day in (16, 17, 18, 19)}
    assert heard == {16: ["Nam"], 17: [], 18: [], 19: ["Nam"]}
    assert by_calendar.tick("16:31", HOLIDAY) == ["Nam"]  # of the week alone, which is due on the second working day
    said = {(rule, period) for rule, _, period, _ in by_calendar.recorded() if period >= date(2021, 4, 17)}
    assert {period for _, period in said} == {MONDAY, date(2021, 4, 18)}
    assert ("+0m reporter", date(2021, 4, 18)) in said


def test_no_digest_is_made_of_a_free_day(empty_town: Town) -> None:
    empty_town.furnish(FRIDAY, digest="17:00", remind="", holidays="VN", skip_free_days="yes")
    empty_town.join("Lan", "leader", "Triệu Sơn", FRIDAY)
    told = {}
    for day in (16, 17, 18, 19):
        with empty_town.engine.begin() as connection:
            tick = Tick(connection, at("17:00", date(2021, 4, day)), ZONE, CHANNELS)
            told[day] = [each.due.period for each in prepared_digests(tick)]
    assert told == {16: [FRIDAY], 17: [], 18: [], 19: [MONDAY]}


def test_what_the_desk_says_of_a_day_to_come_moves_what_is_due_and_owed_from_then_on(by_calendar: Town) -> None:
    sunday = date(2021, 4, 18)
    says(by_calendar, date(2021, 4, 20), "08:00", MONDAY)
    weekly = standings(by_calendar, "weekly", sunday, sunday, "09:00", MONDAY)
    assert weekly[0].deadline.due_at == at("16:30", date(2021, 4, 22))
    daily = standings(by_calendar, "daily", MONDAY, date(2021, 4, 22), "20:00", date(2021, 4, 22))
    owed = {each.deadline.period.day: each.deadline.is_owed for each in daily}
    assert owed == {19: True, 20: False, 21: False, 22: True}
    assert next(each.deadline.excuse for each in daily if each.deadline.period.day == 20) == "bão"
    with by_calendar.engine.begin() as connection:
        take_back_day(connection, date(2021, 4, 20), at("18:00", MONDAY), ZONE)
    assert standings(by_calendar, "weekly", sunday, sunday, "19:00", MONDAY)[0].deadline.due_at == at(
        "16:30", date(2021, 4, 20)
    )


def test_a_saturday_is_worked_instead(by_calendar: Town) -> None:
    saturday = date(2021, 4, 24)
    says(by_calendar, saturday, "08:00", MONDAY, is_working=True, name="làm bù")
    assert by_calendar.tick("16:31", saturday) == ["Nam"]


def test_where_a_closed_period_stands_is_not_changed_by_what_is_said_later(by_calendar: Town) -> None:
    """Every day that is ahead is tried, free and worked: what was closed, or not owed, by the moment stays to the last stamp."""
    first, today = date(2021, 4, 1), date(2021, 4, 21)
    by_calendar.sends("Thọ Dân", "19:00", FRIDAY)
    before = {key: standings(by_calendar, key, first, today, "20:00", today) for key in ("daily", "weekly")}
    closed = {
        key: [each for each in found if each.deadline.closes_at <= at("20:00", today)] for key, found in before.items()
    }
    assert {key: len(found) for key, found in closed.items()} == {"daily": 60, "weekly": 6}
    for day in range(22, 31):
        for is_working in (False, True):
            says(by_calendar, date(2021, 4, day), "20:00", today, is_working)
            for key, found in closed.items():
                after = standings(by_calendar, key, first, today, "20:00", today)
                assert [each for each in after if each.deadline.closes_at <= at("20:00", today)] == found


@pytest.mark.parametrize("on", [FRIDAY, MONDAY])
def test_no_day_that_has_begun_is_changed_any_more(by_calendar: Town, on: date) -> None:
    with pytest.raises(Refused) as refused:
        says(by_calendar, on, "00:01", MONDAY)
    assert (refused.value.key, refused.value.values["first"]) == ("calendar_past", date(2021, 4, 20))
    with by_calendar.engine.begin() as connection, pytest.raises(Refused):
        take_back_day(connection, on, at("00:01", MONDAY), ZONE)


def test_who_said_what_of_a_day_is_kept_and_the_year_is_shown_with_it(by_calendar: Town) -> None:
    says(by_calendar, date(2021, 4, 20), "08:00", MONDAY)
    says(by_calendar, date(2021, 4, 20), "08:05", MONDAY, name="nghỉ bù")
    says(by_calendar, date(2021, 9, 3), "08:05", MONDAY, is_working=True, name="trực")
    with by_calendar.engine.begin() as connection:
        audit, apart = metadata.tables["audit"], metadata.tables["audit_words"]
        lines = select(apart.c.content).join(audit, audit.c.id == apart.c.line_id)
        names = lines.where(audit.c.what == "calendar", apart.c.name == "name").order_by(audit.c.id)
        assert list(connection.execute(names).scalars()) == ["bão", "nghỉ bù", "trực"]
        found = days_of_year(connection, 2021, MONDAY)
        with pytest.raises(Refused):
            take_back_day(connection, date(2021, 9, 2), at("09:00", MONDAY), ZONE)
    told = {each.day.on: (each.day.is_working, each.day.name, each.holidays) for each in found}
    assert told[date(2021, 4, 20)] == (False, "nghỉ bù", "")
    assert told[HOLIDAY] == (False, "Ngày Giỗ Tổ Hùng Vương", "VN")
    assert told[date(2021, 9, 3)] == (True, "trực", "")
    assert date(2021, 4, 24) not in told


def test_another_process_sees_the_calendar_as_it_is_now(by_calendar: Town) -> None:
    other = writing_engine(by_calendar.url)
    with other.begin() as connection:
        form = forms.published(connection, "weekly", MONDAY)
        assert form is not None
        assert deadline("weekly", form.schedule, 1, date(2021, 4, 18), ZONE).due_at == at("16:30", date(2021, 4, 20))
    says(by_calendar, date(2021, 4, 20), "08:00", MONDAY)
    with other.begin() as connection:
        form = forms.published(connection, "weekly", MONDAY)
        assert form is not None
        assert deadline("weekly", form.schedule, 1, date(2021, 4, 18), ZONE).due_at == at("16:30", date(2021, 4, 22))
        assert forms.published(connection, "weekly", MONDAY) is form
    other.dispose()


def test_a_form_that_is_retired_goes_by_the_calendar_as_it_is_now_too(by_calendar: Town) -> None:
    with by_calendar.engine.begin() as connection:
        forms.retire(connection, "weekly", date(2021, 12, 1))
    sunday = date(2021, 4, 18)
    assert standings(by_calendar, "weekly", sunday, sunday, "09:00", MONDAY)[0].deadline.due_at.day == 20
    says(by_calendar, date(2021, 4, 20), "08:00", MONDAY)
    assert standings(by_calendar, "weekly", sunday, sunday, "09:00", MONDAY)[0].deadline.due_at.day == 22


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_migration_goes_forward_and_back_beside_what_there_is(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = (
        fresh_database(request.getfixturevalue("postgres"))
        if kind == "postgresql"
        else f"sqlite:///{tmp_path}/moved.db"
    )
    begin_at(url, "0015")
    engine = writing_engine(url)
    with engine.begin() as connection:
        connection.execute(text("insert into person (name, language, created_at) values ('A', 'vi', '2021-11-10')"))
    engine.dispose()
    migrate(url, to="0016")
    town = Town(url)
    with town.engine.begin() as connection:
        put_day(connection, CalendarDay(HOLIDAY, False, "bão"), None, at("08:00", MONDAY))
        assert said_days(connection) == {CalendarDay(HOLIDAY, False, "bão")}
    with town.engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.downgrade(config, "0015")
    with town.engine.begin() as connection:
        assert connection.execute(text("select name from person")).scalars().all() == ["A"]
        assert not inspect(connection).has_table("calendar_day")
    town.close()
