"""The columns of a form's sheets: their names, older spellings and languages, as pyxform takes them, and our own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from reporting.xlsforms.problems import Problem
from reporting.xlsforms.sheets import Row, Sheet

SURVEY_OURS = ("kind", "visibility", "unit", "aliases", "check", "check_message", "suppress_below", "adds_up")
SETTINGS_OURS = (
    "period", "cutoff", "week_starts", "opens", "due", "closes", "window", "remind", "digest", "reports", "by", "approval",
    "heading", "topic", "authority", "portal", "emergency",
)  # fmt: skip
SURVEY = (
    "type", "name", "label", "hint", "guidance_hint", "required", "required_message", "constraint", "constraint_message", "relevant",
    "calculation", "default", "choice_filter", "parameters", "appearance", "read_only", "disabled", "repeat_count", *SURVEY_OURS,
)  # fmt: skip
CHOICES = ("list_name", "name", "label", "aliases")
SETTINGS = (
    "form_title", "form_id", "version", "default_language", "instance_name", "style", "allow_choice_duplicates", "clean_text_values",
    "public_key", "submission_url", "auto_send", "auto_delete", "namespaces", "omit_instanceid", *SETTINGS_OURS,
)  # fmt: skip
NOT_IN_CHAT = (
    "media", "trigger", "save_to", "body", "bind", "instance", "control", "noapperrorstring", "autoplay", "geometry",
)  # fmt: skip
"""Columns that change what a form does and that chat cannot carry: a filled cell under them is refused."""

_KNOWN: Mapping[str, tuple[str, ...]] = {
    "survey": (*SURVEY, *NOT_IN_CHAT),
    "choices": (*CHOICES, *NOT_IN_CHAT),
    "external_choices": (*CHOICES, *NOT_IN_CHAT),
    "settings": SETTINGS,
}
_OLDER = {
    "relevance": "relevant", "calculate": "calculation", "caption": "label", "command": "type", "tag": "name", "value": "name",
    "constraining_message": "constraint_message", "jr:constraintmsg": "constraint_message", "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message", "readonly": "read_only",
    "image": "media", "big-image": "media", "audio": "media", "video": "media",
    "count": "repeat_count", "jr:count": "repeat_count", "no_app_error_string": "noapperrorstring", "list name": "list_name",
    "set_form_title": "form_title", "title": "form_title", "set_form_id": "form_id", "id_string": "form_id", "formid": "form_id",
}  # fmt: skip
_LANGUAGES = {
    "english": "en", "vietnamese": "vi", "tiếng việt": "vi", "tieng viet": "vi", "french": "fr", "français": "fr",
    "spanish": "es", "español": "es", "chinese": "zh", "swahili": "sw",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """`base` is the column's name today («relevant»); `language` a code («vi»), or «» for none; `header` as it is written."""

    base: str
    language: str
    header: str
    index: int
    known: bool


def language_code(name: str) -> str:
    """«Tiếng Việt (vi)» and «vi» are «vi»; a language without a code goes by its name in lower case."""
    coded = re.search(r"\(([A-Za-z]{2,3}(?:-[A-Za-z]+)?)\)\s*$", name)
    said = " ".join((coded[1] if coded else name).lower().split())
    return _LANGUAGES.get(said, said)


def columns_of(sheet: Sheet, problems: list[Problem]) -> tuple[SheetColumn, ...]:
    """The sheet's columns; one that stands twice, or is nearly spelt like a known one, is a problem."""
    double = any("::" in header for header in sheet.headers)
    columns: dict[tuple[str, str], SheetColumn] = {}
    for index, header in enumerate(sheet.headers):
        if not header:
            continue
        column = _column(sheet.name, header, index, double)
        same = columns.get((column.base, column.language)) if column.base != "media" else None
        if same is not None:
            problems.append(Problem(sheet.name, 1, header, "column_twice", {"column": header, "other": same.header}))
        elif not column.known and (near := _near(sheet.name, column.base)):
            problems.append(Problem(sheet.name, 1, header, "column_misspelt", {"column": header, "near": near}))
        columns.setdefault((column.base, column.language if column.base != "media" else header), column)
    return tuple(columns.values())


def _column(sheet: str, header: str, index: int, double: bool) -> SheetColumn:
    known = _KNOWN.get(sheet, ())
    whole = _today(header)
    if whole in known:
        return SheetColumn(whole, "", header, index, True)
    parts = [part.strip() for part in header.split("::" if double or "::" in header else ":")]
    if parts[0].lower() == "jr" and len(parts) > 1:
        parts[:2] = [f"jr:{parts[1]}"]
    base = _today(parts[0])
    if base in known:
        return SheetColumn(base, language_code(parts[-1]) if len(parts) > 1 else "", header, index, True)
    return SheetColumn(header, "", header, index, False)


def _today(name: str) -> str:
    spelt = "_".join(name.lower().split())
    return _OLDER.get(name.lower(), _OLDER.get(spelt, spelt))


def _near(sheet: str, header: str) -> str:
    spelt = "_".join(header.partition(":")[0].lower().split())
    return next(iter(get_close_matches(spelt, _KNOWN.get(sheet, ()), n=1, cutoff=0.8)), "")


@dataclass(frozen=True)
class Cells:
    """One row of a sheet, read by the names of its columns."""

    sheet: str
    row: Row
    columns: tuple[SheetColumn, ...]

    def text(self, base: str) -> str:
        """The cell under the column `base` of no language."""
        return next((self._cell(column) for column in self.columns if column.base == base and not column.language), "")

    def texts(self, base: str) -> dict[str, str]:
        """The filled cells under `base`, by language."""
        found = {column.language: self._cell(column) for column in self.columns if column.base == base}
        return {language: said for language, said in found.items() if said}

    def filled(self) -> Iterator[tuple[SheetColumn, str]]:
        """Every filled cell with its column."""
        for column in self.columns:
            if cell := self._cell(column):
                yield column, cell

    def header(self, base: str, language: str = "") -> str:
        """The header of a column as it is written, or its name if the sheet has none."""
        found = [column for column in self.columns if column.base == base]
        exact = next((column.header for column in found if column.language == language), "")
        return exact or (found[0].header if found else base)

    def warning(self, base: str, key: str, **values: object) -> Problem:
        """What would be a problem elsewhere, and here does no harm."""
        return replace(self.problem(base, key, **values), is_harmless=True)

    def problem(self, base: str, key: str, **values: object) -> Problem:
        return Problem(self.sheet, self.row.number, self.header(base) if base else "", key, values)

    def problem_at(self, at: SheetColumn, key: str, **values: object) -> Problem:
        return Problem(self.sheet, self.row.number, at.header, key, values)

    def _cell(self, column: SheetColumn) -> str:
        return self.row.cells[column.index].strip() if column.index < len(self.row.cells) else ""


def rows_of(sheet: Sheet, problems: list[Problem]) -> tuple[Cells, ...]:
    """The sheet's rows, ready to be read by column."""
    columns = columns_of(sheet, problems)
    return tuple(Cells(sheet.name, row, columns) for row in sheet.rows)
