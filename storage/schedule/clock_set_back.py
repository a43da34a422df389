"""What was noted while a machine's clock stood ahead: once it is right again it would hold people back until that time."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, update

from storage.database.tables import metadata

AHEAD = timedelta(minutes=5)
"""By so much clocks of several machines may differ; what happened later than this lies ahead."""
WAIT = timedelta(days=1)
"""So long something may rightly wait: a chat that Telegram wants to be left in peace, a snooze, figures that go to a portal again."""

HOLDING_BACK = {
    "code_turn": ("from_at", AHEAD),
    "draft": ("touched_at", AHEAD),
    "follow": ("told_at", AHEAD),
    "own_hour": ("set_at", AHEAD),
    "pause": ("until_at", WAIT),
    "portal_delivery": ("next_at", WAIT),
    "rule_run": ("ran_at", AHEAD),
    "said": ("said_at", AHEAD),
    "snooze": ("until_at", WAIT),
    "wrong_code": ("at", AHEAD),
}
"""By table, the moment that somebody is silent after, waits for or counts from, and by how much it may lie ahead. What a report, a
message or the audit is stamped with stays: it is what the clock showed."""


def count_from_now(connection: Connection, now: datetime) -> int:
    """Whatever lies ahead happened now, as far as anybody can know; the number of rows that did."""
    changed = 0
    for name, (column, allowed) in HOLDING_BACK.items():
        table = metadata.tables[name]
        changed += connection.execute(
            update(table).where(table.c[column] > now + allowed).values({column: now})
        ).rowcount
    return changed
