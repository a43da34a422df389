"""A district with figures on a database in memory, and residents who ask; no bot, no network."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from handlers.residents.public_answer import answer_to, view_at, vocabulary_of
from messages.residents.presses import inquiry_of
from reporting.answers import Answer
from reporting.archive import ArchiveLine
from reporting.forms import Form
from reporting.people import Address
from reporting.presses.leaders import AskFigures
from reporting.reports import Report, number_of
from reporting.say import Say
from reporting.translator import translator
from reporting.unit_list import read_units
from reporting.units import UnitTree
from services.context import Context
from services.import_history import take_in
from services.memory import ProgramMemory
from storage.database import audit
from storage.figures import figures, pending_figures
from storage.organisation import units
from storage.reports import forms, reports
from tests.channels import CHANNELS
from understanding import understand

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2021, 11, 10)
FORMS = Path(__file__).parents[2] / "forms"
UNITS = """code,name,kind,parent,aliases,since,until
397,Triệu Sơn,huyện,,,,
15664,Triệu Sơn,thị trấn,397,Giắt,,
15700,Dân Lực,xã,397,,,
15718,Nưa,thị trấn,397,,,
15742,Thọ Dân,xã,397,,,
15667,Thọ Sơn,xã,397,,,
"""

SMALL = """
| settings | form_title | form_id | version | due | closes | topic | authority | portal |
|---|---|---|---|---|---|---|---|---|
| | Sổ vụ mùa | harvest | 1 | 17:00 | 23:00 | mùa vụ | Phòng Nông nghiệp | https://example.org |

| survey | type | name | label::Tiếng Việt (vi) | kind | visibility | unit | aliases | suppress_below |
|---|---|---|---|---|---|---|---|---|
| | integer | sick | Số hộ có gia súc bệnh | flow | public | hộ | hộ bệnh; gia súc bệnh | 5 |
| | integer | rice | Diện tích lúa đã gặt | flow | public | ha | lúa đã gặt; lúa | |
| | integer | secret | Số tiền hỗ trợ | flow | internal | đồng | tiền hỗ trợ | |
"""


def at(clock: str, on: date = TODAY) -> datetime:
    """A local time of day as a moment."""
    return datetime.combine(on, time.fromisoformat(clock), tzinfo=ZONE).astimezone(UTC)


def days_ago(count: int) -> date:
    return TODAY - timedelta(days=count)


@dataclass
class Town:
    """`asks` gives what is said; `reports` puts a unit's figures down as if its report had been accepted."""

    connection: Connection
    tree: UnitTree
    forms: Mapping[str, Form]
    now: datetime = field(default_factory=lambda: at("15:30"))
    demonstration: bool = False
    memory: ProgramMemory = field(default_factory=ProgramMemory)

    def turn(self) -> Context:
        return Context(self.connection, self.now, ZONE, self.tree, CHANNELS, "vi", self.demonstration, self.memory)

    def asks(self, text: str, language: str = "vi") -> Say:
        context = self.turn()
        view = view_at(context, Address("telegram", "7"), translator(language))
        (said,) = answer_to(context, view, understand(text, vocabulary_of(context), context.today))
        return said

    def hears(self, text: str, *fragments: str, language: str = "vi") -> Say:
        """Asks, and finds all of these in the answer."""
        said = self.asks(text, language)
        for fragment in fragments:
            assert fragment in said.text, f"{fragment!r} is not in:\n{said.text}"
        return said

    def taps(self, said: Say, label: str) -> Say:
        """Taps one of an answer's buttons."""
        pressed = next(button.press for row in said.buttons for button in row if button.text == label)
        assert isinstance(pressed, AskFigures)
        context = self.turn()
        view = view_at(context, Address("telegram", "7"), translator("vi"))
        (answer,) = answer_to(context, view, inquiry_of(pressed.parts, view))
        return answer

    def reports(
        self,
        code: str,
        on: date = TODAY,
        form: str = "covid_daily",
        *,
        clock: str = "16:05",
        revision: int = 1,
        provisional: bool = False,
        **values: int | str,
    ) -> None:
        """A unit's report, with these figures of it."""
        unit, of = self.tree.find(code, on), self.forms[form]
        assert unit is not None
        as_of = at(clock, on)
        given = {name: Answer(value) for name, value in values.items()}
        number = number_of(of, unit, on, revision)
        new = Report(
            number, form, of.version, unit.id, on, revision, given, None, as_of, as_of, provisional=provisional
        )
        reports.add(self.connection, of, new)
        marks = {"as_of": as_of, "revision": revision, "provisional": provisional}
        pending_figures.clear(self.connection, form, unit.id, on)
        figures.put(self.connection, of, unit.id, on, values, source="report", **marks)  # type: ignore[arg-type]  # marks are mixed
        audit.write(self.connection, as_of, None, "report", form=form, unit_id=unit.id, period=on)

    def archives(self, unit: str, on: date, **values: int) -> None:
        """The archive takes in these figures of a unit."""
        lines = [ArchiveLine(row, on, unit, name, str(value)) for row, (name, value) in enumerate(values.items(), 2)]
        assert take_in(self.connection, lines, self.now, ZONE) == 1

    def has_archived(self, code: str, on: date = TODAY, form: str = "covid_daily") -> None:
        """The archive has all that is demanded of a unit's report: 5 of each."""
        lines = [ArchiveLine(2, on, code, name, "5") for name in self.forms[form].always_given]
        assert take_in(self.connection, lines, at("18:00"), ZONE) == 1


def labels(said: Say) -> list[str]:
    return [button.text for row in said.buttons for button in row]


def town_of(connection: Connection, unit_list: str = UNITS, small: bool = False) -> Town:
    """A town with the forms that ship, or with a small one about something else."""
    units.put(connection, read_units(unit_list))
    if small:
        published = [forms.publish(connection, SMALL.encode(), "harvest.md", date(2021, 1, 1), at("08:00"))[0]]
    else:
        published = [
            forms.publish(connection, (FORMS / name).read_bytes(), name, date(2021, 1, 1), at("08:00"))[0]
            for name in ("covid_daily.md", "covid_level.md")
        ]
    return Town(connection, units.tree(connection), {form.key: form for form in published})
