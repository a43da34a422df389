"""A mapping: which figures of a form go to which portal, under which names there, when, and by which rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from reporting.local_time import local_moment
from reporting.units import Unit

Others = Literal["own code", "leave out", "refuse"]
Authentication = Literal["none", "token", "basic", "bearer", "hmac"]


@dataclass(frozen=True, slots=True)
class MappedIndicator:
    """An indicator of the form, and what it is called there. `categories`: ADX's dimensions; `choices`: a state's values there."""

    name: str
    element: str
    combo: str = ""
    categories: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PortalRules:
    """What becomes of figures that are not plain.

    `provisional`: what waits for approval waits, or is sent. `suppressed`: small counts leave as they are, or only where residents
    are told them too. `carried`: a total in which late units stand with an earlier value is sent, or not. `merged`: what is corrected
    of a unit after its end is sent, or not. `periods`: where DHIS2 has none as the form's (a cut-off in the month, nine months)
    nothing can be sent, or it goes as the calendar's of the same name.
    """

    provisional: Literal["wait", "send"] = "wait"
    suppressed: Literal["exact", "as residents"] = "exact"
    carried: Literal["send", "leave out"] = "send"
    merged: Literal["send", "leave out"] = "send"
    periods: Literal["exact", "calendar"] = "exact"


@dataclass(frozen=True, slots=True)
class SendingTime:
    """When figures leave: once they are accepted (`hour` None), daily at an hour, or only when the desk says so (`by_hand`)."""

    hour: time | None = None
    by_hand: bool = False

    def changed_until(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """What changed up to this moment leaves now by itself; None: nothing does."""
        if self.by_hand:
            return None
        if self.hour is None:
            return now
        today = now.astimezone(zone).date()
        last = local_moment(today, self.hour, zone)
        return last if last <= now else local_moment(today - timedelta(days=1), self.hour, zone)


@dataclass(frozen=True)
class PortalMapping:
    """A mapping file, read. `key` is the target's; `secret` the name of the environment's variable that holds what it wants to know.

    `codes`: by a unit's code, or its identity with the day; `options`: what only the format knows (a data set, an id scheme).
    """

    key: str
    title: str
    format: str
    form: str
    indicators: tuple[MappedIndicator, ...]
    codes: Mapping[str, str]
    others: Others = "refuse"
    url: str = ""
    authentication: Authentication = "none"
    secret: str = ""
    when: SendingTime = SendingTime()
    since: date | None = None
    rules: PortalRules = PortalRules()
    options: Mapping[str, str] = field(default_factory=dict)

    def code_of(self, unit: Unit) -> str:
        """What the unit is called there; «» where it is not sent."""
        named = self.codes.get(unit.identity) or self.codes.get(unit.code)
        return named or (unit.code if self.others == "own code" else "")
