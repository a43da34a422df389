"""Why reports are late, as their units have said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from storage.database.inserting import insert_into
from storage.database.tables import metadata

late_reason = metadata.tables["late_reason"]


@dataclass(frozen=True, slots=True)
class GivenLateReason:
    """Why a report is late: one of `reminder_buttons.LATE_REASONS`, or «other» with the `words` that were typed."""

    unit_id: int
    reason: str
    words: str
    given_at: datetime


def give(
    connection: Connection,
    form: str,
    unit_id: int,
    period: date,
    reason: str,
    *,
    words: str = "",
    person_id: int | None,
    now: datetime,
) -> None:
    """Keeps why a unit's report is late; a newer reason replaces the older."""
    given = {"reason": reason, "words": words, "person_id": person_id, "given_at": now}
    statement = insert_into(connection, late_reason).values(form=form, unit_id=unit_id, period=period, **given)
    newest = {name: statement.excluded[name] for name in given}
    index = ["form", "unit_id", "period"]
    connection.execute(statement.on_conflict_do_update(index_elements=index, set_=newest))


_WORDS_WANTED = (
    select(late_reason.c.form, late_reason.c.unit_id, late_reason.c.period, late_reason.c.given_at)
    .where(late_reason.c.form.in_(bindparam("forms", expanding=True)))
    .where(late_reason.c.unit_id.in_(bindparam("unit_ids", expanding=True)))
    .where(late_reason.c.person_id == bindparam("person_id"), late_reason.c.given_at >= bindparam("since"))
    .where(late_reason.c.reason == "other", late_reason.c.words == "")
    .order_by(late_reason.c.given_at.desc(), late_reason.c.unit_id)
)


def words_wanted(
    connection: Connection, forms: Sequence[str], unit_ids: Sequence[int], person_id: int, since: datetime
) -> tuple[datetime, list[tuple[str, int, date]]] | None:
    """When this person last tapped that reports are late for another reason, which he has not said yet, and which reports."""
    wanted = {"forms": forms, "unit_ids": unit_ids, "person_id": person_id, "since": since}
    rows = connection.execute(_WORDS_WANTED, wanted).all()
    if not rows:
        return None
    tapped_at = rows[0].given_at
    return tapped_at, [(row.form, row.unit_id, row.period) for row in rows if row.given_at == tapped_at]


def given(connection: Connection, form: str, period: date) -> dict[int, GivenLateReason]:
    """The reasons that were given for being late with a period, by unit id."""
    columns = (late_reason.c.unit_id, late_reason.c.reason, late_reason.c.words, late_reason.c.given_at)
    statement = select(*columns).where(late_reason.c.form == form, late_reason.c.period == period)
    return {row.unit_id: GivenLateReason(*row) for row in connection.execute(statement)}
