"""Readers of what leaders get: the digest's text and picture, the workbook, the letter, the board, a unit's page, units compared."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import TypeVar

from docx import Document
from docx.table import Table
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.drawing import draw
from reporting.digests.drawings import BoardPicture, DigestPicture
from reporting.say import Drawing, Say
from tests.truth.stage import Stage
from tests.truth.sums import number_of
from tests.truth.told import CARRIED, NUMBER, Labels, Told, Unreadable, days_in, grown, items, plain, value_in

D = TypeVar("D", bound=Drawing)
OTHERS, UNTOLD = "Chỉ tiêu khác: ", "chưa tính được"


class Desk:
    """What a leader sees, read for one stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.labels = stage, Labels.of(stage.form)
        self.codes = {each.title: each.code for each in stage.world.places}

    def code(self, title: str) -> str:
        found = {name.casefold(): code for name, code in self.codes.items()}.get(title.casefold())
        if found is None:
            raise Unreadable(f"«{title}» is none of {list(self.codes)}")
        return found

    # the digest

    def text(self, said: str) -> Iterator[Told]:
        """The digest's message."""
        paragraphs = [plain(each) for each in said.split("\n\n")]
        title, window = paragraphs[0].split("\n")[:2]
        yield from self._paragraphs("text", self._of_title(title), _span(window), paragraphs[1:])

    def _of_title(self, title: str) -> str:
        found = [code for name, code in self.codes.items() if title.endswith(f" {name.upper()}")]
        if len(found) != 1:
            raise Unreadable(f"whose digest is «{title}»?")
        return found[0]

    def _paragraphs(self, surface: str, code: str, days: tuple[date, date], paragraphs: list[str]) -> Iterator[Told]:
        lines = [line for each in paragraphs for line in each.split("\n")]
        others = [f"• {each.rstrip('.')}" for line in lines if line.startswith(OTHERS) for each in _parts(line)]
        for name, value, counted, note in items([*lines, *others], self.labels):
            yield Told(surface, code, name, *days, value, counted, note)
            total = grown(note)
            if total is not None:
                sums = [f.name for f in self.stage.world.sheet.fields if f.sum == "grown" and f.of == (name,)]
                yield Told(f"{surface}, beside {name}", code, sums[0], *days, total)

    def picture(self, content: DigestPicture) -> Iterator[Told]:
        """What the picture is drawn from: totals, the groups, the trend, the units."""
        code = self.code(content.unit)
        days = content.periods[0], content.periods[-1]
        for each in content.indicators:
            yield Told("picture", code, each.name, *days, _whole(each.total), each.unit)
        for row in content.groups:
            for name, value in zip(content.headlines, row.values, strict=True):
                yield Told("picture, group", self.code(row.unit), name, *days, _whole(value))
        yield from self._rows("picture, unit", content, days)
        for name, points in content.trend.items():
            for on, (value, *_) in zip(content.days, points, strict=True):
                yield Told("trend", code, name, on, on, _whole(value))

    def _rows(self, surface: str, content: DigestPicture, days: tuple[date, date]) -> Iterator[Told]:
        names = [each.name for each in content.indicators]
        for row in content.rows:
            for name, value in zip(names, row.values, strict=True):
                yield Told(surface, self.code(row.unit), name, *days, _whole(value))

    # the workbook

    def workbook(self, file: bytes, code: str) -> Iterator[Told]:
        """Its cells, formulas worked out; and what the file says that they come to, which phones show."""
        book, shown = load_workbook(BytesIO(file)), load_workbook(BytesIO(file), data_only=True)
        sheet = book.worksheets[0]
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        head = next(place for place, row in enumerate(rows) if row[0] == "STT")
        days = _span(" ".join(str(row[0]) for row in rows[:head]))
        units = next(place for place, label in enumerate(rows[head]) if label == "Đơn vị")
        columns = {place: found for place, label in enumerate(rows[head]) if (found := self._column(label))}
        results = [list(row) for row in shown.worksheets[0].iter_rows(values_only=True)]
        for place, row in enumerate(rows[head + 1 :], head + 1):
            label = str(row[1] or "")
            is_total = not isinstance(row[0], int) and label.startswith("Tổng số")
            if not isinstance(row[0], int) and not is_total:
                continue
            here = code if is_total else self.code(str(row[units]))
            for column, (name, counted) in columns.items():
                value = number_of(sheet, row[column])
                surface = "workbook, total" if is_total else "workbook"
                is_carried = not is_total and bool(sheet.cell(place + 1, column + 1).font.i)
                yield Told(
                    surface, here, name, *days, _whole(value), counted, CARRIED if is_carried else str(row[-1] or "")
                )
                if is_total:
                    yield Told("workbook, shown", here, name, *days, _whole(results[place][column]))
        if len(book.worksheets) > 1:
            yield from self._days(book.worksheets[1], code)

    def _column(self, label: object) -> tuple[str, str] | None:
        """«Số nhà đang ngập (nhà)»: the indicator and its unit of count."""
        text = str(label or "")
        name, _, counted = text.rpartition(" (")
        return (self.labels.by_label[name], counted.rstrip(")")) if name in self.labels.by_label else None

    def _days(self, sheet: Worksheet, code: str) -> Iterator[Told]:
        rows = list(sheet.iter_rows(values_only=True))
        columns = {place: found for place, label in enumerate(rows[0]) if (found := self._column(label))}
        for row in rows[1:]:
            day = getattr(row[0], "date", lambda: None)()
            if day is None:
                continue
            for column, (name, counted) in columns.items():
                value = _whole(number_of(sheet, row[column]))
                yield Told("days", code, name, day, day, value, counted)

    # the letter, the board, a unit's page, units compared

    def letter(self, file: bytes, code: str) -> Iterator[Told]:
        document = Document(BytesIO(file))
        lines = [each.text.rstrip(";.") for each in document.paragraphs]
        subject = next(line for line in lines if line.startswith("Tình hình "))
        if not subject.endswith(next(name for name, one in self.codes.items() if one == code)):
            raise Unreadable(f"the letter is about «{subject}»")
        days = _span(next(line for line in lines if line.startswith("Số liệu ")))
        yield from self._paragraphs("letter", code, days, lines)
        for table in document.tables[2:]:
            if table.rows[0].cells[1].text == "Chỉ tiêu":
                yield from self._other_figures(table, code, days)
            else:
                yield from self._annex(table, code, days)

    def _other_figures(self, table: Table, code: str, days: tuple[date, date]) -> Iterator[Told]:
        for row in table.rows[1:]:
            _, label, counted, said, *_, note = (cell.text for cell in row.cells)
            value = None if said == UNTOLD else value_in(said)[0]
            yield Told("letter, other figures", code, self.labels.by_label[label], *days, value, counted, note)

    def _annex(self, table: Table, code: str, days: tuple[date, date]) -> Iterator[Told]:
        head = [cell.text for cell in table.rows[0].cells]
        columns = {
            place: self.labels.by_label[label] for place, label in enumerate(head) if label in self.labels.by_label
        }
        for row in table.rows[1:] if columns else ():
            cells = [cell.text for cell in row.cells]
            slanted = [any(run.italic for part in cell.paragraphs for run in part.runs) for cell in row.cells]
            is_total = cells[1].startswith("Tổng số")
            here = code if is_total else self.code(cells[1])
            for column, name in columns.items():
                value = value_in(cells[column])[0] if NUMBER.match(cells[column]) else None
                note = CARRIED if slanted[column] and not is_total else cells[-1]
                yield Told("letter, annex total" if is_total else "letter, annex", here, name, *days, value, "", note)

    def letter_said(self, file: bytes) -> str:
        """All that a letter says, its annex included."""
        document = Document(BytesIO(file))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        return "\n".join([*(each.text for each in document.paragraphs), *cells])

    def board(self, content: BoardPicture) -> Iterator[Told]:
        """The figures in the cells of the board: the first headline, day by day."""
        for row in content.board:
            for on, value in zip(content.days, row.values, strict=True):
                yield Told("board", self.code(row.unit), content.headlines[0], on, on, _whole(value))

    def page(self, said: str) -> Iterator[Told]:
        """A unit's page: /donvi."""
        lines = plain(said).split("\n")
        title, _, rest = lines[0].partition(" – ")
        (on,) = days_in(rest)
        for name, value, counted, note in items(lines, self.labels):
            yield Told("unit page", self.code(title), name, on, on, value, counted, note)

    def ranking(self, said: str) -> Iterator[Told]:
        """Units by one figure: /sosanh."""
        lines = plain(said).split("\n")
        label, _, rest = lines[0].rpartition(" – ")
        (on,) = days_in(rest)
        name = self.labels.name(label)
        for line in lines[1:]:
            title, _, value = line.removeprefix("• ").partition(": ")
            if line.startswith("• ") and title in self.codes:
                number, counted, note = value_in(value)
                yield Told("ranking", self.code(title), name, on, on, number, counted, note)


def drawn(says: list[Say], kind: type[D]) -> D:
    """What a picture or file among these messages is made from."""
    drawings = [each.content for say in says for each in (say.photo, say.document) if each is not None]
    found = [each for each in drawings if isinstance(each, kind)]
    if len(found) != 1:
        raise Unreadable(f"{len(found)} times {kind.__name__}")
    return found[0]


def made(says: list[Say], maker: str) -> bytes:
    """The file among these messages, as it is sent."""
    return draw(next(each for say in says for each in (say.photo, say.document) if each and each.maker == maker))


def _parts(line: str) -> list[str]:
    return line.removeprefix(OTHERS).split("; ")


def _span(text: str) -> tuple[date, date]:
    """«Số liệu ngày 09/11/2021», «Số liệu từ ngày 08/11/2021 đến ngày 10/11/2021»."""
    days = days_in(text.split(" – ", maxsplit=1)[0].split("; ", maxsplit=1)[0]) or days_in(text)
    return days[0], days[1] if "đến ngày" in text else days[0]


def _whole(value: object) -> int | None:
    if value is None or value in ("", UNTOLD):
        return None
    if not isinstance(value, int | float) or value != int(value):
        raise Unreadable(f"{value!r} is no whole number")
    return int(value)
