"""What people are told of a portal: values that it has refused, and that nothing comes through."""

from dataclasses import dataclass
from datetime import date, datetime

from reporting.portal.consignment import ValueReceipt
from reporting.reminder_key import ReminderKey, ReminderKind

OF_THE_FIGURE = frozenset({"E7619", "E7621", "E8122", "E8123"})
"""DHIS2's codes for a value that is none of its element's type or options: whoever reported it can mend it."""


@dataclass(frozen=True, slots=True)
class RefusedDelivery:
    """Values of a unit and period that a target refused. `target`: its title. `turn`: of which it was refused."""

    id: int
    target: str
    form: str
    unit_id: int
    period: date
    turn: int
    refused_at: datetime
    receipts: tuple[ValueReceipt, ...]

    @property
    def key(self) -> ReminderKey:
        """Told once of each turn: what is refused again after a correction is told again."""
        return ReminderKey(ReminderKind.PORTAL_REFUSED, offset=self.id, number=self.turn)

    @property
    def is_of_the_figure(self) -> bool:
        """Whether a figure itself is at fault, and not what was agreed with the taker."""
        return any(each.code in OF_THE_FIGURE for each in self.receipts)


@dataclass(frozen=True, slots=True)
class StoppedTarget:
    """A target that nothing has reached since `since`; `error`: why («key: words»); `waiting`: so many deliveries wait for it."""

    id: int
    target: str
    form: str
    since: datetime
    error: str
    waiting: int

    @property
    def key(self) -> ReminderKey:
        return ReminderKey(ReminderKind.PORTAL_STOPPED, offset=int(self.since.timestamp()), number=self.id)
