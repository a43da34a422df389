"""A form that is exported is the same form when it is read again, whatever file it was published as."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from reporting.forms import Form
from reporting.xlsforms.export import exported
from reporting.xlsforms.packed import pack
from reporting.xlsforms.reading import BadForm, checked_form, read_form
from tests.environment import ROOT
from tests.rules.test_forms_from_elsewhere import GROUPS
from tests.rules.test_xlsforms_of_others import ACCEPTED, FORMS

SHIPPED = sorted((ROOT / "forms").glob("*.md"))


def again(source: bytes, name: str, called: str = "otherwise.xlsx") -> tuple[Form, Form, bytes]:
    """A form, and what it is when it has been exported into a file of another name; and that file."""
    form = read_form(source, name, gate=False)
    made, beside = exported(source, name, form.key, form.version)
    return form, read_form(*_packed(made, beside, called), gate=False), made


def _packed(made: bytes, beside: Mapping[str, bytes], called: str) -> tuple[bytes, str]:
    return (pack(called, made, beside), "otherwise.zip") if beside else (made, called)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_form_that_ships_is_the_same_and_pyxform_takes_it(path: Path, tmp_path: Path) -> None:
    form, read, made = again(path.read_bytes(), path.name)
    assert read == form
    assert checked_form(made, "otherwise.xlsx") == checked_form(path.read_bytes(), path.name)
    (tmp_path / "form.xlsx").write_bytes(made)
    assert form.key in convert(xlsform=str(tmp_path / "form.xlsx")).xform


@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_a_form_of_others_that_is_accepted_is_the_same(name: str) -> None:
    source = (FORMS / name).read_bytes()
    form, read, made = again(source, name)
    assert read == form
    assert [each for each in checked_form(made, name)[1] if not each.is_warning] == []


CONSTRUCTS = {
    "groups and paths": GROUPS,
    "a repeat with a sum": """| survey | | | | |
| | type | name | label | calculation |
| | begin repeat | crop | Crop | |
| | decimal | area | Area | |
| | end repeat | | | |
| | calculate | whole | Whole | sum(${area}) |
""",
    "cells that look like something else": """| survey | | | | | |
| | type | name | label | hint | default |
| | integer | a | =1+1 | TRUE | 007 |
| | text | b | 12 | 2021-11-10 | @x |
| | note | | +49 | -1 | |
""",
    "no settings, and rows between": """| survey | | | |
| | type | name | label |
| | text | b | B |
| | | | |
| | note | | Thank you |
""",
}


@pytest.mark.parametrize("table", CONSTRUCTS.values(), ids=CONSTRUCTS.keys())
def test_what_the_checker_takes_comes_out_as_it_went_in(table: str) -> None:
    form, read, made = again(table.encode(), "đợt hai.md")
    assert read == form
    cells = [
        cell for row in load_workbook(BytesIO(made))["survey"].iter_rows() for cell in row if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} == {"s"}


def test_lists_beside_a_form_go_with_it() -> None:
    table = "| survey | | | |\n| | type | name | label |\n| | select_one_from_file fruits.csv | fruit | Fruit |\n"
    packed = pack("form.md", table.encode(), {"fruits.csv": b"name,label\na,Apple\nb,Banana\n"})
    form, read, _ = again(packed, "form.zip")
    assert [choice.name for choice in form.by_name["fruit"].choices] == ["a", "b"]
    assert read == form


WORDS = some.text(
    some.characters(codec="utf-8", exclude_characters="|\\\r\n\x00", exclude_categories=("Cs", "Cc")), max_size=12
)
ROWS = some.lists(
    some.tuples(
        some.sampled_from(("integer", "decimal", "text", "note", "date", "calculate", "hidden")),
        some.sampled_from(("a", "b", "c", "d", "e")),
        WORDS,
        WORDS,
        some.sampled_from(("", "", ". > 1", "${a} = 1", "1 + 1", "true()")),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_any_form_that_can_be_read_at_all_is_the_same(rows: list[tuple[str, str, str, str, str]]) -> None:
    lines = "".join(f"| | {' | '.join(row)} | {row[4]} |\n" for row in rows)
    source = ("| survey | | | | | | |\n| | type | name | label | hint | relevant | calculation |\n" + lines).encode()
    try:
        form, read, _ = again(source, "any.md")
    except BadForm:
        return
    assert read == form
