"""Workbooks and packed files that say they are huge, lie about it, or name other files: refused in words, and nothing else is read."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from bot.telegram.fetching import cells_of
from reporting.errors import Refused
from reporting.unit_tables import table_text
from reporting.unpacked import LARGEST_UNPACKED, MOST_ELEMENTS, MOST_OF_STYLES
from reporting.xlsforms.reading import BadForm, read_sheets

CANARY = "a canary that sits in a file of the machine"
SHEET = "xl/worksheets/sheet1.xml"
Read = Callable[[bytes], str]


def read_cells(source: bytes) -> str:
    found = cells_of(source)
    assert found is not None, "no workbook"
    return repr(found)


def read_form(source: bytes) -> str:
    return repr(read_sheets(source, "form.xlsx"))


def read_packed_form(source: bytes) -> str:
    return repr(read_sheets(source, "form.zip"))


def read_units(source: bytes) -> str:
    return table_text("units.xlsx", source)


READERS: tuple[Read, ...] = (read_cells, read_form, read_units)
REFUSALS = (Refused, BadForm, AssertionError)


def workbook(changed: Callable[[str, bytes], bytes] = lambda _, content: content) -> bytes:
    """One that holds «Thọ Dân», each of its parts changed."""
    book = Workbook()
    book.active.append(["type", "Thọ Dân"])  # type: ignore[union-attr]
    plain, made = BytesIO(), BytesIO()
    book.save(plain)
    with ZipFile(plain) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, changed(name, source.read(name)))
    return made.getvalue()


def with_zeros(many: int) -> bytes:
    """The workbook with so many zeros beside its parts, which take next to no room."""
    file = BytesIO(workbook())
    with ZipFile(file, "a", ZIP_DEFLATED, compresslevel=1) as book, book.open("xl/media/zeros", "w") as zeros:
        for start in range(0, many, 1_000_000):
            zeros.write(bytes(min(1_000_000, many - start)))
    return file.getvalue()


@pytest.mark.parametrize("read", READERS)
def test_a_workbook_is_read(read: Read) -> None:
    assert "Thọ Dân" in read(workbook())


@pytest.mark.parametrize("read", [*READERS, read_packed_form])
def test_what_is_huge_when_it_is_taken_out_is_refused_before_it_is(read: Read) -> None:
    file = with_zeros(LARGEST_UNPACKED)
    assert len(file) < LARGEST_UNPACKED / 50
    with pytest.raises(REFUSALS):
        read(file)


def made_of(part: str, place: bytes, element: bytes, many: int) -> bytes:
    """The workbook with so many elements more in one of its parts, which take next to no room."""

    def more(name: str, content: bytes) -> bytes:
        assert name != part or content.count(place) == 1
        return content.replace(place, element * many + place) if name == part else content

    return workbook(more)


@pytest.mark.parametrize(
    ("part", "place", "element", "many"),
    [
        (SHEET, b"</row>", b"<c/>", MOST_ELEMENTS),
        (SHEET, b"</sheetData>", b"<row/>", MOST_ELEMENTS),
        ("xl/styles.xml", b"</cellXfs>", b"<xf/>", MOST_OF_STYLES),
        ("xl/styles.xml", b"</fonts>", b"<font/>", MOST_OF_STYLES),
        ("xl/workbook.xml", b"</sheets>", b"<sheet/>", MOST_ELEMENTS),
    ],
)
@pytest.mark.parametrize("read", READERS)
def test_what_is_made_of_more_than_anybody_makes_is_refused_before_it_is_read(
    read: Read, part: str, place: bytes, element: bytes, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would keep everybody waiting, and fill the memory: each becomes some hundred bytes."""

    def never(*_: object, **__: object) -> object:
        raise MemoryError

    file = made_of(part, place, element, many)
    assert len(file) < LARGEST_UNPACKED / 1000
    monkeypatch.setattr("openpyxl.load_workbook", never)
    with pytest.raises(REFUSALS):
        read(file)


@pytest.mark.parametrize("read", READERS)
def test_what_is_locked_is_refused(read: Read) -> None:
    file = workbook()
    locked = file.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
    assert locked != file
    with pytest.raises(REFUSALS):
        read(locked)


@pytest.mark.parametrize("read", READERS)
def test_what_lies_about_its_size_is_not_taken_out_beyond_what_it_says(read: Read) -> None:
    """Each size that the file names of its sheet is a small one; there is more."""
    sheet = next(
        each for each in ZipFile(BytesIO(workbook(lambda name, each: each + b" " * 100_000 if name == SHEET else each))).infolist()
        if each.filename == SHEET
    )  # fmt: skip
    file = workbook(lambda name, each: each + b" " * 100_000 if name == SHEET else each)
    lying = file.replace(sheet.file_size.to_bytes(4, "little"), (50).to_bytes(4, "little"))
    assert lying != file
    with pytest.raises(REFUSALS):
        read(lying)


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", SHEET, "xl/workbook.xml"])
@pytest.mark.parametrize("read", READERS)
def test_no_other_file_is_read_that_a_workbook_names(read: Read, part: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY)
    doctype = f'<!DOCTYPE x [<!ENTITY other SYSTEM "{secret.as_uri()}">]>'.encode()

    def named(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        head, mark, rest = content.partition(b"?>") if content.startswith(b"<?xml") else (b"", b"", content)
        return head + mark + doctype + rest.replace("Thọ Dân".encode(), b"&other;", 1)

    try:
        found = read(workbook(named))
    except REFUSALS as refused:
        found = repr(refused)
    assert CANARY not in found


def test_a_form_that_is_packed_deeper_than_it_may_be_is_refused() -> None:
    inner = BytesIO()
    with ZipFile(inner, "w", ZIP_DEFLATED) as made:
        made.writestr("form.xlsx", with_zeros(LARGEST_UNPACKED))
    with pytest.raises(BadForm):
        read_packed_form(inner.getvalue())


@pytest.mark.parametrize("name", ["../../form.md", "/etc/form.md", "a/../../form.md", "form\n.md", "x" * 300 + ".md"])
def test_names_in_a_packed_form_lead_nowhere(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    packed = BytesIO()
    with ZipFile(packed, "w") as made:
        made.writestr(name, "| survey | type | name | label |\n|---|---|---|---|\n| | integer | a | A |\n")
    assert "integer" in read_packed_form(packed.getvalue())
    assert list(tmp_path.iterdir()) == []
