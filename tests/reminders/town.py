"""A district on a real database that is ticked through its days; what is said is read from the outbox."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, select, update

from reminders.context import Tick
from reminders.tick import remind
from reporting.people import Address, Duty, Person, Role
from reporting.reports import Report
from reporting.rounds.quiet_hours import QuietHours
from reporting.unit_list import read_units
from reporting.units import Unit
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.messages.outbox import reachable
from storage.organisation import people, units
from storage.reports import forms, reports
from tests.channels import CHANNELS

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2021, 11, 10)
UNITS = """code,name,kind,parent,aliases,since,until
397,Triệu Sơn,huyện,,,,
15742,Thọ Dân,xã,397,,,
15700,Dân Lực,xã,397,,,
15718,Nưa,thị trấn,397,,,
"""
FORM = """| settings | form_id | form_title | version | default_language | {names} |
|---|---|---|---|---|{bars}|
| | {key} | Báo cáo ngày | {version} | Tiếng Việt (vi) | {cells} |

| survey | type | name | label::Tiếng Việt (vi) | required | constraint | constraint_message::Tiếng Việt (vi) | kind |
|---|---|---|---|---|---|---|---|
| | integer | cases | Số ca mới | yes | . >= 0 | Số ca phải từ 0 trở lên. | flow |
"""
REMIND = "-60m reporter; 0m reporter; +30m reporter; +60m chair; +120m leader"
outbox, said = metadata.tables["outbox"], metadata.tables["said"]


def written_form(key: str = "daily", version: str = "1", **changes: str) -> bytes:
    """A form's file; `changes` are its settings."""
    settings = {
        "period": "daily",
        "opens": "08:00",
        "due": "16:30",
        "closes": "08:00+1d",
        "remind": REMIND,
        "topic": "dịch bệnh",
    } | changes
    names, cells, bars = (" | ".join(each) for each in (settings, settings.values(), ["---"] * len(settings)))
    return FORM.format(key=key, version=version, names=names, cells=cells, bars=bars).encode()


def at(clock: str, day: date = DAY) -> datetime:
    """A time of the district's clock."""
    hour, minute = map(int, clock.split(":"))
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE).astimezone(UTC)


class Town:
    """The database, ticked. `quiet` are its quiet hours; `is_connected`: what is said leaves at once."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine: Engine = writing_engine(url)
        self.quiet: QuietHours | None = None
        self.is_connected = True
        self.names: dict[str, str] = {}
        self.people: dict[str, int] = {}

    def furnish(self, since: date = DAY, unit_list: str = UNITS, **form: str) -> None:
        """Units and the form."""
        with self.engine.begin() as connection:
            units.put(connection, read_units(unit_list))
        self.publishes(since, **form)

    def publishes(self, since: date = DAY, **form: str) -> None:
        """One more form."""
        with self.engine.begin() as connection:
            forms.publish(connection, written_form(**form), "form.md", since, at("00:00", since))

    def unit(self, name: str) -> Unit:
        with self.engine.begin() as connection:
            return next(unit for unit in units.tree(connection) if unit.name == name)

    def join(self, name: str, role: Role, unit: str, since: date = DAY, address: str = "") -> Person:
        """Somebody with a duty; a second one if he is known."""
        where = Address("telegram", address or str(1000 + len(self.names)))
        unit_id = self.unit(unit).id
        with self.engine.begin() as connection:
            known = next((address for address, known in self.names.items() if known == name), None)
            person = people.at(connection, Address("telegram", known)) if known else None
            person = person or people.add(connection, where, name, "vi", at("00:00", since))
            people.charge(connection, Duty(person.id, unit_id, role, since))
        self.names[person.address.address] = name
        self.people[name] = person.id
        return person

    def sends(self, unit: str, clock: str, day: date = DAY, form: str = "daily") -> None:
        """A unit's report is accepted."""
        unit_id, now = self.unit(unit).id, at(clock, day)
        with self.engine.begin() as connection:
            published = forms.published(connection, form, day)
            assert published is not None
            number = f"{form}-{unit_id}-{day}"
            report = Report(number, form, published.version, unit_id, day, 1, {}, None, now, now)
            assert reports.add(connection, published, report)

    def is_reachable(self, address: str) -> None:
        """Somebody has written from there."""
        with self.engine.begin() as connection:
            reachable(connection, Address("telegram", address))

    def tick(self, clock: str, day: date = DAY) -> list[str]:
        """The names of those who are told at that time, in the order of the outbox."""
        with self.engine.begin() as connection:
            remind(Tick(connection, at(clock, day), ZONE, CHANNELS, self.quiet))
        heard = [name for name, _ in self.waiting()]
        if self.is_connected:
            self.leave()
        return heard

    def letters(self, clock: str, day: date = DAY) -> dict[str, str]:
        """What everybody who is told at that time reads."""
        with self.engine.begin() as connection:
            remind(Tick(connection, at(clock, day), ZONE, CHANNELS, self.quiet))
        read = dict(self.waiting())
        self.leave()
        return read

    def waiting(self) -> list[tuple[str, str]]:
        with self.engine.begin() as connection:
            rows = connection.execute(select(outbox).where(outbox.c.state == "new").order_by(outbox.c.id))
            return [(self.names[row.address], row.say["text"]) for row in rows]

    def leave(self) -> None:
        """What waits has been said."""
        with self.engine.begin() as connection:
            connection.execute(update(outbox).where(outbox.c.state == "new").values(state="said"))

    def recorded(self) -> list[tuple[str, int, date, int]]:
        """What the said table holds: rule, unit, period, person."""
        with self.engine.begin() as connection:
            rows = connection.execute(select(said.c.rule, said.c.unit_id, said.c.period, said.c.person_id))
            return [(rule, unit_id, period, person_id) for rule, unit_id, period, person_id in rows]

    def close(self) -> None:
        self.engine.dispose()


def tables(url: str) -> None:
    """A database with our tables in it."""
    engine = writing_engine(url)
    with engine.begin() as connection:
        metadata.create_all(connection)
    engine.dispose()


def days(first: date, count: int) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range(count))


def execute(connection: Connection, table: str, **values: object) -> None:
    """Sets columns of every row of a table."""
    connection.execute(update(metadata.tables[table]).values(**values))
