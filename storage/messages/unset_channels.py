"""What was put in the outbox for a channel that nobody speaks in: by the command line, or before it was taken out of the settings."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, or_, text, update

from reporting.retries import NOT_SET
from storage.messages.outbox import IS_NEW, outbox

_ANY = outbox.c
_IS_SENDING = text("outbox.state = 'sending'")
BEING_SAID_FOR = timedelta(minutes=10)
"""No process says one message for so long: it has ended."""


def end_waiting(connection: Connection, channels: Collection[str], now: datetime) -> None:
    """What waits there is dead, or unknown if it may have come; so is what was being said there when its process ended."""
    if not channels:
        return
    there = _ANY.channel.in_(sorted(channels))
    becomes = case((_ANY.uncertain > 0, "unknown"), else_="dead")
    connection.execute(update(outbox).where(IS_NEW, there).values(state=becomes, error=NOT_SET))
    is_left = or_(_ANY.sending_at.is_(None), _ANY.sending_at < now - BEING_SAID_FOR)
    unknown = {"state": "unknown", "error": NOT_SET, "uncertain": _ANY.uncertain + 1}
    connection.execute(update(outbox).where(_IS_SENDING, there, is_left).values(unknown))
