"""The roster: duties in force with their people, when each was last heard, and which units have reported lately."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Connection, func, select

from reporting.channel import NONE_KNOWN, Channels, unset_channels
from reporting.people import Duty, Role
from reporting.roster import RosterLine
from storage.database.tables import metadata
from storage.organisation.duties import in_force

_NAMES = ("person", "address", "duty", "inbox", "report")
person, address, duty, inbox, report = (metadata.tables[name] for name in _NAMES)

_LINES = (
    select(
        duty.c.id,
        *(duty.c[name] for name in ("person_id", "unit_id", "role", "since", "until")),
        person.c.name,
        address.c.channel,
        address.c.address,
        address.c.heard_at,
        address.c.unreachable_at,
    )
    .join(person, person.c.id == duty.c.person_id)
    .join(address, address.c.person_id == person.c.id)
    .where(in_force())
    .order_by(duty.c.id, address.c.id)
)


def roster(
    connection: Connection, on: date, unit_ids: Collection[int] | None = None, channels: Channels = NONE_KNOWN
) -> list[RosterLine]:
    """The duties in force on a day, of these units (None: all), as they were given; of somebody with two chats the one heard last.

    `channels`: those by which people are spoken to here.
    """
    wanted = _LINES if unit_ids is None else _LINES.where(duty.c.unit_id.in_(unit_ids))
    rows = connection.execute(wanted, {"on": on}).all()
    lately = _heard_lately(connection) if rows else {}
    lines: dict[int, RosterLine] = {}
    unset, open_at = set(unset_channels(channels)), dict[int, list[str]]()
    for row in rows:
        moments = [row.heard_at, lately.get((row.channel, row.address))]
        known = lines.get(row.id)
        if known is not None:
            moments.append(known.heard_at)
        heard = max((at for at in moments if at is not None), default=None)
        closed = row.unreachable_at if known is None or known.unreachable_at is not None else None
        held = Duty(row.person_id, row.unit_id, cast("Role", row.role), row.since, row.until)
        if row.unreachable_at is None:
            open_at.setdefault(row.id, []).append(row.channel)
        found_at = open_at.get(row.id, [])
        not_set = found_at[0] if found_at and unset.issuperset(found_at) else ""
        lines[row.id] = RosterLine(row.id, held, row.name, heard, closed, not_set)
    return list(lines.values())


def _heard_lately(connection: Connection) -> dict[tuple[str, str], datetime]:
    """By chat, when the newest update came that the inbox still has of it."""
    last = select(inbox.c.channel, inbox.c.chat, func.max(inbox.c.received_at)).where(inbox.c.chat != "")
    rows = connection.execute(last.group_by(inbox.c.channel, inbox.c.chat))
    return {(channel, chat): at for channel, chat, at in rows}


def silent_units(connection: Connection, unit_ids: Sequence[int], since: date) -> dict[int, date | None]:
    """Those of the units without a report for any period from `since` on, and the last period that each reported; None: none."""
    sent = select(report.c.unit_id).where(report.c.period >= since).distinct()
    lately = set(connection.execute(sent).scalars())
    silent = [each for each in unit_ids if each not in lately]
    last: dict[int, Any] = {}
    for start in range(0, len(silent), 500):
        some = report.c.unit_id.in_(silent[start : start + 500])
        newest = select(report.c.unit_id, func.max(report.c.period)).where(some).group_by(report.c.unit_id)
        last.update((unit_id, period) for unit_id, period in connection.execute(newest))
    return {each: last.get(each) for each in silent}
