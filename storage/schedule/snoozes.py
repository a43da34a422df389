"""Who is not to be interrupted now: answers in progress, who asked to be left in peace for a while."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from reporting.rounds.suppression import SNOOZE_LASTS, STILL_AFTER, Suppression
from storage.database.inserting import insert_into
from storage.database.tables import metadata

draft, snoozed = metadata.tables["draft"], metadata.tables["snooze"]

_WARM = select(draft.c.form, draft.c.unit_id, draft.c.period, draft.c.holder_id).where(
    draft.c.touched_at > bindparam("since"),
    draft.c.touched_at <= bindparam("now"),
    draft.c.state != "sent",
    draft.c.practice == 0,
)
_SNOOZED = select(snoozed.c.person_id, snoozed.c.until_at).where(snoozed.c.until_at > bindparam("since"))


def suppression_at(connection: Connection, now: datetime, until: datetime | None = None) -> Suppression:
    """Who is not to be interrupted at `now`, by answers up to `until` (None: up to now)."""
    warm = list(connection.execute(_WARM, {"since": now - STILL_AFTER, "now": until or now}))
    asked = connection.execute(_SNOOZED, {"since": now - SNOOZE_LASTS})
    return Suppression(
        frozenset(row.holder_id for row in warm if row.holder_id is not None),
        frozenset((row.form, row.unit_id, row.period) for row in warm),
        {row.person_id: row.until_at for row in asked},
    )


def snooze(connection: Connection, person_id: int, until: datetime) -> None:
    """This person hears of no report of his until then; then he is reminded of those that he was reminded of before."""
    statement = insert_into(connection, snoozed).values(person_id=person_id, until_at=until)
    newest = {"until_at": statement.excluded.until_at}
    connection.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=newest))


def end(connection: Connection, person_id: int) -> None:
    """The person's wish not to be reminded is forgotten."""
    connection.execute(delete(snoozed).where(snoozed.c.person_id == person_id))
