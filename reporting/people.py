"""People, the chats where they are found, and what they are charged with."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Role = Literal["reporter", "deputy", "chair", "leader", "admin"]
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
    """A code that makes whoever brings it `role` of a unit; good until `expires_at` and for `uses_left` people."""

    id: int
    role: Role
    unit_id: int
    expires_at: datetime
    uses_left: int
