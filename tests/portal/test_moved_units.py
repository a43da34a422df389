"""Units are moved in the tree: the totals that they were part of, and those that they are part of now, are sent again."""

from datetime import timedelta

from services.import_units import change_units
from simulator.dhis2 import Dhis2Server
from simulator.dhis2.metadata import OrgUnit
from tests.portal.office import START, TODAY, ZONE, Office, dhis2_metadata, mapping_of

HEAD = "code,name,kind,parent,aliases,since,until\n"
CLUSTERS = HEAD + "A,Cụm A,cụm,397,,,\nB,Cụm B,cụm,397,,,\n15742,Thọ Dân,xã,A,,,\n15700,Dân Lực,xã,B,,,\n"
NAMED = '[units.codes]\n397 = "397"\nA = "A"\nB = "B"\n\n[indicators]'


def moves(office: Office, line: str) -> None:
    office.passes(minutes=1)
    office.does(lambda connection: change_units(connection, HEAD + line, office.now, ZONE))


async def test_the_totals_where_a_unit_stood_and_where_it_stands_are_sent_again(office: Office) -> None:
    known = dhis2_metadata().units
    clusters = tuple(OrgUnit(f"ou{letter * 9}", letter, f"Cụm {letter}") for letter in "AB")
    async with Dhis2Server(dhis2_metadata(units=(*known, *clusters)), "2.43") as server:
        office.does(lambda connection: change_units(connection, CLUSTERS, START, ZONE))
        office.use(mapping_of(server, **{"[indicators]": NAMED}))
        yesterday = TODAY - timedelta(days=1)
        for on, ill in ((yesterday, 2), (TODAY, 3)):
            office.reports("15742", on, ill=ill)
            office.reports("15700", on, ill=10)
        await office.sends()

        def told(name: str) -> list[str | None]:
            return [server.value("ILL", name, f"{on:%Y%m%d}") for on in (yesterday, TODAY)]

        assert (told("A"), told("B"), told("397")) == (["2", "3"], ["10", "10"], ["12", "13"])
        moves(office, "15742,Thọ Dân,xã,B,,,\n")
        await office.sends()
        assert (told("A"), told("B"), told("397")) == ([None, None], ["12", "13"], ["12", "13"])
        moves(office, "B,Cụm B,cụm,A,,,\n")
        await office.sends()
        assert (told("A"), told("B")) == (["12", "13"], ["12", "13"])
        before = len(server.calls)
        moves(office, "B,Cụm B mới,cụm,A,,,\n")
        assert await office.sends() == 0
        assert len(server.calls) == before
