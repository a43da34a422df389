"""Readers of what everybody gets: the page, CSV, JSON, the channel's bulletin, and the answers to what residents ask."""

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from io import StringIO
from typing import Any

from lxml import html

from bot.web.open_data import _csv, _json
from bot.web.open_query import FIGURES, PAGE, read_query
from bot.web.open_reading import SiteReader, SiteSettings
from bot.web.public_page import page
from reminders.context import Tick
from reminders.public_channel import PublicChannel, post, prepared_posts
from reporting.figures.areas import Areas
from reporting.figures.known import Wanted
from reporting.figures.told_amounts import Amount
from reporting.people import Address
from storage.figures.public import known
from tests.channels import CHANNELS
from tests.truth.leaders import Desk
from tests.truth.questions import Asked
from tests.truth.stage import ZONE, Stage
from tests.truth.told import NEAREST, NUMBER, Told, Unreadable, days_in, items, plain, value_in

CHANNEL = PublicChannel(Address("telegram", "-100"), "vi")


class Square:
    """What the public sees, read for one stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.desk = stage, Desk(stage)
        self.labels = self.desk.labels

    def _reading(self, options: Sequence[str], **asked: str) -> SiteReader:
        around = SiteSettings(ZONE, demonstration=False, areas=Areas(self.stage.tree))
        return SiteReader(self.stage.connection, self.stage.now, around, read_query(list(asked.items()), options, "vi"))

    # the open data

    def csv(self, first: date, last: date) -> Iterator[Told]:
        text = _csv(SiteReader.figures, self._reading(FIGURES, **_days(first, last))).decode()
        for row in csv.DictReader(StringIO(text)):
            yield self._row("CSV", row)

    def json(self, first: date, last: date) -> Iterator[Told]:
        text = _json("figures", SiteReader.figures, self._reading(FIGURES, **_days(first, last)))
        for row in json.loads(text)["figures"]:
            yield self._row("JSON", row)

    def _row(self, surface: str, row: dict[str, Any]) -> Told:
        if (
            self.desk.code(row["unit_name"]) != row["unit"]
            or self.labels.name(row["indicator_label"]) != row["indicator"]
        ):
            raise Unreadable(f"names and codes of one row are of different things: {row}")
        on = date.fromisoformat(row["date"])
        value = None if row["value"] in ("", None) else int(row["value"])
        note = f"{row['status']} {row['units_without'] or ''}"
        return Told(surface, row["unit"], row["indicator"], on, on, value, row["unit_of_count"], note)

    def wide(self, first: date, last: date) -> Iterator[Told]:
        """Totals as the database adds them up, which is how those of more units than here are told."""
        tree, form = self.stage.tree, self.stage.form
        units = tuple(unit for unit in tree if unit.exists(last) and not self.stage.truth.place(unit.code).is_leaf)
        periods = tuple(first + timedelta(days=count) for count in range((last - first).days + 1))
        questions = tuple(question for question in form.indicators if question.is_public)
        read = known(self.stage.connection, Wanted(form, questions, units, periods), Areas(tree), few=0)
        for unit in units:
            for question in questions:
                fact = read.history(unit, question).get(last)
                value = fact.value if fact is not None else None
                number = int(value.low) if isinstance(value, Amount) and value.is_exact else None
                yield Told("wide total", unit.code, question.name, last, last, number)

    # the page

    def page(self, on: date) -> str:
        """The page of a day as HTML."""
        return page(self._reading(PAGE, date=on.isoformat())).decode()

    def page_read(self, said: str, on: date) -> Iterator[Told]:
        """The cards of the root with their trends, and the table of units."""
        root: Any = html.fromstring(said)
        heading = root.xpath("//h2[@id='unit']")
        if heading:
            title = heading[0].text_content()
            (shown,) = days_in(title)
            if shown != on:
                raise Unreadable(f"of {on} the page tells «{title}»")
            yield from self._cards(root, self.desk.code(title.split(",")[0]), on)
        yield from self._table(root, on)

    def _cards(self, root: Any, code: str, on: date) -> Iterator[Told]:
        for card in root.xpath("//article[@class='card']"):
            name = self.labels.name(card.xpath("h3")[0].text_content())
            said = card.xpath("p[contains(@class,'value')]")[0]
            coverage = " ".join(each.text_content() for each in card.xpath("p[contains(@class,'coverage')]"))
            yield _figure("page, card", code, name, on, said, coverage)
            for row in card.xpath(".//tr"):
                (day,) = days_in(row.xpath("th")[0].text_content())
                yield _figure("trend of the page", code, name, day, row.xpath("td")[0])

    def _table(self, root: Any, on: date) -> Iterator[Told]:
        for table in root.xpath("//table[@id='units']"):
            heads = [each.get("title") for each in table.xpath("thead/tr/th")]
            for row in table.xpath("tbody/tr"):
                code = self.desk.code(row.xpath("th/a")[0].text_content())
                for label, cell in zip(heads[1:], row.xpath("td"), strict=True):
                    if label is not None:
                        yield _figure("page, table", code, self.labels.name(label), on, cell)

    # the channel

    def bulletins(self) -> list[str]:
        """What is posted now; what was posted before is corrected in a message of its own."""
        tick = Tick(self.stage.connection, self.stage.now, ZONE, CHANNELS)
        posts = prepared_posts(tick, CHANNEL)
        post(tick, CHANNEL, posts)
        return [each.say.text for each in posts if each.say is not None]

    def bulletin_read(self, said: str) -> Iterator[Told]:
        code, on = "", None
        for line in plain(said).split("\n"):
            title = line.split(", ")[0].strip()
            if title.casefold() in {each.casefold() for each in self.desk.codes}:
                code = self.desk.code(title)
            elif " – " in line and not line.startswith("• "):
                title = line
            on = next(iter(days_in(line)), on) if not line.startswith(("• ", "Số liệu công bố")) else on
            if on is not None and code:
                yield from self._line(line, code, on)

    def _line(self, line: str, code: str, on: date) -> Iterator[Told]:
        named = next((each for each in self.desk.codes if line.startswith(f"• {each} – ")), None)
        here = self.desk.codes[named] if named else code
        line = f"• {line.removeprefix(f'• {named} – ')}" if named else line
        for name, value, counted, note in items([line], self.labels):
            yield Told("bulletin", here, name, on, on, value, counted, note)

    # the answers

    def answer(self, asked: Asked) -> list[Told]:
        """The figures of the answer; what is told as the nearest known is marked so in its note."""
        found: list[Told] = []
        for say in self.stage.asks(asked.text):
            found += self._answer(plain(say.text), asked)
        return found

    def _answer(self, text: str, asked: Asked) -> Iterator[Told]:
        today = self.stage.world.last
        code, nearest, otherwise = asked.code, "", (asked.first or today, asked.last or today)
        days = otherwise
        for line in text.split("\n"):
            about, said = self.labels.inside(line)
            unit, _, when = about.partition(", ")
            if said is not None and line.startswith(NEAREST):
                yield from _told(code, said, (days_in(when)[0], days_in(when)[-1]), NEAREST)
            elif said is not None and not line.startswith("• "):
                code, days = self.desk.code(unit), _when(when, said[1], otherwise)
                yield from _told(code, said, days, "")
            elif line.startswith(NEAREST):
                days, nearest = (days_in(line)[0], days_in(line)[-1]), NEAREST
            elif " – số liệu " in line:
                code, found = self.desk.code(line.split(" – ")[0]), days_in(line)
                days = (found[0], found[-1]) if found else days
            else:
                yield from self._overview(line, code, days, nearest)

    def _overview(self, line: str, code: str, days: tuple[date, date], nearest: str) -> Iterator[Told]:
        """A line of an overview; the running total that a flow is added up in may stand behind it."""
        for name, value, counted, said in items([line], self.labels):
            note, _, total = said.partition("; lũy kế: ")
            yield Told("answer, overview", code, name, *_dated(note, days), value, counted, nearest or note)
            if NUMBER.match(total):
                sums = [
                    each.name for each in self.stage.world.sheet.fields if each.sum == "grown" and each.of == (name,)
                ]
                number, word, rest = value_in(total)
                on = (days[1], days[1])
                yield Told("answer, overview", code, sums[0], *_dated(rest, on), number, word, nearest or rest)


def _told(code: str, said: tuple[str, str], days: tuple[date, date], note: str) -> Iterator[Told]:
    if NUMBER.match(said[1]):
        value, counted, rest = value_in(said[1])
        yield Told("answer", code, said[0], *days, value, counted, note or rest)


def _dated(note: str, otherwise: tuple[date, date]) -> tuple[date, date]:
    """Of which day a figure in a line is, if the line says so."""
    return _when("", note, otherwise) if "tính đến ngày" in note else otherwise


def _when(when: str, said: str, otherwise: tuple[date, date]) -> tuple[date, date]:
    """The days that a sentence names; of a span «tính đến ngày …» the day that its figure is of."""
    until = days_in(said.partition("tính đến ngày")[2])
    if until:
        return until[0], until[0]
    found = days_in(when)
    return (found[0], found[-1]) if found else otherwise


def _figure(surface: str, code: str, name: str, on: date, element: Any, note: str = "") -> Told:
    """A cell: its number, or the reason why there is none; what is small beside the number is a note."""
    text = (element.text or "").strip()
    beside = f"{note} {element.text_content()[len(element.text or '') :]}".strip()
    if "none" in (element.get("class") or "") or not NUMBER.match(text):
        return Told(surface, code, name, on, on, None, "", element.text_content())
    value, counted, rest = value_in(text)
    return Told(surface, code, name, on, on, value, counted, f"{rest} {beside}".strip())


def _days(first: date, last: date) -> dict[str, str]:
    if first == last:
        return {"date": first.isoformat()}
    return {"from": first.isoformat(), "to": last.isoformat()}
