"""Invitations with their codes, and what the sheet of them is drawn from: a card for each, to be cut out and handed over."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from reporting.people import Role
from reporting.say import Drawing
from reporting.units import Unit


@dataclass(frozen=True, slots=True)
class IssuedInvitation:
    """An invitation with its code, which is known only here and now: its hash is kept."""

    id: int
    code: str
    role: Role
    unit: Unit
    uses: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class InvitationCard:
    """One invitation: `link` is its whole secret, an address or words to type; `last_on` the last day on which it can be used.

    `steps`: how one joins where there is no address, or what can be typed instead of it.
    """

    unit: str
    above: str
    role: Role
    link: str
    uses: int
    last_on: date
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InvitationSheet(Drawing):
    """Cards in the order in which they are printed; `issuer`: in whose name."""

    maker: ClassVar[str] = "invitations"
    language: str
    issuer: str
    cards: tuple[InvitationCard, ...]
