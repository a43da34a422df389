"""A form file read into a Form: our own checker first, with everything that is wrong at once, then pyxform as the last gate."""

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePath

from reporting.forms import Form
from reporting.questions.question_types import registry
from reporting.questions.ratios import with_ratios
from reporting.questions.wholes import with_wholes
from reporting.schedule import Schedule
from reporting.xlsforms.choice_lists import ChoiceLists
from reporting.xlsforms.choices_sheet import read_choices
from reporting.xlsforms.form_rules import check_rules
from reporting.xlsforms.held_back_rules import check_held_back
from reporting.xlsforms.problems import BadForm, Problem, problem_line
from reporting.xlsforms.row_reading import YES
from reporting.xlsforms.settings_sheet import FormSettings, read_settings_sheet
from reporting.xlsforms.sheets import Sheets, read_sheets
from reporting.xlsforms.survey_sheet import SurveySheet

__all__ = ["BadForm", "Problem", "checked_form", "problem_line", "read_form", "read_sheets"]

UNUSED_SHEETS = ("osm", "entities")


_SEVERAL = re.compile("multiple survey elements named|must be unique anywhere")
"""What pyxform has against a name that two groups have, where we take the nearest."""


@lru_cache(maxsize=64)
def read_form(source: bytes, file_name: str, *, gate: bool = True) -> Form:
    """The form in a file; one that is looked at before it is published is read once.

    `gate`: pyxform checks it too (0.8 s the first time), and whether it gives away what it holds back; a form that was published
    has passed already.

    Raises BadForm with all its problems.
    """
    form, found = checked_form(source, file_name, gate=gate)
    problems = [each for each in found if not each.is_warning]
    if problems:
        raise BadForm(problems)
    return form


def checked_form(source: bytes, file_name: str, *, gate: bool = True) -> tuple[Form, list[Problem]]:
    """The form as far as it can be read, and all that is to be said of it: problems, for which it is refused, and warnings."""
    sheets = read_sheets(source, file_name)
    found: list[Problem] = []
    form = _read(sheets, source, found, gate)
    return form, (_with_notes(form, sheets, found) if gate else found)


def _with_notes(form: Form, sheets: Sheets, found: list[Problem]) -> list[Problem]:
    """With what pyxform has against the form, and what a form from elsewhere lacks.

    Where we carry what pyxform does not, or pass over what it takes, its word is but a warning.
    """
    if any(not each.is_warning for each in found):
        return found
    said = _pyxform(sheets)
    if found or sheets.beside or any(_SEVERAL.search(str(each.values)) for each in said):
        said = [Problem(each.sheet, each.row, each.column, "odk", each.values) for each in said]
    own = []
    if not form.indicators:
        own.append(Problem("survey", 0, "", "indicators_none"))
    if form.schedule == Schedule():
        own.append(Problem("settings", 0, "", "settings_none"))
    return [*found, *said, *own]


def _read(sheets: Sheets, source: bytes, problems: list[Problem], gate: bool) -> Form:
    """The form as far as it can be read; what is wrong goes to `problems`, each thing once, by sheet and row."""
    found: list[Problem] = []
    settings = read_settings_sheet(sheets.sheet("settings"), found, gate)
    duplicates = _duplicates_allowed(sheets)
    listed = read_choices(sheets.sheet("choices"), duplicates, found)
    external = read_choices(sheets.sheet("external_choices"), True, found)
    survey = SurveySheet(sheets.sheet("survey"), ChoiceLists(listed, external, sheets.beside, found), found)
    found += check_rules(survey.questions, survey.cells, survey.refused)
    found += (
        Problem(name, 0, "", "sheet_not_in_chat", {"sheet": name}) for name in UNUSED_SHEETS if sheets.sheet(name).rows
    )
    form = _form(sheets, settings, survey, source)
    if gate:
        found += check_held_back(form, survey.cells)
        found += sheets.unworked
    once = {(each.sheet, each.row, each.column, each.key, str(each.values)): each for each in found}
    order = {"survey": 0, "choices": 1, "settings": 2}
    problems += sorted(once.values(), key=lambda each: (order.get(each.sheet, 3), each.row))
    return form


def _form(sheets: Sheets, settings: FormSettings, survey: SurveySheet, source: bytes) -> Form:
    stem = re.sub(r"[^\w.\-]+", "_", PurePath(sheets.file_name).stem)
    key = settings.form_id or (stem if re.match(r"[^\W\d]", stem) else f"form_{stem}")
    languages = _languages(survey.languages, settings.language)
    return Form(
        key=key,
        version=settings.version or hashlib.sha256(source).hexdigest()[:12],
        title=settings.title or {"": key},
        questions=with_ratios(with_wholes(survey.questions, languages[0])),
        languages=languages,
        **settings.form,
    )


def _languages(found: Iterable[str], default: str) -> tuple[str, ...]:
    """The languages of the labels, the form's default one first; Vietnamese where none is named."""
    found = list(found)
    ordered = [default] if default in found else []
    return (*ordered, *(language for language in found if language not in ordered)) or (default or "vi",)


def _duplicates_allowed(sheets: Sheets) -> bool:
    settings = sheets.sheet("settings")
    headers = [header.lower() for header in settings.headers]
    if "allow_choice_duplicates" not in headers or not settings.rows:
        return False
    return settings.rows[0].cells[headers.index("allow_choice_duplicates")].lower() in YES


def _pyxform(sheets: Sheets) -> list[Problem]:
    """What pyxform, which stops at its first problem, still has against the form."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    root = _root(sheets)
    workbook: dict[str, object] = {"sheet_names": list(sheets.of_name), "fallback_form_name": root}
    for name, sheet in sheets.of_name.items():
        at_type = next((at for at, header in enumerate(sheet.headers) if header.lower() == "type"), -1)
        workbook[f"{name}_header"] = [{header: None for header in sheet.headers if header}]
        rows: list[dict[str, str]] = [{} for _ in range(sheet.rows[-1].number - 1 if sheet.rows else 0)]
        for row in sheet.rows:
            cells = [as_odk(cell) if at == at_type else cell for at, cell in enumerate(row.cells)]
            rows[row.number - 2] = {h: cell for h, cell in zip(sheet.headers, cells, strict=False) if h and cell}
        workbook[name] = rows
    try:
        convert(xlsform=workbook, form_name=root)
    except (PyXFormError, ValueError, KeyError, TypeError, AttributeError) as error:
        said = " ".join(str(error).split())
        at = re.search(r"\[row : (\d+)\]", said)
        where = next((name for name in sheets.of_name if f"'{name}' sheet" in said), "survey")
        return [Problem(where, int(at[1]) if at else 0, "", "pyxform", {"said": said[:600]})]
    return []


def _root(sheets: Sheets) -> str:
    """What ODK calls the form as a whole: a name that no row has."""
    taken = {cell for row in sheets.sheet("survey").rows for cell in row.cells}
    return next(name for name in ("data", *(f"data_{number}" for number in range(len(taken) + 1))) if name not in taken)


def as_odk(cell: str) -> str:
    """A cell of the type column as ODK's checker knows it."""
    found = registry().spelt.get(cell.lower())
    return (found[0].as_odk if found else "") or cell
