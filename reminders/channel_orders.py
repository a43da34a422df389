"""What was ordered for a day («everybody by Zalo from tomorrow») begins on it, and is told when people are awake."""

from datetime import time

from messages.common.link_words import switch_told
from reminders.context import Tick
from reporting.say import Say
from services.switch_channel import begin_switch, tell_of_switch
from storage.organisation import channel_orders

AWAKE_FROM = time(6)
"""From this local hour on people are told of it, and not in quiet hours."""


def due_channel_orders(tick: Tick) -> list[Say]:
    """At the start of the day everybody goes over; in the morning everybody hears of it."""
    connection, now, on = tick.connection, tick.now, tick.today
    says = list[Say]()
    for order in channel_orders.waiting_orders(connection, on):
        begin_switch(connection, order, tick.tree, on, now)
        if tick.local.time() >= AWAKE_FROM and not tick.is_quiet:
            done = tell_of_switch(connection, order, tick.tree, on, now)
            by_address = tick.channels[order.channel].address_pattern != ""
            says += switch_told(done, order.channel, by_address=by_address) if done is not None else []
    return says
