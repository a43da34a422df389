"""What a new version of a form changes, what its history forbids, and which answers still fit."""

import pytest

from reporting.form_changes import FormChange, form_changes, history_breaks, still_fits
from reporting.forms import Form
from reporting.xlsforms.reading import read_form

FORM = """| settings | form_id | version | form_title | due |
|---|---|---|---|---|
| | ledger | {version} | {title} | {due} |

| choices | list_name | name | label |
|---|---|---|---|
| | grade | low | Thấp |
| | grade | high | {high} |

| survey | type | name | label | kind | visibility | unit | constraint | calculation | hint | parameters |
|---|---|---|---|---|---|---|---|---|---|---|
{rows}"""
ILL = "| | integer | ill | Ca mắc | flow | internal | ca | . <= 9 | | | |\n"
EVER = "| | calculate | ever | Lũy kế | total | public | ca | | coalesce(${last-saved#ever}, 0) + ${ill} | | |\n"
GRADE = "| | select_one grade | grade | Mức | state | public | | | | | |\n"


def form(*rows: str, version: str = "1", title: str = "Sổ", due: str = "16:30", high: str = "Cao") -> Form:
    text = FORM.format(version=version, title=title, due=due, high=high, rows="".join(rows))
    return read_form(text.encode(), "ledger.md", gate=False)


OLD = form(ILL, EVER, GRADE)


def test_the_same_form_has_no_changes() -> None:
    assert form_changes(OLD, form(ILL, EVER, GRADE, version="2"), "vi") == []


def test_every_change_is_told_with_what_it_was_and_is() -> None:
    sick = ILL.replace("Ca mắc", "Số ca mắc").replace(". <= 9", ". <= 99").replace("internal", "public")
    more = "| | text | note | Ghi chú | | | | | | | |\n"
    new = form(GRADE, sick, more, version="2", title="Sổ mới", due="17:00", high="Rất cao")
    assert form_changes(OLD, new, "vi") == [
        FormChange("changed", part="due", before="16:30", after="17:00"),
        FormChange("changed", part="title", before="Sổ", after="Sổ mới"),
        FormChange("changed", "grade", "Mức", "choices", "Cao", "Rất cao"),
        FormChange("changed", "ill", "Số ca mắc", "visibility", "internal", "public"),
        FormChange("changed", "ill", "Số ca mắc", "label", "Ca mắc", "Số ca mắc"),
        FormChange("changed", "ill", "Số ca mắc", "constraint", ". <= 9", ". <= 99"),
        FormChange("added", "note", "Ghi chú"),
        FormChange("moved"),
        FormChange("removed", "ever", "Lũy kế"),
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (ILL, []),
        (ILL.replace("Ca mắc", "Người mắc").replace(". <= 9", ""), []),
        (ILL.replace("integer", "range").replace("| |\n", "| start=0 end=9 step=1 |\n"), []),
        (ILL.replace("| integer |", "| calculate |").replace(". <= 9 | |", "| 1 + 1 |"), []),
        (ILL.replace("integer", "decimal"), ["type"]),
        (ILL.replace("integer", "range").replace("| |\n", "| start=0 end=9 step=0.5 |\n"), ["type"]),
        (ILL.replace("flow", "stock"), ["kind"]),
        (ILL.replace("| ca |", "| người |"), ["unit"]),
        (ILL.replace("| ca |", "| CA |"), []),
        (ILL.replace("| ca |", "| |"), []),
        (
            ILL.replace("integer", "select_one grade").replace("flow", "state").replace("| ca |", "| |"),
            ["type", "kind"],
        ),
        (ILL.replace("flow", "").replace("internal", ""), []),
        (ILL.replace("| ill |", "| ill_of_another_kind |").replace("flow", "stock"), []),
    ],
)
def test_an_indicator_is_its_name_and_what_it_counts(row: str, why: list[str]) -> None:
    new = form(row, version="2")
    assert [each.why for each in history_breaks(OLD.by_name, new, "vi")] == why


@pytest.mark.parametrize(
    ("row", "fits"),
    [
        (ILL, True),
        (ILL.replace("Ca mắc", "Số ca mắc"), True),
        (ILL.replace(". <= 9", ". <= 99"), False),
        (ILL.replace("integer", "decimal"), False),
        (ILL.replace("| ca |", "| người |"), False),
        (GRADE, False),
    ],
)
def test_an_answer_fits_as_long_as_it_means_the_same(row: str, fits: bool) -> None:
    assert still_fits(OLD.by_name["ill"], form(row, version="2").by_name.get("ill")) is fits


def test_an_answer_among_other_choices_does_not_fit() -> None:
    other = FORM.replace("| grade | high | {high} |", "| grade | middle | {high} |")
    text = other.format(version="2", title="Sổ", due="16:30", high="Vừa", rows=GRADE)
    new = read_form(text.encode(), "ledger.md", gate=False)
    assert not still_fits(OLD.by_name["grade"], new.by_name["grade"])
    assert still_fits(OLD.by_name["grade"], form(GRADE, high="Rất cao").by_name["grade"])
