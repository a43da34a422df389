"""A unit is suspended, and gets another name: it owes no report all the days that were said."""

from datetime import date, timedelta

from reporting.rounds.standings import excused
from services.import_units import change_units
from services.suspend import suspend, suspended
from storage.organisation import units
from storage.reports import forms
from storage.schedule import suspensions
from tests.services.office import DAY, NOW, ZONE, Office

HEAD = "on,old,new,name,kind,parent,aliases,people\n"


def free(office: Office, on: date) -> list[str]:
    """The codes of the units that owe no report of a day, with why."""
    tree, form = units.tree(office.connection), forms.published(office.connection, "beds", on)
    assert form is not None
    here = [unit for root in tree.roots(on) for unit in tree.reporting(root, form.reports_on(on), on)]
    found = excused(form, on, here, tree, suspensions.touching(office.connection, on, on))
    return sorted(f"{tree.unit(one).identity} {why}" for one, why in found.items())


def test_a_unit_that_is_renamed_is_suspended_as_it_was_said(office: Office) -> None:
    suspend(office.connection, DAY, DAY + timedelta(days=5), NOW, unit=office.unit("11"), form="beds", reason="lụt")
    suspend(office.connection, DAY, DAY, NOW, unit=office.unit("11"), reason="lễ")
    for _ in range(2):
        change_units(office.connection, f"{HEAD}2021-11-12,11,91,Thọ Xuân,xã,1,,\n", NOW, ZONE, kind="mergers")
    assert free(office, DAY + timedelta(days=1)) == ["11 lụt"]
    assert free(office, DAY + timedelta(days=2)) == ["91@2021-11-12 lụt"]
    assert free(office, DAY + timedelta(days=6)) == []
    assert len(suspended(office.connection, DAY)) == 3


def test_so_are_all_under_a_district_that_is_renamed(office: Office) -> None:
    suspend(office.connection, DAY, DAY + timedelta(days=5), NOW, unit=office.unit("1"), reason="lụt")
    change_units(office.connection, f"{HEAD}2021-11-12,1,2,Sơn Triệu,huyện,,,\n", NOW, ZONE, kind="mergers")
    assert len(free(office, DAY + timedelta(days=2))) == 3


def test_what_was_merged_is_not(office: Office) -> None:
    suspend(office.connection, DAY, DAY + timedelta(days=5), NOW, unit=office.unit("11"), reason="lụt")
    text = f"{HEAD}2021-11-12,11,19,Mới,xã,1,,\n2021-11-12,12,19,,,,,\n"
    change_units(office.connection, text, NOW, ZONE, kind="mergers")
    assert free(office, DAY + timedelta(days=2)) == []
