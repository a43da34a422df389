"""What the desk is told of a backup that failed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from reporting.errors import Refused
from reporting.people import Address
from reporting.say import Rank, Say
from reporting.translator import Translator


def backup_failed(
    at: datetime, why: str, values: Mapping[str, Any], zone: ZoneInfo, to: Address, words: Translator
) -> Say:
    """`why`: the key of the sentence that says why, with its `values`."""
    local = at.astimezone(zone)
    text = words("backup_failed_told", at=local, day=local.date(), why=Refused(why, **values))
    return Say(to, text, rank=Rank.REMINDER)
