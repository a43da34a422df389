"""The columns of the survey sheet that are ours: what an indicator is, who may see it, what it is called."""

from collections.abc import Mapping
from typing import Any, get_args

from reporting.forms import Kind
from reporting.xlsforms.problems import Problem
from reporting.xlsforms.row_reading import NO, YES
from reporting.xlsforms.sheet_columns import Cells
from reporting.xlsforms.type_cells import TypeCell


def our_columns(cells: Cells, typed: TypeCell, in_repeat: bool, problems: list[Problem]) -> Mapping[str, Any]:
    """The arguments of a Question that they give; what is wrong goes to `problems`."""

    def bad(base: str, key: str, **values: object) -> None:
        problems.append(cells.problem(base, key, **values))

    kind = _one_of(cells, "kind", get_args(Kind), problems)
    visibility = _one_of(cells, "visibility", ("public", "internal"), problems) or "internal"
    if kind and kind not in typed.type.indicators:
        bad("kind", "kind_state" if kind == "state" else "kind_number", kind=kind, type=typed.base)
    if kind and in_repeat:
        bad("kind", "kind_repeat")
    if visibility == "public" and not kind and not typed.type.may_be_ground:
        bad("visibility", "visibility_alone")
    if cells.texts("check_message") and not cells.text("check"):
        bad("check_message", "check_message_alone")
    aliases = (alias.strip() for cell in cells.texts("aliases").values() for alias in cell.split(";"))
    return {
        "kind": kind or None,
        "visibility": visibility,
        "unit": cells.texts("unit"),
        "aliases": tuple(dict.fromkeys(" ".join(alias.split()) for alias in aliases if alias)),
        "suppress_below": _suppress_below(cells, kind, problems),
        "adds_up_said": _adds_up(cells, kind, problems),
    }


def _adds_up(cells: Cells, kind: str, problems: list[Problem]) -> str:
    text = cells.text("adds_up").lower()
    if not text:
        return ""
    if text not in YES | NO or kind == "state":
        problems.append(cells.problem("adds_up", "adds_up", value=text))
        return ""
    return "yes" if text in YES else "no"


def _suppress_below(cells: Cells, kind: str, problems: list[Problem]) -> int | None:
    text = cells.text("suppress_below")
    if not text:
        return None
    if not text.isdecimal() or not 2 <= int(text) <= 1000 or kind in ("", "state"):
        problems.append(cells.problem("suppress_below", "suppress_below", value=text))
        return None
    return int(text)


def _one_of(cells: Cells, base: str, allowed: tuple[str, ...], problems: list[Problem]) -> str:
    text = cells.text(base).lower()
    if text and text not in allowed:
        problems.append(cells.problem(base, "one_of", value=text, allowed=", ".join(allowed)))
        return ""
    return text
