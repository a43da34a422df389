"""A person is erased: one function for each table that has a name, an address or words of his. Ids stay, which tell nobody."""

import json
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, String, cast, delete, exists, func, or_, select, update

from reporting.people import Address
from storage.database.tables import metadata

_NAMES = ("person", "address", "duty", "inbox", "outbox", "draft", "offer", "late_reason", "digest", "snooze", "pause")
person, address, duty, inbox, outbox, draft, offer, late_reason, digest, snooze, pause = (
    metadata.tables[name] for name in _NAMES
)
unit_file, form_candidate, notice, own_hour = (
    metadata.tables[name] for name in ("unit_file", "form_candidate", "notice", "own_hour")
)
file_address, link, session, form_session = (
    metadata.tables[name] for name in ("file_address", "link", "session", "form_session")
)
typed_choice, address_code = metadata.tables["typed_choice"], metadata.tables["address_code"]
WAITS = ("new", "sending")


def chats_of(connection: Connection, person_id: int) -> list[Address]:
    """Where a person is found."""
    found = select(address.c.channel, address.c.address).where(address.c.person_id == person_id)
    return [Address(*row) for row in connection.execute(found.order_by(address.c.id))]


def forget_inbox(connection: Connection, at: Address) -> None:
    """What somebody wrote: the words and the chat go, the update's number stays against repetition."""
    here = (inbox.c.channel == at.channel, inbox.c.chat == at.address)
    connection.execute(update(inbox).where(*here, inbox.c.state != "new").values(raw="", chat="", error=""))
    connection.execute(update(inbox).where(*here).values(rank=1))  # what still waits is emptied when it is taken


def forget_outbox(connection: Connection, at: Address, known_as: str) -> None:
    """What was said to somebody: words and address go, that something was said stays; what waits is not said any more."""
    here = (outbox.c.channel == at.channel, outbox.c.address == at.address)
    connection.execute(update(outbox).where(*here, outbox.c.state.in_(WAITS)).values(state="dead", key=""))
    connection.execute(update(outbox).where(*here).values(say={}, error="", address=known_as, key=""))
    connection.execute(delete(pause).where(pause.c.channel == at.channel, pause.c.address == at.address))


def forget_mentions(connection: Connection, name: str) -> int:
    """What was said to others with this name in it loses its words, another's of the same name too; how many messages."""
    written = json.dumps(name)[1:-1]
    mentions = cast(outbox.c.say, String).contains(written, autoescape=True)
    told = update(outbox).where(mentions, outbox.c.state.not_in(WAITS))
    return connection.execute(told.values(say={})).rowcount


def forget_at_drafts(connection: Connection, person_id: int) -> None:
    """He is at no draft, and what he practised with is gone; what he had entered of a report that counts stays."""
    practised = select(draft.c.id).where(draft.c.practice == person_id)
    connection.execute(update(address).where(address.c.draft_id.in_(practised)).values(draft_id=None))
    connection.execute(delete(draft).where(draft.c.practice == person_id))
    connection.execute(update(draft).where(draft.c.holder_id == person_id).values(holder_id=None))


def forget_offers(connection: Connection, at: Address) -> None:
    """What was offered because of a message of his, with the message; and what he could type a number for."""
    for table in (offer, typed_choice):
        connection.execute(delete(table).where(table.c.channel == at.channel, table.c.address == at.address))


def forget_files(connection: Connection, at: Address) -> None:
    """The files, of units and of forms, that he sent and that wait to be taken in; those that were given to him by address."""
    for table in (unit_file, form_candidate, file_address):
        connection.execute(delete(table).where(table.c.channel == at.channel, table.c.address == at.address))


def forget_sessions(connection: Connection, person_id: int) -> None:
    """His ways into the desk's page, to reports in a browser, and to another messenger."""
    for table in (link, session, form_session, address_code):
        connection.execute(delete(table).where(table.c.person_id == person_id))


def forget_late_reasons(connection: Connection, person_id: int) -> None:
    """The words in which he said why a report was late: they may tell of himself. That there was a reason stays."""
    connection.execute(update(late_reason).where(late_reason.c.person_id == person_id).values(words=""))


def forget_digests(connection: Connection, person_id: int) -> None:
    """That he was the one who read a digest; the digest stays."""
    connection.execute(update(digest).where(digest.c.person_id == person_id).values(person_id=None))


def forget_snooze(connection: Connection, person_id: int) -> None:
    """That he wanted to be left in peace."""
    connection.execute(delete(snooze).where(snooze.c.person_id == person_id))


def forget_announcing(connection: Connection, person_id: int) -> None:
    """When he wanted to be reminded, and what he was only writing. What he has announced is the office's word, and stays."""
    connection.execute(delete(own_hour).where(own_hour.c.person_id == person_id))
    connection.execute(delete(notice).where(notice.c.person_id == person_id, notice.c.state == "writing"))


def forget_name(connection: Connection, person_id: int, known_as: str, now: datetime) -> None:
    """His name and addresses: he is known by his number only, and nobody is found at his chats."""
    connection.execute(update(person).where(person.c.id == person_id).values(name=known_as, erased_at=now))
    mine = address.c.person_id == person_id
    for address_id in connection.execute(select(address.c.id).where(mine)).scalars().all():
        gone = {
            "address": f"{known_as}/{address_id}",
            "unreachable_at": now,
            "heard_at": None,
            "menu": "",
            "draft_id": None,
            "asked": "",
        }
        connection.execute(update(address).where(address.c.id == address_id).values(gone | {"draft_turn": None}))


def without_duty_since(connection: Connection, on: date, days: int, most: int) -> list[int]:
    """The ids of people who are known by name and whose last duty ended so many days before `on`, or earlier."""
    still = exists().where(
        duty.c.person_id == person.c.id, or_(duty.c.until.is_(None), duty.c.until > on - timedelta(days=days))
    )
    ended = select(func.max(duty.c.until)).where(duty.c.person_id == person.c.id).scalar_subquery()
    gone = select(person.c.id).where(person.c.erased_at.is_(None), ~still, ended.is_not(None))
    return list(connection.execute(gone.order_by(person.c.id).limit(most)).scalars())
