"""Portals: a mapping is checked beside the forms and units in force, put in use, and shown with what would leave by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from reporting.errors import refuse_all
from reporting.forms import Form
from reporting.period_types import period_of
from reporting.portal.checking import mapping_problems, reporting_units
from reporting.portal.consignment import PortalValue
from reporting.portal.mapping import PortalMapping
from reporting.portal.reading import read_mapping
from reporting.portal.toml_lines import key_lines
from reporting.rounds.periods import check_days
from reporting.units import Unit, UnitTree
from services.portal_values import PortalReading
from storage.database import audit
from storage.organisation import units
from storage.portal import due_deliveries, targets
from storage.portal.targets import Target
from storage.reports import forms


@dataclass(frozen=True, slots=True)
class CheckedMapping:
    """A mapping that fits the form and the units in force. `units`: those that it sends, with their names there."""

    mapping: PortalMapping
    form: Form
    tree: UnitTree
    units: tuple[tuple[Unit, str], ...]


def check_mapping(connection: Connection, text: str, today: date) -> CheckedMapping:
    """Reads a mapping file. Raises Refused with every mistake, by its line."""
    mapping, known, tree = read_mapping(text), forms.in_force(connection, today), units.tree(connection)
    refuse_all(mapping_problems(mapping, known, tree, today, key_lines(text)))
    form = next(each for each in known if each.key == mapping.form)
    return CheckedMapping(mapping, form, tree, tuple(_sent_units(mapping, form, tree, today)))


def _sent_units(mapping: PortalMapping, form: Form, tree: UnitTree, on: date) -> Iterable[tuple[Unit, str]]:
    """The units that report and have a name there, then those above them that are named."""
    own = reporting_units(form, tree, on)
    above = [each for each in tree if each.exists(on) and each not in own]
    for each in (*own, *above):
        code = mapping.code_of(each) if each in own else named_code(mapping, each)
        if code:
            yield each, code


def named_code(mapping: PortalMapping, unit: Unit) -> str:
    """What the mapping itself calls a unit; «» where it does not name it."""
    return mapping.codes.get(unit.identity) or mapping.codes.get(unit.code, "")


@dataclass(frozen=True, slots=True)
class PreviewedUnit:
    """What would leave of one unit; `values` empty: nothing has come of it."""

    unit: Unit
    code: str
    period: date
    values: tuple[PortalValue, ...]


def preview(connection: Connection, text: str, on: date, today: date) -> tuple[CheckedMapping, list[PreviewedUnit]]:
    """What would leave for the period that `on` lies in, unit by unit."""
    checked = check_mapping(connection, text, today)
    period = period_of(checked.form.schedule.period_type, on)
    form = forms.published(connection, checked.form.key, period) or checked.form
    reading = PortalReading(connection, checked.mapping, form, checked.tree)
    rows = [
        PreviewedUnit(unit, code, period, reading.of(unit, period).values)
        for unit, code in _sent_units(checked.mapping, form, checked.tree, period)
    ]
    return checked, rows


def use_mapping(
    connection: Connection,
    text: str,
    now: datetime,
    today: date,
    first_on: date | None = None,
    last_on: date | None = None,
    *,
    again: bool = False,
) -> Target:
    """Puts a mapping in use; what it has to send of these periods (None: from its first day, to today) is due.

    `again`: what the taker has already too. Refused for a mapping with mistakes and for days in the wrong order.
    """
    checked = check_mapping(connection, text, today)
    mapping = checked.mapping
    since = mapping.since or first_on or today
    target, is_other = targets.keep(
        connection, mapping.key, text, mapping.form, since, mapping.rules.provisional == "send", now
    )
    first, last = first_on or target.since, last_on or today
    check_days(first, last)
    places = _places(connection, checked, first, last)
    if again:
        due_deliveries.forget_sent(connection, target.id, first, last)
    due_deliveries.make_due(connection, target.id, places, now, known_too=again or is_other)
    if is_other:
        audit.write(connection, now, None, "target", form=mapping.form, target=mapping.key, url=mapping.url)
    return target


def _places(connection: Connection, checked: CheckedMapping, first_on: date, last_on: date) -> list[tuple[int, date]]:
    """The units that have figures in these days, and those above them that the mapping names."""
    found = due_deliveries.places_with_figures(connection, checked.form.key, first_on, last_on)
    named = {each.id for each in checked.tree if named_code(checked.mapping, each)}
    tree, places = checked.tree, dict[tuple[int, date], None]()
    for one, period in found:
        places[one, period] = None
        places |= {(each.id, period): None for each in tree.above(tree.unit(one)) if each.id in named}
    return list(places)
