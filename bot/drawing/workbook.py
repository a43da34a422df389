"""The Excel workbook of a digest, in the shape of the daily forms that districts publish: a row a unit, a column an indicator."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.drawing.cells import COUNT, FRACTION, clean_cell, put_number, put_text, remark, styles
from bot.drawing.group_sheet import fill_groups
from bot.drawing.printing import first_page_area, set_up_printing
from reporting.digests.content import DigestIndicator, DigestUnit
from reporting.digests.drawings import DigestWorkbook
from reporting.translator import Translator, translator

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

LINE, REMARK = 16, 60
"""The height of a line in points, and how many letters of a remark stand in one."""

Results = dict[str, dict[str, float | None]]
"""Sheet's title to cell to what its formula comes to: shown by previews that do not calculate."""


def workbook(content: DigestWorkbook) -> bytes:
    """The .xlsx file: the units, then the days, and of a wide area the groups, which are seen first and printed.

    Numbers are numbers; what was not reported is an empty cell with a remark.

    A late unit's cell of what is carried forward has the number that it stands in the total with, grey and slanted, and the remark
    says of which period. Where a total cannot be told there is no sum. Every text is kept as text, whatever it begins with; the only
    formulas are the sums and counts under the table.
    """
    words = translator(content.language)
    book, results = Workbook(), Results()
    for style in styles():
        book.add_named_style(style)
    sheet = book.worksheets[0]
    _units(sheet, content, words, results)
    if content.trend:
        _days(book.create_sheet(), content, words)
    if content.groups:
        sheet.print_area = first_page_area(sheet)
        groups = book.create_sheet()
        fill_groups(groups, content, words, _head(groups, content, words))
        sheet.sheet_view.tabSelected, groups.sheet_view.tabSelected = False, True
        book.active = book.index(groups)
    book.properties.creator = clean_cell(content.authority)
    book.properties.title = clean_cell(content.title)
    book.calculation.fullCalcOnLoad = True
    file = BytesIO()
    book.save(file)
    return _with_results(file.getvalue(), book, results)


def _head(sheet: Worksheet, content: DigestWorkbook, words: Translator) -> int:
    """The lines over the table; the row of the table's header."""
    lines = [
        (content.authority.upper(), "of_title"),
        (content.title, "of_title"),
        (f"{content.window} – {content.coverage_text}", "of_line"),
        (words.plain("picture_as_of", at=content.as_of), "of_line"),
    ]
    if content.groups:
        lines.append((words.plain("workbook_printed"), "of_line"))
    if content.demonstration:
        lines.append((words.plain("workbook_demonstration"), "of_mark"))
    row = 0
    for text, style in lines:
        if text:
            row += 1
            put_text(sheet.cell(row, 1), text, style)
    return row + 2


def _units(sheet: Worksheet, content: DigestWorkbook, words: Translator, results: Results) -> None:
    head = _head(sheet, content, words)
    with_groups = any(row.group for row in content.rows)
    before = [words.plain("workbook_number"), *([words.plain("workbook_group")] if with_groups else [])]
    before.append(words.plain("workbook_unit"))
    first = len(before) + 1
    indicators, states = content.indicators, content.states
    labels = [_labelled(each) for each in indicators]
    after = [*(each.label for each in states), words.plain("workbook_sent_at"), words.plain("workbook_remark")]
    for column, label in enumerate([*before, *labels, *after], start=1):
        put_text(sheet.cell(head, column), label, "of_head")
    for place, row in enumerate(content.rows, start=1):
        _unit(sheet, head + place, place, row, content, words, with_groups=with_groups)
    last, end = head + len(content.rows), len(before) + len(labels) + len(after)
    sheet.title = words.plain("workbook_sheet", day=_days_of(content))[:31]
    _totals(sheet, content, words, (head + 1, last), (first, end), results)
    _look(sheet, head, last, first, end, len(labels))


def _labelled(of: DigestIndicator) -> str:
    """«Số ca mắc mới (ca)»."""
    return f"{of.label} ({of.unit})" if of.unit else of.label


def _days_of(content: DigestWorkbook) -> str:
    days = [f"{period:%d-%m-%Y}" for period in content.periods]
    return days[0] if len(days) == 1 else f"{days[0]}–{days[-1]}"


def _unit(
    sheet: Worksheet,
    at: int,
    place: int,
    row: DigestUnit,
    content: DigestWorkbook,
    words: Translator,
    *,
    with_groups: bool,
) -> None:
    sheet.cell(at, 1, place).style = "of_middle"
    names = [row.group, row.unit] if with_groups else [row.unit]
    column = 2
    for name in names:
        put_text(sheet.cell(at, column), name, "of_text")
        column += 1
    for each, value in zip(content.indicators, row.values, strict=True):
        carried = row.carried.get(each.name)
        put_number(sheet.cell(at, column), carried.value if carried else value, carried=bool(carried))
        column += 1
    states = [each.of_unit[row.id].label if row.id in each.of_unit else "" for each in content.states]
    sent_at = words.show(row.sent_at) if row.sent_at is not None else ""
    noted = remark(row, words)
    for text in [*states, sent_at, noted]:
        put_text(sheet.cell(at, column), text, "of_text")
        column += 1
    sheet.row_dimensions[at].height = LINE * max(1, -(-len(noted) // REMARK))


def _totals(
    sheet: Worksheet,
    content: DigestWorkbook,
    words: Translator,
    rows: tuple[int, int],
    columns: tuple[int, int],
    results: Results,
) -> None:
    """Under the table the sums, and how many units are in each, which those are in that are carried forward; then what is to be noted.

    A column that nobody reported has no sum, nor one whose total cannot be told.
    """
    of_sheet, (first, end) = results.setdefault(sheet.title, {}), columns
    done, expected = content.coverage
    lines = [
        ("SUM", words.plain("workbook_total", done=done, all=expected)),
        ("COUNT", words.plain("workbook_counted")),
    ]
    for offset, (function, label) in enumerate(lines, start=1):
        at = rows[1] + offset
        for column in (*range(1, first), *range(first + len(content.indicators), end + 1)):
            put_text(sheet.cell(at, column), label if column == 2 else "", "of_total_text")
        for place, each in enumerate(content.indicators):
            cell = sheet.cell(at, first + place)
            cell.style = "of_total"
            whole = FRACTION if function == "SUM" and isinstance(each.total, float) else COUNT
            cell.number_format = whole + (f'"{each.mark}"' if function == "SUM" and each.mark else "")
            letter = get_column_letter(first + place)
            count = each.units + each.carried
            if function == "SUM" and each.untold:
                put_text(cell, words.plain(each.untold_key), "of_total_text")
            elif count or function == "COUNT":
                cell.value = f"={function}({letter}{rows[0]}:{letter}{rows[1]})"
                of_sheet[cell.coordinate] = count if function == "COUNT" else each.total
    for offset, note in enumerate(content.notes, start=len(lines) + 2):
        put_text(sheet.cell(rows[1] + offset, 1), note, "of_line")


def _look(sheet: Worksheet, head: int, last: int, first: int, end: int, numbers: int) -> None:
    """Widths, the frozen header, the filter, and how it prints."""
    for column in range(1, end + 1):
        is_number = first <= column < first + numbers
        wide = 6 if column == 1 else 12 if is_number else 24
        sheet.column_dimensions[get_column_letter(column)].width = wide
    sheet.column_dimensions[get_column_letter(end)].width = REMARK
    sheet.row_dimensions[head].height = 110
    sheet.freeze_panes = sheet.cell(head + 1, first).coordinate
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(end)}{last}"
    set_up_printing(sheet, head, first, end)


def _days(sheet: Worksheet, content: DigestWorkbook, words: Translator) -> None:
    """A row a day: how many units are in it, and the headlines' totals."""
    sheet.title = words.plain("workbook_days")[:31]
    shown = [each for each in content.indicators if each.name in content.trend]
    heads = [words.plain("workbook_day"), words.plain("workbook_expected")]
    for each in shown:
        heads += [_labelled(each), words.plain("workbook_counted")]
    for column, label in enumerate(heads, start=1):
        put_text(sheet.cell(1, column), label, "of_head")
        sheet.column_dimensions[get_column_letter(column)].width = 14
    set_up_printing(sheet, 1, 2, len(heads))
    for place, on in enumerate(content.days):
        sheet.cell(place + 2, 1, on).style = "of_day"
        put_number(sheet.cell(place + 2, 2), content.expected[place])
        for column, each in enumerate(shown):
            of = content.trend[each.name][place]
            cell = sheet.cell(place + 2, 3 + 2 * column)
            if of.is_untold:
                put_text(cell, words.plain("picture_no_sum" if of.is_no_sum else each.untold_key), "of_middle")
            else:
                put_number(cell, of.value, carried=bool(of.carried))
            put_number(sheet.cell(place + 2, 4 + 2 * column), of.units)
    sheet.row_dimensions[1].height = 80
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(content.days) + 1}"
    if any(point.carried for each in shown for point in content.trend[each.name]):
        put_text(sheet.cell(len(content.days) + 3, 1), words.plain("workbook_days_carried"), "of_line")


def _with_results(file: bytes, book: Workbook, results: Results) -> bytes:
    """The file with what its formulas come to: a phone's preview shows that and does not calculate."""
    made = BytesIO()
    with ZipFile(BytesIO(file)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            for number, sheet in enumerate(book.worksheets, start=1):
                if name == f"xl/worksheets/sheet{number}.xml" and sheet.title in results:
                    part = _filled(part, results[sheet.title])
            target.writestr(name, part)
    return made.getvalue()


def _filled(part: bytes, results: Mapping[str, float | None]) -> bytes:
    root = etree.fromstring(part)
    for cell in root.iter(f"{SPREADSHEET}c"):
        value, result = cell.find(f"{SPREADSHEET}v"), results.get(cell.get("r") or "")
        if value is not None and result is not None and cell.find(f"{SPREADSHEET}f") is not None:
            value.text = repr(result)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
