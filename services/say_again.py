"""Say again: a message that could not be said, or of which nobody knows whether it came, is said once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from reporting.channel import Channels, is_in_use
from reporting.errors import Refused
from reporting.people import Duty
from reporting.undelivered import Unsaid, of_desk
from reporting.units import UnitTree
from storage.database import audit
from storage.messages import undelivered


@dataclass(frozen=True, slots=True)
class Admin:
    """A person who wishes it, with his duties in force among the units of `tree`."""

    person_id: int
    duties: Sequence[Duty]
    tree: UnitTree


def say_again(
    connection: Connection, message_id: int, channels: Channels, on: date, now: datetime, admin: Admin | None = None
) -> Unsaid:
    """The message as it stood; it goes out anew. `admin` None: the desk's command line, which answers for every message.

    `on`: whose duties count. Raises Refused where it is not among the unsaid any more («unsaid_gone»), or not the admin's to answer
    for; and where nobody speaks in its channel.
    """
    found = undelivered.one_unsaid(connection, message_id, on)
    is_theirs = found is not None and (admin is None or bool(of_desk([found], admin.duties, admin.tree)))
    if found is None or not is_theirs:
        raise Refused("unsaid_gone", id=str(message_id))
    if not is_in_use(channels, found.effect.to.channel):
        raise Refused("unsaid_not_set", id=str(message_id))
    if not undelivered.say_again(connection, message_id, now):
        raise Refused("unsaid_gone", id=str(message_id))
    audit.write(connection, now, admin.person_id if admin else None, "say again", message=message_id)
    return found
