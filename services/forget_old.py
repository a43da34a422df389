"""What was kept long enough goes: words that were heard and said, what residents told the desk, names of whoever left long ago."""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from reporting.person_record import Keeping
from services.person_data import erase_person
from storage.database import audit
from storage.database.audit_erasing import forget_feedback
from storage.messages import inbox, typed_choices
from storage.messages.file_addresses import drop_expired_files
from storage.messages.forgetting import empty_said
from storage.organisation import erasing, guesses, people

AT_ONCE = 2000
"""Rows of the outbox in one transaction."""
PEOPLE_AT_ONCE = 20
REPEATED_FOR = timedelta(days=8)
"""How long an update's id is kept against repetition: Telegram repeats for a day, and begins anew after a silent week."""


def forget_old(connection: Connection, keeping: Keeping, on: date, now: datetime, after: int = 0) -> int:
    """Once an hour. `after`: up to which row of the outbox nothing is left to be emptied, as the last call told."""
    texts = timedelta(days=keeping.inbox)
    inbox.forget(connection, now, texts, max(texts + timedelta(days=1), REPEATED_FOR))
    guesses.sweep(connection, now)
    drop_expired_files(connection, now)
    typed_choices.forget_choices(connection, now - typed_choices.KEPT_FOR)
    upto = empty_said(connection, after, AT_ONCE, now - timedelta(days=keeping.outbox))
    feedback = forget_feedback(connection, now - timedelta(days=keeping.feedback))
    if feedback:
        audit.write(connection, now, None, "feedback forgotten", count=feedback)
    gone = erasing.without_duty_since(connection, on, keeping.names, PEOPLE_AT_ONCE) if keeping.names else []
    for person in people.people_of(connection, gone).values():
        erase_person(connection, person, on, now)
    return upto
