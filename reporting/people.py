"""People, the chats where they are found, and what they are charged with."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Role = Literal["reporter", "deputy", "chair", "leader", "admin"]
InvitationState = Literal["open", "used", "expired", "revoked"]
ROLES: tuple[Role, ...] = ("reporter", "deputy", "chair", "leader", "admin")


@dataclass(frozen=True, slots=True)
class Address:
    """Where words reach somebody: a channel («telegram») and an address in it (a chat's id). Not the person."""

    channel: str
    address: str
    topic: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """`asked`: what the chat at his address is asked just now besides a draft, «» for nothing: a conversation's name and its step."""

    id: int
    name: str
    language: str
    address: Address
    asked: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Duty:
    """`person_id` is `role` of `unit_id` from `since` up to and without `until`."""

    person_id: int
    unit_id: int
    role: Role
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that makes whoever brings it `role` of a unit; good until `expires_at` and for `uses_left` of `uses` people.

    `made_by`: a person's id, None for the desk's command line; `revoked_at`: since when it is good for nobody.
    """

    id: int
    role: Role
    unit_id: int
    expires_at: datetime
    uses_left: int
    uses: int
    created_at: datetime
    made_by: int | None = None
    revoked_at: datetime | None = None

    @property
    def used(self) -> int:
        """How many people have joined with it."""
        return self.uses - self.uses_left

    def state(self, now: datetime) -> InvitationState:
        """Whether it can be used at that moment, or why not."""
        if self.revoked_at is not None:
            return "revoked"
        if self.uses_left < 1:
            return "used"
        return "expired" if now >= self.expires_at else "open"
