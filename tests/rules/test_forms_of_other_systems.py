"""Forms that another system fills in beforehand (of whom, by whom): what only it knows is nothing here, and the rest is asked."""

import pytest

from bench.foreign_forms import filled_in, not_exported
from reporting.translator import LANGUAGES, translator
from reporting.xlsforms.reading import BadForm, problem_line
from tests.rules.test_forms_from_elsewhere import begun, form_of, say, warned

VISIT = """| survey |
| | type | name | label | relevant | calculation | appearance | default |
| | begin group | inputs | Patient | ./source = 'user' | | field-list | |
| | hidden | source | | | | | user |
| | begin group | contact | Contact | | | | |
| | db:person | _id | Who is the patient? | | | db-object | |
| | hidden | sex | | | | | |
| | end group | | | | | | |
| | end group | | | | | | |
| | calculate | patient | | | ../inputs/contact/_id | | |
| | calculate | ward | | | ../inputs/contact/parent/name | | |
| | calculate | asker | | | coalesce(/visit/inputs/user/name, 'nobody') | | |
| | begin group | seen | Seen | | | | |
| | integer | days | Days ill, of ${patient} | | | | |
| | text | birth | Birth | ../../inputs/contact/sex = 'female' | | | |
| | end group | | | | | | |
"""


def test_a_person_of_a_register_is_typed_and_what_only_the_register_knows_is_nothing() -> None:
    assert warned(VISIT) == {"type_elsewhere", "context_elsewhere", "appearance", "odk"}
    form = form_of(VISIT)
    filling = begun(form)
    assert filling.draft.at == "_id"
    filling = say(filling, "Lê Thị Lan")
    assert filling.filled(form.by_name["days"].label, "en") == "Days ill, of Lê Thị Lan"
    filling = say(filling, "3")
    assert filling.draft.state == "review", "what depends on what is known elsewhere is not asked"
    assert filling.results == {
        "source": "user",
        "_id": "Lê Thị Lan",
        "patient": "Lê Thị Lan",
        "asker": "nobody",
        "days": 3,
    }
    assert not_exported(form, filling) == ""


def test_where_the_group_is_not_in_the_form_at_all_the_rest_is_asked() -> None:
    table = """| survey |
| | type | name | label | relevant | calculation |
| | calculate | name | | | ../inputs/contact/name |
| | text | note | Note on ${name} | | |
| | text | never | Never | ../inputs/source = 'task' | |
"""
    assert warned(table) == {"context_elsewhere"}
    filling, stopped = filled_in(form_of(table))
    assert (stopped, [*filling.draft.answers]) == ("", ["note"])


def test_a_person_that_is_hidden_is_not_asked_for() -> None:
    table = """| survey |
| | type | name | label | appearance |
| | db:person | who | Who | hidden |
| | text | note | Note | |
"""
    filling, stopped = filled_in(form_of(table))
    assert (stopped, [*filling.draft.answers]) == ("", ["note"])


def test_any_other_path_that_leads_nowhere_is_refused_as_ever() -> None:
    for path in ("../contact/name", "../inputs", "/data/input/name", "../nput/contact/name"):
        with pytest.raises(BadForm) as refused:
            form_of(f"{VISIT}| | calculate | wrong | | | {path} | | |".replace("inputs | Patient", "given | Patient"))
        assert "expression_path_unknown" in {each.key for each in refused.value.problems}, path


def test_a_bare_word_under_required_is_no_demand_as_in_odk_collect() -> None:
    table = "| survey |\n| | type | name | label | required |\n| | text | a | A | basic |\n| | text | b | B | yes |"
    assert warned(table) == {"required_word"}
    form = form_of(table)
    assert form.by_name["a"].required is None
    assert say(begun(form).skip(), "x").draft.state == "review"
    for wrong in ("basic or", "${a} = basic"):
        with pytest.raises(BadForm):
            form_of(table.replace("| basic |", f"| {wrong} |"))


LOOKED_UP = """| survey |
| | type | name | label | calculation |
| | text | file | File | |
| | calculate | people | | pulldata({name}, 'people', 'name', 'a') |
"""


def test_a_file_whose_name_is_an_answer_is_refused_in_words_of_its_own() -> None:
    with pytest.raises(BadForm) as refused:
        form_of(LOOKED_UP.format(name="${file}"))
    (problem,) = refused.value.problems
    assert (problem.row, problem.column, problem.key) == (3, "calculation", "expression_pulldata")
    for language in LANGUAGES:
        assert "pulldata" in problem_line(problem, translator(language))
    assert warned(LOOKED_UP.format(name="'list'")) == {"file_looked_up"}
