"""What becomes of an announcement that was sent: it is acknowledged, reminded of, edited, recalled, and its deadline passes."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy import Connection

from reporting.access import Actor, may
from reporting.announcement import Announcement, Receipt, not_acknowledged, to_be_reminded
from reporting.errors import Refused
from reporting.events.announcements import AcknowledgementsDue, AcknowledgementWanted, Announced, AnnouncementRecalled
from reporting.people import Duty, Person
from reporting.rounds.nudge import NUDGE_AGAIN
from reporting.units import Unit, UnitTree
from services.announce import check_length
from services.context import Context
from services.send_announcement import Put, announced_to, part_of_announcement, put_with_receipts
from storage.database import audit
from storage.database.tick_parts import TickParts
from storage.messages import announcements, receipts
from storage.organisation import people

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Somebody has acknowledged an announcement; `at`: when, `is_new`: only now."""

    announcement: Announcement
    at: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """An announcement with what became of it. `units`: those of its receivers, by id."""

    announcement: Announcement
    by: Person
    seat: Unit
    receipts: Sequence[Receipt]
    units: Mapping[int, Unit]


def with_receipts(connection: Connection, tree: UnitTree, of: Announcement) -> Followed:
    """With whom it went to and what became of it."""
    found = receipts.receipts_of(connection, of.id)
    units = {each.unit_id: tree.unit(each.unit_id) for each in found}
    return Followed(of, people.person_of(connection, of.person_id), tree.unit(of.seat_id), found, units)


def announcement_known(context: Context, actor: Actor, number: int) -> Announcement:
    """The announcement with this number that the actor may follow. Refused, where there is none."""
    found = announcements.announcement_of(context.connection, number)
    if found is None or found.state == "writing" or not _may_follow(context, actor, found):
        raise Refused("announcement_unknown", number=str(number))
    return found


def announcements_known(context: Context, actor: Actor) -> list[Announcement]:
    """Those that the actor may follow, newest first."""
    found = announcements.newest(context.connection, MOST_LISTED)
    return [each for each in found if _may_follow(context, actor, each)]


def _may_follow(context: Context, actor: Actor, of: Announcement) -> bool:
    """Its sender may, as long as he may announce, and whoever may announce for the unit by whose duty it was sent."""
    is_his = of.person_id == actor.person.id and any(each.role in ("leader", "admin") for each in actor.duties)
    return is_his or may("announce", context.unit(of.seat_id), actor.duties, context.tree)


def acknowledge_announcement(context: Context, person: Person, number: int | None = None) -> Acknowledged:
    """«Đã nắm»: of the one with this number; None: of the newest that waits for it.

    Refused where none went to him, and where he has the duty no more by which it did: he does not speak for that unit.
    """
    connection = context.connection
    if number is None:
        number = receipts.newest_unacknowledged(connection, person.id) or receipts.newest_received(
            connection, person.id
        )
    found = announcements.announcement_of(connection, number) if number is not None else None
    mine = receipts.receipt_of(connection, found.id, person.id) if found is not None else None
    if found is None or mine is None or not mine.edition:
        raise Refused("announcement_not_yours")
    if found.state == "recalled":
        raise Refused("announcement_is_recalled", number=str(found.id))
    if not _is_in_charge(mine, context.duties(person), context.tree, context.today):
        raise Refused("announcement_duty_over", number=str(found.id), unit=context.unit(mine.unit_id).title)
    is_new = receipts.acknowledge(connection, mine.id, context.now)
    if is_new:
        audit.write(connection, context.now, person.id, "acknowledged", unit_id=mine.unit_id, announcement=found.id)
    return Acknowledged(found, mine.acknowledged_at or context.now, is_new)


def _is_in_charge(of: Receipt, duties: Collection[Duty], tree: UnitTree, on: date) -> bool:
    """Whether one of these duties of his is still that by which it went to him; where the unit is no more, any."""
    if not tree.unit(of.unit_id).exists(on):
        return bool(duties)
    return any(duty.unit_id == of.unit_id for duty in duties)


def _still_in_charge(connection: Connection, tree: UnitTree, found: Sequence[Receipt], on: date) -> list[Receipt]:
    """The receipts of whoever still has the duty by which it went to him."""
    held: dict[int, list[Duty]] = defaultdict(list)
    for duty in people.duties(connection, on, person_ids={each.person_id for each in found}) if found else ():
        held[duty.person_id].append(duty)
    return [each for each in found if _is_in_charge(each, held[each.person_id], tree, on)]


def remind_of_announcement(
    connection: Connection,
    tree: UnitTree,
    of: Announcement,
    now: datetime,
    on: date,
    by: int | None = None,
    only: Collection[int] | None = None,
) -> list[AcknowledgementWanted]:
    """Whoever has it and has not acknowledged it is told again: by itself once, `by` a person at most each quarter of an hour.

    `on`: the local day, for those who have their duty on it. `only`: of these people, by id.
    """
    found = [each for each in _to_be_reminded(connection, of, now, by) if only is None or each.person_id in only]
    found = _still_in_charge(connection, tree, found, on)
    ours = receipts.claim_reminding(connection, found, now)
    if not ours:
        return []
    audit.write(
        connection, now, by, "announcement reminded", unit_id=of.seat_id, announcement=of.id,
        people=[each.person_id for each in ours],
    )  # fmt: skip
    sender, seat = people.person_of(connection, of.person_id), tree.unit(of.seat_id)
    known = people.people_of(connection, [each.person_id for each in ours])
    return [AcknowledgementWanted(known[each.person_id], sender, seat, of) for each in ours if each.person_id in known]


def remind_each(
    connection: Connection,
    tree: UnitTree,
    of: Announcement,
    now: datetime,
    on: date,
    put: Put,
    parts: TickParts,
    by: int | None = None,
) -> int:
    """The same, put in the outbox; how many are reminded. Part by part, who cannot be keeps no other from it."""
    waited_for = [each.person_id for each in _to_be_reminded(connection, of, now, by)]

    def remind(some: Sequence[int]) -> int:
        return len(put(remind_of_announcement(connection, tree, of, now, on, by, some)))

    return sum(parts.in_halves(connection, waited_for, partial(part_of_announcement, of), remind))


def _to_be_reminded(connection: Connection, of: Announcement, now: datetime, by: int | None) -> list[Receipt]:
    return to_be_reminded(receipts.receipts_of(connection, of.id), now - NUDGE_AGAIN if by is not None else None)


def edit_announcement(context: Context, actor: Actor, number: int, text: str) -> Announcement:
    """It says something else: what was said already is edited where the channel can. Refused where it was recalled."""
    found = announcement_known(context, actor, number)
    if found.state == "recalled":
        raise Refused("announcement_is_recalled", number=str(number))
    check_length(context.channel(actor.person.address), text, found.file)
    announcements.change_text(context.connection, number, text, context.now if found.sent_at is not None else None)
    audit.write(
        context.connection, context.now, actor.person.id, "announcement edited", unit_id=found.seat_id,
        announcement=number,
    )  # fmt: skip
    return announcement_known(context, actor, number)


def recall_announcement(context: Context, actor: Actor, number: int) -> Announcement:
    """Nobody is to have it. Refused where it was recalled already."""
    found = announcement_known(context, actor, number)
    if not announcements.mark_recalled(context.connection, number, context.now):
        raise Refused("announcement_is_recalled", number=str(number))
    audit.write(
        context.connection, context.now, actor.person.id, "announcement recalled", unit_id=found.seat_id,
        announcement=number,
    )  # fmt: skip
    return announcement_known(context, actor, number)


def bring_up_to_date(
    connection: Connection, tree: UnitTree, of: Announcement, on: date, only: Collection[int] | None = None
) -> list[Announced | AnnouncementRecalled]:
    """What is to be said to whoever has an older edition, or could be given none: each once; what is being sent just now waits for the
    next tick. `only`: of these people, by id.

    A message that has not left is taken back, and goes out as it is now, or not at all. Who has no duty for it on the local day `on`
    is told of a recall, and of no new words.
    """
    older = [each for each in receipts.receipts_of(connection, of.id) if each.edition < of.edition]
    older = [each for each in older if only is None or each.person_id in only]
    older = [each for each in older if each.state != "sending"]
    left = receipts.take_back_unsent(connection, [each.id for each in older if each.state == "new"])
    ready = {each.id: each for each in older if each.id not in left or each.state != "new"}
    ours = receipts.claim_edition(connection, ready, of.edition)
    mine = [each for each in ready.values() if each.id in ours and each.state != "dead"]
    if of.state == "recalled":
        had = [each for each in mine if each.state in ("said", "unknown")]
        known = people.people_of(connection, [each.person_id for each in had])
        return [
            AnnouncementRecalled(known[each.person_id], of, each.message_id) for each in had if each.person_id in known
        ]
    mine = _still_in_charge(connection, tree, mine, on)
    made = {each.to.id: each for each in announced_to(connection, tree, of, [each.person_id for each in mine])}
    return [_as_edit(made[each.person_id], each) for each in mine if each.person_id in made]


def bring_each_up_to_date(
    connection: Connection, tree: UnitTree, of: Announcement, on: date, put: Put, parts: TickParts
) -> int:
    """The same, put in the outbox; to how many something is said. Part by part, who cannot be told keeps no other from it, and is
    tried again with the next tick.
    """

    def bring(some: Sequence[int]) -> int:
        return put_with_receipts(connection, of, bring_up_to_date(connection, tree, of, on, some), put)

    behind = receipts.people_behind(connection, of.id, of.edition)
    return sum(parts.in_halves(connection, behind, partial(part_of_announcement, of), bring))


def _as_edit(event: Announced, of: Receipt) -> Announced:
    return Announced(event.to, event.by, event.seat, event.announcement, of.message_id)


def deadline_passed(
    connection: Connection, tree: UnitTree, of: Announcement, now: datetime
) -> AcknowledgementsDue | None:
    """What its sender is told when the deadline has passed, once; None where he was told."""
    if not announcements.mark_ended(connection, of.id, now):
        return None
    audit.write(connection, now, None, "announcement ended", unit_id=of.seat_id, announcement=of.id)
    found = with_receipts(connection, tree, of)
    return AcknowledgementsDue(found.by, of, found.receipts, found.units, now)


def unacknowledged_since(
    connection: Connection, tree: UnitTree, root: Unit, since: datetime, now: datetime
) -> list[Followed]:
    """The announcements whose deadline has passed since then, sent by a duty at `root` or under it, with the receipts that lack.

    Those that all have acknowledged are left out; oldest deadline first. This is what a meeting is told of them.
    """
    found = []
    for each in announcements.overdue(connection, since, now):
        if tree.has(each.seat_id) and tree.is_within(tree.unit(each.seat_id), root):
            told = with_receipts(connection, tree, each)
            lacking = not_acknowledged(told.receipts)
            if lacking:
                units = {one.unit_id: tree.unit(one.unit_id) for one in lacking}
                found.append(Followed(each, told.by, told.seat, lacking, units))
    return found
