"""For how many periods in a row nothing has come: one number, wherever it is told in the same minute."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from bot.cli import demo
from reporting.archive import ArchiveLine
from reporting.rounds.suspensions import Suspension
from services.import_history import take_in
from storage.reports import forms
from storage.schedule import suspensions
from tests.conversations.house import START, House, Talker, fills_in
from tests.conversations.test_fast import reported


async def says(talker: Talker, text: str) -> str:
    await talker.says(text)
    return "\n".join(each.text for each in talker.forgets())


async def heard_everywhere(house: House, reporter: Talker, leader: Talker) -> dict[str, str]:
    """What each place tells of Dân Lực, in the minute of the leader's letter."""
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await house.moves_to("17:00")
    leader.forgets()
    await house.moves_to("18:30")
    reporter.forgets()
    letter = "\n".join(each.text for each in leader.forgets())
    typed = {"digest": "/tonghop", "page": "/donvi dân lực", "rates": "/tyle dân lực"}
    return {"letter": letter} | {place: await says(leader, text) for place, text in typed.items()}


async def test_a_unit_that_never_reported_is_missing_for_41_days_everywhere(
    house: House, reporter: Talker, leader: Talker
) -> None:
    told = await heard_everywhere(house, reporter, leader)
    assert "xã Dân Lực (41 kỳ)" in told["letter"]
    assert "xã Dân Lực (41 ngày liền)" in told["digest"]
    assert "Đã 41 kỳ liên tiếp chưa báo cáo." in told["page"]
    assert "Tháng 11/2021: đủ 0% (0/10)" in told["rates"]
    assert "Tháng 10/2021: đủ 0% (0/31)" in told["rates"]


async def test_suspended_days_and_the_archive_count_everywhere_alike(
    house: House, reporter: Talker, leader: Talker
) -> None:
    def before(connection: Connection) -> None:
        suspensions.suspend(connection, Suspension("", None, date(2021, 11, 3), date(2021, 11, 4), "lễ"), None, START)
        (daily,) = (each for each in forms.in_force(connection, START.date()) if each.key == "covid_daily")
        whole = [ArchiveLine(2, date(2021, 10, 30), "15700", name, "0") for name in daily.always_given]
        part = [ArchiveLine(2, date(2021, 11, 8), "15700", "f0_new", "0")]
        for lines in (whole, part):
            assert take_in(connection, lines, START, house.settings.zone) == 1

    await house.running.clerk.write(before)
    await reported(house, date(2021, 11, 9), f0_new=20)  # by another unit, later than what the archive has
    told = await heard_everywhere(house, reporter, leader)
    assert "xã Dân Lực (9 kỳ)" in told["letter"]
    assert "xã Dân Lực (9 ngày liền)" in told["digest"]
    assert "Đã 9 kỳ liên tiếp" in told["page"]
    assert "Tháng 11/2021: đủ 0% (0/8)" in told["rates"]
    assert "Tháng 10/2021: đủ 3,2% (1/31)" in told["rates"]


async def test_months_before_the_form_was_in_force_are_not_among_the_rates(leader: Talker) -> None:
    told = await says(leader, "/tyle")
    assert "Tháng 10/2021: đủ 0%" in told
    assert "09/2021" not in told


@pytest.mark.parametrize("days", [1, 30])
def test_in_the_demonstration_no_report_was_owed_before_its_history_begins(days: int) -> None:
    history = (demo.SCENE / "history.csv").read_text(encoding="utf-8")
    assert str(demo.FROM) in history
    assert str(demo.FROM - timedelta(days=days)) not in history
