"""The commune of a ward: its form, its reporter, and the database that knows them."""

from datetime import date, datetime
from pathlib import Path

from reporting.people import Address, Duty
from reporting.unit_list import read_units
from simulator.zalo import ZaloSimulator
from storage.database import audit
from storage.database.engines import writing_engine
from storage.organisation import addresses, people, units
from storage.reports import forms
from tests.migrated import begin_at

FORM = Path(__file__).with_name("small.md")
UNITS = "code,name,kind,parent,aliases,since,until\n397,Triệu Sơn,huyện,,,,\n15742,Thọ Dân,xã,397,,,\n"
START = datetime.fromisoformat("2021-11-10T15:30+07:00")
TODAY = date(2021, 11, 10)
REPORTER, NAME = 7001, "Lê Văn Nam"


def prepare(url: str) -> None:
    """A migrated database with one commune, the small form, and the reporter at his chat."""
    _prepare(url, Address("telegram", str(REPORTER)))


def prepare_at_zalo(url: str) -> None:
    """The same, but the reporter is at Zalo: he is the first whom a new simulator of it knows, so his id is known too."""
    _prepare(url, Address("zalo", ZaloSimulator().person(NAME).id))


def prepare_at_both(url: str) -> None:
    """The same, but the reporter is at Telegram first, and can be found at Zalo too."""
    _prepare(url, Address("telegram", str(REPORTER)), Address("zalo", ZaloSimulator().person(NAME).id))


def _prepare(url: str, at: Address, *more: Address) -> None:
    begin_at(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units(UNITS))
        audit.write(connection, START, None, "units")
        forms.publish(connection, FORM.read_bytes(), FORM.name, date(2021, 11, 1), START)
        commune = units.tree(connection).find("15742", TODAY)
        assert commune is not None
        nam = people.add(connection, at, NAME, "vi", START)
        for each in more:
            addresses.link(connection, nam.id, each, START)
        people.charge(connection, Duty(nam.id, commune.id, "reporter", date(2021, 11, 1)))
    engine.dispose()
