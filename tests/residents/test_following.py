"""A resident follows a unit: told at an hour, or when it changes; unfollowed and forgotten in one tap."""

from datetime import time, timedelta

from reminders.bulletins import due_bulletins
from reminders.context import Tick
from reporting.people import Address
from reporting.say import Rank, Say
from storage.residents import follows
from tests.channels import CHANNELS
from tests.residents.town import TODAY, ZONE, Town, at, days_ago, labels
from understanding import Indicator

LAN, HOA = Address("telegram", "7"), Address("telegram", "8")
NEW = Indicator("covid_daily", "f0_new")


def follow(
    town: Town, code: str, to: Address = LAN, hour: time | None = None, indicator: Indicator | None = NEW
) -> None:
    unit = town.tree.find(code, TODAY)
    assert unit is not None
    follows.begin(town.connection, to, unit.id, indicator, hour, "vi", town.now)


def told(town: Town, clock: str) -> list[Say]:
    town.now = at(clock)
    return due_bulletins(Tick(town.connection, town.now, ZONE, CHANNELS))


def test_a_new_figure_is_told_once_to_whoever_follows_it(town: Town) -> None:
    follow(town, "15742")
    follow(town, "15742", HOA)
    assert told(town, "16:00") == []
    town.reports("15742", f0_new=3)
    said = told(town, "16:06")
    assert [say.to for say in said] == [LAN, HOA]
    assert all("<b>3 ca</b>" in say.text and say.rank is Rank.BROADCAST for say in said)
    assert "Bỏ theo dõi" in labels(said[0])
    assert told(town, "16:07") == []


def test_a_correction_is_told_again_and_marked(town: Town) -> None:
    follow(town, "15742")
    town.reports("15742", f0_new=3)
    told(town, "16:06")
    town.reports("15742", f0_new=4, revision=2, clock="16:40")
    assert "đã được đính chính" in told(town, "16:41")[0].text


def test_another_units_report_is_no_news(town: Town) -> None:
    follow(town, "15742")
    town.reports("15700", f0_new=3)
    assert told(town, "16:06") == []


def test_what_waits_for_approval_or_is_internal_is_no_news(town: Town) -> None:
    follow(town, "15742", indicator=None)
    town.reports("15742", f2_active=9)
    assert told(town, "16:06") == []
    town.reports("15742", f0_new=9, provisional=True, clock="16:10")
    assert told(town, "16:11") == []


def test_a_correction_is_news_when_it_is_approved(town: Town) -> None:
    follow(town, "15742", indicator=None)
    town.reports("15742", f0_new=4)
    assert "<b>4 ca</b>" in told(town, "16:06")[0].text
    town.reports("15742", f0_new=9, revision=2, provisional=True, clock="16:10")
    assert told(town, "16:11") == []
    town.reports("15742", f0_new=9, revision=2, clock="16:20")
    assert "<b>9 ca</b>" in told(town, "16:21")[0].text


def test_at_its_hour_a_bulletin_comes_once_a_day(town: Town) -> None:
    town.reports("15742", days_ago(1), f0_new=2)
    follow(town, "397", hour=time(17), indicator=None)
    assert told(town, "16:59") == []
    (said,) = told(town, "17:00")
    assert "Huyện Triệu Sơn" in said.text
    assert told(town, "17:01") == []
    town.now += timedelta(days=1)
    assert len(due_bulletins(Tick(town.connection, town.now, ZONE, CHANNELS))) == 1


def test_a_bulletin_that_is_hours_late_is_left_out(town: Town) -> None:
    follow(town, "397", hour=time(17), indicator=None)
    assert told(town, "20:00") == []


def test_forgetting_leaves_nothing(town: Town) -> None:
    follow(town, "15742")
    follow(town, "15700")
    assert follows.forget(town.connection, LAN) == 2
    assert follows.of(town.connection, LAN) == []
