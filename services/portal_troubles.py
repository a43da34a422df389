"""What stands in the way of figures at portals: values that were refused, and targets that nothing reaches."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from reporting.errors import Refusal
from reporting.portal.pauses import STANDS_STILL
from reporting.portal.reading import read_mapping
from reporting.portal.troubles import RefusedDelivery, StoppedTarget
from storage.portal import deliveries, receipts, targets
from storage.portal.targets import Target

LOOK_BACK = timedelta(days=2)
"""What was refused longer ago is not told any more; the desk still finds it."""


def refused_lately(connection: Connection, now: datetime) -> list[RefusedDelivery]:
    """Oldest first, each with the taker's words about every value that he refused."""
    known = {each.id: each for each in targets.targets(connection)}
    found = []
    for each in deliveries.refused_since(connection, now - LOOK_BACK):
        of = known[each.target_id]
        said = receipts.newest_of(connection, each.id).values()
        refused = tuple(one for one in said if one.state == "refused")
        at = each.sent_at or now
        found.append(
            RefusedDelivery(each.id, _title(of), of.form, each.unit_id, each.period, each.sent_turn, at, refused)
        )
    return found


def stopped_targets(connection: Connection, now: datetime) -> list[StoppedTarget]:
    """Those that nothing has reached for long, while something waits for them."""
    return [
        StoppedTarget(each.id, _title(each), each.form, each.stopped_at, each.error, waiting)
        for each in targets.targets(connection)
        if each.stopped_at is not None
        and each.stopped_at <= now - STANDS_STILL
        and (waiting := deliveries.waiting(connection, each.id))
    ]


def _title(of: Target) -> str:
    try:
        return read_mapping(of.source).title or of.key
    except Refusal:  # an earlier release took it
        return of.key
