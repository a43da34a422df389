"""Counting what is sent, where a messenger's plan counts it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from reporting.say import Rank
from storage.messages.delivery import Mark

Meter = Callable[[Connection, Sequence[Mark], datetime], int]
"""Counts what was sent; the highest rank that may still be said."""


def unmetered(connection: Connection, marks: Sequence[Mark], now: datetime) -> int:
    """Where nobody counts."""
    return max(Rank)
