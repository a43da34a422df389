"""The choices sheet, and sheets and files like it: lists of choices by name."""

import re
from collections.abc import Mapping, Sequence

from reporting.forms import Choice
from reporting.xlsforms.problems import Problem
from reporting.xlsforms.sheet_columns import NOT_IN_CHAT, Cells, rows_of
from reporting.xlsforms.sheets import Sheet

_OWN = ("list_name", "name", "label")


def read_choices(sheet: Sheet, duplicates: bool, problems: list[Problem]) -> Mapping[str, tuple[Choice, ...]]:
    """The lists by name. `duplicates`: whether a name may stand twice in a list (XLSForm's allow_choice_duplicates).

    It may also where other columns tell the two apart for a `choice_filter`.
    """
    lists: dict[str, dict[str, list[Choice]]] = {}
    told: set[str] = set()
    for cells in rows_of(sheet, problems):
        list_name, name = cells.text("list_name"), cells.text("name")
        if not list_name and not name:
            continue
        _check(cells, list_name, name, problems)
        if not name:
            continue
        choice = Choice(name, cells.texts("label"), _columns(cells))
        same = lists.setdefault(list_name, {}).setdefault(name, [])
        apart = all(each.columns != choice.columns for each in same)
        is_harmless = apart or _says_the_same(choice, same)
        if same and not duplicates and (list_name not in told or not is_harmless):
            made = cells.warning if is_harmless else cells.problem
            problems.append(made("name", "choice_twice", name=name, list=list_name))
            told.add(list_name)
        if not same or duplicates or apart:
            same.append(choice)
    return {
        list_name: tuple(choice for same in found.values() for choice in same) for list_name, found in lists.items()
    }


def _says_the_same(choice: Choice, before: Sequence[Choice]) -> bool:
    """Whether the row says again what stands already, so that nothing is lost without it."""
    return any(choice.label == each.label and choice.columns == each.columns for each in before) and bool(choice.label)


def choices_of_rows(sheet: Sheet, name: str = "name", label: str = "label") -> tuple[Choice, ...]:
    """A file's rows as choices; `name` and `label`: which columns say so."""
    found: dict[tuple[str, ...], Choice] = {}
    headers = [header.lower() for header in sheet.headers]
    for row in sheet.rows:
        cells = {header: cell.strip() for header, cell in zip(headers, row.cells, strict=False) if header}
        if said := cells.get(name.lower(), ""):
            found.setdefault(row.cells, Choice(said, {"": cells.get(label.lower(), "") or said}, cells))
    return tuple(found.values())


def _check(cells: Cells, list_name: str, name: str, problems: list[Problem]) -> None:
    if not list_name:
        problems.append(cells.problem("list_name", "choice_list_missing"))
    if not name:
        problems.append(cells.problem("name", "choice_name_missing"))
    elif re.search(r"\s", name):
        problems.append(cells.problem("name", "choice_name", name=name))
    for column, cell in cells.filled():
        if column.known and column.base in NOT_IN_CHAT:
            key = "media" if column.base == "media" else "column_not_in_chat"
            problems.append(cells.problem_at(column, key, column=column.header, cell=cell[:40]))


def _columns(cells: Cells) -> dict[str, str]:
    """The row's other columns, for `choice_filter`, by their headers; `aliases` in every language together."""
    columns = {
        column.header: cell for column, cell in cells.filled() if column.base not in (*_OWN, "aliases", *NOT_IN_CHAT)
    }
    aliases = ";".join(cells.texts("aliases").values())
    return columns | ({"aliases": aliases} if aliases else {})
