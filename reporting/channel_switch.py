"""That people go over to another messenger: what was ordered, and what came of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from reporting.people import Person

OrderState = Literal["waits", "begun", "revoked"]


@dataclass(frozen=True, slots=True)
class ChannelOrder:
    """Everybody with a duty at the unit `unit_id` or below it (None: at any) is spoken to by `channel` first from `begins_on` on.

    `begun_at`: when that was done; `told_at`: when they heard of it; `revoked_at`: when it was taken back, before it had begun.
    """

    id: int
    channel: str
    unit_id: int | None
    begins_on: date
    ordered_at: datetime
    begun_at: datetime | None = None
    told_at: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def state(self) -> OrderState:
        if self.revoked_at is not None:
            return "revoked"
        return "begun" if self.begun_at is not None else "waits"


@dataclass(frozen=True, slots=True)
class ChannelSwitch:
    """`there`: who is found in the messenger, where he is to be told of it; `codes`: of those who are not, each with his code («»:
    none made).

    `need`: messages a month; `is_enough`: None where the messenger has no plan; `begins_on`: None: at once.
    """

    there: tuple[Person, ...]
    codes: tuple[tuple[Person, str], ...]
    need: int = 0
    is_enough: bool | None = None
    begins_on: date | None = None

    @property
    def person_ids(self) -> list[int]:
        """Of all that are to be told."""
        return [each.id for each in (*self.there, *(person for person, _ in self.codes))]

    def of(self, person_ids: Collection[int]) -> "ChannelSwitch":
        """The same, as far as it is about these people."""
        there = tuple(each for each in self.there if each.id in person_ids)
        return replace(self, there=there, codes=tuple(each for each in self.codes if each[0].id in person_ids))
