"""Forms that others made: each can be filled in chat, or is refused in words (docs/forms.md has the table)."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from reporting.answers import Attachment, Value
from reporting.forms import Form, Question
from reporting.questions import checks
from reporting.questions.checks import FormInstance
from reporting.questions.question_types import type_of
from reporting.translator import LANGUAGES, translator
from reporting.xlsforms.reading import BadForm, problem_line, read_form
from tests.rules.judged import wrongs

FORMS = Path(__file__).parents[1] / "xlsforms"
DOCS = Path(__file__).parents[2] / "docs" / "forms.md"
NOW = datetime(2021, 11, 10, 15, 30, tzinfo=timezone(timedelta(hours=7)))

ACCEPTED = {
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
    "bug_example_xls__UCL_Biomass_Plot_Form.xlsx": {"type_external", "type_repeat", "type_device"},
    "bug_example_xls__bad_calc.xlsx": {"expression_quote"},
    "bug_example_xls__duplicate_columns.xlsx": {"column_twice", "type_repeat", "column_not_in_chat"},
    "bug_example_xls__xl_date_ambiguous.xlsx": {"choice_filter_column", "choice_label_reference"},
    "bug_example_xls__xl_date_ambiguous_v1.xlsx": {"choice_label_reference"},
    "example_xls__attribute_columns_test.xlsx": {"column_not_in_chat", "type_repeat", "type_sound"},
    "example_xls__bad_calc.xlsx": {"expression_quote"},
    "example_xls__case_insensitivity.xlsx": {"type_external", "type_shape", "sheet_not_in_chat"},
    "example_xls__flat_xlsform_test.xlsx": {"column_not_in_chat", "type_barcode", "appearance"},
    "example_xls__include.xlsx": {"type_external"},
    "example_xls__include_json.xlsx": {"type_external"},
    "example_xls__loop.xlsx": {"type_or_other", "type_repeat"},
    "example_xls__or_other.xlsx": {"type_or_other", "choice_filter_column"},
    "example_xls__pull_data.xlsx": {"expression_function_left_out"},
    "example_xls__specify_other.xlsx": {"type_or_other"},
    "example_xls__xlsform_spec_test.xlsx": {"column_not_in_chat", "type_repeat", "appearance"},
}


def an_answer(question: Question, seen: FormInstance) -> Value:
    """What somebody in a chat could answer: the type's example, or the last of the open choices, typed as on its button."""
    kind, words = type_of(question), translator("en")
    if not kind.accepts("text"):
        return kind.receive(question, Attachment("id", "a.jpg", "image/jpeg", 1))
    open_choices = checks.choices(question, seen)
    buttons = kind.buttons(question, words, open_choices) if open_choices else []
    typed = buttons[-1][1] if buttons else words.plain(f"type_{kind.key}_example")
    if question.constraint is not None:
        typed = "3"
    return kind.read(question, typed, words, open_choices, NOW)


def filled_in(form: Form) -> FormInstance:
    answers: dict[str, Value] = {}
    for question in form.asked:
        seen = FormInstance(form, answers, {}, NOW)
        if checks.is_relevant(question, seen):
            answers[question.name] = an_answer(question, seen)
    return FormInstance(form, answers, {}, NOW)


def test_every_form_is_accounted_for() -> None:
    assert {path.name for path in FORMS.glob("*.xlsx")} == ACCEPTED | REFUSED.keys()


@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_a_form_that_is_accepted_can_be_filled_in(name: str) -> None:
    form = read_form((FORMS / name).read_bytes(), name)
    done = filled_in(form)
    assert {q.name for q in form.asked if checks.is_relevant(q, done)} <= done.values.keys()
    assert wrongs(form, done) == []
    for question in form.asked:
        assert (
            type_of(question).show(question, done.values[question.name], translator("vi"))
            if question.name in done.values
            else True
        )


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_form_that_is_not_is_refused_in_words(name: str) -> None:
    with pytest.raises(BadForm) as refused:
        read_form((FORMS / name).read_bytes(), name)
    assert REFUSED[name] <= {each.key for each in refused.value.problems}
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
