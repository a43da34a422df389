"""The mapping's rules that few meet: a unit that has ended, a state with its choices there; and the cost where nothing is sent."""

from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from reporting.portal.reading import read_mapping
from reporting.unit_list import read_units
from services.portal_targets import check_mapping
from simulator.dhis2 import Dhis2Server, Element
from storage.database.engines import writing_engine
from storage.figures import figures
from storage.organisation import units
from storage.reports import forms
from tests.migrated import begin_at
from tests.portal.office import START, TODAY, TOKEN, UNITS, Office, dhis2_metadata, mapping_of

LEVELS = """| settings | form_id | version | due | default_language |
|---|---|---|---|---|
| | watch | 1 | 16:30 | vi |

| survey | type | name | label | kind | visibility |
|---|---|---|---|---|---|
| | select_one levels | level | Cấp độ | state | public |

| choices | list_name | name | label |
|---|---|---|---|
| | levels | green | Vùng xanh |
| | levels | red | Vùng đỏ |
"""
STATE = '{ element = "LEVEL", choices = { green = "1", red = "4" } }'


@pytest.mark.parametrize("hours", [9, 24], ids=["after midnight here, before it in UTC", "a day later"])
@pytest.mark.parametrize(("rule", "there"), [("send", "4"), ("leave out", "3")])
async def test_what_is_corrected_of_a_unit_after_its_end_follows_the_rule(
    office: Office, server: Dhis2Server, rule: str, there: str, hours: int
) -> None:
    office.use(mapping_of(server) + f'\n[rules]\nmerged = "{rule}"\n')
    office.reports("15742", ill=3)
    await office.sends()
    ended = UNITS.replace("15742,Thọ Dân,xã,397,,,", "15742,Thọ Dân,xã,397,,,2021-11-11")
    office.does(lambda connection: units.put(connection, read_units(ended)))
    office.now = office.now.astimezone(UTC)  # as the program's own clock tells it
    office.passes(hours=hours)
    office.reports("15742", ill=4)
    await office.sends()
    assert server.value("ILL", "15742", "20211110") == there
    assert office.states() == {("15742", TODAY): "sent"}


@pytest.fixture
def levels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office whose form asks for a state."""
    monkeypatch.setenv("PORTAL_TINH", TOKEN)
    url = f"sqlite:///{tmp_path / 'levels.db'}"
    begin_at(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units(UNITS))
        forms.publish(connection, LEVELS.encode(), "watch.md", date(2021, 10, 1), START)
    engine.dispose()
    office = Office(url)
    yield office
    office.close()


def of_levels(server: Dhis2Server, indicator: str = STATE) -> str:
    of = mapping_of(server)
    return of[: of.index("[indicators]")] + f"[indicators]\nlevel = {indicator}\n"


async def test_a_state_is_sent_by_what_its_choice_is_called_there(levels: Office, server: Dhis2Server) -> None:
    level = Element("deLEVEL____", "LEVEL", value_type="TEXT", options=("1", "4"))
    server.metadata.sets = dhis2_metadata(elements=(level,)).sets
    levels.use(of_levels(server))
    levels.reports("15742", level="red")
    await levels.sends()
    assert server.value("LEVEL", "15742", "20211110") == "4"
    assert levels.answers("15742")["level"] == ("taken", "4", "")


@pytest.mark.parametrize(
    ("indicator", "named"),
    [
        ('"LEVEL"', "green, red"),
        ('{ element = "LEVEL", choices = { green = "1" } }', "red"),
        ('{ element = "LEVEL", choices = { green = "1", red = "4", blue = "2" } }', "blue"),
    ],
)
async def test_a_state_needs_a_value_for_each_of_its_choices_and_for_no_other(
    levels: Office, server: Dhis2Server, indicator: str, named: str
) -> None:
    text = of_levels(server, indicator)
    assert read_mapping(text).indicators[0].element == "LEVEL"
    with pytest.raises(Exception, match="mapping_choices_differ") as raised:
        levels.does(lambda connection: check_mapping(connection, text, TODAY))
    assert raised.value.values["choices"] == named  # type: ignore[attr-defined]  # a refusal


def statements_of_portals(office: Office) -> int:
    """How many statements that have to do with targets it takes to put down a unit's figures."""
    told: list[str] = []

    def hears(_connection: object, _cursor: object, statement: str, _parameters: Any, *_: object) -> None:
        told.append(statement)

    with office.writing.begin() as connection:
        form, unit = forms.in_force(connection, TODAY)[0], units.tree(connection).known("15742", TODAY)
        event.listen(connection, "before_cursor_execute", hears)
        figures.put(connection, form, unit.id, TODAY, {"ill": 3}, as_of=START, revision=1, source="report")
        event.remove(connection, "before_cursor_execute", hears)
    assert any("INTO figure" in each for each in told)
    return sum("target" in each or "portal_delivery" in each for each in told)


async def test_figures_that_are_due_nowhere_cost_one_small_statement(office: Office, server: Dhis2Server) -> None:
    assert statements_of_portals(office) == 1
    office.use(mapping_of(server))
    assert statements_of_portals(office) > 1
