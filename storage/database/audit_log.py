"""The audit as it is read: lines that were searched for, with the words that still stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from reporting.road import Road
from storage.database.audit_line import SEALED
from storage.database.tables import metadata

audit, chain, words = (metadata.tables[name] for name in ("audit", "audit_chain", "audit_words"))
BATCH = 1000


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A line with its place in the chain. `who`, `person_id`: persons' ids. `erased`: details that were, and are None in `detail`."""

    number: int | None
    id: int
    at: datetime
    who: int | None
    road: str
    what: str
    person_id: int | None
    form: str
    unit_id: int | None
    period: date | None
    detail: dict[str, Any]
    erased: tuple[str, ...]
    digest: str | None


@dataclass(frozen=True, slots=True)
class AuditSearch:
    """Which lines are wanted; what is left out says nothing. `person_id`: who did it, or to whom; moments: from, and before.

    `road`: «chat» is any messenger.
    """

    since: datetime | None = None
    until: datetime | None = None
    what: str = ""
    road: str = ""
    form: str = ""
    unit_ids: tuple[int, ...] = ()
    person_id: int | None = None


def find_lines(connection: Connection, search: AuditSearch, newest: int | None = None) -> Iterator[AuditEntry]:
    """The lines in the order in which they were written; or the `newest` so many, newest first. Memory does not grow with them."""
    wanted = _wanted(search)
    edge: int | None = None
    left = newest
    while left is None or left > 0:
        order = audit.c.id if newest is None else audit.c.id.desc()
        after = _beyond(edge, is_upward=newest is None)
        statement = (
            select(audit, chain.c.number, chain.c.digest)
            .select_from(audit.outerjoin(chain, chain.c.line_id == audit.c.id))
            .where(*wanted, *after)
            .order_by(order)
            .limit(BATCH if left is None else min(BATCH, left))
        )
        rows = connection.execute(statement).all()
        if not rows:
            return
        apart = _words(connection, [row.id for row in rows])
        for row in rows:
            yield _entry(row, apart.get(row.id, {}))
        edge, left = rows[-1].id, None if left is None else left - len(rows)


def _beyond(edge: int | None, *, is_upward: bool) -> list[ColumnElement[bool]]:
    if edge is None:
        return []
    return [audit.c.id > edge if is_upward else audit.c.id < edge]


def _wanted(search: AuditSearch) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if search.since is not None:
        found.append(audit.c.at >= search.since)
    if search.until is not None:
        found.append(audit.c.at < search.until)
    named = {"what": search.what, "form": search.form}
    found += [audit.c[name] == value for name, value in named.items() if value]
    if search.road == Road.CHAT:
        found.append(audit.c.road.not_in(["", *(each for each in Road if each != Road.CHAT)]))
    elif search.road:
        found.append(audit.c.road == search.road)
    if search.unit_ids:
        found.append(audit.c.unit_id.in_(search.unit_ids))
    if search.person_id is not None:
        found.append((audit.c.who == search.person_id) | (audit.c.person_id == search.person_id))
    return found


def _words(connection: Connection, ids: list[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for row in connection.execute(select(words).where(words.c.line_id.in_(ids))):
        found.setdefault(row.line_id, {})[row.name] = row.content
    return found


def _entry(row: Any, apart: dict[str, Any]) -> AuditEntry:
    sealed = [name for name, value in row.detail.items() if isinstance(value, dict) and set(value) == {SEALED}]
    detail = row.detail | {name: apart.get(name) for name in sealed}
    return AuditEntry(
        number=row.number,
        id=row.id,
        at=row.at,
        who=row.who,
        road=row.road,
        what=row.what,
        person_id=row.person_id,
        form=row.form,
        unit_id=row.unit_id,
        period=row.period,
        detail=detail,
        erased=tuple(name for name in sealed if name not in apart),
        digest=row.digest,
    )
