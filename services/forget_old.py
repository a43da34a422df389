"""What was kept long enough goes: words that were heard and said, what residents told the desk, names of whoever left long ago."""

from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from reporting.person_record import Keeping
from reporting.tick_parts import Apart, TickPart, as_one
from services.person_data import erase_person
from storage.database import audit
from storage.database.audit_erasing import forget_feedback
from storage.messages import inbox, typed_choices
from storage.messages.file_addresses import drop_expired_files
from storage.messages.forgetting import empty_said
from storage.organisation import erasing, guesses, people
from storage.schedule import alerts

AT_ONCE = 2000
"""Rows of the outbox in one transaction."""
PEOPLE_AT_ONCE = 20
REPEATED_FOR = timedelta(days=8)
"""How long an update's id is kept against repetition: Telegram repeats for a day, and begins anew after a silent week."""

ALERTS_FOR = timedelta(days=90)
"""How long it is kept that an alert is over."""


def forget_old(
    connection: Connection, keeping: Keeping, on: date, now: datetime, after: int = 0, *, apart: Apart = as_one
) -> int:
    """Once an hour. `after`: up to which row of the outbox nothing is left to be emptied, as the last call told. `apart`: forgets what
    is of one kind, and one person.
    """
    texts = timedelta(days=keeping.inbox)
    rows = max(texts + timedelta(days=1), REPEATED_FOR)
    apart(TickPart(row="inbox"), partial(inbox.forget, connection, now, texts, rows))
    apart(TickPart(row="guesses"), partial(guesses.sweep, connection, now))
    apart(TickPart(row="files"), partial(drop_expired_files, connection, now))
    apart(TickPart(row="alerts"), partial(alerts.drop_over, connection, now - ALERTS_FOR))
    typed_before = now - typed_choices.KEPT_FOR
    apart(TickPart(row="choices"), partial(typed_choices.forget_choices, connection, typed_before))
    said_before = now - timedelta(days=keeping.outbox)
    upto = apart(TickPart(row="outbox"), partial(empty_said, connection, after, AT_ONCE, said_before))
    apart(TickPart(row="feedback"), partial(_forget_feedback, connection, keeping, now))
    gone = erasing.without_duty_since(connection, on, keeping.names, PEOPLE_AT_ONCE) if keeping.names else []
    for person in people.people_of(connection, gone).values():
        apart(TickPart(person_id=person.id), partial(erase_person, connection, person, on, now))
    return after if upto is None else upto


def _forget_feedback(connection: Connection, keeping: Keeping, now: datetime) -> None:
    feedback = forget_feedback(connection, now - timedelta(days=keeping.feedback))
    if feedback:
        audit.write(connection, now, None, "feedback forgotten", count=feedback)
