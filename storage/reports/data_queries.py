"""Questions about figures that were asked back: kept, reminded of, closed."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, exists, insert, select, text, update

from reporting.rounds.data_query import AskedBack, State
from storage.database.tables import metadata

asked_back, report = metadata.tables["asked_back"], metadata.tables["report"]

IS_UNANSWERED = text("asked_back.state = 'unanswered'")
"""Written out as in the partial index."""

_OPEN = select(asked_back).where(asked_back.c.state == "open").order_by(asked_back.c.id)
_BY_ID = select(asked_back).where(asked_back.c.id == bindparam("id")).with_for_update()


def keep(connection: Connection, new: AskedBack) -> AskedBack | None:
    """Keeps a question; None if just this figure is being asked about already."""
    same = (
        asked_back.c.form == new.form,
        asked_back.c.unit_id == new.unit_id,
        asked_back.c.period == new.period,
        asked_back.c.indicator == new.indicator,
    )
    if connection.execute(_OPEN.where(*same)).first() is not None:
        return None
    values: dict[str, Any] = {
        "form": new.form,
        "unit_id": new.unit_id,
        "period": new.period,
        "indicator": new.indicator,
        "value": new.value,
        "revision": new.revision,
        "note": new.note,
        "asked_by": new.asked_by,
        "asked_at": new.asked_at,
        "due_at": new.due_at,
        "state": "open",
        "answer": "",
    }
    row = connection.execute(insert(asked_back).returning(asked_back), values).mappings().one()
    return _asked(row)


def asked(connection: Connection, question_id: int) -> AskedBack | None:
    """The question with this id, kept for this transaction."""
    row = connection.execute(_BY_ID, {"id": question_id}).mappings().first()
    return _asked(row) if row else None


def open_questions(connection: Connection, unit_ids: Collection[int] | None = None) -> list[AskedBack]:
    """The questions that are open (of these units), oldest first."""
    statement = _OPEN if unit_ids is None else _OPEN.where(asked_back.c.unit_id.in_(unit_ids))
    return [_asked(row) for row in connection.execute(statement).mappings()]


def unanswered(connection: Connection, since: datetime, most: int = 50) -> list[AskedBack]:
    """The questions that ended since then without an answer, of reports that are as they were, oldest first."""
    newer = exists().where(
        report.c.form == asked_back.c.form,
        report.c.unit_id == asked_back.c.unit_id,
        report.c.period == asked_back.c.period,
        report.c.revision > asked_back.c.revision,
    )
    ended = (IS_UNANSWERED, asked_back.c.ended_at > since, ~newer)
    rows = connection.execute(select(asked_back).where(*ended).order_by(asked_back.c.id).limit(most)).mappings()
    return [_asked(row) for row in rows]


def of_report(connection: Connection, form: str, unit_id: int, period: date) -> list[AskedBack]:
    """All that was ever asked about a unit's report, oldest first."""
    about = (asked_back.c.form == form, asked_back.c.unit_id == unit_id, asked_back.c.period == period)
    rows = connection.execute(select(asked_back).where(*about).order_by(asked_back.c.id)).mappings()
    return [_asked(row) for row in rows]


def close(
    connection: Connection, question: AskedBack, state: State, now: datetime, by: int | None, answer: str
) -> bool:
    """The question ends so; False if it had ended already. `by`: the person who answered, None: the clock."""
    still = (asked_back.c.id == question.id, asked_back.c.state == "open")
    values = {"state": state, "ended_at": now, "answered_by": by, "answer": answer}
    return connection.execute(update(asked_back).where(*still).values(values)).rowcount == 1


def reminded(connection: Connection, question: AskedBack, now: datetime) -> bool:
    """Takes note of the reminder; False if another process has just reminded."""
    still = (asked_back.c.id == question.id, asked_back.c.state == "open", asked_back.c.reminded_at.is_(None))
    return connection.execute(update(asked_back).where(*still).values(reminded_at=now)).rowcount == 1


def _asked(row: RowMapping) -> AskedBack:
    return AskedBack(**row)
