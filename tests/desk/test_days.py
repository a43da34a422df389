"""The command line and days: of one that there is not, or that is ahead, the same is said as in the chat, and nothing printed."""

import pytest

from tests.desk.conftest import Giaoban
from tests.desk.test_rounds import Desk, desk

__all__ = ["desk"]
TOLD = (("standing", "--date"), ("reminded", "--date"), ("rates", "--from"), ("rates", "--to"))
EXPORTED = (("figures", "export", "--from"), ("figures", "export", "--to"))
BEFOREHAND = (
    ("form", "publish", "daily.md", "--from"),  # a form is published before it is in force
    ("form", "retire", "covid_daily", "--from"),  # and it is said beforehand from when on it is no more
    ("suspend", "2021-11-10"),  # a holiday is known beforehand
)
"""Commands that rightly take days ahead, and why."""


@pytest.mark.parametrize("command", [*TOLD, *EXPORTED])
def test_what_is_told_of_days_refuses_those_ahead(desk: Desk, command: tuple[str, ...]) -> None:
    status, out, err = desk[0](*command, "2999-01-31")
    assert (status, out) == (1, "")
    assert "«31/01/2999» chưa tới: hôm nay là" in err


@pytest.mark.parametrize("command", [*TOLD, *EXPORTED, *BEFOREHAND])
def test_every_command_refuses_days_that_there_are_not(desk: Desk, command: tuple[str, ...]) -> None:
    for day in ("2021-11-31", "2021-02-30"):
        status, out, err = desk[0](*command, day)
        assert (status, out) == (1, "")
        assert f"Không có ngày {day}." in err


def test_days_ahead_are_taken_for_what_is_arranged_beforehand(desk: Desk) -> None:
    giaoban, _ = desk
    assert giaoban("form", "publish", "daily.md", "--from", "2021-11-10")[0] == 0
    assert giaoban("suspend", "2999-01-31", "2999-02-04")[0] == 0


def test_a_day_before_any_form_was_in_force_is_refused_by_when_they_are(giaoban: Giaoban, desk: Desk) -> None:
    status, out, err = giaoban("standing", "--date", "2021-09-05")
    assert (status, out) == (1, "")
    assert "Kênh có số liệu từ ngày 01/10/2021" in err
