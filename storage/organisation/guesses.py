"""Guesses at codes of invitations: kept for as long as they count, so that a restart forgets none of them."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from reporting.guesses import WITHIN
from reporting.people import Address
from storage.database.inserting import insert_into
from storage.database.tables import metadata

wrong_code, code_turn = metadata.tables["wrong_code"], metadata.tables["code_turn"]


def of_chat(connection: Connection, at: Address, now: datetime) -> list[datetime]:
    """When a chat brought the wrong codes that still count, oldest first."""
    own = (wrong_code.c.channel == at.channel, wrong_code.c.address == at.address)
    lately = select(wrong_code.c.at).where(*own, wrong_code.c.at > now - WITHIN).order_by(wrong_code.c.at)
    return list(connection.execute(lately).scalars())


def count_of_all(connection: Connection, now: datetime) -> int:
    """How many wrong codes of all chats still count."""
    counted = select(func.count()).select_from(wrong_code).where(wrong_code.c.at > now - WITHIN)
    return int(connection.execute(counted).scalar_one())


def keep(connection: Connection, at: Address, now: datetime) -> None:
    """A chat has brought a wrong code; what counts no more is removed."""
    connection.execute(insert(wrong_code), {"channel": at.channel, "address": at.address, "at": now})
    sweep(connection, now)


def sweep(connection: Connection, now: datetime) -> None:
    """Removes what counts no more, of all chats."""
    connection.execute(delete(wrong_code).where(wrong_code.c.at <= now - WITHIN))
    connection.execute(delete(code_turn).where(code_turn.c.from_at <= now - WITHIN))


def turn_of(connection: Connection, at: Address) -> datetime | None:
    """From when on a chat's next code is looked at, as it was told."""
    own = (code_turn.c.channel == at.channel, code_turn.c.address == at.address)
    return connection.execute(select(code_turn.c.from_at).where(*own)).scalar()


def give_turn(connection: Connection, at: Address, from_at: datetime) -> None:
    """A chat is told to come again then; what it was told before stands."""
    values = {"channel": at.channel, "address": at.address, "from_at": from_at}
    connection.execute(insert_into(connection, code_turn).on_conflict_do_nothing(), values)


def end_turn(connection: Connection, at: Address) -> None:
    """The chat's turn is taken."""
    connection.execute(delete(code_turn).where(code_turn.c.channel == at.channel, code_turn.c.address == at.address))


def forget(connection: Connection, at: Address) -> None:
    """Removes what a chat has guessed."""
    connection.execute(delete(wrong_code).where(wrong_code.c.channel == at.channel, wrong_code.c.address == at.address))
    end_turn(connection, at)
