"""An announcement's receivers are told each by himself: who cannot be keeps no other from it, and the log says why."""

import logging
from collections.abc import Sequence

from messages.notices import notices_in_parts
from reporting.tick_parts import TickPart
from services.context import Context
from services.send_announcement import Put, ToReceiver
from storage.database.tick_parts import TickParts
from storage.messages import outbox

logger = logging.getLogger(__name__)


def put_notices(context: Context) -> Put:
    """Puts in the outbox what receivers are told."""

    def put(events: Sequence[ToReceiver]) -> list[int]:
        return outbox.put(context.connection, notices_in_parts(events, context.zone), context.now, context.channels)

    return put


def receivers_apart() -> TickParts:
    """Whoever fails is in the log; the tick tries him again, and tells the desk of what lasts."""
    return TickParts(_failed)


def _failed(part: TickPart, error: Exception) -> None:
    logger.error("%s could not be put in the outbox; all others were", str(part).strip(), exc_info=error)
