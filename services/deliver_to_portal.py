"""Deliver: what is due at a target is taken, put together from the figures as they stand now, and what was answered is written down.

The request itself lies between these, outside of any transaction: killed anywhere, what was taken is due again, and the same values
sent twice are the same values. What was on its way is known, so that it is deleted there where it is no more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.errors import Refused
from reporting.portal.consignment import Consignment, PortalTrouble, ValueReceipt
from reporting.portal.mapping import PortalMapping
from reporting.portal.pauses import LEASE, pause_after
from reporting.portal.reading import read_mapping
from services.portal_targets import named_code
from services.portal_values import PortalReading, gone_since
from storage.database import audit
from storage.organisation import units
from storage.portal import deliveries, receipts, targets
from storage.portal.deliveries import Delivery
from storage.portal.targets import Target
from storage.reports import forms


@dataclass(frozen=True, slots=True)
class TakenDelivery:
    """A delivery that is to be sent now. `consignment` None: there is nothing to be sent of it; `is_known`: there never was."""

    delivery: Delivery
    consignment: Consignment | None
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class DeliveryOutcome:
    """What came of a delivery: receipts and whether the set is complete there, or a trouble."""

    delivery: Delivery
    receipts: tuple[ValueReceipt, ...] = ()
    completed: bool = False
    error: str = ""
    trouble: PortalTrouble | None = None

    @property
    def stops(self) -> bool:
        """Whether nothing else is sent to the target now."""
        return self.trouble is not None and not self.trouble.is_alone


def due_targets(connection: Connection, now: datetime) -> list[Target]:
    """Those that may be tried now."""
    return [each for each in targets.targets(connection) if each.retry_at is None or each.retry_at <= now]


def take(
    connection: Connection, target: Target, now: datetime, zone: ZoneInfo, most: int, *, by_desk: bool = False
) -> list[Delivery]:
    """At most `most` deliveries that leave now by themselves or, `by_desk`, because the desk wants it. They are ours for a while."""
    mapping = read_mapping(target.source)
    until = now if by_desk else mapping.when.changed_until(now, zone)
    return deliveries.take(connection, target.id, now, until, now + LEASE, most) if until is not None else []


def put_together(
    connection: Connection, mapping: PortalMapping, taken: Iterable[Delivery], now: datetime, zone: ZoneInfo
) -> list[TakenDelivery]:
    """Each with its figures as they stand now: they are never older than the turn that was taken."""
    now = now.astimezone(zone)
    tree, readings = units.tree(connection), dict[date, PortalReading | None]()
    found = []
    for each in taken:
        if each.period not in readings:
            form = forms.published(connection, mapping.form, each.period)
            readings[each.period] = PortalReading(connection, mapping, form, tree) if form else None
        reading = readings[each.period]
        found.append(_put_together(reading, each, now) if reading else TakenDelivery(each, None, is_known=False))
    return found


def _put_together(reading: PortalReading, of: Delivery, now: datetime) -> TakenDelivery:
    mapping, unit = reading.mapping, reading.tree.unit(of.unit_id)
    is_total = reading.is_total(unit, of.period)
    code = named_code(mapping, unit) if is_total else mapping.code_of(unit)
    if not code or (mapping.rules.merged == "leave out" and not unit.exists(now.date())):
        return TakenDelivery(of, None, is_known=False)
    there, doubtful = receipts.there(reading.connection, of.id)
    stand = reading.of(unit, of.period)
    gone = gone_since(there, stand.values, mapping)
    is_same = not doubtful and there == {each.indicator.name: each.value for each in stand.values}
    is_settled = not of.refused and of.sent_turn > 0
    completes = mapping.options.get("complete") == "true"
    is_forgotten = of.completed and not of.sent_turn  # it is sent again, to a taker that may have lost it
    was_complete = (
        of.completed if of.tries <= 1 and not is_forgotten else None
    )  # who took it before has not come to an end
    if is_same and (is_settled or not stand.values) and (not completes or stand.is_complete == was_complete):
        return TakenDelivery(of, None)
    said = [(each.indicator.name, each.value, each.is_gone) for each in (*stand.values, *gone)]
    key = sha256(repr((mapping.key, code, of.period.isoformat(), of.turn, said)).encode()).hexdigest()
    period = reading.form.period(of.period)
    consignment = Consignment(mapping, code, period, now, stand.values, gone, stand.is_complete, was_complete, key)
    return TakenDelivery(of, consignment)


def settle(connection: Connection, target: Target, outcomes: Iterable[DeliveryOutcome], now: datetime) -> None:
    """Writes down what was answered. A trouble puts the delivery off, and the whole target is left in peace for a while, unless it is
    of the delivery alone.
    """
    trouble: PortalTrouble | None = None
    is_reached = False
    for each in outcomes:
        if each.trouble is None:
            is_reached = is_reached or bool(each.receipts)
            receipts.put(connection, each.delivery, each.receipts, now)
            refused = sum(one.state == "refused" for one in each.receipts)
            deliveries.settle(connection, each.delivery, now, refused, each.completed, each.error)
            continue
        trouble = each.trouble if not each.trouble.is_alone else trouble
        receipts.put(connection, each.delivery, each.receipts, now)
        pause = pause_after(each.delivery.tries, each.trouble.retry_after)
        deliveries.put_off(connection, each.delivery, now + pause, _said(each.trouble))
    if trouble is not None and not is_reached:
        stop(connection, target, trouble, now)
    elif is_reached:
        targets.go_on(connection, target)
        if target.stopped_at is not None:
            audit.write(connection, now, None, "target goes on", target=target.key)


def begin(connection: Connection, taken: Iterable[TakenDelivery], now: datetime) -> None:
    """Before anything is sent: what is on its way is written down, as it may be there though no answer ever comes.

    Of what there is nothing to send: it is settled as it stands, or forgotten where the target has no name for the unit.
    """
    for each in taken:
        of = each.delivery
        if each.consignment is not None:
            on_its_way = (ValueReceipt(one.indicator.name, one.value, "sent") for one in each.consignment.values)
            receipts.put(connection, of, on_its_way, now)
            continue
        if not each.is_known:
            deliveries.drop(connection, of)
        deliveries.settle(connection, of, now, of.refused, of.completed, of.error)


def stop(connection: Connection, target: Target, trouble: PortalTrouble, now: datetime) -> None:
    """The target is left in peace for a while, the longer the oftener; why is kept for the desk."""
    pause = pause_after(target.tries + 1, trouble.retry_after, is_setup=trouble.is_setup)
    targets.stop(connection, target, _said(trouble), now + pause, now)
    if target.stopped_at is None:
        audit.write(connection, now, None, "target stopped", target=target.key, state=trouble.key)


def _said(trouble: PortalTrouble) -> str:
    return f"{trouble.key}: {trouble.words}" if trouble.words else trouble.key


def refused_by_server(found: Iterable[Refused]) -> PortalTrouble:
    """What the server would not keep, as a trouble: its first, with all that it names."""
    first = next(iter(found))
    return PortalTrouble(first.key, ", ".join(str(each) for each in first.values.values()), is_setup=True)
