"""What people really write into XLSForms, and what a chat makes of it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.forms import form_file
from bot.cli.main import main
from reporting.errors import NotUnderstood
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.forms import Form
from reporting.questions.question_types import type_of
from reporting.translator import translator
from reporting.xlsforms.packed import pack
from reporting.xlsforms.reading import BadForm, checked_form, read_form

NOW = datetime(2021, 11, 10, 15, 30, tzinfo=UTC)
YES_NO = "| choices |\n| | list_name | name | label |\n| | yn | y | Yes |\n| | yn | n | No |"


def form_of(table: str, beside: Mapping[str, str] | None = None) -> Form:
    source = table.encode()
    if beside is None:
        return read_form(source, "form.md")
    return read_form(pack("form.md", source, {name: text.encode() for name, text in beside.items()}), "form.zip")


def warned(table: str) -> set[str]:
    return {each.key for each in checked_form(table.encode(), "form.md")[1]} - {"indicators_none", "settings_none"}


def begun(form: Form) -> Filling:
    return Filling(form, Draft(1, form.key, form.version, 1, NOW.date()), {}, None, NOW).settled()


def say(filling: Filling, *typed: str) -> Filling:
    for text in typed:
        question = filling.question
        assert question is not None, text
        read = type_of(question).read(question, text, translator("en"), filling.choices(), NOW)
        filling = filling.answer(read)
    return filling


GROUPS = """| survey |
| | type | name | label | relevant | calculation | constraint |
| | begin group | mother | Mother | | | |
| | text | name | Her name | | | |
| | integer | age | Her age | | | . > 0 |
| | end group | | | | | |
| | begin group | child | Child | ../mother/age < 50 | | |
| | text | name | Its name, of ${age} | | | |
| | integer | age | Its age | string-length(../name) > 2 | | . < /data/mother/age |
| | end group | | | | | |
| | calculate | both | | | concat(/form/mother/name, ', ', ../child/name) | |
| | calculate | later | | | ${both} | |
"""


def test_one_name_in_two_groups_is_two_questions_and_paths_tell_them_apart() -> None:
    form = form_of(GROUPS)
    assert form.names == ("mother.name", "mother.age", "child.name", "child.age", "both", "later")
    filling = say(begun(form), "Lan", "30")
    assert filling.draft.at == "child.name"
    assert filling.filled(filling.form.by_name["child.name"].label, "en") == "Its name, of …", (
        "the nearest of that name"
    )
    filling = say(filling, "Nam")
    with pytest.raises(NotUnderstood):
        say(filling, "31")
    filling = say(filling, "3")
    assert (filling.draft.state, filling.results["both"], filling.results["later"]) == (
        "review",
        "Lan, Nam",
        "Lan, Nam",
    )
    assert say(begun(form), "Lan", "60").draft.state == "review", "the condition of a group counts for all in it"


def test_a_condition_of_a_group_that_reads_a_row_of_it_does_not_decide_on_that_row() -> None:
    table = """| survey |
| | type | name | label | relevant | default |
| | begin group | inputs | Inputs | ./source = 'user' | |
| | hidden | source | Source | | user |
| | text | name | Name | | |
| | end group | | | | |
"""
    assert begun(form_of(table)).draft.at == "name"
    assert begun(form_of(table.replace("| user |", "| task |"))).draft.state == "review"


def test_what_is_worked_out_is_told_and_not_asked_and_what_may_change_is_proposed() -> None:
    table = """| survey |
| | type | name | label | calculation | trigger | read_only | appearance | default | required |
| | integer | a | A | | | | | | |
| | integer | twice | Twice | 2 * ${a} | | | | | yes |
| | text | place | Place | once('Nưa') | | | | | |
| | integer | more | More | ${a} + 1 | ${a} | | | | |
| | text | mine | Mine | coalesce(., 'x') | | | | | |
| | text | note | Note | | | ${a} > 5 | | | |
| | text | code | Code | | | | hidden | C1 | |
| | calculate | sum | | ${twice} + ${more} | | | | | |
"""
    filling = say(begun(form_of(table)), "3")
    assert filling.draft.at == "place"
    assert [each.name for each in filling.notes()] == ["twice"], "what is worked out stands before the next question"
    assert filling.results["twice"] == 6
    filling = filling.keep()
    assert (filling.draft.at, filling.proposal()) == ("more", 4)
    filling = filling.keep().keep()
    assert filling.draft.at == "note"
    assert (filling.results["place"], filling.results["mine"], filling.results["code"]) == ("Nưa", "x", "C1")
    assert filling.results["sum"] == 10
    assert "note" not in [each.name for each in say(filling.edit("a"), "9").asked]


def test_other_is_a_choice_and_which_is_asked() -> None:
    table = f"| survey |\n| | type | name | label |\n| | select_one yn or_other | ill | Ill |\n{YES_NO}"
    filling = begun(form_of(table))
    assert [each.name for each in filling.choices()] == ["y", "n", "other"]
    assert say(filling, "y").draft.state == "review"
    filling = say(filling, "Other")
    assert filling.draft.at == "ill_other"
    assert say(filling, "a little").results["ill_other"] == "a little"


def test_choices_are_put_in_an_order() -> None:
    table = "| survey |\n| | type | name | label |\n| | rank x | first | First |\n"
    table += "| choices |\n| | list_name | name | label |\n| | x | a | Rice |\n| | x | b | Maize |\n| | x | c | Beans |"
    filling = begun(form_of(table))
    for typed in ("Rice, Maize", "Rice, Rice, Beans", "1"):
        with pytest.raises(NotUnderstood):
            say(filling, typed)
    assert say(filling, "3, 1, 2").results["first"] == ("c", "a", "b")
    assert say(filling, "beans > rice > maize").results["first"] == ("c", "a", "b")


def test_labels_of_choices_read_the_answers_that_they_refer_to() -> None:
    table = """| survey |
| | type | name | label |
| | text | first | First child |
| | text | second | Second child |
| | select_one who | ill | Who is ill |
| choices |
| | list_name | name | label |
| | who | 1 | ${first} |
| | who | 2 | ${second} |
"""
    filling = say(begun(form_of(table)), "Lan", "Nam")
    assert [each.label[""] for each in filling.choices()] == ["Lan", "Nam"]
    filling = say(filling, "Nam")
    assert filling.results["ill"] == "2"
    asked = filling.as_read(filling.form.by_name["ill"])
    assert type_of(asked).show(asked, "2", translator("vi")) == "Nam"


LISTS = """| survey |
| | type | name | label | choice_filter | calculation |
| | select_one_from_file communes.csv | commune | Commune | | |
| | select_one_external village | village | Village | commune=${commune} | |
| | calculate | people | | | pulldata('communes', 'people', 'name', ${commune}) |
| | calculate | label | | | instance('communes')/root/item[name = ${commune}]/label |
| external_choices |
| | list_name | name | label | commune |
| | village | v1 | Thôn 1 | a |
| | village | v2 | Thôn 2 | b |
"""
COMMUNES = "name,label,people\na,Thọ Dân,7000\nb,Dân Lực,9000\n"


def test_lists_are_in_a_sheet_or_in_a_file_beside_the_form() -> None:
    filling = say(begun(form_of(LISTS, {"communes.csv": COMMUNES})), "dan luc")
    assert (filling.results["people"], filling.results["label"]) == (9000, "Dân Lực")
    assert [each.name for each in filling.choices()] == ["v2"]


def test_where_a_file_does_not_lie_beside_the_form_the_answer_is_typed_and_that_is_said() -> None:
    assert warned(LISTS) >= {"file_missing", "file_looked_up"}
    filling = say(begun(form_of(LISTS)), "Thọ Dân")
    assert filling.results["commune"] == "Thọ Dân"
    assert "people" not in filling.results


def test_the_files_that_a_form_names_are_packed_with_it(tmp_path: Path) -> None:
    (tmp_path / "visits.md").write_text(LISTS, "utf-8")
    (tmp_path / "visits-media").mkdir()
    (tmp_path / "visits-media" / "Communes.csv").write_text(COMMUNES, "utf-8")
    (tmp_path / "other.csv").write_text("name\nx\n", "utf-8")
    source, name = form_file(str(tmp_path / "visits.md"))
    assert name == "visits.zip"
    form = read_form(source, name)
    assert [each.name for each in form.by_name["commune"].choices] == ["a", "b"]
    assert form_file(str(tmp_path / "visits.md"))[0] == source, "the same files make the same form"


def test_a_long_list_is_asked_by_letters() -> None:
    rows = "\n".join(f"| | x | c{number} | Commune {number} |" for number in range(2_000))
    head = "| survey |\n| | type | name | label |\n| | select_one x | c | Which |\n| choices |\n| | list_name | name | label |"
    table = f"{head}\n{rows}"
    filling = begun(form_of(table))
    question = filling.question
    assert question is not None
    assert type_of(question).buttons(question, translator("en"), filling.choices()) == []
    for typed, said in (("mune 19", "111 choices"), ("xyz", "No choice")):
        with pytest.raises(NotUnderstood) as refused:
            say(filling, typed)
        assert said in translator("en").refusal(refused.value)
    assert say(filling, "mune 1999").results["c"] == "c1999"


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("| | deviceid | x | | | | |", "type_device"),
        ("| | audit | audit | | | | |", "type_device"),
        ("| | barcode | x | X | | | |", "type_scanned"),
        ("| | video | x | X | | | |", "type_sound"),
        ("| | text | x | X | signature | | |", "appearance"),
        ("| | text | x | | | | |", "label_missing"),
        ("| | calculate | x | | | yes | |", "rule_unused"),
        ("| | integer | x | X | | | none |", "default_value"),
    ],
)
def test_what_a_chat_loses_nothing_by_is_warned_of(row: str, key: str) -> None:
    table = f"| survey |\n| | type | name | label | appearance | required | default |\n| | text | a | A | | | |\n{row}"
    assert key in warned(table)
    filling = say(begun(form_of(table)), "a")
    assert filling.draft.state == "review" or filling.draft.at == "x"


def test_what_is_only_warned_of_is_refused_where_the_desk_wants_it_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = "| survey |\n| | type | name | label | appearance |\n| | text | a | A | signature |"
    (tmp_path / "form.md").write_text(table, "utf-8")
    assert main(["form", "check", str(tmp_path / "form.md")]) == 0
    said = capsys.readouterr().out
    assert "Lưu ý: survey, dòng 2" in said
    assert "Có 3 điều cần lưu ý" in said
    assert main(["form", "check", "--strict", str(tmp_path / "form.md")]) == 1
    assert "Lưu ý" not in capsys.readouterr().out


def test_a_choice_that_stands_twice_is_refused_where_the_two_differ_and_else_warned_of() -> None:
    head = "| survey |\n| | type | name | label |\n| | select_one x | a | A |\n| choices |\n| | list_name | name | label | county |\n"
    same = f"{head}| | x | b | B | |\n| | x | b | B | |"
    assert warned(same) >= {"choice_twice"}
    assert [each.name for each in form_of(same).by_name["a"].choices] == ["b"]
    with pytest.raises(BadForm):
        form_of(f"{head}| | x | b | B | |\n| | x | b | C | |")
    apart = f"{head}| | x | b | B | k |\n| | x | b | C | m |"
    assert "choice_twice" in warned(apart), "ODK wants to be told that this is meant so"
    assert len(form_of(apart).by_name["a"].choices) == 2


def test_what_would_lose_an_answer_is_refused() -> None:
    head = "| survey |\n| | type | name | label | appearance | calculation |\n"
    for row, key in (
        ("| | osm | a | A | | |", "type_shape"),
        ("| | calculate | a | | | cht-months(1) |", "expression_function"),
        ("| | calculate | a | | | ../b + 1 |", "expression_path_unknown"),
    ):
        with pytest.raises(BadForm) as refused:
            read_form(f"{head}{row}\n| | text | c | C | | |".encode(), "form.md")
        assert [each.key for each in refused.value.problems] == [key]


def test_what_another_application_or_a_drawing_would_answer_is_answered_by_a_message() -> None:
    table = """| survey |
| | type | name | label | appearance |
| | text | code | Code | ex:org.app.scan(kind='a') |
| | integer | steps | Steps | ex:org.app.count |
| | geoshape | field | Field | |
"""
    assert warned(table) == {"appearance_starts", "type_drawn"}
    filling = say(begun(form_of(table)), "A 17", "12", "19.80 105.60; 19.81 105.61")
    assert filling.draft.state == "review"
    assert filling.results == {"code": "A 17", "steps": 12, "field": "19.80 105.60; 19.81 105.61"}


def test_what_another_system_knows_of_a_person_is_nothing_here_and_that_is_said() -> None:
    table = """| survey |
| | type | name | label | relevant | calculation |
| | calculate | known | | | instance('contact-summary')/context/pregnancy/is_open |
| | text | name | Name | ${known} = '' | |
| | text | risk | Risk | ${known} = 'yes' | |
| | calculate | said | | | coalesce(instance('contact-summary')/context/name, ${name}) |
"""
    assert warned(table) == {"context_elsewhere"}
    filling = say(begun(form_of(table)), "Lan")
    assert filling.draft.state == "review", "what depends on it is not asked"
    assert filling.results == {"name": "Lan", "said": "Lan"}


def test_a_list_of_the_form_is_no_other_systems_context() -> None:
    head = "| survey |\n| | type | name | label | calculation |\n| | select_one yn | a | A | |"
    with pytest.raises(BadForm):
        form_of(f"{head}\n| | calculate | b | | instance('yn')/root |\n{YES_NO}")


def test_a_workbook_of_excel_97_is_read_as_one_of_today() -> None:
    source = (Path(__file__).parents[1] / "xlsforms" / "old_workbook.xls").read_bytes()
    form = read_form(source, "old_workbook.xls")
    assert form.names == ("seen_on", "count", "is_over")
    assert form.by_name["count"].required is not None
    assert form.by_name["count"].default is not None
    assert form.by_name["count"].default.text == "'3'"
    assert form.by_name["seen_on"].default is not None
    assert form.by_name["seen_on"].default.text.startswith("'2021-11-10")
