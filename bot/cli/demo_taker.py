"""The demonstration's taker: a stand-in for DHIS2 on loopback, whose page shows what arrives, and the mapping by which it arrives."""

import os
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from reporting.portal.periods import dhis2_type
from reporting.portal.reading import read_mapping
from reporting.texts import in_language
from services.portal_targets import CheckedMapping, check_mapping, use_mapping
from simulator.dhis2 import DataSet, Dhis2Server, Element, Metadata, OrgUnit
from storage.database.engines import reading_engine, writing_engine

RELEASE = "2.43"


def taker_for(
    url: str, text: str, language: str, today: Callable[[], date], closed: Mapping[str, date] = MappingProxyType({})
) -> Dhis2Server:
    """A server, not yet started, that takes all that a mapping sends from the database at `url`; it keeps nothing when it ends.

    `closed`: units, by their codes there, of which it takes nothing any more from that day on: there is something to be refused.
    """
    engine = reading_engine(url)
    try:
        with engine.begin() as connection:
            checked = check_mapping(connection, text, today())
    finally:
        engine.dispose()
    return Dhis2Server(Metadata((_data_set(checked, language, closed),), today), RELEASE, language)


def _data_set(checked: CheckedMapping, language: str, closed: Mapping[str, date]) -> DataSet:
    """The set that the mapping names, with its elements under the form's labels and its units under theirs."""
    mapping, form = checked.mapping, checked.form
    elements = tuple(
        Element(f"de{place:09}", each.element, in_language(form.by_name[each.name].alone, language))
        for place, each in enumerate(mapping.indicators)
    )
    org_units = tuple(
        OrgUnit(f"ou{unit.id:09}", code, unit.title, closed=closed.get(code)) for unit, code in checked.units
    )
    period_type = dhis2_type(form.schedule.period_type) or "Daily"
    return DataSet("dsDEMO_____", mapping.options["dataSet"], mapping.title, period_type, elements, org_units)


def send_there(url: str, text: str, server: Dhis2Server, now: datetime, today: date) -> None:
    """Puts the mapping in use for a server that has been started: all from the mapping's first day is due, for it begins empty."""
    mapping = read_mapping(text)
    os.environ[mapping.secret] = server.metadata.token
    engine = writing_engine(url)
    try:
        with engine.begin() as connection:
            use_mapping(connection, text.replace(mapping.url, server.url), now, today, again=True)
    finally:
        engine.dispose()
