"""What could not be said, or nobody knows whether it came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reporting.channel import Channels, is_in_use
from reporting.effects import Effect
from reporting.people import Duty
from reporting.reminder_key import ReminderKey, ReminderKind
from reporting.say import Say
from reporting.units import UnitTree

KEY = "unsaid "
"""How the keys begin of messages that tell of others: of themselves nothing is told."""
TOLD_AS = (ReminderKind.REFUSED, ReminderKind.SHUT_OUT)
"""The kinds of what is told of others that were not said."""

AGAIN_WITHIN = timedelta(days=1)
"""An older message is out of date: it is not offered to be said again."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A message that is dead, or of which nobody knows whether it came. `created_at`: when it was put there; `tries`: so far.

    `name` and `person_id`: whose chat it is, if it is a person's; `unit_ids`: where he has duties, or which unit the group or the
    channel is told of; `is_ours` False: a resident's. `closed_at`: since when his chat cannot be reached.
    """

    id: int
    effect: Effect
    state: str
    error: str
    created_at: datetime
    tries: int = 0
    is_ours: bool = False
    person_id: int | None = None
    name: str = ""
    unit_ids: tuple[int, ...] = ()
    closed_at: datetime | None = None

    @property
    def text(self) -> str:
        """What was to be said, as HTML; «» of what is no message."""
        return self.effect.text if isinstance(self.effect, Say) else ""

    @property
    def key(self) -> ReminderKey:
        """What is told of it once: that the person's chat is closed, else that this try has failed."""
        if self.closed_at is not None:
            return ReminderKey.shut_out(self.person_id or 0, self.closed_at)
        return ReminderKey.refused(self.id, self.tries)

    @property
    def since(self) -> datetime:
        """From when its key is."""
        return self.closed_at or self.created_at

    def can_be_said_again(self, channels: Channels, now: datetime) -> bool:
        """Whether that makes sense: somebody speaks there, the chat can be reached, and the message is not out of date."""
        is_open = self.closed_at is None and is_in_use(channels, self.effect.to.channel)
        return is_open and self.created_at > now - AGAIN_WITHIN


def of_desk(found: Iterable[Unsaid], duties: Sequence[Duty], tree: UnitTree) -> list[Unsaid]:
    """Those that an admin with these duties answers for: of people, groups and channels of units under his.

    Of somebody who has no duty any more only the desk of a whole tree hears. Residents' are nobody's business.
    """
    seats = [tree.unit(duty.unit_id) for duty in duties if duty.role == "admin"]
    is_root = any(seat.parent_id is None for seat in seats)

    def is_his(each: Unsaid) -> bool:
        units = [tree.unit(unit_id) for unit_id in each.unit_ids]
        return any(tree.is_within(unit, seat) for unit in units for seat in seats) if units else is_root

    return [each for each in found if each.is_ours and is_his(each)]
