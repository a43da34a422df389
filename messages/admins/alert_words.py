"""What the desk's chat is told when something stands still, and when it is over."""

from collections.abc import Mapping
from typing import Any

from reporting.people import Address
from reporting.say import Rank, Say
from reporting.translator import Translator


def alert_told(key: str, values: Mapping[str, Any], to: Address, words: Translator) -> Say:
    """`key`: of the sentence that says what was found, with its `values`; `KEY_advice` says what to do."""
    found, advice = words(key, **values), words(f"{key}_advice", **values)
    return Say(to, words("alert_told", found=found, advice=advice), rank=Rank.REMINDER)


def alert_over(key: str, values: Mapping[str, Any], to: Address, words: Translator) -> Say:
    """The trouble is over; `key` and `values` say how it stands now."""
    return Say(to, words("alert_over", found=words(key, **values)), rank=Rank.REMINDER)
