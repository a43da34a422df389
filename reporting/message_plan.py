"""What a messenger's plan allows, what is left of it, and whether it is enough: a month's messages, spent by rank."""

from dataclasses import dataclass
from datetime import date, timedelta

from reporting.say import Rank

A_DAY = 2
"""Messages from us to somebody with a duty on an ordinary day: a reporter's reminder and receipt, a leader's digest and one more."""
NOTHING_FOR_MANY, NO_LEADERS, REPLIES_ALONE = 5, 12, 24
"""When a fifth is left, what goes to many and early reminders wait; when a twelfth is left, leaders do, and only a reporter's last
reminder goes; when a twenty-fourth is left, only replies go."""
WEEK = 7
_SPENT = ((REPLIES_ALONE, Rank.REPLY), (NO_LEADERS, Rank.LAST_REMINDER), (NOTHING_FOR_MANY, Rank.REMINDER))
NOTHING = min(Rank) - 1


@dataclass(frozen=True, slots=True)
class MessagePlan:
    """How many people a bot may have, and how many messages a month."""

    people: int
    messages: int

    def rank_allowed(self, sent: int) -> int:
        """The highest rank that may still be said when so many were sent this month; NOTHING, below every rank: none."""
        left = self.messages - sent
        if left <= 0:
            return NOTHING
        for part, rank in _SPENT:
            if left * part <= self.messages:
                return rank
        return max(Rank)

    def is_enough_for(self, people: int, days: int = 31) -> bool:
        """Whether so many people with a duty can be spoken to all month."""
        return people <= self.people and need_of(people, days) <= self.messages

    def left_for_residents(self, sent: int, people: int, on: date) -> int:
        """What is left of the month beyond what so many people with a duty need until its end; under 1: nothing."""
        return self.messages - sent - need_of(people, days_left(on))

    def lasts(self, sent: int, on: date) -> bool:
        """Whether it lasts to the end of the month if it is spent as it was until this day; a week at the least is reckoned with."""
        return sent * (days_left(on) + on.day - 1) <= self.messages * max(on.day, WEEK)


def need_of(people: int, days: int = 31) -> int:
    """The messages that so many people with a duty need."""
    return people * A_DAY * days


def days_left(on: date) -> int:
    """Of the month, this day included."""
    following = (on.replace(day=28) + timedelta(days=4)).replace(day=1)
    return (following - on).days
