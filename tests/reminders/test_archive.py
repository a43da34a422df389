"""Imported figures stand for reports: whoever has them owes nothing, on both databases."""

from datetime import date, timedelta

from sqlalchemy import Connection

from reminders.context import Tick
from reminders.plan import plan
from reminders.tick import say
from reporting.archive import read_archive
from reporting.rounds.rates import Rates, rates
from reporting.rounds.standings import Standing
from reporting.xlsforms.reading import read_form
from services.import_history import take_in
from storage.organisation import units
from storage.reports import forms
from storage.schedule import rounds
from tests.channels import CHANNELS
from tests.reminders.town import DAY, ZONE, Town, at, written_form

TWO = written_form(version="2").decode().rstrip() + "\n| | integer | beds | Số giường | yes | | | stock |\n"
FIRST = DAY - timedelta(days=9)


def brings(town: Town, clock: str, *lines: str, on: date = DAY) -> int:
    """Imports «15742,cases,3» for a day; how many unit days changed."""
    text = "date,unit,indicator,value\n" + "".join(f"{on},{line}\n" for line in lines)
    with town.engine.begin() as connection:
        return take_in(connection, read_archive(text), at(clock), ZONE)


def standings(town: Town, day: date = DAY, clock: str = "20:00", unit: str = "") -> dict[str, str]:
    """Each unit's status, «archive» where only the archive knows; read one by one where `unit` is named."""
    some = [town.unit(unit)] if unit else None
    with town.engine.begin() as connection:
        tree = units.tree(connection)
        form = forms.published(connection, "daily", day)
        assert form is not None
        found = rounds.standings(connection, form, day, tree, at(clock), ZONE, some)
        return {tree.unit(each.deadline.unit_id).name: told(each) for each in found}


def told(each: Standing) -> str:
    return "archive" if each.in_archive else each.status


def month(connection: Connection, root: str = "") -> list[Standing]:
    tree = units.tree(connection)
    (form,) = forms.in_force(connection, DAY)
    under = next((unit for unit in tree if unit.name == root), None)
    return rounds.standings_between(connection, form, FIRST, DAY, tree, at("20:00"), ZONE, under)


def test_whose_figures_were_imported_owes_nothing_and_is_not_reminded(town: Town) -> None:
    brings(town, "15:00", "15742,cases,3")
    assert [town.tick(clock) for clock in ("15:30", "16:30", "17:30")] == [["Hoa"], ["Hoa"], ["Hoa"]]
    assert "1/3 đơn vị đã gửi" in town.letters("18:30")["Lan"]
    assert standings(town) == {"Thọ Dân": "archive", "Dân Lực": "missing", "Nưa": "missing"}
    assert standings(town, unit="Thọ Dân") == {"Thọ Dân": "archive"}


def test_an_import_takes_back_the_reminder_that_waits_and_the_one_that_is_planned(town: Town) -> None:
    town.is_connected = False
    assert town.tick("15:30") == ["Hoa", "Nam"]
    with town.engine.begin() as connection:
        planned = plan(Tick(connection, at("16:30"), ZONE, CHANNELS))
    assert planned is not None
    brings(town, "16:30", "15742,cases,3")
    with town.engine.begin() as connection:
        assert say(connection, planned) == 1
    assert [name for name, _ in town.waiting()] == ["Hoa"]
    assert town.tick("16:31") == ["Hoa"]


def test_where_a_report_comes_as_well_the_report_decides(town: Town) -> None:
    brings(town, "15:00", "15742,cases,3")
    town.sends("Thọ Dân", "17:00")
    assert standings(town)["Thọ Dân"] == "late"


def test_a_part_of_what_is_demanded_is_no_report_until_the_rest_comes(empty_town: Town) -> None:
    town = empty_town
    town.furnish(since=FIRST)
    with town.engine.begin() as connection:
        forms.publish(connection, TWO.encode(), "daily.md", DAY, at("00:00"))
    town.join("Nam", "reporter", "Thọ Dân")
    brings(town, "15:00", "15742,cases,3")
    assert standings(town)["Thọ Dân"] == "missing"
    assert town.tick("15:30") == ["Nam"]
    brings(town, "15:40", "15742,beds,7")
    assert standings(town)["Thọ Dân"] == standings(town, unit="Thọ Dân")["Thọ Dân"] == "archive"
    assert town.tick("16:30") == []
    assert brings(town, "16:40", "15742,beds,7") == 0


def test_each_day_is_measured_by_the_version_of_the_form_that_was_in_force(empty_town: Town) -> None:
    town = empty_town
    town.furnish(since=FIRST)
    changed = DAY - timedelta(days=3)
    with town.engine.begin() as connection:
        forms.publish(connection, TWO.encode(), "daily.md", changed, at("00:00"))
    for n in range(10):
        brings(town, "15:00", "15742,cases,3", on=FIRST + timedelta(days=n))
    brings(town, "15:00", "15742,beds,4", on=DAY)
    town.sends("Thọ Dân", "16:00", FIRST)
    with town.engine.begin() as connection:
        own, all_units = month(connection, "Thọ Dân"), month(connection)
    assert [told(each) for each in own] == ["on_time", *["archive"] * 5, *["missing"] * 3, "archive"]
    assert rates(own, at("20:00")) == Rates(expected=10, received=7, on_time=1, archived=6)
    assert own == [each for each in all_units if each.deadline.unit_id == town.unit("Thọ Dân").id]
    assert sum(each.has_come for each in all_units) == 7


def test_where_a_form_demands_no_number_any_figure_will_do(town: Town) -> None:
    loose = written_form(version="2").replace(b"| yes |", b"|  |")
    assert read_form(loose, "daily.md").always_given == ()
    with town.engine.begin() as connection:
        forms.publish(connection, loose, "daily.md", DAY, at("12:00"))
    brings(town, "15:00", "15718,cases,0")
    assert standings(town) == {"Thọ Dân": "missing", "Dân Lực": "missing", "Nưa": "archive"}
