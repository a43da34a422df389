"""Who was reminded or nudged of which report, when, and what became of the message: the evidence, as the log has it."""

from collections.abc import Collection
from datetime import date
from typing import cast

from sqlalchemy import Connection, bindparam, select

from reporting.reminder_key import KEPT, REMINDERS, ReminderKind, kept_key
from reporting.rounds.reminder_evidence import SentReminder, State, numbered
from storage.database.tables import metadata

said, outbox, person = (metadata.tables[name] for name in ("said", "outbox", "person"))

_KEPT = tuple(said.c[name] for name in KEPT)
_SPOKEN = said.c.kind.in_([each.value for each in (*REMINDERS, ReminderKind.NUDGE)])
_WORDS_ABOUT = (
    select(
        *_KEPT,
        said.c.unit_id,
        said.c.person_id,
        said.c.said_at,
        said.c.outbox_id,
        said.c.moot,
        person.c.name,
        outbox.c.state,
        outbox.c.said_at.label("left_at"),
    )
    .join(person, person.c.id == said.c.person_id)
    .join(outbox, outbox.c.id == said.c.outbox_id, isouter=True)
    .where(said.c.form == bindparam("form"), said.c.period == bindparam("period"), _SPOKEN)
    .order_by(said.c.said_at, said.c.id)
)


def words_about(
    connection: Connection, form: str, period: date, unit_ids: Collection[int] | None = None
) -> list[SentReminder]:
    """Who was reminded or nudged when, of the reports of one form and period (`unit_ids` None: of all units), in the order of time."""
    statement = _WORDS_ABOUT if unit_ids is None else _WORDS_ABOUT.where(said.c.unit_id.in_(unit_ids))
    messages: dict[tuple[int, int, int | None, bool], SentReminder] = {}
    for row in connection.execute(statement, {"form": form, "period": period}):
        key = (row.unit_id, row.person_id, row.outbox_id, row.moot)
        rule = kept_key(row.kind, row.receiver, row.offset, row.number)
        rules = (*messages[key].rules, rule) if key in messages else (rule,)
        about = (form, row.unit_id, period, row.person_id, row.name)
        state = cast("State", "moot" if row.moot else row.state or "recorded")
        messages[key] = SentReminder(*about, rules, row.said_at, row.left_at, state)
    return numbered(messages.values())
