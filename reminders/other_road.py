"""What one messenger does not take goes by the person's next one: once, and it says so."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from html import escape

from messages.common.link_words import channels_said
from reminders.context import Tick
from reporting.channel import channels_in_use
from reporting.people import Address
from reporting.say import Say
from reporting.tick_parts import TickPart
from reporting.translator import translator
from storage.messages import other_road
from storage.messages.other_road import Stuck
from storage.organisation import addresses

AWAY_FOR = timedelta(minutes=10)
"""So long a messenger has said nothing, and something was tried there in vain, before what waits there goes by another."""


def waits_for_another_road(tick: Tick) -> bool:
    """Whether anything does. It only reads."""
    return bool(_stuck(tick, _silent(tick)))


def due_by_other_road(tick: Tick) -> list[Say]:
    """Nothing is put there: rows go over as they are, with their evidence."""
    silent = _silent(tick)
    for each in _stuck(tick, silent):
        tick.apart(TickPart(person_id=each.person_id), partial(_go_over, tick, each, silent))
    return []


def _go_over(tick: Tick, of: Stuck, silent: set[str]) -> None:
    to = _next_address(tick, of, silent)
    if to is not None:
        said = _as_said_there(tick, of, to)
        other_road.go_over(tick.connection, of, said, tick.channels[to.channel], tick.now)


def _stuck(tick: Tick, silent: set[str]) -> list[Stuck]:
    spoken = channels_in_use(tick.channels).keys() - silent
    return other_road.stuck(tick.connection, silent, spoken, tick.now - other_road.DEAD_FOR)


def _silent(tick: Tick) -> set[str]:
    """The channels that get nothing through, and those that are not set."""
    spoken = channels_in_use(tick.channels)
    silent = other_road.silent_channels(tick.connection, list(spoken), tick.now - AWAY_FOR)
    return silent | tick.away | (tick.channels.keys() - spoken.keys())


def _next_address(tick: Tick, of: Stuck, silent: set[str]) -> Address | None:
    """The person's next open address in a messenger that speaks."""
    found = addresses.addresses_of(tick.connection, of.person_id)
    spoken = channels_in_use(tick.channels)
    open_ones = [each.at for each in found if not each.is_shut and each.at.channel in spoken]
    return next((at for at in open_ones if at.channel != of.say.to.channel and at.channel not in silent), None)


def _as_said_there(tick: Tick, of: Stuck, to: Address) -> Say:
    words = translator(of.language)
    is_plain = tick.channels[of.say.to.channel].formatting == "plain"
    text = escape(of.say.text, quote=False) if is_plain else of.say.text
    why = words("other_road", channel=channels_said([of.say.to.channel], words))
    return replace(of.say, to=to, text=f"{why}\n{text}")
