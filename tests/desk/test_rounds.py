"""Standings, rates, evidence and suspensions by the command line, with forms of every period side by side."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.desk.conftest import Giaoban
from tests.desk.test_commands import written
from tests.reminders.town import UNITS, Town, written_form

SUNDAY, WEDNESDAY = date(2021, 11, 14), date(2021, 11, 10)
KINDS = {"daily": "daily", "weekly": "weekly", "monthly": "monthly", "level": "on change"}
Desk = tuple[Giaoban, Town]


@pytest.fixture
def desk(giaoban: Giaoban, empty_database: str, tmp_path: Path) -> Desk:
    """Four forms: the daily, the weekly and the monthly one in force from Wednesday 10 November on, levels since October."""
    assert giaoban("units", "import", written(tmp_path, UNITS, "units.csv"))[0] == 0
    for key, period in KINDS.items():
        path = tmp_path / f"{key}.md"
        path.write_bytes(written_form(key=key, period=period))
        since = "2021-10-01" if key == "level" else "2021-11-10"
        assert giaoban("form", "publish", str(path), "--from", since)[0] == 0
    return giaoban, Town(empty_database)


def standing_of(giaoban: Giaoban, day: str, unit: str = "15742") -> dict[str, tuple[str, str]]:
    """Of each form the period and the status of a unit."""
    rows = json.loads(giaoban("standing", "--date", day, "--format", "json")[1])
    return {row["form"]: (row["period"], row["status"]) for row in rows if row["unit"] == unit}


def test_a_day_stands_for_the_period_of_each_form_that_it_lies_in(desk: Desk) -> None:
    giaoban, town = desk
    town.sends("Thọ Dân", "15:30", SUNDAY, "weekly")
    town.sends("Thọ Dân", "17:00", WEDNESDAY, "daily")
    for day in ("2021-11-10", "2021-11-14"):
        found = standing_of(giaoban, day)
        assert found["weekly"] == ("2021-11-14", "on_time")
        assert found["monthly"] == ("2021-11-30", "missing")
        assert found["daily"] == (day, "late" if day == "2021-11-10" else "missing")
    town.close()


def test_a_form_counts_from_the_period_for_which_it_was_published(desk: Desk) -> None:
    giaoban, town = desk
    monday = standing_of(giaoban, "2021-11-08")
    assert set(monday) == {"weekly", "monthly", "level"}
    assert set(standing_of(giaoban, "2021-11-07")) == {"monthly", "level"}
    assert set(standing_of(giaoban, "2021-10-30")) == {"level"}
    town.close()


def test_of_a_form_on_change_the_newest_report_of_each_unit_is_shown(desk: Desk) -> None:
    giaoban, town = desk
    town.sends("Thọ Dân", "09:00", date(2021, 11, 3), "level")
    town.sends("Thọ Dân", "10:00", date(2021, 11, 8), "level")
    assert standing_of(giaoban, "2021-11-12")["level"] == ("2021-11-08", "on_time")
    assert standing_of(giaoban, "2021-11-07")["level"] == ("2021-11-03", "on_time")
    assert standing_of(giaoban, "2021-11-12", "15700")["level"] == ("2021-11-12", "not_due")
    table = giaoban("standing", "--date", "2021-11-12")[1]
    assert "15742\txã Thọ Dân\tlevel\t2021-11-08\tđã báo cáo\t2021-11-08T10:00:00+07:00" in table
    assert "15700\txã Dân Lực\tlevel\t2021-11-12\tchưa có (báo cáo khi có thay đổi)" in table
    assert "\tlevel\t" not in giaoban("rates", "--from", "2021-11-08", "--to", "2021-11-14")[1]
    town.close()


def test_rates_are_of_the_periods_that_end_in_the_days_or_else_of_the_one_that_holds_them(desk: Desk) -> None:
    giaoban, town = desk
    town.sends("Thọ Dân", "15:30", SUNDAY, "weekly")
    whole, part = (giaoban("rates", "--from", "2021-11-10", "--to", f"2021-11-{last}")[1] for last in (14, 11))
    for rates, days in ((whole, 5), (part, 2)):
        assert "15742\txã Thọ Dân\tweekly\t1\t1\t1\t100.0%\t100.0%\t0" in rates
        assert "15700\txã Dân Lực\tweekly\t1\t0\t0\t0.0%\t0.0%\t0" in rates
        assert f"15742\txã Thọ Dân\tdaily\t{days}\t0\t0\t0.0%\t0.0%\t0" in rates
    assert "monthly\t1\t0" in part
    town.close()


def test_the_evidence_of_a_weekly_report_is_found_by_any_day_of_its_week(desk: Desk) -> None:
    giaoban, town = desk
    town.join("Nam", "reporter", "Thọ Dân")
    assert town.tick("15:31", SUNDAY) == ["Nam"]
    for day in ("2021-11-10", "2021-11-14"):
        told = giaoban("reminded", "--date", day)[1]
        assert "xã Thọ Dân, weekly, kỳ 14/11/2021. Đã nhắc cán bộ đầu mối Nam" in told
        assert (", daily, kỳ " in told) == (day == "2021-11-14")
    town.close()


def test_a_suspended_unit_is_said_to_be_so_and_why(desk: Desk) -> None:
    giaoban, town = desk
    giaoban("suspend", "2021-11-10", "2021-11-14", "--unit", "15742", "--reason", "lũ")
    assert standing_of(giaoban, "2021-11-10")["daily"] == ("2021-11-10", "not_due")
    assert standing_of(giaoban, "2021-11-10")["weekly"] == ("2021-11-14", "not_due")
    table = giaoban("standing", "--date", "2021-11-10")[1]
    assert "15742\txã Thọ Dân\tdaily\t2021-11-10\ttạm dừng báo cáo: lũ\t" in table
    assert "15700\txã Dân Lực\tdaily\t2021-11-10\tchưa báo cáo\t" in table
    town.close()


def test_what_would_suspend_nothing_is_refused(desk: Desk) -> None:
    giaoban, town = desk
    status, out, err = giaoban("suspend", "2021-11-14", "2021-11-14", "--form", "wekly")
    assert (status, out) == (1, "")
    assert "«wekly»" in err
    assert "level, daily, weekly, monthly" in err
    status, _, err = giaoban("suspend", "2021-11-10", "2021-11-11", "--form", "weekly")
    assert (status, "2021-11-14" in err) == (1, True)
    assert giaoban("suspend")[1].startswith("0 đợt")
    town.close()


def test_the_suspensions_in_force_and_to_come_are_listed_with_their_ids(desk: Desk) -> None:
    giaoban, town = desk
    giaoban("suspend", "2021-11-10", "2021-11-14", "--reason", "đã qua")
    giaoban("suspend", "2999-01-31", "2999-02-04", "--reason", "Tết")
    giaoban("suspend", "2021-11-10", "2999-01-01", "--unit", "15742", "--form", "weekly", "--reason", "lũ")
    status, out, _ = giaoban("suspend")
    assert status == 0
    assert out.splitlines()[0].startswith("2 đợt")
    assert out.splitlines()[2:] == [
        "3\t2021-11-10\t2999-01-01\txã Thọ Dân\tweekly\tlũ",
        "2\t2999-01-31\t2999-02-04\tmọi đơn vị\tmọi biểu mẫu\tTết",
    ]
    assert giaoban("suspend", "--unit", "15742")[0] == 1
    assert giaoban("suspend", "--lift", "3")[0] == 0
    assert giaoban("suspend")[1].startswith("1 đợt")
    town.close()
