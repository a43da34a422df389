"""Units are moved in the tree: the totals that they were part of, and those that they are part of now, are sent again."""

from datetime import timedelta

from reporting.archive import ArchiveLine
from services.import_history import take_in
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


MERGER = (
    "on,old,new,name,kind,parent,aliases,people\n2021-11-10,15742,15700,Dân Lực,xã,,,\n2021-11-10,15700,15700,,,,,\n"
)


async def test_what_was_sent_of_a_unit_for_days_on_which_it_is_no_more_is_taken_back(office: Office) -> None:
    """The merger is entered late, and the new unit has the code that one of the two had."""
    async with Dhis2Server(dhis2_metadata(), "2.43") as server:
        office.use(mapping_of(server))
        yesterday = TODAY - timedelta(days=1)
        for on in (yesterday, TODAY):
            office.reports("15742", on, ill=2)
            office.reports("15700", on, ill=10)
        await office.sends()

        def told(code: str) -> list[str | None]:
            return [server.value("EVER", code, f"{on:%Y%m%d}") for on in (yesterday, TODAY)]

        assert (told("15742"), told("15700")) == (["2", "4"], ["10", "20"])
        office.passes(minutes=1)
        office.does(lambda connection: change_units(connection, MERGER, office.now, ZONE))
        await office.sends()
        assert (told("15742"), told("15700")) == (["2", None], ["10", None])
        opening = [ArchiveLine(2, yesterday, "15700@2021-11-10", "ever", "12")]
        office.does(lambda connection: take_in(connection, opening, office.now, ZONE))
        office.reports("15700", ill=1)
        await office.sends()
        assert (told("15742"), told("15700")) == (["2", None], ["10", "13"])
