"""Whether a channel's plan has anything left for residents: whoever reports comes first."""

from services.context import Context
from storage.messages.sent_counts import people_there, sent_in_month


def has_room_for_residents(context: Context, channel: str) -> bool:
    """Whether more is left of the month than those with a duty need there until its end; always where nobody counts."""
    plan, connection = context.plans.get(channel), context.connection
    if plan is None:
        return True
    sent, staff = sent_in_month(connection, channel, context.today), people_there(connection, channel)
    return plan.left_for_residents(sent, staff, context.today) > 0
