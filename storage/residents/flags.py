"""Who doubts a figure, and is to be told what became of it: an address, kept until it is told."""

from sqlalchemy import Connection, delete, func, select

from reporting.figures.flag import Flag
from reporting.people import Address
from storage.database.inserting import insert_into
from storage.database.tables import metadata

flag = metadata.tables["flag"]


def put(connection: Connection, question_id: int, one: Flag) -> None:
    """Also told when this question about a figure ends; a second time changes nothing."""
    values = {
        "asked_back_id": question_id,
        "channel": one.to.channel,
        "address": one.to.address,
        "language": one.language,
    }
    connection.execute(insert_into(connection, flag).values(values).on_conflict_do_nothing())


def take(connection: Connection, question_id: int) -> list[Flag]:
    """Those to be told now that the question has ended; they are kept no longer."""
    here = flag.c.asked_back_id == question_id
    found = connection.execute(select(flag).where(here).order_by(flag.c.id)).mappings().all()
    connection.execute(delete(flag).where(here))
    return [Flag(Address(row["channel"], row["address"]), row["language"]) for row in found]


def count(connection: Connection, to: Address) -> int:
    """Of how many figures this chat is to be told what became of its doubt."""
    mine = (flag.c.channel == to.channel, flag.c.address == to.address)
    return int(connection.execute(select(func.count()).where(*mine)).scalar_one())


def forget(connection: Connection, to: Address) -> int:
    """Everything that is kept of this chat here; how much it was."""
    mine = (flag.c.channel == to.channel, flag.c.address == to.address)
    return connection.execute(delete(flag).where(*mine)).rowcount
