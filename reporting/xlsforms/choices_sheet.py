"""The choices sheet: lists of choices by name."""

import re
from collections.abc import Mapping

from reporting.forms import Choice
from reporting.xlsforms.problems import Problem
from reporting.xlsforms.sheet_columns import NOT_IN_CHAT, Cells, rows_of
from reporting.xlsforms.sheets import Sheet

_OWN = ("list_name", "name", "label")


def read_choices(sheet: Sheet, duplicates: bool, problems: list[Problem]) -> Mapping[str, tuple[Choice, ...]]:
    """The lists by name. `duplicates`: whether a name may stand twice in a list (XLSForm's allow_choice_duplicates)."""
    lists: dict[str, dict[str, Choice]] = {}
    for cells in rows_of(sheet, problems):
        list_name, name = cells.text("list_name"), cells.text("name")
        if not list_name and not name:
            continue
        _check(cells, list_name, name, problems)
        found = lists.setdefault(list_name, {})
        if name in found and not duplicates:
            problems.append(cells.problem("name", "choice_twice", name=name, list=list_name))
        found.setdefault(name, Choice(name, cells.texts("label"), _columns(cells)))
    return {list_name: tuple(found.values()) for list_name, found in lists.items()}


def _check(cells: Cells, list_name: str, name: str, problems: list[Problem]) -> None:
    if not list_name:
        problems.append(cells.problem("list_name", "choice_list_missing"))
    if not name:
        problems.append(cells.problem("name", "choice_name_missing"))
    elif re.search(r"\s", name):
        problems.append(cells.problem("name", "choice_name", name=name))
    if any("${" in label for label in cells.texts("label").values()):
        problems.append(cells.problem("label", "choice_label_reference", name=name))
    for column, cell in cells.filled():
        if column.known and column.base in NOT_IN_CHAT:
            problems.append(cells.problem_at(column, "column_not_in_chat", column=column.header, cell=cell[:40]))


def _columns(cells: Cells) -> dict[str, str]:
    """The row's other columns, for `choice_filter`, by their headers; `aliases` in every language together."""
    columns = {
        column.header: cell for column, cell in cells.filled() if column.base not in (*_OWN, "aliases", *NOT_IN_CHAT)
    }
    aliases = ";".join(cells.texts("aliases").values())
    return columns | ({"aliases": aliases} if aliases else {})
