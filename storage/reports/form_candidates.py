"""The forms' files that admins have sent in a chat, until they are published or put aside: one a chat."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from reporting.form_version import FormCandidate
from reporting.people import Address
from storage.database.inserting import insert_into
from storage.database.tables import metadata
from storage.reports import many_drafts

candidate = metadata.tables["form_candidate"]
_COLUMNS = (
    candidate.c.id, candidate.c.person_id, candidate.c.key, candidate.c.file_name, candidate.c.source,
    candidate.c.sent_at,
)  # fmt: skip


def put(
    connection: Connection, where: Address, person_id: int, key: str, file_name: str, source: bytes, now: datetime
) -> FormCandidate:
    """Keeps a form's file; the one that was sent before in this chat is gone, and what was tried out with it."""
    drop(connection, where)
    values = {"channel": where.channel, "address": where.address, "person_id": person_id, "key": key}
    more = {"file_name": file_name, "source": source, "sent_at": now}
    number = connection.execute(
        insert_into(connection, candidate).returning(candidate.c.id), values | more
    ).scalar_one()
    return FormCandidate(number, person_id, key, file_name, source, now)


def at(connection: Connection, where: Address) -> FormCandidate | None:
    """The one that waits in a chat."""
    here = (candidate.c.channel == where.channel, candidate.c.address == where.address)
    row = connection.execute(select(*_COLUMNS).where(*here)).first()
    return FormCandidate(*row) if row is not None else None


def drop(connection: Connection, where: Address) -> None:
    """The chat's is gone, and what was tried out with it."""
    found = at(connection, where)
    if found is None:
        return
    many_drafts.remove_versions(connection, found.key, found.version)
    connection.execute(delete(candidate).where(candidate.c.id == found.id))
