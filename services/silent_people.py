"""Who has been silent: units without a reporter, reporters who send nothing, people whose chat is closed to the bot."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from reporting.channel import NONE_KNOWN, Channels
from reporting.forms import Form
from reporting.people import Role
from reporting.roster import Silence
from reporting.units import Unit, UnitTree
from services.invite import units_lacking
from storage.organisation import invitations
from storage.organisation.roster import roster, silent_units

SILENT_DAYS = 7
REPORTER: tuple[Role, ...] = ("reporter",)


def silence(
    connection: Connection,
    forms: Iterable[Form],
    tree: UnitTree,
    on: date,
    now: datetime,
    roots: Iterable[Unit],
    days: int = SILENT_DAYS,
    channels: Channels = NONE_KNOWN,
) -> Silence:
    """Of the units under `roots` as of a day. Who was charged within these days is not called silent yet."""
    forms, roots = list(forms), list(roots)
    units = {unit.id: unit for root in roots for unit in tree.under(root, on)}
    lines = roster(connection, on, units.keys(), channels)
    since = on - timedelta(days=days)
    reporters = [line for line in lines if line.duty.role == "reporter" and line.duty.since <= since]
    silent = silent_units(connection, [line.duty.unit_id for line in reporters], since)
    quiet = [(line, silent[line.duty.unit_id]) for line in reporters if line.duty.unit_id in silent]
    lacking = dict.fromkeys(
        unit for root in roots for unit in units_lacking(connection, "reporter", forms, tree, on, root)
    )
    closed = {line.duty.person_id: line for line in lines if line.is_cut_off}
    invited = invitations.invited_units(connection, REPORTER, now)
    return Silence(tuple(lacking), frozenset(invited), tuple(quiet), tuple(closed.values()))
