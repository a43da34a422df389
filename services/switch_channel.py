"""Switch everybody of some units to another messenger, at once or from a day on: who is found there is spoken to there first, the
others get a code for it, and go over when they have brought it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from reporting.channel_switch import ChannelOrder, ChannelSwitch
from reporting.errors import Refused
from reporting.message_plan import MessagePlan, need_of
from reporting.people import Person
from reporting.units import Unit, UnitTree
from services.link_address import make_link_code
from storage.database import audit
from storage.organisation import addresses, channel_orders, people

CODE_FOR = timedelta(days=7)
"""So long the code of somebody who is not found there yet is good, from the day on which he goes over."""


def switch_channel(
    connection: Connection,
    channel: str,
    unit: Unit | None,
    tree: UnitTree,
    plan: MessagePlan | None,
    on: date,
    now: datetime,
    *,
    begins_on: date | None = None,
    tries: bool = False,
) -> ChannelSwitch:
    """Everybody with a duty at the unit or below it (None: at any) on the day `on`; `begins_on`: from then on, None: at once.

    `there` has only those for whom something changes, where they are to be told of it: there, or, before it begins, where they are
    spoken to now. `tries`: nothing is changed.
    """
    is_later = begins_on is not None and begins_on > on
    found = _concerned(connection, channel, unit, tree, on)
    codes = [
        (each, "" if tries else make_link_code(connection, each.id, now, _code_for(begins_on, on)))
        for each in found.away
    ]
    if not tries:
        order_id = channel_orders.add_channel_order(
            connection, channel, unit.id if unit else None, begins_on or on, now, begun=not is_later
        )
        _audited(connection, "channel order" if is_later else "channel switch", order_id, channel, found, now)
        if not is_later:
            _prefer(connection, found.there, channel)
    count = len(found.there) + len(found.away) + found.already
    there = tuple(before if is_later else _at(connection, before, channel) for before in found.there)
    enough = plan.is_enough_for(count) if plan is not None else None
    return ChannelSwitch(there, tuple(codes), need_of(count), enough, begins_on if is_later else None)


def begin_switch(connection: Connection, order: ChannelOrder, tree: UnitTree, on: date, now: datetime) -> None:
    """What was ordered is done, once, whoever comes to it."""
    if not channel_orders.begin_channel_order(connection, order.id, now):
        return
    found = _concerned(connection, order.channel, _unit(order, tree), tree, on)
    _audited(connection, "channel switch", order.id, order.channel, found, now)
    _prefer(connection, found.there, order.channel)


def tell_of_switch(
    connection: Connection, order: ChannelOrder, tree: UnitTree, on: date, now: datetime
) -> ChannelSwitch | None:
    """Whom an order that has begun concerns, once: who is there, and a new code for each who is not. None: they know."""
    if not channel_orders.tell_channel_order(connection, order.id, now):
        return None
    found = _concerned(connection, order.channel, _unit(order, tree), tree, on, are_over=True)
    codes = tuple((each, make_link_code(connection, each.id, now, CODE_FOR)) for each in found.away)
    return ChannelSwitch(tuple(_at(connection, each, order.channel) for each in found.there), codes)


def revoke_switch(
    connection: Connection, order_id: int, tree: UnitTree, on: date, now: datetime
) -> tuple[ChannelOrder, list[Person]]:
    """What was ordered and has not begun does not begin: the order, and who had been told of it. Refused for any other."""
    order = next((each for each in channel_orders.channel_orders(connection) if each.id == order_id), None)
    if order is None:
        raise Refused("channel_order_unknown", id=str(order_id))
    if not channel_orders.revoke_channel_order(connection, order_id, now):
        raise Refused(f"channel_order_{order.state}", id=str(order_id))
    found = _concerned(connection, order.channel, _unit(order, tree), tree, on)
    _audited(connection, "channel order revoked", order.id, order.channel, found, now)
    return order, [*found.there, *found.away]


@dataclass(frozen=True, slots=True)
class _Concerned:
    """`there`: found in the messenger and spoken to elsewhere first; `already`: how many are spoken to there first."""

    there: list[Person]
    away: list[Person]
    already: int


def _concerned(
    connection: Connection, channel: str, unit: Unit | None, tree: UnitTree, on: date, *, are_over: bool = False
) -> _Concerned:
    """`are_over`: whoever is spoken to there first counts as there."""
    ids = [each.id for each in (tree.under(unit, on) if unit is not None else tree.units)]
    held = dict.fromkeys(each.person_id for each in people.duties(connection, on, ids))
    there, away, already = list[Person](), list[Person](), 0
    for person in sorted(people.people_of(connection, held).values(), key=lambda each: each.id):
        channels = [each.at.channel for each in addresses.addresses_of(connection, person.id)]
        if channel not in channels:
            away.append(person)
        elif channels[0] == channel and not are_over:
            already += 1
        else:
            there.append(person)
    return _Concerned(there, away, already)


def _unit(order: ChannelOrder, tree: UnitTree) -> Unit | None:
    return tree.unit(order.unit_id) if order.unit_id is not None else None


def _code_for(begins_on: date | None, on: date) -> timedelta:
    return CODE_FOR + (max(begins_on - on, timedelta()) if begins_on is not None else timedelta())


def _prefer(connection: Connection, found: list[Person], channel: str) -> None:
    for each in found:
        addresses.prefer(connection, each.id, channel)


def _at(connection: Connection, person: Person, channel: str) -> Person:
    lines = addresses.addresses_of(connection, person.id)
    return Person(person.id, person.name, person.language, next(e.at for e in lines if e.at.channel == channel))


def _audited(connection: Connection, what: str, order_id: int, channel: str, found: _Concerned, now: datetime) -> None:
    audit.write(
        connection, now, None, what, order=order_id, channel=channel, there=len(found.there), codes=len(found.away)
    )
