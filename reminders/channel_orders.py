"""What was ordered for a day («everybody by Zalo from tomorrow») begins on it, and is told when people are awake."""

from datetime import time
from functools import partial

from messages.common.link_words import switch_told
from reminders.context import Tick
from reporting.channel_switch import ChannelOrder
from reporting.say import Say
from reporting.tick_parts import TickPart
from services.switch_channel import begin_switch, tell_of_switch
from storage.organisation import channel_orders

AWAKE_FROM = time(6)
"""From this local hour on people are told of it, and not in quiet hours."""


def due_channel_orders(tick: Tick) -> list[Say]:
    """At the start of the day everybody goes over; in the morning everybody hears of it."""
    orders = channel_orders.waiting_orders(tick.connection, tick.today)
    says = (tick.says(TickPart(row=f"channel order {each.id}"), partial(_carried_out, tick, each)) for each in orders)
    return [say for of_order in says for say in of_order]


def _carried_out(tick: Tick, order: ChannelOrder) -> list[Say]:
    connection, now, on = tick.connection, tick.now, tick.today
    begin_switch(connection, order, tick.tree, on, now)
    if tick.local.time() < AWAKE_FROM or tick.is_quiet:
        return []
    done = tell_of_switch(connection, order, tick.tree, on, now)
    by_address = tick.channels[order.channel].address_pattern != ""
    return switch_told(done, order.channel, by_address=by_address) if done is not None else []
