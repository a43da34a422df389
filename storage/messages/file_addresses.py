"""Addresses at which files of messages are given: of each secret only the hash, with what the file is drawn from."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from reporting.people import Address
from reporting.say import Drawn, KeptDrawing
from storage.database.tables import metadata

file_address = metadata.tables["file_address"]


def add_file_address(
    connection: Connection,
    secret: str,
    drawn: Drawn,
    message_id: int,
    kind: str,
    to: Address,
    now: datetime,
    expires_at: datetime,
) -> None:
    """From now on the file of this message is given at the secret."""
    about = {"outbox_id": message_id, "channel": to.channel, "address": to.address, "kind": kind}
    what = {"file_name": drawn.file_name, "maker": drawn.maker, "content": dict(drawn.kept)}
    values = {"secret_hash": _hash(secret), **about, **what, "made_at": now, "expires_at": expires_at}
    connection.execute(insert(file_address), values)


def addressed_file(connection: Connection, secret: str, now: datetime) -> tuple[Drawn, str] | None:
    """What is given at a secret, and its kind; None where it has expired, was revoked, or never was."""
    of = file_address.c
    wanted = select(of.file_name, of.maker, of.content, of.kind)
    row = connection.execute(wanted.where(of.secret_hash == _hash(secret), of.expires_at > now)).first()
    return (Drawn(row.file_name, KeptDrawing(row.maker, row.content)), row.kind) if row is not None else None


def drop_chat_files(connection: Connection, to: Address) -> int:
    """What was given in a chat is given no more; how many addresses that were."""
    here = (file_address.c.channel == to.channel, file_address.c.address == to.address)
    return connection.execute(delete(file_address).where(*here)).rowcount


def drop_expired_files(connection: Connection, now: datetime) -> None:
    """What is given no more need not be kept."""
    connection.execute(delete(file_address).where(file_address.c.expires_at <= now))


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
