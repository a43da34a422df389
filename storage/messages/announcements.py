"""Announcements: written, set for an hour, sent once, edited and recalled."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, or_, select, update

from reporting.announcement import Announcement, Audience
from reporting.say import ChannelFile
from storage.database.inserting import insert_into
from storage.database.tables import metadata

notice, receipt = metadata.tables["notice"], metadata.tables["notice_receipt"]
_READ = select(notice)


def begin_announcement(
    connection: Connection, person_id: int, seat_id: int, audience: Audience, now: datetime
) -> Announcement:
    """One that is being written, in the place of what the same person was writing before."""
    mine = (notice.c.person_id == person_id, notice.c.state == "writing")
    connection.execute(notice.delete().where(*mine))
    values = {"person_id": person_id, "seat_id": seat_id, "text": "", "file": {}, "state": "writing", "made_at": now}
    added = insert_into(connection, notice).returning(notice)
    return _made(connection.execute(added, values | _audience(audience) | {"edition": 1}).one())


def announcement_of(connection: Connection, number: int) -> Announcement | None:
    """The announcement with this number, kept for this transaction."""
    row = connection.execute(_READ.where(notice.c.id == number).with_for_update()).first()
    return _made(row) if row is not None else None


def written_by(connection: Connection, person_id: int) -> Announcement | None:
    """What a person is writing just now."""
    mine = (notice.c.person_id == person_id, notice.c.state == "writing")
    row = connection.execute(_READ.where(*mine)).first()
    return _made(row) if row is not None else None


def newest(connection: Connection, most: int) -> list[Announcement]:
    """What anybody has set or sent, newest first."""
    return _all(connection, _READ.where(notice.c.state != "writing").order_by(notice.c.id.desc()).limit(most))


def that_are_set(connection: Connection, now: datetime) -> list[Announcement]:
    """Those that wait for an hour that has come."""
    due = (notice.c.state == "set", notice.c.send_at <= now)
    return _all(connection, _READ.where(*due).order_by(notice.c.id))


def in_hand(connection: Connection, changed_since: datetime) -> list[Announcement]:
    """Those that were sent and whose deadline nobody has seen pass, those that were edited or recalled lately, and those that were
    sent lately and that somebody could not be given yet.
    """
    awaits = (notice.c.state == "sent", notice.c.due_at.is_not(None), notice.c.ended_at.is_(None))
    lacks = exists().where(receipt.c.notice_id == notice.c.id, receipt.c.edition < notice.c.edition)
    sent = and_(notice.c.sent_at >= changed_since, lacks)
    lately = or_(notice.c.edited_at >= changed_since, notice.c.recalled_at >= changed_since, sent)
    wanted = or_(notice.c.id.in_(select(notice.c.id).where(*awaits)), (notice.c.sent_at.is_not(None)) & lately)
    return _all(connection, _READ.where(wanted).order_by(notice.c.id))


def overdue(connection: Connection, since: datetime, now: datetime) -> list[Announcement]:
    """Those that were sent and not recalled, whose deadline has passed since then, oldest deadline first."""
    passed = (notice.c.state == "sent", notice.c.due_at > since, notice.c.due_at <= now)
    return _all(connection, _READ.where(*passed).order_by(notice.c.due_at, notice.c.id))


def write_announcement(connection: Connection, number: int, text: str, file: ChannelFile | None) -> None:
    """What it says."""
    values = {"text": text, "file": asdict(file) if file is not None else {}}
    connection.execute(update(notice).where(notice.c.id == number).values(values))


def address_to(connection: Connection, number: int, audience: Audience) -> None:
    """Whom it is for."""
    connection.execute(update(notice).where(notice.c.id == number).values(_audience(audience)))


def wait_until(connection: Connection, number: int, due_at: datetime | None) -> None:
    """Until when it is to be acknowledged; None: it has no deadline."""
    connection.execute(update(notice).where(notice.c.id == number).values(due_at=due_at))


def choose_hour(connection: Connection, number: int, send_at: datetime | None) -> None:
    """When it is to leave once it is sent; None: at once."""
    connection.execute(update(notice).where(notice.c.id == number).values(send_at=send_at))


def drop_announcement(connection: Connection, number: int) -> None:
    """What was being written is no more."""
    connection.execute(notice.delete().where(notice.c.id == number, notice.c.state == "writing"))


def set_for(connection: Connection, number: int, send_at: datetime) -> bool:
    """It is to be sent then; False if it is not being written any more."""
    mine = (notice.c.id == number, notice.c.state == "writing")
    return connection.execute(update(notice).where(*mine).values(state="set", send_at=send_at)).rowcount == 1


def claim_sending(connection: Connection, number: int, now: datetime) -> bool:
    """Whether it is this transaction that sends it: of two taps, ticks or processes one."""
    unsent = (notice.c.id == number, notice.c.state.in_(("writing", "set")))
    return connection.execute(update(notice).where(*unsent).values(state="sent", sent_at=now)).rowcount == 1


def change_text(connection: Connection, number: int, text: str, now: datetime | None) -> None:
    """It says something else, in one more edition. `now` None: nobody has had it yet, so that it is not told to be edited."""
    values: dict[str, Any] = {"text": text, "edited_at": now, "edition": notice.c.edition + 1}
    connection.execute(update(notice).where(notice.c.id == number).values(values))


def mark_recalled(connection: Connection, number: int, now: datetime) -> bool:
    """It is recalled, which is an edition of its own; False if it was before."""
    mine = (notice.c.id == number, notice.c.state.in_(("set", "sent")))
    values: dict[str, Any] = {"state": "recalled", "recalled_at": now, "edition": notice.c.edition + 1}
    return connection.execute(update(notice).where(*mine).values(values)).rowcount == 1


def mark_ended(connection: Connection, number: int, now: datetime) -> bool:
    """Its sender is told that its deadline has passed; False if he was before."""
    mine = (notice.c.id == number, notice.c.state == "sent", notice.c.ended_at.is_(None))
    return connection.execute(update(notice).where(*mine).values(ended_at=now)).rowcount == 1


def _audience(audience: Audience) -> dict[str, Any]:
    return {"whom": audience.whom, "units": list(audience.unit_ids), "form": audience.form}


def _all(connection: Connection, wanted: Any) -> list[Announcement]:
    return [_made(row) for row in connection.execute(wanted)]


def _made(row: Row[Any]) -> Announcement:
    kept: dict[str, Any] = dict(row._mapping)
    audience = Audience(kept.pop("whom"), tuple(kept.pop("units")), kept.pop("form"))
    file = kept.pop("file")
    return Announcement(audience=audience, file=ChannelFile(**file) if file else None, **kept)
