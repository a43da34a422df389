"""The checker names sheet, row, column and mend for every mistake, all at once, in both languages."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import Workbook

from reporting.period_types import PeriodType
from reporting.translator import LANGUAGES, translator
from reporting.xlsforms.problems import Problem, problem_lines
from reporting.xlsforms.reading import BadForm, checked_form, problem_line, read_form, read_sheets

ONE = "| | integer | a | A |"
HEAD = "| survey |\n| | type | name | label"
WEEKLY_SKIPS = "| settings |\n| | period | skip_free_days |\n| | weekly | yes |"

PRIVATE = (
    "| survey |\n| | type | name | label | kind | visibility | suppress_below | constraint | calculation | relevant |\n"
    "| | integer | a | A | flow | public | | | | |\n| | integer | b | B | flow | public | 3 | . <= ${a} | | |"
)

BAD: list[tuple[str, str, int, str, str]] = [
    # (what the form holds, sheet, row, column, key)
    ("| choices |\n| | list_name | name |\n| | a | b |", "survey", 0, "", "survey_missing"),
    ("| survey |\n| | type | name | label |\n| settings |\n| | version |", "survey", 0, "", "survey_empty"),
    (f"{HEAD} |\n{ONE}\n| entities |\n| | dataset |\n| | x |", "entities", 0, "", "sheet_not_in_chat"),
    ("| survey |\n| | type | label |\n| | integer | A |", "survey", 1, "name", "column_missing"),
    (f"{HEAD} | relevant | relevance |\n{ONE} | |", "survey", 1, "relevance", "column_twice"),
    (f"{HEAD} | visibilty |\n{ONE} public |", "survey", 1, "visibilty", "column_misspelt"),
    (f"{HEAD} | image |\n{ONE} a.jpg |", "survey", 2, "image", "media"),
    (f"{HEAD} | trigger |\n{ONE} ${{a}} |", "survey", 2, "trigger", "trigger"),
    (f"{HEAD} | bind::type |\n{ONE} string |", "survey", 2, "bind::type", "column_not_in_chat"),
    (f"{HEAD} |\n{ONE}\n| | | b | B |", "survey", 3, "type", "type_missing"),
    (f"{HEAD} |\n| | teleport | a | A |", "survey", 2, "type", "type_unknown"),
    (f"{HEAD} |\n| | interger | a | A |", "survey", 2, "type", "type_near"),
    (f"{HEAD} |\n| | begin loop | r | R |\n{ONE}\n| | end loop | | |", "survey", 2, "type", "type_loop"),
    (f"{HEAD} | kind |\n| | begin repeat | r | R | |\n{ONE} flow |\n| | end repeat | | | |", "survey", 3, "kind", "kind_repeat"),
    (f"{HEAD} |\n| | audio | a | A |", "survey", 2, "type", "type_sound"),
    (f"{HEAD} |\n| | geotrace | a | A |", "survey", 2, "type", "type_drawn"),
    (f"{HEAD} |\n| | osm | a | A |", "survey", 2, "type", "type_shape"),
    (f"{HEAD} | calculation |\n{ONE} instance('user')/context/name |", "survey", 0, "", "context_elsewhere"),
    (f"{HEAD} |\n| | barcode | a | A |", "survey", 2, "type", "type_scanned"),
    (f"{HEAD} |\n| | db:person | a | A |", "survey", 2, "type", "type_elsewhere"),
    (f"{HEAD} |\n| | deviceid | a | |", "survey", 2, "type", "type_device"),
    (f"{HEAD} |\n| | select_one_from_file x.csv | a | A |", "survey", 2, "type", "file_missing"),
    (f"{HEAD} |\n| | include | a | A |", "survey", 2, "type", "type_external"),
    (f"{HEAD} |\n| | cascading_select x | a | A |", "survey", 2, "type", "type_cascading"),
    (f"{HEAD} |\n| | begin group | g | G |\n{ONE}", "survey", 2, "type", "group_open"),
    (f"{HEAD} |\n{ONE}\n| | end group | | |", "survey", 3, "type", "group_end"),
    (f"{HEAD} |\n| | integer | | A |", "survey", 2, "name", "name_missing"),
    (f"{HEAD} |\n| | integer | 1 a | A |", "survey", 2, "name", "name"),
    (f"{HEAD} |\n{ONE}\n{ONE}", "survey", 3, "name", "name_twice"),
    (f"{HEAD} |\n| | integer | a | |", "survey", 2, "label", "label_missing"),
    (f"{HEAD} |\n| | calculate | a | |", "survey", 2, "calculation", "calculation_missing"),
    (f"{HEAD} | calculation |\n{ONE} pulldata('x', 'b', 'c', 1) |", "survey", 0, "", "file_looked_up"),
    (f"{HEAD} | required |\n{ONE} basic |", "survey", 2, "required", "required_word"),
    (f"{HEAD} | read_only |\n{ONE} yes |", "survey", 2, "read_only", "read_only_empty"),
    (f"{HEAD} | read_only |\n{ONE} perhaps |", "survey", 2, "read_only", "yes_or_no"),
    (f"{HEAD} | required |\n{ONE} |\n| | note | b | B | yes |", "survey", 3, "required", "rule_unused"),
    (f"{HEAD} | appearance |\n{ONE} ex:org.app |", "survey", 2, "appearance", "appearance_starts"),
    (f"{HEAD} | appearance |\n{ONE} signature |", "survey", 2, "appearance", "appearance"),
    (f"{HEAD} | default |\n{ONE} abc |", "survey", 2, "default", "default_value"),
    (f"{HEAD} | parameters |\n| | range | a | A | from 1 to 3 |", "survey", 2, "parameters", "parameters"),
    (f"{HEAD} | parameters |\n| | range | a | A | step=0 |", "survey", 2, "parameters", "parameter_number"),
    (f"{HEAD} | parameters |\n| | range | a | A | start=9 end=1 |", "survey", 2, "parameters", "parameter_range"),
    (f"{HEAD} | parameters |\n| | text | a | A | randomize=true |", "survey", 2, "parameters", "parameter_not_in_chat"),
    (f"{HEAD} |\n| | select_one x | a | A |", "survey", 2, "type", "list_missing"),
    (f"{HEAD} |\n{ONE}\n| choices |\n| | list_name | name |\n| | | b |", "choices", 2, "list_name", "choice_list_missing"),
    (f"{HEAD} |\n{ONE}\n| choices |\n| | list_name | name |\n| | x | |", "choices", 2, "name", "choice_name_missing"),
    (f"{HEAD} |\n{ONE}\n| choices |\n| | list_name | name |\n| | x | b c |", "choices", 2, "name", "choice_name"),
    (f"{HEAD} |\n{ONE}\n| choices |\n| | list_name | name |\n| | x | b |\n| | x | b |", "choices", 3, "name", "choice_twice"),
    (f"{HEAD} | choice_filter |\n{ONE} 1 = 1 |", "survey", 2, "choice_filter", "choice_filter_alone"),
    (
        f"{HEAD} | choice_filter |\n| | select_one x | a | A | colour = 'b' |\n| choices |\n| | list_name | name |\n| | x | b |",
        "survey", 2, "choice_filter", "choice_filter_column",
    ),
    (f"{HEAD} | kind |\n| | text | a | A | flow |", "survey", 2, "kind", "kind_number"),
    (f"{HEAD} | kind |\n{ONE} state |", "survey", 2, "kind", "kind_state"),
    (f"{HEAD} | kind |\n{ONE} daily |", "survey", 2, "kind", "one_of"),
    (f"{HEAD} | visibility |\n{ONE} public |", "survey", 2, "visibility", "visibility_alone"),
    (f"{HEAD} | check_message::vi |\n{ONE} Nhiều |", "survey", 2, "check_message::vi", "check_message_alone"),
    (f"{HEAD} | kind | suppress_below |\n{ONE} flow | few |", "survey", 2, "suppress_below", "suppress_below"),
    (f"{HEAD} | kind | adds_up |\n{ONE} flow | maybe |", "survey", 2, "adds_up", "adds_up"),
    (f"{PRIVATE}\n| | calculate | c | | total | public | | | ${{b}} + 1 | |", "survey", 4, "calculation", "held_back_told"),
    (f"{PRIVATE}\n| | calculate | c | | total | public | 3 | | 2 * ${{a}} | |", "survey", 4, "calculation", "held_back_calculated"),
    (f"{PRIVATE}\n| | integer | c | Of which | flow | public | 3 | | | |", "survey", 4, "constraint", "held_back_whole"),
    (f"{PRIVATE}\n| | integer | c | C | flow | public | | . <= ${{b}} | | |", "survey", 4, "constraint", "held_back_bound"),
    (f"{HEAD} | relevant |\n{ONE} ${{b}} > 1 |", "survey", 2, "relevant", "reference_unknown"),
    (f"{HEAD} | hint::vi |\n{ONE} Xem ${{b}} |", "survey", 2, "hint::vi", "reference_unknown"),
    (f"{HEAD} | relevant |\n{ONE} ${{b}} > 1 |\n| | integer | b | B | ${{a}} > 1 |", "survey", 2, "relevant", "circle"),
    (f"{HEAD} | constraint |\n{ONE} . = yes |", "survey", 2, "constraint", "expression_bare_name"),
    (f"{HEAD} | constraint |\n{ONE} . ≥ 1 |", "survey", 2, "constraint", "expression_character"),
    (f"{HEAD} | constraint |\n{ONE} . = 'a |", "survey", 2, "constraint", "expression_quote"),
    (f"{HEAD} | constraint |\n{ONE} . >= |", "survey", 2, "constraint", "expression_end"),
    (f"{HEAD} | check |\n{ONE} . 1 |", "survey", 2, "check", "expression_unexpected"),
    (f"{HEAD} | check |\n{ONE} ${{a b}} > 1 |", "survey", 2, "check", "expression_reference"),
    (f"{HEAD} | check |\n{ONE} count(//a) > 1 |", "survey", 2, "check", "expression_path"),
    (f"{HEAD} | check |\n{ONE} ../b > 1 |", "survey", 2, "check", "expression_path_unknown"),
    (f"{HEAD} | check |\n{ONE} {'(' * 70}1{')' * 70} |", "survey", 2, "check", "expression_deep"),
    (f"{HEAD} | check |\n{ONE} xyzzy(.) |", "survey", 2, "check", "expression_function"),
    (f"{HEAD} | check |\n{ONE} coalesc(., 1) |", "survey", 2, "check", "expression_function_near"),
    (f"{HEAD} | check |\n{ONE} randomize(1) > 1 |", "survey", 2, "check", "expression_function_left_out"),
    (f"{HEAD} | check |\n{ONE} . > random() |", "survey", 2, "check", "expression_chance"),
    (f"{HEAD} | check |\n{ONE} pulldata(., 'b', 'c', 1) |", "survey", 2, "check", "expression_pulldata"),
    (f"{HEAD} | check |\n{ONE} not(1, 2) |", "survey", 2, "check", "expression_arguments"),
    (f"{HEAD} | check |\n{ONE} coalesce(.) |", "survey", 2, "check", "expression_arguments_least"),
    (f"{HEAD} | check |\n{ONE} jr:choice-name(., 1) = '' |", "survey", 2, "check", "expression_choice_name"),
    (f"{HEAD} | check |\n{ONE} regex(., '(') |", "survey", 2, "check", "expression_regex"),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | form_id |\n| | a |\n| | b |", "settings", 3, "", "settings_rows"),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | due |\n| | half past four |", "settings", 2, "due", "settings_clock"),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | digest |\n| | 17:00; 25:00 |", "settings", 2, "digest", "settings_clock"),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | opens | due |\n| | 17:00 | 16:00 |", "settings", 2, "due", "settings_order"),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | period | cutoff |\n| | monthly | mid |", "settings", 2, "cutoff", "settings_cutoff"),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | period | cutoff |\n| | yearly | 31/13 |", "settings", 2, "cutoff", "settings_cutoff"),
    (
        f"{HEAD} |\n{ONE}\n| settings |\n| | period | cutoff |\n| | weekly | 14 |",
        "settings",
        2,
        "cutoff",
        "settings_cutoff_period",
    ),
    (
        f"{HEAD} |\n{ONE}\n| settings |\n| | period | cutoff |\n| | quarterly | 14/2 |",
        "settings",
        2,
        "cutoff",
        "settings_cutoff_period",
    ),
    (
        f"{HEAD} |\n{ONE}\n| settings |\n| | period | week_starts |\n| | monthly | sunday |",
        "settings",
        2,
        "week_starts",
        "settings_week_starts",
    ),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | due | closes |\n| | 17:00+2wd | 17:00+9d |", "settings", 2, "due", "settings_order"),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | due | closes |\n| | 17:00+3d | 17:00+2wd |", "settings", 2, "due", "settings_order"),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | digest |\n| | 17:00+1wd |", "settings", 2, "digest", "settings_clock"),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | holidays |\n| | Viet Nam |", "settings", 2, "holidays", "settings_holidays"),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | holidays |\n| | XX |", "settings", 2, "holidays", "settings_holidays"),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | skip_free_days |\n| | maybe |", "settings", 2, "skip_free_days", "one_of"),
    (f"{HEAD} |\n{ONE}\n{WEEKLY_SKIPS}", "settings", 2, "skip_free_days", "settings_skip"),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | due | remind |\n| | 16:00 | +1wd |", "settings", 2, "remind", "settings_remind"),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | remind |\n| | -60m nobody |", "settings", 2, "remind", "settings_remind"),
    (
        f"{HEAD} |\n{ONE}\n| settings |\n| | form_title::English (en) |\n| | Daily |",
        "settings", 2, "form_title::English (en)", "title_language",
    ),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | period |\n| | hourly |", "settings", 2, "period", "one_of"),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | form_id |\n| | 2021/daily |", "settings", 2, "form_id", "id"),
    (f"{HEAD} |\n{ONE}\n| settings |\n| | remnid |\n| | 0m reporter |", "settings", 1, "remnid", "column_misspelt"),
]  # fmt: skip


BESIDE = {"indicators_none", "settings_none", "odk"}
"""What is said beside it: that the form has so little in it, and what pyxform has against the same row."""


def problems_of(table: str) -> list[Problem]:
    return [each for each in checked_form(table.encode(), "form.md")[1] if each.key not in BESIDE]


@pytest.mark.parametrize(
    ("table", "sheet", "row", "column", "key"), BAD, ids=[f"{n} {each[-1]}" for n, each in enumerate(BAD)]
)
def test_a_mistake_is_named_with_its_place(table: str, sheet: str, row: int, column: str, key: str) -> None:
    found = [(each.sheet, each.row, each.column, each.key) for each in problems_of(table)]
    assert found == [(sheet, row, column, key)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mistake_is_said_in_one_line_with_what_to_do(language: str) -> None:
    words = translator(language)
    for table, *_ in BAD:
        for problem in problems_of(table):
            line = problem_line(problem, words)
            assert "\n" not in line
            assert ("Cách sửa: " if language == "vi" else "Mend: ") in line


def test_every_mistake_that_the_catalogue_knows_is_shown_here() -> None:
    files = {"suffix", "unreadable", "encoding", "formula", "pyxform", "expression_list_long"}
    files |= BESIDE | {"choice_name_many"}
    known = {key.removeprefix("form_").removesuffix("_mend") for key in translator("vi").keys if key.endswith("_mend")}
    assert {each[-1] for each in BAD} | files == known
    assert {key for key in translator("en").keys if key.endswith("_mend")} == {f"form_{key}_mend" for key in known}


def test_all_mistakes_are_named_at_once_in_the_order_of_the_rows() -> None:
    table = f"{HEAD} | constraint | kind |\n{ONE} . >= | weekly |\n| | audio | b | B | | |\n| | integer | | C | | |"
    assert [(each.row, each.key) for each in problems_of(table)] == [
        (2, "expression_end"), (2, "one_of"), (3, "type_sound"), (4, "name_missing"),
    ]  # fmt: skip


def test_several_choices_cannot_be_kept_where_a_name_has_a_space_in_it() -> None:
    lists = "| choices |\n| | list_name | name | label |\n| | x | b_c | B |\n| | x | b c | C |"
    found = problems_of(f"{HEAD} |\n| | select_multiple x | a | A |\n| | select_one x | b | B |\n{lists}")
    assert [(each.row, each.key) for each in found] == [(2, "choice_name_many"), (3, "choice_name")]
    assert [each.is_warning for each in found] == [False, True]


def test_the_same_of_many_rows_is_one_line() -> None:
    rows = "\n".join(f"| | integer | a{number} | A | bold |" for number in range(20))
    (line,) = problem_lines(problems_of(f"{HEAD} | appearance |\n{rows}"), translator("vi"))
    assert "dòng 2, 3, 4 và 17 hàng khác" in line


def test_what_refers_to_a_refused_row_is_not_wrong_besides() -> None:
    table = f"{HEAD} | relevant |\n| | osm | code | Code | |\n{ONE} ${{code}} != '' |"
    assert [each.key for each in problems_of(table)] == ["type_shape"]


def test_pyxform_is_the_last_gate() -> None:
    """A survey that stands only for ODK's own rules: the name «meta» is taken there."""
    with pytest.raises(BadForm) as refused:
        read_form(f"{HEAD} |\n| | integer | meta | A |".encode(), "form.md")
    assert [each.key for each in refused.value.problems] == ["pyxform"]
    assert "meta" in problem_line(refused.value.problems[0], translator("vi"))


@pytest.mark.parametrize(
    ("source", "file_name", "key"),
    [
        (b"hello", "form.doc", "suffix"),
        (b"hello", "form.xls", "unreadable"),
        (b"hello", "form.zip", "unreadable"),
        (b"hello", "form.xlsx", "unreadable"),
        (b"PK\x03\x04broken", "form.xlsx", "unreadable"),
        (b"\xff\xfe\x00", "form.csv", "encoding"),
    ],
)
def test_a_file_that_cannot_be_opened_is_refused(source: bytes, file_name: str, key: str) -> None:
    with pytest.raises(BadForm) as refused:
        read_sheets(source, file_name)
    assert [each.key for each in refused.value.problems] == [key]
    for language in LANGUAGES:
        assert problem_line(refused.value.problems[0], translator(language))


ROWS = {
    "survey": [["type", "name", "label::Tiếng Việt (vi)"], ["integer", "a", "Số ca"], [], ["text", "b", "Ghi | chú"]],
    "settings": [["form_id", "due"], ["daily", "16:30"]],
}


def _files() -> Iterator[tuple[str, bytes]]:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in ROWS.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    workbook.save(file)
    yield "daily.xlsx", file.getvalue()
    for suffix, mark, end in ((".csv", ",", ""), (".md", "|", "|")):
        lines = []
        for name, rows in ROWS.items():
            lines.append(f"{end}{name}{mark}{mark}")
            cells = [[cell.replace("|", r"\|") if suffix == ".md" else cell for cell in row] for row in rows]
            lines += [f"{end}{mark}{mark.join(row or ['', ''])}{end}" for row in cells]
        yield f"daily{suffix}", "\n".join(lines).encode()


def test_a_formula_that_nobody_has_worked_out_is_named_by_its_cell() -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "survey"
    for row in (
        ["type", "name", "label", "constraint"],
        ["integer", "a", "Cases", "=1+1"],
        ["integer", "b", "Beds", ". > 0"],
    ):
        sheet.append(row)
    file = BytesIO()
    workbook.save(file)
    with pytest.raises(BadForm) as refused:
        read_form(file.getvalue(), "daily.xlsx")
    (problem,) = refused.value.problems
    assert (problem.sheet, problem.row, problem.column, problem.key) == ("survey", 2, "constraint", "formula")
    assert problem.values == {"cell": "D2", "formula": "=1+1"}
    assert "«=1+1»" in problem_line(problem, translator("vi"))
    assert read_form(file.getvalue(), "daily.xlsx", gate=False).by_name["a"].constraint is None


@pytest.mark.parametrize(
    ("file_name", "source"), list(_files()), ids=lambda each: each if isinstance(each, str) else ""
)
def test_a_form_is_the_same_from_a_workbook_a_csv_file_and_markdown(file_name: str, source: bytes) -> None:
    form = read_form(source, file_name)
    assert (form.key, form.names, form.languages) == ("daily", ("a", "b"), ("vi",))
    assert form.by_name["b"].label == {"vi": "Ghi | chú"}
    assert form.by_name["b"].row == 4
    assert form.schedule.due.at.isoformat() == "16:30:00"


def test_deadlines_count_working_days_by_the_holidays_that_the_form_names() -> None:
    table = f"""{HEAD} |
{ONE}
| settings |
| | form_id | due | closes | remind | holidays | skip_free_days |
| | daily | 17:00+2wd | 17:00 + 3 WD | -1wd reporter; +1wd chair | vn | yes |"""
    schedule = read_form(table.encode(), "daily.md").schedule
    assert (schedule.due.working_days, schedule.closes.working_days) == (2, 3)
    assert (schedule.due.calendar, schedule.calendar.holidays) == (schedule.calendar, "VN")
    assert [each.working_days for each in schedule.remind] == [-1, 1]
    assert schedule.skips_free_days
    assert schedule.reads_calendar
    assert not read_form(f"{HEAD} |\n{ONE}".encode(), "daily.md", gate=False).schedule.reads_calendar


def test_older_spellings_are_read_as_pyxform_reads_them() -> None:
    table = """
    | survey |
    | | command | tag | caption:English (en) | relevance | readonly | calculate |
    | | int | a | A | | | |
    | | select one from yn | b | B | ${a} > 1 | | |
    | | add select multiple prompt using yn | c | C | no | | |
    | | q string | d | D | | | |
    | | percentage | e | E | | | |
    | | begin_group | g | G | ${a} > 2 | | |
    | | photo | f | F | ${a} < 9 | | |
    | | end_group | | | | | |
    | choices |
    | | list name | value | label:English (en) |
    | | yn | y | Yes |
    | | yn | n | No |
    """
    form = read_form(table.encode(), "old.md")
    assert [question.type for question in form.questions] == [
        "integer", "select_one", "select_multiple", "text", "integer", "image",
    ]  # fmt: skip
    assert form.languages == ("en",)
    assert [choice.name for choice in form.by_name["b"].choices] == ["y", "n"]
    relevant = [question.relevant.text if question.relevant else "" for question in form.questions]
    assert relevant == ["", "${a} > 1", "false()", "", "", "(${a} > 2) and (${a} < 9)"]


def test_the_settings_sheet_says_on_which_day_periods_end() -> None:
    for cells, type_of_it in {
        "period | cutoff |\n| | quarterly | 14 |": PeriodType("quarterly", 14),
        "period | cutoff |\n| | nine-monthly | 14 |": PeriodType("nine-monthly", 14),
        "period | cutoff |\n| | yearly | 31/8 |": PeriodType("yearly", 31, 8),
        "period |\n| | Half-Yearly |": PeriodType("half-yearly"),
        "period | week_starts |\n| | weekly | Wednesday |": PeriodType("weekly", week_starts=2),
    }.items():
        form = read_form(f"{HEAD} |\n{ONE}\n| settings |\n| | {cells}".encode(), "form.md")
        assert form.schedule.period_type == type_of_it
