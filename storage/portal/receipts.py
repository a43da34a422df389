"""What takers have answered about each value."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from reporting.answers import whole_characters
from reporting.portal.consignment import ValueReceipt
from storage.database.inserting import insert_into
from storage.database.tables import metadata
from storage.portal.deliveries import Delivery

receipt = metadata.tables["portal_receipt"]
_COLUMNS = (
    receipt.c.indicator,
    receipt.c.value,
    receipt.c.state,
    receipt.c.code,
    receipt.c.words,
)


def put(connection: Connection, of: Delivery, found: Iterable[ValueReceipt], now: datetime) -> None:
    """The answers about a delivery's turn; what was said of it before is no more."""
    rows = [
        {
            "delivery_id": of.id,
            "indicator": each.indicator,
            "turn": of.turn,
            "value": each.value,
            "state": each.state,
            "code": whole_characters(each.code),
            "words": whole_characters(each.words),
            "at": now,
        }
        for each in found
    ]
    if not rows:
        return
    statement = insert_into(connection, receipt)
    said = {name: statement.excluded[name] for name in ("value", "state", "code", "words", "at")}
    keys = ["delivery_id", "indicator", "turn"]
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=said), rows)


def newest_of(connection: Connection, delivery_id: int) -> dict[str, ValueReceipt]:
    """By indicator what was answered last."""
    statement = select(*_COLUMNS).where(receipt.c.delivery_id == delivery_id).order_by(receipt.c.turn)
    return {row.indicator: ValueReceipt(*row) for row in connection.execute(statement)}


def there(connection: Connection, delivery_id: int) -> tuple[dict[str, str], frozenset[str]]:
    """By indicator the value that the taker has, or may have; and those of which he has not said so.

    What he took last and has not deleted since is there; what was sent and never answered may be.
    """
    statement = select(*_COLUMNS).where(receipt.c.delivery_id == delivery_id).order_by(receipt.c.turn)
    found, doubtful = dict[str, str](), set[str]()
    for row in connection.execute(statement):
        if row.state == "deleted":
            found.pop(row.indicator, None)
            doubtful.discard(row.indicator)
        elif row.state != "refused":
            found[row.indicator] = row.value
            (doubtful.add if row.state == "sent" else doubtful.discard)(row.indicator)
    return found, frozenset(doubtful)


def history(connection: Connection, delivery_id: int) -> list[tuple[int, datetime, ValueReceipt]]:
    """All answers with their turn and moment, oldest first."""
    columns = (receipt.c.turn, receipt.c.at, *_COLUMNS)
    statement = select(*columns).where(receipt.c.delivery_id == delivery_id)
    statement = statement.order_by(receipt.c.turn, receipt.c.at, receipt.c.indicator)
    return [(turn, at, ValueReceipt(*rest)) for turn, at, *rest in connection.execute(statement)]
