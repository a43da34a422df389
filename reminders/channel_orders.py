"""What was ordered for a day («everybody by Zalo from tomorrow») begins on it, and is told when people are awake."""

from collections.abc import Collection
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
    """At the start of the day everybody goes over; in the morning everybody hears of it. Part by part, somebody who cannot be told
    of it keeps no other from it.
    """
    says = list[Say]()
    for each in channel_orders.waiting_orders(tick.connection, tick.today):
        part = TickPart(row=f"channel order {each.id}")
        if tick.apart(part, partial(_begun, tick, each)):
            says += tick.apart(part, partial(_told, tick, each, part)) or ()
    return says


def _begun(tick: Tick, order: ChannelOrder) -> bool:
    begin_switch(tick.connection, order, tick.tree, tick.today, tick.now)
    return True


def _told(tick: Tick, order: ChannelOrder, part: TickPart) -> list[Say]:
    if tick.local.time() < AWAKE_FROM or tick.is_quiet:
        return []
    done = tell_of_switch(tick.connection, order, tick.tree, tick.today, tick.now)
    if done is None:
        return []
    by_address = tick.channels[order.channel].address_pattern != ""

    def told(some: Collection[int]) -> list[Say]:
        return switch_told(done.of(some), order.channel, by_address=by_address)

    return tick.says_to(done.person_ids, part, told)
