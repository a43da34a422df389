"""The jobs of a tick, in the order in which what they say is put in the outbox. The only list of them."""

from reminders.announcements import due_announcements
from reminders.approvals import due_approvals
from reminders.backups import due_backups
from reminders.bulletins import due_bulletins
from reminders.channel_orders import due_channel_orders
from reminders.context import Job, ReadAhead
from reminders.contradictions import due_contradictions
from reminders.corrections import due_corrections
from reminders.data_queries import due_data_queries
from reminders.digests import due_digests
from reminders.group_chats import due_gatherings
from reminders.other_road import due_by_other_road
from reminders.portals import due_portals
from reminders.returned import due_returns
from reminders.turns import due_turns_told
from reminders.unsaid import due_unsaid
from reminders.unsent import due_unsent
from reminders.unset_channels import due_in_unset_channels

READ_AHEAD: tuple[ReadAhead, ...] = (due_digests,)
"""The long ones. Each is read before the tick's transaction, and said in it before the others."""

JOBS: tuple[Job, ...] = (
    due_by_other_road,
    due_in_unset_channels,
    due_channel_orders,
    due_corrections,
    due_data_queries,
    due_contradictions,
    due_approvals,
    due_announcements,
    due_returns,
    due_unsent,
    due_unsaid,
    due_portals,
    due_backups,
    due_gatherings,
    due_bulletins,
    due_turns_told,
)
