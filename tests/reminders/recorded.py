"""What the records of a year hold: each word that somebody was told, with the message in which he was."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from reporting.people import Role
from tests.reminders.audience import Audience, Message
from tests.reminders.chronicle import Chronicle
from tests.reminders.district import HEARERS, KINDS, Report
from tests.reminders.town import Town, outbox, said


@dataclass(frozen=True)
class Word:
    """That somebody was told of a report by a rule: `said_at` is when the teller's clock showed so, `really` when it was.

    `receiver`: by whose rules he hears. `state` None: no message went out for this rule alone. `moot`: the report came before.
    """

    name: str
    receiver: Role
    report: Report
    rule: str
    said_at: datetime
    really: datetime
    state: str | None
    moot: bool
    outbox_id: int | None
    message: Message | None

    @property
    def due_at(self) -> datetime:
        return KINDS[self.report[0]].comes_due(self.rule, self.report[2])

    @property
    def has_left(self) -> bool:
        return self.state == "said"


def recorded(town: Town, chronicle: Chronicle, audience: Audience) -> list[Word]:
    """All of it."""
    units = {town.unit(name).id: name for name in HEARERS}
    people = {number: name for name, number in town.people.items()}
    message = (outbox.c.state, outbox.c.address, outbox.c.say)
    with town.engine.begin() as connection:
        rows = connection.execute(select(said, *message).join(outbox, isouter=True)).all()
    return [_word(row, units[row.unit_id], people[row.person_id], chronicle, audience) for row in rows]


def _word(row: Row[Any], unit: str, name: str, chronicle: Chronicle, audience: Audience) -> Word:
    return Word(
        name,
        next(receiver for each, receiver in HEARERS[unit] if each == name),
        (row.form, unit, row.period),
        row.rule,
        row.said_at,
        chronicle.clocks[row.said_at],
        row.state,
        row.moot,
        row.outbox_id,
        audience.message(row.address, row.say["text"]) if row.address else None,
    )
