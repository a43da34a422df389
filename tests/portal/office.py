"""An office with three communes whose figures are due at a portal: reports come in, the sender is turned by hand."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from bot.portal.sender import PortalSender
from reporting.answers import Answer
from reporting.portal.reading import read_mapping
from reporting.reports import Report, number_of
from reporting.unit_list import read_units
from services import approve
from services.portal_targets import use_mapping
from services.submit_report import accept
from simulator.dhis2 import DataSet, Dhis2Server, Element, Metadata, OrgUnit
from storage.database.engines import reading_engine, writing_engine
from storage.database.tables import metadata
from storage.organisation import people, units
from storage.portal import receipts
from storage.reports import forms, reports
from tests.migrated import begin_at

T = TypeVar("T")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime.fromisoformat("2021-11-10T17:00+07:00")
TODAY = date(2021, 11, 10)
UNITS = """code,name,kind,parent,aliases,since,until
397,Triệu Sơn,huyện,,,,
15742,Thọ Dân,xã,397,,,
15700,Dân Lực,xã,397,,,
15718,Nưa,thị trấn,397,,,
"""
FORM = """| settings | form_id | version | due | approval | default_language |
|---|---|---|---|---|---|
| | watch | 1 | 16:30 | {approval} | vi |

| survey | type | name | label | kind | visibility | calculation | suppress_below | required |
|---|---|---|---|---|---|---|---|---|
| | integer | ill | Số ca mắc | flow | public | | | |
| | integer | beds | Số giường | stock | public | | | |
| | integer | home | Số ca tại nhà | flow | public | | 5 | |
| | calculate | ever | Lũy kế | total | public | coalesce(${last-saved#ever}, 0) + ${ill} | | |
"""
TOKEN = "d2pat_simulated"
MAPPING = """target = "tinh"
title = "Cổng dữ liệu tỉnh"
format = "dhis2-json"
url = "{url}"
authentication = "token"
secret = "PORTAL_TINH"
form = "watch"
since = 2021-11-01

[dhis2]
dataSet = "WATCH"
idScheme = "code"

[units]
others = "own code"

[indicators]
ill = "ILL"
beds = "BEDS"
ever = "EVER"
"""


def dhis2_metadata(**other: Any) -> Metadata:
    """The data set WATCH with its elements, for the communes and their district; `other` fields of the set."""
    places = (("397", "a"), ("15742", "b"), ("15700", "c"), ("15718", "d"))
    org_units = tuple(OrgUnit(f"ou{letter * 9}", code, f"Đơn vị {code}") for code, letter in places)
    elements = tuple(
        Element(f"de{name.lower():_<9}", name, f"Phần tử {name}") for name in ("ILL", "BEDS", "HOME", "EVER")
    )
    of = {"elements": elements, "units": org_units} | other
    return Metadata((DataSet("dsWATCH____", "WATCH", "Theo dõi", **of),), today=lambda: TODAY + timedelta(days=1))


def prepare_office(url: str, approval: str = "none") -> None:
    """A migrated database with the units and the form."""
    begin_at(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units(UNITS))
        forms.publish(connection, FORM.replace("{approval}", approval).encode(), "watch.md", date(2021, 10, 1), START)
    engine.dispose()


@dataclass
class Office:
    """The database with a clock that stands, and a sender. `close` it at the end."""

    url: str
    now: datetime = START
    changes: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.writing, self.reading = writing_engine(self.url), reading_engine(self.url)
        self.sender = PortalSender(self.read, self.write, lambda: self.now, ZONE, allow_private=True)

    def close(self) -> None:
        self.writing.dispose()
        self.reading.dispose()

    def does(self, change: Callable[[Connection], T]) -> T:
        with self.writing.begin() as connection:
            return change(connection)

    def _reads(self, what: Callable[[Connection], Any]) -> Any:
        with self.reading.begin() as connection:
            return what(connection)

    async def read(self, what: Callable[[Connection], Any]) -> Any:
        return await asyncio.to_thread(self._reads, what)

    async def write(self, change: Callable[[Connection], Any]) -> Any:
        return await asyncio.to_thread(self.does, change)

    def use(self, mapping: str, **named: Any) -> None:
        self.does(lambda connection: use_mapping(connection, mapping, self.now, TODAY, **named))

    def reports(self, code: str, on: date = TODAY, **values: int | Decimal | str | None) -> Report:
        """A unit's report comes: the first, or a correction of the one there is."""

        def report(connection: Connection) -> Report:
            form = forms.in_force(connection, on)[0]
            unit = units.tree(connection).known(code, on)
            old = reports.newest(connection, form.key, unit.id, on)
            revision = old.revision + 1 if old else 1
            answers = {name: Answer(value) for name, value in values.items() if value is not None}
            new = Report(
                number_of(form, unit, on, revision),
                form.key,
                form.version,
                unit.id,
                on,
                revision,
                answers,
                None,
                self.now,
                self.now,
                old.number if old else None,
                "nhập nhầm" if old else "",
                bool(form.approval),
            )
            assert accept(connection, form, new, ZONE)
            return new

        return self.does(report)

    def approves(self, report: Report, by: int) -> None:
        assert self.does(lambda connection: approve.accept(connection, report, by, self.now, ZONE))

    def takes_back(self, report: Report) -> None:
        """Its approval is taken back, or it is returned."""
        self.does(lambda connection: approve.withdraw_acceptance(connection, report, self.now, ZONE))

    async def sends(self) -> int:
        """One turn of the sender."""
        return await self.sender.round()

    def passes(self, **named: float) -> None:
        """Time goes by."""
        self.now += timedelta(**named)

    def rows(self, table: str) -> list[Any]:
        of = metadata.tables[table]
        with self.reading.begin() as connection:
            return list(connection.execute(select(of).order_by(*of.primary_key)))

    def code(self, unit_id: int) -> str:
        with self.reading.begin() as connection:
            return units.tree(connection).unit(unit_id).code

    def states(self) -> dict[tuple[str, date], str]:
        """The deliveries' states by unit code and period."""
        with self.reading.begin() as connection:
            tree = units.tree(connection)
        return {(tree.unit(row.unit_id).code, row.period): row.state for row in self.rows("portal_delivery")}

    def answers(self, code: str, on: date = TODAY) -> dict[str, tuple[str, str, str]]:
        """By indicator what was answered last: state, value, code."""
        with self.reading.begin() as connection:
            unit = units.tree(connection).known(code, on)
            row = next(each for each in self.rows("portal_delivery") if (each.unit_id, each.period) == (unit.id, on))
            found = receipts.newest_of(connection, row.id)
        return {name: (each.state, each.value, each.code) for name, each in found.items()}


def mapping_of(server: Dhis2Server, **other: str) -> str:
    """The mapping for a server; `other`: texts by what they take the place of («format__dhis2_json»)."""
    text = MAPPING.replace("{url}", server.url)
    for old, new in other.items():
        assert old in text, old
        text = text.replace(old, new)
    read_mapping(text)
    return text


def person_of_desk(office: Office) -> int:
    from reporting.people import Address

    added = office.does(lambda connection: people.add(connection, Address("telegram", "9"), "Bà Hoa", "vi", START))
    return added.id
