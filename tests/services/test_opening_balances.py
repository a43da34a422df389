"""Where a new unit's totals begin: what is accepted of its former units by their last day, and nothing else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from messages.reporters.opening_words import opening_say
from reporting.answers import Answer
from reporting.filling.opening import OpeningWanted
from reporting.filling.tasks import Task
from reporting.people import Address
from reporting.reports import Report
from reporting.translator import translator
from services import approve
from services.import_units import change_units
from services.opening_balance import confirm_opening, opening_wanted
from services.submit_report import accept
from storage.figures import figures
from storage.organisation import units
from storage.reports import forms
from tests.services.office import NOW, ZONE, Office

BEFORE, MERGED = date(2021, 11, 7), date(2021, 11, 8)
MERGER = "on,old,new,name,kind,parent,aliases,people\n2021-11-08,11,19,Mới,xã,1,,\n2021-11-08,12,19,,,,,\n"
FORM = """| settings | form_id | form_title | version | due | closes | approval | default_language |
|---|---|---|---|---|---|---|---|
| | ward | Báo cáo ngày | 1 | 16:30 | 20:00+9d | chair | vi |

| survey | type | name | label | kind | unit | calculation |
|---|---|---|---|---|---|---|
| | integer | ill | Số ca mới | flow | ca | |
| | calculate | ever | Lũy kế | total | ca | coalesce(${last-saved#ever}, 0) + ${ill} |
"""


@pytest.fixture
def ward(office: Office) -> Office:
    """A form that is approved; two communes that become one on the 8th."""
    forms.publish(office.connection, FORM.encode(), "ward.md", date(2021, 11, 1), NOW)
    change_units(office.connection, MERGER, NOW, ZONE, kind="mergers")
    return office


def reports(
    office: Office, code: str, on: date, ill: int, *, waits: bool = False, known_on: date | None = None
) -> Report:
    form, unit = (
        forms.version(office.connection, "ward", "1"),
        units.tree(office.connection).known(code, known_on or on),
    )
    key = (form.version, unit.id, on, 1)
    new = Report(f"W-{code}-{on}", form.key, *key, {"ill": Answer(ill)}, None, NOW, NOW, provisional=waits)
    assert accept(office.connection, form, new, ZONE)
    return new


def wanted(office: Office, period: date = MERGED) -> OpeningWanted | None:
    unit = office.context.tree.known("19", MERGED)
    return opening_wanted(office.context, Task(forms.version(office.connection, "ward", "1"), unit, period))


def said(office: Office) -> str:
    found = wanted(office)
    assert found is not None
    return opening_say(found, Address("telegram", "1"), translator("vi")).text


def ever(office: Office, on: date) -> object:
    unit = office.context.tree.known("19", MERGED)
    found = figures.newest(office.connection, "ward", "ever", unit.id, on, accepted=True)
    return found.value if found is not None else None


def test_what_waits_for_approval_is_not_in_it_and_its_unit_is_named(ward: Office) -> None:
    reports(ward, "11", BEFORE, 10)
    reports(ward, "12", BEFORE - timedelta(days=1), 20)
    waiting = reports(ward, "12", BEFORE, 5, waits=True)
    assert (
        "• Lũy kế: <b>30</b> ca (gồm số kỳ trước của xã Dân Lực; chưa tính số đang chờ duyệt của xã Dân Lực)"
        in said(ward)
    )
    assert approve.accept(ward.connection, waiting, ward["Ba"].id, NOW, ZONE)
    assert "• Lũy kế: <b>35</b> ca" in said(ward)
    assert "(" not in said(ward).split("<b>35</b>")[1].splitlines()[0]


def test_where_nothing_is_accepted_nothing_is_proposed(ward: Office) -> None:
    reports(ward, "11", BEFORE, 10, waits=True)
    assert wanted(ward) is None


def test_a_correction_that_waits_does_not_change_what_stands(ward: Office) -> None:
    first = reports(ward, "11", BEFORE, 10)
    again = replace(
        first, number="W-2", revision=2, answers={"ill": Answer(99)}, replaces=first.number, provisional=True
    )
    assert accept(ward.connection, forms.version(ward.connection, "ward", "1"), again, ZONE)
    assert "<b>10</b> ca (chưa có số của xã Dân Lực; chưa tính số đang chờ duyệt của xã Thọ Dân)" in said(ward)


def test_what_a_former_unit_reported_for_days_on_which_it_was_no_more_is_not_in_it(ward: Office) -> None:
    reports(ward, "11", BEFORE, 10)
    reports(ward, "11", MERGED, 400, known_on=BEFORE)
    assert "<b>10</b>" in said(ward)


def test_it_is_of_the_day_before_the_unit_began_whichever_day_is_reported_first(ward: Office) -> None:
    reports(ward, "11", BEFORE, 10)
    found = wanted(ward, MERGED + timedelta(days=2))
    assert found is not None
    assert found.on == BEFORE
    confirm_opening(ward.context, ward["Nam"], found)
    reports(ward, "19", MERGED + timedelta(days=2), 1)
    assert wanted(ward) is None
    reports(ward, "19", MERGED, 2)
    assert [ever(ward, BEFORE + timedelta(days=count)) for count in range(4)] == [10, 12, 12, 13]


def test_what_the_form_did_not_have_then_is_not_proposed(ward: Office) -> None:
    """It could not be taken in for that day."""
    reports(ward, "11", BEFORE - timedelta(days=1), 10)
    without = FORM.replace("| ward | Báo cáo ngày | 1 |", "| ward | Báo cáo ngày | 2 |")
    without = "".join(line for line in without.splitlines(keepends=True) if "| ever |" not in line)
    again = FORM.replace("| ward | Báo cáo ngày | 1 |", "| ward | Báo cáo ngày | 3 |")
    forms.publish(ward.connection, without.encode(), "ward.md", BEFORE, NOW)
    forms.publish(ward.connection, again.encode(), "ward.md", MERGED, NOW)
    assert wanted(ward) is None
