"""What was said by which rule: recorded once by its key, taken back while it waits, and asked for before more is said."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)

from reporting.reminder_key import KEPT, REMINDERS, ReminderKey, ReminderKind, kept_key
from reporting.retries import NOT_SET, UNREACHABLE
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Rank
from reporting.tick_parts import Apart, TickPart, as_one
from storage.database.inserting import insert_into
from storage.database.tables import metadata
from storage.messages.outbox import IS_NEW, IS_STILL_NEW, WAITS

said, outbox, address = (metadata.tables[name] for name in ("said", "outbox", "address"))

_KEPT = tuple(said.c[name] for name in KEPT)
_OF = (said.c.form, said.c.unit_id, said.c.period, said.c.person_id)
_TOLD = (*_KEPT, *_OF, said.c.said_at, said.c.outbox_id)
_KEY = (*KEPT, "form", "unit_id", "period", "person_id")
_REMINDS = said.c.kind.in_([each.value for each in REMINDERS])
"""Digests are recorded beside reminders; they are none."""
_IS_DEAD = outbox.c.state == "dead"
_IS_SHUT_OUT = and_(_IS_DEAD, outbox.c.error.startswith(UNREACHABLE, autoescape=True), outbox.c.error != NOT_SET)
"""It died because the chat was closed to us: when that can be reached again, it is as if nothing had been said. Not so in a channel
that is not set: whoever is found elsewhere too is among the recipients, and would be told anew at each tick.
"""
_OF_ROUND = (
    select(*_KEPT, said.c.unit_id, said.c.person_id, said.c.said_at, said.c.outbox_id, _IS_DEAD.label("is_lost"))
    .join(outbox, outbox.c.id == said.c.outbox_id, isouter=True)
    .where(said.c.form == bindparam("form"), said.c.period == bindparam("period"), said.c.moot.is_(False), _REMINDS)
    .where(or_(outbox.c.id.is_(None), ~_IS_SHUT_OUT))
)
_WAITING = select(outbox.c.uncertain, *_TOLD).join(outbox, outbox.c.id == said.c.outbox_id).where(IS_NEW, _REMINDS)


def told(connection: Connection, rounds: Iterable[tuple[str, date]], *, apart: Apart = as_one) -> list[ReminderRecord]:
    """What was said of these forms' periods, and every reminder that still waits to leave. `apart`: reads each form's."""
    waiting = [_waiting(*row) for row in connection.execute(_WAITING)]
    messages = {each.message for each in waiting}
    found = list(waiting)
    for form, period in rounds:
        of_round = apart(TickPart(form=form), partial(_told_of, connection, form, period)) or ()
        found += [each for each in of_round if each.message not in messages]
    return found


def _told_of(connection: Connection, form: str, period: date) -> list[ReminderRecord]:
    return [
        ReminderRecord(kept_key(*key), form, unit_id, period, person_id, said_at, message, is_lost=bool(is_lost))
        for *key, unit_id, person_id, said_at, message, is_lost in connection.execute(
            _OF_ROUND, {"form": form, "period": period}
        )
    ]


def _waiting(uncertain: int, *row: Any) -> ReminderRecord:
    return _record_of(*row)._replace(waits=True, in_doubt=uncertain > 0)


def _record_of(*row: Any) -> ReminderRecord:
    """One record from the columns of `_TOLD`."""
    return ReminderRecord(kept_key(*row[: len(KEPT)]), *row[len(KEPT) :])


def record(connection: Connection, new: Sequence[ReminderRecord]) -> list[ReminderRecord]:
    """Records what is being said; those of it that nobody had recorded before. In one order, so that nobody waits in a ring.

    What died before a closed chat was not said: its record becomes that of the new message.
    """
    new_rows = insert_into(connection, said)
    anew = {name: new_rows.excluded[name] for name in ("said_at", "outbox_id")}
    # named by hand: SQLAlchemy would put `said` into the subquery, and any message that was shut out would open every record
    was_shut_out = exists().where(outbox.c.id == literal_column("said.outbox_id"), _IS_SHUT_OUT)
    statement = new_rows.on_conflict_do_update(index_elements=_KEY, set_=anew, where=was_shut_out).returning(*_TOLD)
    ordered = sorted(new, key=lambda each: (each.form, each.period, each.unit_id, each.person_id, each.rule.spelled))
    rows = [
        each.rule.columns
        | {
            "form": each.form,
            "unit_id": each.unit_id,
            "period": each.period,
            "person_id": each.person_id,
            "said_at": each.at,
            "outbox_id": each.message,
        }
        for each in ordered
    ]
    return [_record_of(*row) for row in connection.execute(statement, rows)] if rows else []


def take_back(connection: Connection, messages: Collection[int]) -> int:
    """Takes back messages that have not left yet, with the record of their being said; how many it still caught.

    One that may have come though nobody knows is not tried again, and stays recorded as that; so does one that the desk wanted
    said again after it had been refused.
    """
    ids, caught = sorted(messages), 0
    for start in range(0, len(ids), 5000):
        some = outbox.c.id.in_(ids[start : start + 5000])
        waiting = select(outbox.c.id, outbox.c.uncertain, outbox.c.tries).where(some, IS_STILL_NEW)
        held = connection.execute(waiting.with_for_update()).all()
        unsaid = [row.id for row in held if not row.uncertain and not row.tries]
        connection.execute(delete(said).where(said.c.outbox_id.in_(unsaid)))
        connection.execute(delete(outbox).where(outbox.c.id.in_(unsaid)))
        if len(unsaid) < len(held):
            tried = outbox.c.id.in_([row.id for row in held if row.uncertain or row.tries])
            becomes = case((outbox.c.uncertain > 0, "unknown"), else_="dead")
            connection.execute(update(outbox).where(tried).values(state=becomes))
        caught += len(held)
    return caught


_ABOUT = and_(
    said.c.form == bindparam("of_form"), said.c.unit_id == bindparam("of_unit"), said.c.period == bindparam("of_period")
)
_WAITING_ABOUT = (
    select(outbox.c.id, outbox.c.uncertain)
    .join(said, said.c.outbox_id == outbox.c.id)
    .where(_ABOUT, _REMINDS, IS_STILL_NEW)
    .with_for_update(of=outbox)
)
_MOOT = (
    update(said)
    .where(_ABOUT, said.c.outbox_id.in_(bindparam("messages", expanding=True)))
    .values(moot=True, outbox_id=None)
)


def withdraw(connection: Connection, form: str, unit_id: int, period: date) -> int:
    """A report has come: reminders of it that still wait are taken back, and recorded as moot; how many it still caught.

    What else they spoke of is said by the next tick.
    """
    about = {"of_form": form, "of_unit": unit_id, "of_period": period}
    held = {row.id: row.uncertain for row in connection.execute(_WAITING_ABOUT, about)}
    if held:
        connection.execute(_MOOT, about | {"messages": [each for each, uncertain in held.items() if not uncertain]})
    return take_back(connection, held)


_HAS_HEARD = _OF_ROUND.where(said.c.person_id == bindparam("person_id")).limit(1)


def has_heard(connection: Connection, person_id: int, rounds: Iterable[tuple[str, date]]) -> bool:
    """Whether this person was reminded of any report of these forms' periods."""
    wanted = ({"form": form, "period": period, "person_id": person_id} for form, period in rounds)
    return any(connection.execute(_HAS_HEARD, each).first() is not None for each in wanted)


REMIND = [int(each) for each in (Rank.LAST_REMINDER, Rank.REMINDER, Rank.EARLY_REMINDER)]
_CHATS = select(address.c.channel, address.c.address).where(address.c.person_id == bindparam("person_id"))
WAITING_AT = (
    select(outbox.c.id)
    .where(outbox.c.channel == bindparam("chan"), outbox.c.address == bindparam("addr"), WAITS)
    .where(outbox.c.rank.in_(REMIND), IS_STILL_NEW)
    .where(exists().where(said.c.outbox_id == outbox.c.id, _REMINDS))
    .with_for_update(of=outbox)
)


def put_off(connection: Connection, person_id: int) -> int:
    """This person is at an answer: reminders that wait to leave for him are taken back; how many it still caught.

    What of them is still due when the draft has been still for a while is said then by the tick.
    """
    waiting = list[int]()
    for channel, chat in connection.execute(_CHATS, {"person_id": person_id}).all():
        waiting += connection.execute(WAITING_AT, {"chan": channel, "addr": chat}).scalars()
    return take_back(connection, waiting)


def recorded(connection: Connection, kinds: Iterable[ReminderKind], since: date) -> list[ReminderRecord]:
    """What was said once of no form, of these kinds, of periods from that day on."""
    of_none = (said.c.form == "", said.c.period >= since, said.c.kind.in_([each.value for each in kinds]))
    return [_record_of(*row) for row in connection.execute(select(*_TOLD).where(*of_none))]


def recorded_of(connection: Connection, kind: ReminderKind, form: str, since: date) -> list[ReminderRecord]:
    """What was said once of this kind, of a form's periods from that day on."""
    of_kind = (said.c.form == form, said.c.period >= since, said.c.kind == kind.value)
    return [_record_of(*row) for row in connection.execute(select(*_TOLD).where(*of_kind))]


def recorded_about(
    connection: Connection, kind: ReminderKind, form: str, unit_id: int, period: date
) -> list[ReminderRecord]:
    """What was said once of this kind about one unit and period, in the order of time."""
    about = (said.c.form == form, said.c.unit_id == unit_id, said.c.period == period, said.c.kind == kind.value)
    rows = connection.execute(select(*_TOLD).where(*about).order_by(said.c.said_at, said.c.id))
    return [_record_of(*row) for row in rows]


def readers_told(connection: Connection, rule: ReminderKey, form: str, period: date) -> set[tuple[int, int]]:
    """Whom this rule has told of a period: unit id and person id."""
    of_rule = [said.c[name] == value for name, value in rule.columns.items() if name in KEPT]
    statement = select(said.c.unit_id, said.c.person_id).where(said.c.form == form, said.c.period == period, *of_rule)
    return {(unit_id, person_id) for unit_id, person_id in connection.execute(statement)}


def told_last(
    connection: Connection, kind: ReminderKind, form: str, since: date, person_ids: Collection[int]
) -> dict[int, datetime]:
    """When each of these people was last told anything of this kind about a form's periods from that day on; by person id."""
    about = (said.c.kind == kind.value, said.c.form == form, said.c.period >= since, said.c.person_id.in_(person_ids))
    statement = select(said.c.person_id, func.max(said.c.said_at)).where(*about).group_by(said.c.person_id)
    return {row[0]: row[1] for row in connection.execute(statement)}


def told_of(
    connection: Connection, kind: ReminderKind, form: str, since: date
) -> set[tuple[int, date, int, ReminderKey]]:
    """What of this kind was told about a form's periods from that day on: unit id, period, person id and key."""
    about = (said.c.kind == kind.value, said.c.form == form, said.c.period >= since)
    rows = connection.execute(select(said.c.unit_id, said.c.period, said.c.person_id, *_KEPT).where(*about))
    return {(unit_id, period, person_id, kept_key(*key)) for unit_id, period, person_id, *key in rows}
