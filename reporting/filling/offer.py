"""What the bot offers to do with figures that come unasked: to put them into a report."""

from dataclasses import dataclass
from datetime import date, datetime

OF_LIST = 0
OF_LEAVE = -1


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered: to put what the `text` of a message says into the report of a unit and a period.

    A list of reports of which one is to be chosen is an offer too: its message is OF_LIST, its text the lines of its buttons. So is
    that somebody's duty may rest on days that he is asked for: its message is OF_LEAVE.
    """

    form: str
    unit_id: int
    period: date
    text: str
    message_id: int
    made_at: datetime

    @property
    def is_list(self) -> bool:
        return self.message_id == OF_LIST

    @property
    def is_leave(self) -> bool:
        return self.message_id == OF_LEAVE

    @property
    def is_of_figures(self) -> bool:
        return not self.is_list and not self.is_leave
