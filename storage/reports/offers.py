"""Offers: what the bot would do with a message, one a chat, until it is answered."""

from sqlalchemy import Connection, bindparam, delete, select

from reporting.filling.offer import Offer
from reporting.people import Address
from storage.database.inserting import insert_into
from storage.database.prepared import PreparedStatement
from storage.database.tables import metadata

offer = metadata.tables["offer"]
_COLUMNS = ("form", "unit_id", "period", "text", "message_id", "made_at")
_HERE = (offer.c.channel == bindparam("at_channel"), offer.c.address == bindparam("at_address"))
_OF = PreparedStatement(select(*(offer.c[name] for name in _COLUMNS)).where(*_HERE))
_END = delete(offer).where(*_HERE)


def make(connection: Connection, to: Address, new: Offer) -> None:
    """Keeps an offer; it takes the place of the one before."""
    values = {name: getattr(new, name) for name in _COLUMNS}
    statement = insert_into(connection, offer).values(channel=to.channel, address=to.address, **values)
    newest = {name: statement.excluded[name] for name in _COLUMNS}
    connection.execute(statement.on_conflict_do_update(index_elements=["channel", "address"], set_=newest))


def of(connection: Connection, to: Address) -> Offer | None:
    """The offer that stands in a chat."""
    row = _OF.first(connection, at_channel=to.channel, at_address=to.address)
    return Offer(*row) if row is not None else None


def end(connection: Connection, to: Address) -> None:
    """The offer of a chat has been answered."""
    connection.execute(_END, {"at_channel": to.channel, "at_address": to.address})
