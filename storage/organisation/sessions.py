"""Links that let a person in once, and the sessions of those who have come in; of every secret only the hash is kept."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from storage.database.tables import metadata
from storage.organisation.hashes import hash_of

link, session = metadata.tables["link"], metadata.tables["session"]


def add_link(
    connection: Connection, secret: str, purpose: str, person_id: int, now: datetime, expires_at: datetime
) -> None:
    """A link for one person; those he had for the purpose and did not use hold no more."""
    connection.execute(
        delete(link).where(link.c.person_id == person_id, link.c.purpose == purpose, link.c.used_at.is_(None))
    )
    values = {"secret_hash": hash_of(secret), "purpose": purpose, "person_id": person_id}
    connection.execute(insert(link), values | {"made_at": now, "expires_at": expires_at})


def holder(connection: Connection, secret: str, purpose: str, now: datetime) -> int | None:
    """Whose link it is; None if it was used, has expired, or never was."""
    return connection.execute(select(link.c.person_id).where(*_holds(secret, purpose, now))).scalar()


def use_link(connection: Connection, secret: str, purpose: str, now: datetime) -> int | None:
    """Whose link it is; from now on it is used. None as above: of two who bring it at once one comes in."""
    used = update(link).where(*_holds(secret, purpose, now)).values(used_at=now).returning(link.c.person_id)
    return connection.execute(used).scalar()


def begin_session(connection: Connection, token: str, person_id: int, now: datetime, expires_at: datetime) -> None:
    """Somebody has come in; sessions and links that are over are forgotten."""
    connection.execute(delete(session).where(session.c.expires_at <= now))
    connection.execute(delete(link).where(link.c.expires_at <= now))
    values = {"token_hash": hash_of(token), "person_id": person_id, "began_at": now, "seen_at": now}
    connection.execute(insert(session), values | {"expires_at": expires_at})


def person_in(connection: Connection, token: str, now: datetime) -> int | None:
    """Whose session it is; None if it is over, or never was."""
    wanted = select(session.c.person_id).where(session.c.token_hash == hash_of(token), session.c.expires_at > now)
    return connection.execute(wanted).scalar()


def end_session(connection: Connection, token: str) -> int | None:
    """He leaves: whose session it was."""
    ended = delete(session).where(session.c.token_hash == hash_of(token)).returning(session.c.person_id)
    return connection.execute(ended).scalar()


def _holds(secret: str, purpose: str, now: datetime) -> tuple:  # type: ignore[type-arg]
    return (
        link.c.secret_hash == hash_of(secret),
        link.c.purpose == purpose,
        link.c.used_at.is_(None),
        link.c.expires_at > now,
    )
