"""To whom announcements went, what became of their messages, and who has acknowledged them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, bindparam, case, delete, select, update

from reporting.announcement import Receipt, ReceiptState
from storage.database.inserting import insert_into
from storage.database.tables import metadata
from storage.messages.outbox import IS_STILL_NEW

receipt, notice, outbox, person = (metadata.tables[name] for name in ("notice_receipt", "notice", "outbox", "person"))
_READ = (
    select(
        receipt.c.id, receipt.c.notice_id, receipt.c.person_id, person.c.name, receipt.c.unit_id, receipt.c.put_at,
        case((outbox.c.uncertain > 0, case((outbox.c.state == "new", "sending"), else_=outbox.c.state)),
             else_=outbox.c.state),
        outbox.c.said_at, outbox.c.message_id, receipt.c.edition, receipt.c.acknowledged_at, receipt.c.reminded_at,
    )
    .join(person, person.c.id == receipt.c.person_id)
    .join(outbox, outbox.c.id == receipt.c.outbox_id, isouter=True)
    .order_by(receipt.c.id)
)  # fmt: skip
"""A message that is to be tried once more, as nobody knows whether it came, is still being sent."""


_PUT = (
    update(receipt)
    .where(receipt.c.notice_id == bindparam("number"), receipt.c.person_id == bindparam("person"))
    .values(outbox_id=bindparam("row"), edition=bindparam("given"))
)


def receipts_of(connection: Connection, number: int) -> list[Receipt]:
    """All of an announcement's, in the order in which they were put there."""
    return [_made(*row) for row in connection.execute(_READ.where(receipt.c.notice_id == number))]


def receipt_of(connection: Connection, number: int, person_id: int) -> Receipt | None:
    """That of a person; None where it did not go to him."""
    mine = (receipt.c.notice_id == number, receipt.c.person_id == person_id)
    row = connection.execute(_READ.where(*mine)).first()
    return _made(*row) if row is not None else None


def newest_unacknowledged(connection: Connection, person_id: int) -> int | None:
    """The number of the newest announcement that went to a person, is not recalled, and that he has not acknowledged."""
    mine = (
        receipt.c.person_id == person_id,
        receipt.c.edition > 0,
        receipt.c.acknowledged_at.is_(None),
        notice.c.state == "sent",
    )
    wanted = select(notice.c.id).join(receipt, receipt.c.notice_id == notice.c.id).where(*mine)
    return connection.execute(wanted.order_by(notice.c.id.desc()).limit(1)).scalar()


def newest_received(connection: Connection, person_id: int) -> int | None:
    """The number of the newest announcement that went to a person and is not recalled."""
    mine = (receipt.c.person_id == person_id, receipt.c.edition > 0, notice.c.state == "sent")
    wanted = select(notice.c.id).join(receipt, receipt.c.notice_id == notice.c.id).where(*mine)
    return connection.execute(wanted.order_by(notice.c.id.desc()).limit(1)).scalar()


def add_receipts(connection: Connection, number: int, seats: Mapping[int, int], now: datetime) -> list[int]:
    """Receipts for people (by id, the unit by whose duty) who are given nothing yet; the ids of those who had none, in order."""
    rows = [
        {"notice_id": number, "person_id": each, "unit_id": seats[each], "put_at": now, "edition": 0}
        for each in sorted(seats)
    ]
    if not rows:
        return []
    statement = insert_into(connection, receipt).on_conflict_do_nothing().returning(receipt.c.person_id)
    return sorted(connection.execute(statement, rows).scalars())


def are_put(connection: Connection, number: int, edition: int, messages: Mapping[int, int]) -> None:
    """The message of each person (by id) is in the outbox, as the row with this id; it has this edition."""
    if messages:
        rows = [{"person": each, "row": row_id} for each, row_id in messages.items()]
        connection.execute(_PUT, [{"number": number, "given": edition, **row} for row in rows])


def people_behind(connection: Connection, number: int, edition: int) -> list[int]:
    """Who has an older edition than this one, or none yet, by id."""
    older = (receipt.c.notice_id == number, receipt.c.edition < edition)
    return list(connection.execute(select(receipt.c.person_id).where(*older).order_by(receipt.c.id)).scalars())


def claim_edition(connection: Connection, ids: Collection[int], edition: int) -> set[int]:
    """Those of the receipts that are given this edition now, and not by another process at this very moment."""
    older = (receipt.c.id.in_(ids), receipt.c.edition < edition)
    return set(
        connection.execute(update(receipt).where(*older).values(edition=edition).returning(receipt.c.id)).scalars()
    )


def take_back_unsent(connection: Connection, ids: Collection[int]) -> set[int]:
    """Takes the messages of these receipts back that have not left yet; the ids of those whose message has."""
    of_these = select(receipt.c.outbox_id).where(receipt.c.id.in_(ids))
    waiting = (outbox.c.id.in_(of_these), IS_STILL_NEW, outbox.c.uncertain == 0)
    held = connection.execute(select(outbox.c.id).where(*waiting).with_for_update()).scalars().all()
    mine = (receipt.c.id.in_(ids), receipt.c.outbox_id.in_(held))
    taken = connection.execute(update(receipt).where(*mine).values(outbox_id=None).returning(receipt.c.id)).scalars()
    caught = set(taken)
    connection.execute(delete(outbox).where(outbox.c.id.in_(held)))
    return set(ids) - caught


def claim_reminding(connection: Connection, found: Sequence[Receipt], now: datetime) -> list[Receipt]:
    """Those that are reminded now, and not by another process at this very moment, nor have acknowledged meanwhile."""
    ours = []
    for each in found:
        as_read = (
            receipt.c.reminded_at.is_(None) if each.reminded_at is None else receipt.c.reminded_at == each.reminded_at
        )
        mine = (receipt.c.id == each.id, as_read, receipt.c.acknowledged_at.is_(None))
        if connection.execute(update(receipt).where(*mine).values(reminded_at=now)).rowcount:
            ours.append(each)
    return ours


def acknowledge(connection: Connection, receipt_id: int, now: datetime) -> bool:
    """The person has acknowledged it; False if he had before."""
    mine = (receipt.c.id == receipt_id, receipt.c.acknowledged_at.is_(None))
    return connection.execute(update(receipt).where(*mine).values(acknowledged_at=now)).rowcount == 1


def _made(*row: Any) -> Receipt:
    kept = list(row)
    kept[6] = cast("ReceiptState", kept[6] or "none")
    kept[8] = kept[8] or ""
    return Receipt(*kept)
