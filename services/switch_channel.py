"""Switch everybody of some units to another messenger: who is found there is spoken to there first, the others get a code for it."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from reporting.channel_switch import ChannelSwitch
from reporting.message_plan import MessagePlan, need_of
from reporting.people import Person
from services.link_address import make_link_code
from storage.database import audit
from storage.organisation import addresses, people

CODE_FOR = timedelta(days=7)


def switch_channel(
    connection: Connection,
    channel: str,
    unit_ids: Collection[int],
    plan: MessagePlan | None,
    on: date,
    now: datetime,
    *,
    tries: bool = False,
) -> ChannelSwitch:
    """Everybody with a duty there on this day. `there` has only those for whom something changes. `tries`: nothing is changed."""
    ids = dict.fromkeys(each.person_id for each in people.duties(connection, on, unit_ids))
    there, codes, already = [], [], 0
    for person in sorted(people.people_of(connection, ids).values(), key=lambda each: each.id):
        found = next((e.at for e in addresses.addresses_of(connection, person.id) if e.at.channel == channel), None)
        if found is None:
            code = "" if tries else make_link_code(connection, person.id, now, CODE_FOR)
            codes.append((person, code))
        elif not tries and not addresses.prefer(connection, person.id, channel):
            already += 1
        else:
            there.append(Person(person.id, person.name, person.language, found))
    count = len(there) + len(codes) + already
    if not tries:
        audit.write(connection, now, None, "channel switch", channel=channel, there=len(there), codes=len(codes))
    return ChannelSwitch(
        tuple(there), tuple(codes), need_of(count), plan.is_enough_for(count) if plan is not None else None
    )
