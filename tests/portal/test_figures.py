"""What is sent is what leaders and the public are told: units' own figures and totals, with the rules that the mapping states."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from reporting.figures.areas import Areas
from reporting.figures.known import Wanted
from reporting.figures.told_amounts import Amount
from reporting.forms import Form
from reporting.portal.reading import read_mapping
from services.portal_values import PortalReading
from simulator.dhis2 import Dhis2Server
from storage.figures import public
from storage.organisation import units
from storage.reports import forms
from tests.portal.office import TODAY, Office, mapping_of
from tests.portal.test_mapping import GOOD

YESTERDAY = TODAY - timedelta(days=1)
DISTRICT = '[units.codes]\n397 = "397"\n\n[indicators]'
ALL = 'home = "HOME"\nill ='


def reading(connection: Connection, text: str, form: Form) -> PortalReading:
    return PortalReading(connection, read_mapping(text), form, units.tree(connection))


def sent(office: Office, code: str, on: date, text: str) -> dict[str, str]:
    def read(connection: Connection) -> dict[str, str]:
        of = reading(connection, text, forms.in_force(connection, on)[0])
        values = of.of(units.tree(connection).known(code, on), on).values
        return {each.indicator.name: each.value for each in values}

    return office.does(read)


def told_to_public(office: Office, code: str, on: date) -> dict[str, str]:
    """What the public is told exactly of each figure of a unit, or of the total under it."""

    def read(connection: Connection) -> dict[str, str]:
        form, tree = forms.in_force(connection, on)[0], units.tree(connection)
        unit = tree.known(code, on)
        wanted = Wanted(form, tuple(form.indicators), (unit,), (on,))
        known = public.known(connection, wanted, Areas(tree))
        facts = {q.name: known.history(unit, q).get(on) for q in form.indicators}
        return {
            name: str(fact.value.low)
            for name, fact in facts.items()
            if fact is not None and isinstance(fact.value, Amount) and fact.value.is_exact
        }

    return office.does(read)


WHOLE = GOOD.replace("ill =", ALL, 1).replace("[indicators]", DISTRICT)
AS_RESIDENTS = WHOLE + '\n[rules]\nsuppressed = "as residents"\n'


@pytest.fixture
def full(office: Office) -> Office:
    """Two days; of the second one commune is late and one has a small count at home."""
    for place, code in enumerate(("15742", "15700", "15718"), 1):
        office.reports(code, YESTERDAY, ill=place, beds=10 * place, home=6)
    office.reports("15742", ill=4, beds=0, home=2)
    office.reports("15700", ill=5, beds=7, home=8)
    return office


@pytest.mark.parametrize("code", ["397", "15742", "15700", "15718"])
@pytest.mark.parametrize("on", [YESTERDAY, TODAY])
def test_what_is_sent_as_residents_are_told_is_what_they_are_told(full: Office, code: str, on: date) -> None:
    assert sent(full, code, on, AS_RESIDENTS) == told_to_public(full, code, on)


@pytest.mark.parametrize("code", ["397", "15742", "15700", "15718"])
@pytest.mark.parametrize("on", [YESTERDAY, TODAY])
def test_what_is_sent_exactly_differs_only_in_what_is_held_back(full: Office, code: str, on: date) -> None:
    exact, told = sent(full, code, on, WHOLE), told_to_public(full, code, on)
    assert {name: value for name, value in exact.items() if name in told} == told
    assert set(exact) - set(told) <= {"home"}


def test_a_late_unit_stands_in_a_running_total_and_in_no_sum_of_the_day(full: Office) -> None:
    assert sent(full, "397", TODAY, WHOLE) == {"ill": "9", "beds": "7", "home": "10", "ever": "15"}


def test_a_total_with_carried_values_can_be_left_out(full: Office) -> None:
    text = WHOLE + '\n[rules]\ncarried = "leave out"\n'
    assert "ever" not in sent(full, "397", TODAY, text)
    assert sent(full, "397", YESTERDAY, text)["ever"] == "6"


async def test_the_total_of_the_district_is_sent_and_follows_a_late_report(office: Office, server: Dhis2Server) -> None:
    office.use(mapping_of(server, **{"[indicators]": DISTRICT}))
    office.reports("15742", YESTERDAY, ill=3)
    office.reports("15742", ill=4)
    await office.sends()
    assert server.value("EVER", "397", "20211110") == "7"
    office.reports("15700", YESTERDAY, ill=5)
    await office.sends()
    assert server.value("ILL", "397", "20211109") == "8"
    assert server.value("EVER", "397", "20211110") == "12"


async def test_no_total_is_sent_of_a_unit_that_the_mapping_does_not_name(office: Office, server: Dhis2Server) -> None:
    office.use(mapping_of(server))
    office.reports("15742", ill=3)
    await office.sends()
    assert server.value("ILL", "397", "20211110") is None
    assert set(office.states()) == {("15742", TODAY)}
