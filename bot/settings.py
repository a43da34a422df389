"""The settings: from the environment or .env, each one explained in .env.example."""

import re
from datetime import time
from functools import cached_property
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from reporting.errors import Refused
from reporting.words import LANGUAGES

_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class Settings(BaseSettings):
    """One field a setting, named as in the environment but in small letters."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    bot_token: str = ""
    bot_api_url: str = "https://api.telegram.org"
    database_url: str = "sqlite:///data/giaoban.db"
    timezone: str = "Asia/Ho_Chi_Minh"
    language: str = "vi"
    webhook_url: str = ""
    webhook_secret: str = ""
    webhook_listen: str = "127.0.0.1:8080"
    bot_proxy: str = ""
    bot_rate: float = Field(default=28.0, gt=0)
    clock_url: str = ""
    demonstration: bool = False
    quiet_hours: str = ""
    open_data_listen: str = ""
    log_level: str = "INFO"

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (OSError, ValueError, KeyError):
            raise ValueError(f"{name!r} is no time zone; write one like Asia/Ho_Chi_Minh") from None
        return name

    @field_validator("language")
    @classmethod
    def _is_ours(cls, language: str) -> str:
        if language not in LANGUAGES:
            raise ValueError(f"{language!r} is not spoken here; write one of {', '.join(LANGUAGES)}")
        return language

    @field_validator("log_level")
    @classmethod
    def _is_a_level(cls, level: str) -> str:
        if level.upper() not in LEVELS:
            raise ValueError(f"{level!r} is no level; write one of {', '.join(LEVELS)}")
        return level.upper()

    @field_validator("open_data_listen")
    @classmethod
    def _is_an_address(cls, listen: str) -> str:
        port = listen.rpartition(":")[2]
        if listen and not (":" in listen and port.isdecimal() and int(port) < 65536):
            raise ValueError(f"{listen!r} is no address to listen on; write one like 127.0.0.1:8090")
        return listen

    @field_validator("quiet_hours")
    @classmethod
    def _are_hours(cls, hours: str) -> str:
        if hours and not _HOURS.fullmatch(hours):
            raise ValueError(f"{hours!r} are no hours; write them as 21:00-06:30")
        return hours

    @cached_property
    def quiet(self) -> tuple[time, time] | None:
        """From when and until when nobody is reminded, in local time; None: at no time."""
        start, _, end = self.quiet_hours.partition("-")
        return (time.fromisoformat(start), time.fromisoformat(end)) if start else None

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def read_settings() -> Settings:
    """The settings as they are now. Raises Refused with the first that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "?"
        what = first["msg"].removeprefix("Value error, ")
        raise Refused("setting_wrong", name=name, what=what) from None
