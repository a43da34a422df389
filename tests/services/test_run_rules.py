"""What a validation rule reads of the units under one: what they have together, and nothing of what does not add up."""

from datetime import date, timedelta
from typing import Any

import pytest

from reporting.tick_parts import as_one
from reporting.validation.rule_list import COLUMNS, RuleRow, rule_of
from services.compare_sides import RuleFigures, compared, compared_apart
from services.import_units import change_units
from services.keep_rules import bring_rules
from services.run_rules import run_due
from storage.figures import contradictions, figures
from storage.organisation import units
from storage.reports import forms
from tests.services.office import NOW, ZONE, Office

FORM = """| settings | form_id | form_title | version | due | closes | default_language |
|---|---|---|---|---|---|---|
| | daily | Báo cáo ngày | 1 | 16:30 | 20:00 | vi |

| survey | type | name | label | kind | unit |
|---|---|---|---|---|---|
| | integer | ill | Số ca mắc mới | flow | ca |
| | decimal | rate | Tỷ lệ | stock | % |
"""
WEEKLY = """| settings | form_id | form_title | version | period | due | closes | default_language |
|---|---|---|---|---|---|---|---|
| | weekly | Báo cáo tuần | 1 | weekly | 16:30 | 20:00 | vi |

| survey | type | name | label | kind | unit |
|---|---|---|---|---|---|
| | integer | ill | Số ca mắc mới | flow | ca |
"""
DAY = date(2021, 11, 9)


def test_of_several_units_the_one_percentage_that_is_known_is_not_all_of_theirs(office: Office) -> None:
    form, _ = forms.publish(office.connection, FORM.encode(), "daily.md", date(2021, 10, 1), NOW)
    stamps = {"as_of": NOW, "revision": 1, "source": "report"}
    figures.put(office.connection, form, office.unit("11").id, DAY, {"ill": 4, "rate": 60}, **stamps)  # type: ignore[arg-type]
    found = {}
    for name in ("ill", "rate"):
        cells = dict.fromkeys(COLUMNS, "") | {
            "key": name,
            "name": name,
            "left": f"${{below.daily.{name}}}",
            "operator": "<=",
            "right": "100",
        }
        cells |= {"units": "huyện", "period": "daily", "missing": "skip if all"}
        rule = rule_of(RuleRow(2, cells), [form])
        found[name] = compared(office.connection, rule, [form], units.tree(office.connection), DAY, NOW)
    assert found == {"ill": {office.unit("1").id: (4, 100)}, "rate": {}}


def test_of_some_units_no_figures_of_others_are_read(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is open is looked at with each report that comes: not with all figures of a country."""
    form, _ = forms.publish(office.connection, FORM.encode(), "daily.md", date(2021, 10, 1), NOW)
    ids, read, whole = {each: office.unit(each).id for each in ("1", "11", "12", "13")}, list[Any](), figures.of_units
    for code in ("11", "12", "13"):
        figures.put(office.connection, form, ids[code], DAY, {"ill": 9}, as_of=NOW, revision=1, source="report")

    def of_units(connection: Any, key: str, indicators: Any, unit_ids: Any, *given: Any) -> Any:
        read.append(unit_ids)
        return whole(connection, key, indicators, unit_ids, *given)

    monkeypatch.setattr(figures, "of_units", of_units)
    for left, units_of, only, sides, of in (
        ("${below.daily.ill}", "huyện", {"1"}, (27, 10), {"1", "11", "12", "13"}),
        ("${daily.ill}", "", {"12"}, (9, 10), {"12"}),
    ):
        cells = dict.fromkeys(COLUMNS, "") | {"key": "k", "name": "k", "left": left, "operator": "<=", "right": "10"}
        rule = rule_of(RuleRow(2, cells | {"units": units_of, "period": "daily"}), [form])
        some = {ids[code] for code in only}
        figures_read = RuleFigures(office.connection, rule, {"daily": form}, units.tree(office.connection), DAY, some)
        assert compared_apart(figures_read, NOW, as_one) == dict.fromkeys(some, sides)
        assert read.pop() == {ids[code] for code in of}


@pytest.mark.parametrize(
    "merger",
    ["2021-11-10,11,19,Mới,xã,1,,\n2021-11-10,12,19,,,,,\n", "2021-11-10,11,12,,,,,\n"],
    ids=["made", "taken in"],
)
def test_a_week_in_which_a_unit_was_made_of_others_or_took_one_in_is_not_held_against_its_own_days(
    office: Office, merger: str
) -> None:
    texts = {"daily": FORM, "weekly": WEEKLY}
    known = [
        forms.publish(office.connection, text.encode(), f"{key}.md", date(2021, 10, 1), NOW)[0]
        for key, text in texts.items()
    ]
    change_units(office.connection, f"on,old,new,name,kind,parent,aliases,people\n{merger}", NOW, ZONE, kind="mergers")
    tree, sunday = units.tree(office.connection), date(2021, 11, 14)
    stamps = {"as_of": NOW, "revision": 1, "source": "report"}
    carries_on = "19" if tree.find("19", sunday) else "12"
    for code, week, days in (
        (carries_on, 9, {DAY + timedelta(days=3): 5}),
        ("13", 9, {DAY: 4, DAY + timedelta(days=3): 4}),
    ):
        unit = tree.known(code, sunday)
        figures.put(office.connection, known[1], unit.id, sunday, {"ill": week}, **stamps)  # type: ignore[arg-type]
        for on, ill in days.items():
            figures.put(office.connection, known[0], unit.id, on, {"ill": ill}, **stamps)  # type: ignore[arg-type]
    cells = dict.fromkeys(COLUMNS, "") | {"key": "same", "name": "same", "left": "${weekly.ill}", "operator": "="}
    cells |= {"right": "${daily.ill}", "units": "leaves", "period": "weekly", "missing": "never skip"}
    found = compared(office.connection, rule_of(RuleRow(2, cells), known), known, tree, sunday, NOW)
    assert found == {office.unit("13").id: (9, 8)}


@pytest.mark.parametrize("is_first_run", [True, False])
def test_what_was_found_before_a_late_merger_was_entered_is_closed(office: Office, is_first_run: bool) -> None:
    """Of the unit that took another in nothing is held against its days, and the other was no more: neither is asked for anything."""
    texts = {"daily": FORM, "weekly": WEEKLY}
    known = [
        forms.publish(office.connection, text.encode(), f"{key}.md", date(2021, 10, 1), NOW)[0]
        for key, text in texts.items()
    ]
    rule = "key,name,left,operator,right,period,missing\nsame,Khớp,${weekly.ill},=,${daily.ill},weekly,never skip\n"
    bring_rules(office.connection, rule, NOW, DAY)
    sunday, now = date(2021, 11, 14), NOW + timedelta(days=7)
    stamps = {"as_of": NOW, "revision": 1, "source": "report"}
    for code in ("11", "12", "13"):
        figures.put(office.connection, known[1], office.unit(code).id, sunday, {"ill": 9}, **stamps)  # type: ignore[arg-type]
    broken = {office.unit(code).id: (9, 0) for code in ("11", "12", "13")}
    contradictions.find(office.connection, "same", sunday, broken, NOW)
    if not is_first_run:
        contradictions.has_run(office.connection, "same", sunday, now, -1)
    merger = "on,old,new,name,kind,parent,aliases,people\n2021-11-10,11,12,,,,,\n"
    change_units(office.connection, merger, NOW, ZONE, kind="mergers")
    run_due(office.connection, known, units.tree(office.connection), now, ZONE)
    found = [each.unit_id for each in contradictions.open_now(office.connection) if each.period == sunday]
    assert found == [office.unit("13").id]
