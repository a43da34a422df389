"""An announcement leaves: whom it reaches is worked out then, each gets it once, and whoever sends twice sends once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.access import may
from reporting.announcement import Announcement, addressed, without_anybody
from reporting.events.announcements import AcknowledgementWanted, Announced, AnnouncementRecalled
from reporting.forms import Form
from reporting.people import Person
from reporting.rounds import reminding
from reporting.rounds.periods import current_period
from reporting.rounds.recipients import Recipients
from reporting.rounds.standings import expected_units
from reporting.tick_parts import TickPart
from reporting.units import Unit, UnitTree
from storage.database import audit
from storage.database.tick_parts import TickParts
from storage.messages import announcements, receipts
from storage.organisation import people
from storage.reports import forms
from storage.schedule import rounds

ToReceiver = Announced | AnnouncementRecalled | AcknowledgementWanted
Put = Callable[[Sequence[ToReceiver]], Sequence[int]]
"""Puts what is said of these in the outbox; the ids of the messages, in their order."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an announcement goes to as things stand: by person id the unit by whose duty. `unreachable`: who of them cannot be told.

    `nobody`: the units where there is nobody to be told.
    """

    seats: Mapping[int, int]
    unreachable: tuple[Person, ...]
    nobody: tuple[Unit, ...]

    @property
    def reached(self) -> int:
        """How many people it reaches."""
        return len(self.seats) - len(self.unreachable)


@dataclass(frozen=True, slots=True)
class SentOut:
    """An announcement that leaves: what is to be put in the outbox for it, each with its receipt."""

    announcement: Announcement
    events: Sequence[Announced]


def reach_of(connection: Connection, tree: UnitTree, of: Announcement, now: datetime, zone: ZoneInfo) -> Reach:
    """Whom it would go to now. Who cannot be reached is replaced as in reminders, and named."""
    today = now.astimezone(zone).date()
    form = _form(connection, of, now, zone)
    units = _units(connection, tree, of, form, now, zone)
    ids = [each.id for each in units]
    reachable = addressed(of.audience.whom, ids, rounds.recipients_of(connection, tree, today), form)
    held = ((each.unit_id, each.role, each.person_id) for each in people.duties(connection, today))
    everybody = addressed(of.audience.whom, ids, Recipients(tree, held), form)
    lost = {each: seat for each, seat in everybody.items() if each not in reachable}
    cut_off = people.people_of(connection, rounds.cut_off(connection, lost))
    seats = {each: seat for each, seat in (reachable | lost).items() if each != of.person_id}
    seats = {each: seat for each, seat in seats.items() if each in reachable or each in cut_off}
    given = {*seats.values(), *reachable.values()}
    leaves = [each.id for each in units if not tree.children(each, today)]
    nobody = tuple(tree.unit(each) for each in without_anybody(leaves, given))
    return Reach(seats, tuple(cut_off[each] for each in seats if each in cut_off), nobody)


def send_out(connection: Connection, tree: UnitTree, of: Announcement, now: datetime, zone: ZoneInfo) -> SentOut | None:
    """It leaves now; None where it has left already, or its sender answers for none of its units any more. Audited.

    Whoever calls has the events put in the outbox by `put_to_each`.
    """
    if not announcements.claim_sending(connection, of.id, now):
        return None
    sent = _again(connection, of.id)
    today = now.astimezone(zone).date()
    duties = people.duties_of(connection, of.person_id, today)
    roots = [each for each in of.audience.unit_ids if tree.has(each) and may("announce", tree.unit(each), duties, tree)]
    if len(roots) < len(of.audience.unit_ids):
        announcements.mark_recalled(connection, of.id, now)
        audit.write(connection, now, of.person_id, "refused", unit_id=of.seat_id, wanted="announce", announcement=of.id)
        return None
    reach = reach_of(connection, tree, sent, now, zone)
    new = receipts.add_receipts(connection, of.id, reach.seats, now)
    audit.write(
        connection, now, of.person_id, "announced", unit_id=of.seat_id, announcement=of.id, whom=of.audience.whom,
        units=list(of.audience.unit_ids), people=new,
    )  # fmt: skip
    return SentOut(sent, announced_to(connection, tree, sent, new))


def announced_to(
    connection: Connection, tree: UnitTree, of: Announcement, person_ids: Sequence[int]
) -> list[Announced]:
    """What these people are told."""
    by, seat = people.person_of(connection, of.person_id), tree.unit(of.seat_id)
    found = people.people_of(connection, person_ids)
    return [Announced(found[each], by, seat, of) for each in person_ids if each in found]


def put_to_each(
    connection: Connection, of: Announcement, events: Sequence[ToReceiver], put: Put, parts: TickParts
) -> int:
    """Puts events in the outbox, with their receipts: so what became of them can be told. How many it could be done for: part by
    part, who cannot be told keeps no other from it, and his receipt has no message; the tick tries it again.
    """
    some = partial(put_with_receipts, connection, of, put=put)
    return sum(parts.in_halves(connection, events, lambda each: part_of_announcement(of, each.to.id), some))


def put_with_receipts(connection: Connection, of: Announcement, events: Sequence[ToReceiver], put: Put) -> int:
    """All of the events, or none; how many."""
    ids = zip(events, put(events), strict=True)
    new = {each.to.id: row_id for each, row_id in ids if isinstance(each, Announced) and not each.edits}
    receipts.are_put(connection, of.id, of.edition, new)
    return len(events)


def part_of_announcement(of: Announcement, person_id: int = 0) -> TickPart:
    """An announcement as a part of what is done, or one of its receivers."""
    return TickPart(person_id=person_id, row=f"announcement {of.id}")


def _again(connection: Connection, number: int) -> Announcement:
    found = announcements.announcement_of(connection, number)
    assert found is not None
    return found


def _form(connection: Connection, of: Announcement, now: datetime, zone: ZoneInfo) -> Form | None:
    in_force = forms.in_force(connection, now.astimezone(zone).date()) if of.audience.form else []
    return next((each for each in in_force if each.key == of.audience.form), None)


def _units(
    connection: Connection, tree: UnitTree, of: Announcement, form: Form | None, now: datetime, zone: ZoneInfo
) -> list[Unit]:
    """The units that are meant, in the order of the tree, each once; of those who have not reported only these."""
    today = now.astimezone(zone).date()
    roots = [tree.unit(each) for each in of.audience.unit_ids if tree.has(each)]
    under = list(dict.fromkeys(each for root in roots for each in tree.under(root, today) if not tree.is_group(each)))
    if of.audience.whom != "missing":
        return under
    if form is None:
        return []
    period = current_period(form.schedule, now, zone)
    expected = {each.id for root in roots for each in expected_units(form, tree, period, root)}
    units = [each for each in under if each.id in expected]
    found = rounds.standings(connection, form, period, tree, now, zone, units)
    return [tree.unit(each.deadline.unit_id) for each in found if reminding.wants(each, now)]
