"""What a check is given, and what it finds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from bot.doctor.bot_api import BotApi
from bot.settings import Settings


class Health(StrEnum):
    """How something is: a warning wants to be looked at, a failure keeps somebody from working."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has found: the key of its sentence with the values; unless all is well, `KEY_advice` says what to do."""

    health: Health
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


def well(key: str, **values: Any) -> Finding:
    return Finding(Health.OK, key, values)


def warned(key: str, **values: Any) -> Finding:
    return Finding(Health.WARNING, key, values)


def failing(key: str, **values: Any) -> Finding:
    return Finding(Health.FAILURE, key, values)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every check may look at. `now`: the program's clock; `api`: the Bot API as it was found, None where there is no token."""

    settings: Settings
    now: datetime
    api: BotApi | None


@dataclass(frozen=True, slots=True)
class Patient:
    """The same with the database, which can be reached and is up to date; the transaction reads only."""

    surroundings: Surroundings
    connection: Connection

    @property
    def settings(self) -> Settings:
        return self.surroundings.settings

    @property
    def now(self) -> datetime:
        return self.surroundings.now


Check = Callable[[Surroundings], Finding]
DatabaseCheck = Callable[[Patient], Finding]
