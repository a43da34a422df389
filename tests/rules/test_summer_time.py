"""Where clocks are changed: every hour that is set comes once, in its order, however the day is shortened or lengthened."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from reminders.digests import newest_hour
from reporting.local_time import local_moment, next_time
from reporting.portal.mapping import SendingTime
from reporting.receivers import Receiver
from reporting.reminder_key import ReminderKey
from reporting.reminder_rules import Rule
from reporting.rounds.deadlines import deadline
from reporting.rounds.own_hours import OwnHours
from reporting.rounds.periods import current_period, moment
from reporting.rounds.quiet_hours import awake, fell, is_quiet, quiet_from
from reporting.schedule import ClockTime, Schedule
from reporting.until import read_until
from reporting.working_days import WorkingDays
from understanding.hours_ahead import moment_ahead

BERLIN, SYDNEY, LORD_HOWE = map(ZoneInfo, ("Europe/Berlin", "Australia/Sydney", "Australia/Lord_Howe"))
SPRING = {BERLIN: date(2021, 3, 28), SYDNEY: date(2021, 10, 3), LORD_HOWE: date(2021, 10, 3)}
"""The day on which clocks go on: in Berlin from 2 to 3, in Sydney too, on Lord Howe from 2 to half past."""
AUTUMN = {BERLIN: date(2021, 10, 31), SYDNEY: date(2021, 4, 4), LORD_HOWE: date(2021, 4, 4)}
"""The day on which they go back: in Berlin from 3 to 2, in Sydney too, on Lord Howe from 2 to half past 1."""
ZONES = list(SPRING)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CLOCK = [time(hour, minute) for hour in range(24) for minute in range(60)]
DAYS = [(zone, days[zone]) for zone in ZONES for days in (SPRING, AUTUMN)]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


@pytest.mark.parametrize(("zone", "on"), DAYS, ids=str)
def test_every_time_of_the_day_is_a_moment_of_it_and_none_comes_before_an_earlier_one(zone: ZoneInfo, on: date) -> None:
    found = [local_moment(on, at, zone) for at in CLOCK]
    assert found == sorted(found)
    assert {each.astimezone(zone).date() for each in found} == {on}
    assert found[0] == local_moment(on - DAY, time(23, 59), zone) + MINUTE
    assert local_moment(on + DAY, time(0), zone) == found[-1] + MINUTE
    shown = [each.astimezone(zone).time() for each in found]
    assert all(seen == at or seen > at for seen, at in zip(shown, CLOCK, strict=True))


@pytest.mark.parametrize(
    ("zone", "on", "clock", "is_at"),
    [
        (BERLIN, SPRING[BERLIN], "02:00", "2021-03-28T01:00"),
        (BERLIN, SPRING[BERLIN], "02:30", "2021-03-28T01:00"),
        (BERLIN, SPRING[BERLIN], "03:00", "2021-03-28T01:00"),
        (BERLIN, AUTUMN[BERLIN], "02:30", "2021-10-31T00:30"),
        (BERLIN, AUTUMN[BERLIN], "03:00", "2021-10-31T02:00"),
        (SYDNEY, SPRING[SYDNEY], "02:30", "2021-10-02T16:00"),
        (SYDNEY, AUTUMN[SYDNEY], "02:30", "2021-04-03T15:30"),
        (LORD_HOWE, SPRING[LORD_HOWE], "02:15", "2021-10-02T15:30"),
        (LORD_HOWE, SPRING[LORD_HOWE], "02:30", "2021-10-02T15:30"),
        (LORD_HOWE, AUTUMN[LORD_HOWE], "01:45", "2021-04-03T14:45"),
        (LORD_HOWE, AUTUMN[LORD_HOWE], "02:00", "2021-04-03T15:30"),
    ],
)
def test_what_is_left_out_comes_when_the_clocks_go_on_and_what_comes_twice_the_first_time(
    zone: ZoneInfo, on: date, clock: str, is_at: str
) -> None:
    assert local_moment(on, time.fromisoformat(clock), zone) == utc(is_at)


def ticks(zone: ZoneInfo, on: date) -> list[datetime]:
    """Every minute of a day, from its midnight to the next."""
    start, end = local_moment(on, time(0), zone), local_moment(on + DAY, time(0), zone)
    return [start + MINUTE * count for count in range(int((end - start) / MINUTE))]


@pytest.mark.parametrize(("zone", "on"), DAYS, ids=str)
def test_a_day_is_so_long_as_it_is_and_its_reports_open_fall_due_and_close_in_this_order(
    zone: ZoneInfo, on: date
) -> None:
    longer = {BERLIN: 60, SYDNEY: 60, LORD_HOWE: 30}[zone]
    assert len(ticks(zone, on)) == 24 * 60 + (longer if on == AUTUMN[zone] else -longer)
    schedule = Schedule(
        opens=ClockTime(time(1, 45)), due=ClockTime(time(2, 15)), closes=ClockTime(time(2, 45)), remind=()
    )
    of = deadline("f", schedule, 1, on, zone)
    assert of.opens_at <= of.due_at <= of.closes_at
    opened = [now for now in ticks(zone, on) if current_period(schedule, now, zone) == on]
    assert opened[0] == of.opens_at
    assert opened == sorted(opened)


@pytest.mark.parametrize(("zone", "on"), DAYS, ids=str)
@pytest.mark.parametrize("hours", [(time(2, 30),), (time(1, 45), time(2, 15), time(2, 30))], ids=str)
def test_a_digest_at_an_hour_that_is_left_out_or_comes_twice_comes_once(
    zone: ZoneInfo, on: date, hours: Sequence[time]
) -> None:
    due = [newest_hour(hours, now, zone) for now in ticks(zone, on)]
    told = dict.fromkeys(each for each in due if each is not None and each >= local_moment(on, time(0), zone))
    assert list(told) == sorted({local_moment(on, at, zone) for at in hours})


@pytest.mark.parametrize(("zone", "on"), DAYS, ids=str)
@pytest.mark.parametrize(
    "quiet", [(time(2, 15), time(6)), (time(22), time(2, 15)), (time(1, 45), time(2, 20))], ids=str
)
def test_quiet_hours_begin_once_and_end_once(zone: ZoneInfo, on: date, quiet: tuple[time, time]) -> None:
    silenced = [is_quiet(now, zone, quiet) for now in ticks(zone, on)]
    changes = sum(one != other for one, other in pairwise(silenced))
    assert changes == 2
    for now in ticks(zone, on):
        begins = quiet_from(now, zone, quiet)
        assert begins is not None
        assert begins > now
        if is_quiet(now, zone, quiet):
            assert fell(now, zone, quiet) <= now < awake(now, zone, quiet)
            assert not is_quiet(awake(now, zone, quiet), zone, quiet)


@pytest.mark.parametrize(("zone", "on"), DAYS, ids=str)
def test_own_hours_come_once(zone: ZoneInfo, on: date) -> None:
    schedule = Schedule(opens=ClockTime(time(0)), due=ClockTime(time(16)), closes=ClockTime(time(23)), remind=())
    of = deadline("f", schedule, 1, on, zone)
    own = OwnHours((time(1, 45), time(2, 15)), frozenset([on.weekday()]), utc("2020-01-01T00:00"))
    early = Rule(ReminderKey.own_hour(time(8)), timedelta(hours=-1), Receiver.REPORTER)
    found = own.moments(of, zone, None)
    assert found == sorted({local_moment(on, at, zone) for at in own.hours})
    assert len({own.rule(at, of, zone, early).key for at in found}) == len(found)


@pytest.mark.parametrize(("zone", "on"), DAYS, ids=str)
def test_a_rule_in_working_days_keeps_the_hour_on_the_wall_and_one_in_hours_the_hours_that_pass(
    zone: ZoneInfo, on: date
) -> None:
    due_at = local_moment(on - DAY, time(16, 30), zone)
    by_days = Rule(ReminderKey.own_hour(time(8)), DAY, Receiver.REPORTER, working_days=1)
    by_hours = Rule(ReminderKey.own_hour(time(8)), timedelta(hours=24), Receiver.REPORTER)
    week = WorkingDays()
    assert by_days.at(due_at, week, zone).astimezone(zone).time() == time(16, 30)
    assert by_hours.at(due_at, week, zone) == due_at + timedelta(hours=24)


@pytest.mark.parametrize(("zone", "on"), DAYS, ids=str)
def test_what_is_open_for_three_hours_is_open_for_so_long(zone: ZoneInfo, on: date) -> None:
    now = local_moment(on, time(0, 30), zone).astimezone(zone)
    for typed in ("", "trong 3 giờ"):
        assert (read_until(typed, now)[0].astimezone(UTC) - now.astimezone(UTC)) == timedelta(hours=3)
    until, _ = read_until("đến 02:15", now)
    assert until.astimezone(UTC) == local_moment(on, time(2, 15), zone)


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_after_a_time_that_comes_twice_has_come_it_is_tomorrows(zone: ZoneInfo) -> None:
    on, twice = AUTUMN[zone], time(1, 45) if zone is LORD_HOWE else time(2, 30)
    second = (local_moment(on, twice, zone) + timedelta(minutes=29)).astimezone(zone)
    tomorrow = local_moment(on + DAY, twice, zone)
    assert next_time(twice, second) == tomorrow
    assert read_until(f"đến {twice:%H:%M}", second)[0] == tomorrow
    assert moment_ahead(f"{twice:%H:%M}", second) == tomorrow
    sent = SendingTime(twice).changed_until(second.astimezone(UTC), zone)
    assert sent == local_moment(on, twice, zone)


def test_a_reports_moments_are_those_of_its_zone_the_day_before_and_after() -> None:
    """In the year's many days with 24 hours nothing is otherwise."""
    for zone in ZONES:
        for day in range(366):
            on = date(2021, 1, 1) + timedelta(days=day)
            plain = datetime.combine(on, time(16, 30), tzinfo=zone).astimezone(UTC)
            assert moment(ClockTime(time(16, 30)), on, zone) == plain
