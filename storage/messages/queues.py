"""How long the queues are, and since when their oldest wait: what the doctor, the alerts and the metrics look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, TextClause, func, select, text

from reporting.say import Rank
from storage.database.tables import metadata
from storage.messages.inbox import IS_NEW
from storage.messages.outbox import WAITS

inbox, outbox, delivery = (metadata.tables[name] for name in ("inbox", "outbox", "portal_delivery"))
IS_ASIDE = text("inbox.state = 'aside'")
"""Written out as in the partial index, see `outbox.WAITS`."""
IS_DUE_AT_PORTAL = text("portal_delivery.state = 'waiting'")
STAFF, RESIDENTS = "staff", "residents"


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits: how many, and since when the oldest does; None where none does."""

    waiting: int = 0
    since: datetime | None = None

    def age(self, now: datetime) -> float:
        """Seconds that the oldest has waited; never less than none, whatever the clock says."""
        return max(0.0, (now - self.since).total_seconds()) if self.since is not None else 0.0

    def __add__(self, other: "Queue") -> "Queue":
        moments = [each for each in (self.since, other.since) if each is not None]
        return Queue(self.waiting + other.waiting, min(moments, default=None))


def inbox_queues(connection: Connection) -> dict[str, Queue]:
    """What was heard and is not handled yet, of staff and of residents."""
    names = {0: STAFF, 1: RESIDENTS}
    return _queues(connection, inbox.c.received_at, IS_NEW, inbox.c.rank, names)


def outbox_queues(connection: Connection) -> dict[str, Queue]:
    """What is to be said or on its way, by its rank («staff_reply», «last_reminder» …)."""
    names = {int(rank): rank.name.lower() for rank in Rank}
    return _queues(connection, outbox.c.created_at, WAITS, outbox.c.rank, names)


def portal_queue(connection: Connection) -> Queue:
    """Units' figures of a period that are due at a portal and have not left."""
    return _one(connection, delivery.c.changed_at, IS_DUE_AT_PORTAL)


def aside_since(connection: Connection, since: datetime) -> int:
    """How many of the updates that came since then could not be handled."""
    found = select(func.count()).select_from(inbox).where(IS_ASIDE, inbox.c.received_at >= since)
    return int(connection.execute(found).scalar_one())


def _queues(
    connection: Connection, since: ColumnElement[Any], waits: TextClause, rank: Any, names: Mapping[int, str]
) -> dict[str, Queue]:
    rows = connection.execute(select(rank, func.count(), func.min(since)).where(waits).group_by(rank))
    return {name: Queue() for name in names.values()} | {names[at]: Queue(*found) for at, *found in rows}


def _one(connection: Connection, since: ColumnElement[Any], waits: TextClause) -> Queue:
    return Queue(*connection.execute(select(func.count(), func.min(since)).where(waits)).one())
