"""What a validation rule reads of the units under one: what they have together, and nothing of what does not add up."""

from datetime import date

from reporting.validation.rule_list import COLUMNS, RuleRow, rule_of
from services.run_rules import compared
from storage.figures import figures
from storage.organisation import units
from storage.reports import forms
from tests.services.office import NOW, Office

FORM = """| settings | form_id | form_title | version | due | closes | default_language |
|---|---|---|---|---|---|---|
| | daily | Báo cáo ngày | 1 | 16:30 | 20:00 | vi |

| survey | type | name | label | kind | unit |
|---|---|---|---|---|---|
| | integer | ill | Số ca mắc mới | flow | ca |
| | decimal | rate | Tỷ lệ | stock | % |
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
