"""An office on one connection, without any messenger: a district, two communes, and the people of one of them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from reporting.access import Actor
from reporting.people import Address, Duty, Person, Role
from reporting.unit_list import read_units
from reporting.units import Unit
from services.context import Context
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.organisation import people, units
from storage.reports import forms
from tests.channels import CHANNELS
from tests.migrated import begin_at

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2021, 11, 10)
NOW = datetime(2021, 11, 10, 17, 0, tzinfo=ZONE).astimezone(UTC)
UNITS = "code,name,kind,parent\n1,Triệu Sơn,huyện,\n11,Thọ Dân,xã,1\n12,Dân Lực,xã,1\n13,Nưa,thị trấn,1\n"
FORM = """| settings | form_id | form_title | version | due | closes | default_language |
|---|---|---|---|---|---|---|
| | beds | Giường bệnh | 1 | 16:30 | 20:00 | vi |

| survey | type | name | label | kind | visibility |
|---|---|---|---|---|---|
| | integer | beds | Số giường trống | stock | public |
"""


@dataclass
class Office:
    """Nam reports for Thọ Dân, Bình is his deputy, Ba chairs it; Hoa leads the district, An keeps the bot there."""

    connection: Connection
    now: datetime = NOW
    everybody: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        roles: tuple[tuple[str, Role, str], ...] = (
            ("Nam", "reporter", "11"),
            ("Bình", "deputy", "11"),
            ("Ba", "chair", "11"),
            ("Hoa", "leader", "1"),
            ("An", "admin", "1"),
        )
        for name, role, code in roles:
            person = people.add(self.connection, Address("telegram", name), name, "vi", NOW)
            people.charge(self.connection, Duty(person.id, self.unit(code).id, role, date(2021, 11, 1)))
            self.everybody[name] = person

    def __getitem__(self, name: str) -> Person:
        return self.everybody[name]

    @property
    def context(self) -> Context:
        return Context(self.connection, self.now, ZONE, units.tree(self.connection), CHANNELS)

    def unit(self, code: str) -> Unit:
        return units.tree(self.connection).known(code, DAY)

    def actor(self, name: str) -> Actor:
        return Actor(self[name], tuple(self.context.duties(self[name])))

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Every row of a table, oldest first."""
        of = metadata.tables[table]
        return [dict(row) for row in self.connection.execute(select(of).order_by(*of.primary_key)).mappings()]

    def audited(self) -> list[tuple[str, int | None]]:
        """What was done by whom."""
        return [(row["what"], row["who"]) for row in self.rows("audit")]


def furnish(url: str) -> None:
    """A migrated database with the units and the form."""
    begin_at(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units(UNITS))
        forms.publish(connection, FORM.encode(), "beds.md", date(2021, 11, 1), NOW)
    engine.dispose()
