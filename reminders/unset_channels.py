"""What waits in a channel that is not set, any more or at all, is dead: nobody would say it, and the desk is to see it."""

from reminders.context import Tick
from reporting.channel import channels_in_use
from reporting.say import Say
from storage.messages.unset_channels import end_waiting


def due_in_unset_channels(tick: Tick) -> list[Say]:
    """Nothing is put there. What goes by another road of the person's has gone before, or goes from there."""
    end_waiting(tick.connection, tick.channels.keys() - channels_in_use(tick.channels).keys(), tick.now)
    return []
