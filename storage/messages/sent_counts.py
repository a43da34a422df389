"""How many messages were sent in a month, where a messenger's plan counts them; what residents were told is counted too."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from storage.database.inserting import insert_into
from storage.database.tables import metadata
from storage.messages.delivery import Mark

sent_count, address = metadata.tables["sent_count"], metadata.tables["address"]


def count_sent(connection: Connection, channel: str, marks: Sequence[Mark], on: date) -> None:
    """Counts what was sent for sure, and what may have been."""
    new = sum(each.fate.state == "said" or each.fate.uncertain for each in marks)
    if not new:
        return
    statement = insert_into(connection, sent_count)
    more = {"sent": sent_count.c.sent + statement.excluded.sent}
    statement = statement.on_conflict_do_update(index_elements=["channel", "month"], set_=more)
    connection.execute(statement, {"channel": channel, "month": on.replace(day=1), "sent": new})


def sent_in_month(connection: Connection, channel: str, on: date) -> int:
    """How many were sent in the month of this day."""
    wanted = select(sent_count.c.sent).where(sent_count.c.channel == channel, sent_count.c.month == on.replace(day=1))
    return connection.execute(wanted).scalar() or 0


def people_there(connection: Connection, channel: str) -> int:
    """How many people with a duty, now or before, are found in a messenger."""
    return int(connection.execute(select(func.count()).where(address.c.channel == channel)).scalar_one())
