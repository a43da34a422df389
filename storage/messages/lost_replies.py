"""A reply that did not come, or of which nobody knows whether it came: what it asks is not taken for asked."""

from sqlalchemy import Connection, Update, bindparam, case, exists, select, update

from reporting.filling.shown import UNSEEN, shown_in_doubt
from reporting.say import Rank
from storage.database.tables import metadata
from storage.messages.outbox import outbox

address = metadata.tables["address"]
_ROW = outbox.c.id == bindparam("row_id")
_SHOWN = address.c.draft_turn


def _at_chat_of(state: str) -> Update:
    """The address of a reply that became this."""
    return (
        update(address)
        .where(exists().where(_ROW, outbox.c.rank <= int(Rank.REPLY), outbox.c.state == state))
        .where(address.c.channel == select(outbox.c.channel).where(_ROW).scalar_subquery())
        .where(address.c.address == select(outbox.c.address).where(_ROW).scalar_subquery())
    )


_UNSEEN = _at_chat_of("dead").values(draft_turn=case((_SHOWN.is_not(None), UNSEEN), else_=None), asked="")
"""A reply that nobody has seen asks nothing: a number typed then would be the answer to a question that he does not know."""
_IN_DOUBT = _at_chat_of("unknown").where(_SHOWN >= 0).values(draft_turn=shown_in_doubt(_SHOWN))
"""What is typed at one that perhaps never came is offered for its answer: whoever has seen it loses none."""


def note_lost(connection: Connection, row_id: int, state: str) -> None:
    """What follows for its chat where a message has become dead or unknown; nothing where it is no reply, or has another state."""
    if state == "dead":
        connection.execute(_UNSEEN, {"row_id": row_id})
    elif state == "unknown":
        connection.execute(_IN_DOUBT, {"row_id": row_id})
