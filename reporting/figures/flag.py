"""A resident's doubt of a figure: who is to be told what became of it."""

from dataclasses import dataclass

from reporting.people import Address


@dataclass(frozen=True, slots=True)
class Flag:
    """Who is to be told: a chat's address, and nothing else of the resident."""

    to: Address
    language: str
