"""Forms that others made: each can be filled in chat, or is refused in words (docs/forms.md has the table)."""

from pathlib import Path

import pytest

from bench.foreign_forms import filled_in, not_exported
from reporting.questions import checks
from reporting.translator import LANGUAGES, translator
from reporting.xlsforms.reading import BadForm, problem_line, read_form
from tests.rules.judged import wrongs

FORMS = Path(__file__).parents[1] / "xlsforms"
DOCS = Path(__file__).parents[2] / "docs" / "forms.md"

ACCEPTED = {
    "bug_example_xls__UCL_Biomass_Plot_Form.xlsx",
    "bug_example_xls__xl_date_ambiguous.xlsx",
    "bug_example_xls__xl_date_ambiguous_v1.xlsx",
    "example_xls__attribute_columns_test.xlsx",
    "example_xls__flat_xlsform_test.xlsx",
    "example_xls__xlsform_spec_test.xlsx",
    "example_xls__or_other.xlsx",
    "example_xls__pull_data.xlsx",
    "example_xls__specify_other.xlsx",
    "bug_example_xls__ODKValidateWarnings.xlsx",
    "example_xls__choice_filter_test.xlsx",
    "example_xls__extra_columns.xlsx",
    "example_xls__extra_sheet_names.xlsx",
    "example_xls__field-list.xlsx",
    "example_xls__group.xlsx",
    "example_xls__survey_no_name.xlsx",
    "example_xls__text_and_integer.xlsx",
    "example_xls__yes_or_no_question.xlsx",
}
REFUSED = {
    "bug_example_xls__bad_calc.xlsx": {"expression_quote"},
    "bug_example_xls__duplicate_columns.xlsx": {"column_twice"},
    "example_xls__bad_calc.xlsx": {"expression_quote"},
    "example_xls__case_insensitivity.xlsx": {"type_shape"},
    "example_xls__include.xlsx": {"type_external"},
    "example_xls__include_json.xlsx": {"type_external"},
    "example_xls__loop.xlsx": {"type_loop"},
}


def test_every_form_is_accounted_for() -> None:
    assert {path.name for path in FORMS.glob("*.xlsx")} == ACCEPTED | REFUSED.keys()


@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_a_form_that_is_accepted_can_be_filled_in(name: str) -> None:
    form = read_form((FORMS / name).read_bytes(), name)
    filling, stopped = filled_in(form)
    assert stopped == ""
    assert filling.draft.state == "review"
    assert {each.name for each in filling.asked} <= filling.draft.answers.keys()
    assert wrongs(form, checks.instance(form, filling.draft.answers, {}, filling.now)) == []
    assert not_exported(form, filling) == ""


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_form_that_is_not_is_refused_in_words(name: str) -> None:
    with pytest.raises(BadForm) as refused:
        read_form((FORMS / name).read_bytes(), name)
    assert {each.key for each in refused.value.problems} == REFUSED[name]
    for language in LANGUAGES:
        for problem in refused.value.problems:
            assert problem_line(problem, translator(language))


def test_the_documentation_has_the_same_table() -> None:
    rows = {
        cells[1].strip(" `"): cells[2].strip()
        for cells in (line.split("|") for line in DOCS.read_text("utf-8").splitlines())
        if len(cells) == 5
    }
    assert {name for name in rows if name.endswith(".xlsx")} == ACCEPTED | REFUSED.keys()
    for name in ACCEPTED | REFUSED.keys():
        assert rows[name] == ("accepted" if name in ACCEPTED else "refused")


def test_the_documentation_names_every_type_column_setting_and_function() -> None:
    from reporting.expressions.functions import FUNCTIONS, LEFT_OUT
    from reporting.questions.question_types import registry
    from reporting.xlsforms.sheet_columns import SETTINGS_OURS, SURVEY_OURS

    text = DOCS.read_text("utf-8")
    types = {name for each in registry().all for name in each.names}
    for name in {*types, *SURVEY_OURS, *SETTINGS_OURS, *FUNCTIONS, *LEFT_OUT}:
        assert f"`{name}`" in text or f"`{name}(" in text, name
