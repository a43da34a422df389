"""Who is not to be interrupted now: answers in progress, who asked to be left in peace for a while; and why a report is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, select

from reporting.rounds.suppression import SNOOZE_LASTS, STILL_AFTER, Suppression
from storage.database.inserting import insert_into
from storage.database.tables import metadata

draft, snoozed, late_reason = (metadata.tables[name] for name in ("draft", "snooze", "late_reason"))

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


@dataclass(frozen=True, slots=True)
class GivenLateReason:
    """Why a report is late: one of `reminder_buttons.LATE_REASONS`, or «other» with the `words` that were typed."""

    unit_id: int
    reason: str
    words: str
    given_at: datetime


def give_late_reason(
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


def late_reasons(connection: Connection, form: str, period: date) -> dict[int, GivenLateReason]:
    """The reasons that were given for being late with a period, by unit id."""
    columns = (late_reason.c.unit_id, late_reason.c.reason, late_reason.c.words, late_reason.c.given_at)
    statement = select(*columns).where(late_reason.c.form == form, late_reason.c.period == period)
    return {row.unit_id: GivenLateReason(*row) for row in connection.execute(statement)}
