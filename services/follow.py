"""Follow a unit or a figure, end it, forget a resident: no audit line is left, as it would keep what is to be forgotten."""

from datetime import time

from reporting.errors import Refused
from reporting.figures.follow import MOST, Follow
from reporting.figures.indicator import Indicator
from reporting.people import Address
from reporting.units import Unit
from services.context import Context
from storage.messages.forgetting import forget_chat
from storage.residents import flags, follows


def begin_follow(
    context: Context, to: Address, unit: Unit, indicator: Indicator | None, at: time | None, language: str
) -> None:
    """From now on the chat is told at the local time `at`, None: whenever it changes. Refused: it follows very many already."""
    held = follows.of(context.connection, to)
    if len(held) >= MOST and not any((one.unit_id, one.indicator) == (unit.id, indicator) for one in held):
        raise Refused("follow_too_many", n=MOST)
    follows.begin(context.connection, to, unit.id, indicator, at, language, context.now)


def end_follow(context: Context, to: Address, unit: Unit, indicator: Indicator | None) -> None:
    """The chat is told no longer; nothing changes where it was not."""
    follows.end(context.connection, to, unit.id, indicator)


def followed_by(context: Context, to: Address) -> list[Follow]:
    """What a chat follows, in the order in which it began."""
    return follows.of(context.connection, to)


def forget_resident(context: Context, to: Address) -> bool:
    """Nothing of a resident remains; whether he followed, or doubted, anything."""
    count = follows.forget(context.connection, to) + flags.forget(context.connection, to)
    forget_chat(context.connection, to)
    context.memory.forget(to)
    return count > 0
