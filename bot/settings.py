"""The settings: from the environment or .env, each one explained in .env.example."""

import re
from datetime import time
from functools import cached_property
from typing import Annotated, TypeVar
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, PrivateAttr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.cli.system_errors import of_system
from bot.environment import ReadSettings
from reporting.errors import Refused, refuse_all
from reporting.person_record import Keeping
from reporting.rotation import BackupPlan, Rotation
from reporting.translator import LANGUAGES

_CHANNEL = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,31}|-100\d{6,13}")
_CHAT = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,31}|-?\d{1,20}|[a-z]{2,20}:[!-~]{1,200}")
_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
ENV_FILE = ".env"
LONGEST_SHOWN = 60
S = TypeVar("S", bound=BaseSettings)
SHORTEST_HIDDEN = 4
"""A shorter secret is none, and would be hidden in the middle of words."""
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("text", "json")


def _listening_address(listen: str) -> str:
    port = listen.rpartition(":")[2]
    if listen and not (":" in listen and port.isdecimal() and int(port) < 65536):
        raise ValueError("setting_listen")
    return listen


ListeningAddress = Annotated[str, AfterValidator(_listening_address)]
"""Where to listen, `host:port`; «» for nowhere."""


class Settings(ReadSettings):
    """One field a setting, named as in the environment but in small letters."""

    model_config = SettingsConfigDict(env_file=ENV_FILE, extra="ignore", env_ignore_empty=True)

    bot_token: str = ""
    bot_api_url: str = "https://api.telegram.org"
    database_url: str = "sqlite:///data/giaoban.db"
    timezone: str = "Asia/Ho_Chi_Minh"
    language: str = "vi"
    webhook_url: str = ""
    webhook_secret: str = ""
    webhook_listen: ListeningAddress = "127.0.0.1:8080"
    bot_proxy: str = ""
    bot_rate: float = Field(default=28.0, gt=0)
    clock_url: str = ""
    demonstration: bool = False
    quiet_hours: str = ""
    open_data_listen: ListeningAddress = ""
    public_url: str = ""
    link_secret: str = ""
    desk_listen: ListeningAddress = ""
    desk_url: str = ""
    open_data_owner: str = ""
    open_data_licence: str = ""
    open_data_contact: str = ""
    bulletin_channel: str = ""
    alert_chat: str = ""
    portal_private_addresses: bool = False
    keep_inbox_days: int = Field(default=7, ge=1)
    keep_outbox_days: int = Field(default=730, ge=1)
    keep_feedback_days: int = Field(default=365, ge=1)
    keep_names_days: int = Field(default=0, ge=0)
    log_level: str = "INFO"
    log_format: str = "text"
    backup_folder: str = ""
    backup_at: str = "02:30"
    backup_daily: int = Field(default=7, ge=1)
    backup_weekly: int = Field(default=5, ge=0)
    backup_monthly: int = Field(default=12, ge=0)

    _own: dict[type[BaseSettings], BaseSettings] = PrivateAttr(default_factory=dict)
    _is_read: bool = PrivateAttr(default=False)

    def of(self, kind: type[S]) -> S:
        """The settings that stand in a channel's folder; read when they are first asked for, if these were read. Raises Refused."""
        if kind not in self._own:
            self._own[kind] = read_own(kind) if self._is_read else kind.model_construct()
        found = self._own[kind]
        assert isinstance(found, kind)
        return found

    def with_own(self, own: BaseSettings) -> "Settings":
        """These, with settings of a channel's own."""
        made = self.model_copy()
        made._own = {**self._own, type(own): own}
        return made

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (OSError, ValueError, KeyError):
            raise ValueError("setting_timezone") from None
        return name

    @field_validator("language")
    @classmethod
    def _is_ours(cls, language: str) -> str:
        if language not in LANGUAGES:
            raise ValueError("setting_language")
        return language

    @field_validator("log_level")
    @classmethod
    def _is_a_level(cls, level: str) -> str:
        if level.upper() not in LEVELS:
            raise ValueError("setting_log_level")
        return level.upper()

    @field_validator("log_format")
    @classmethod
    def _is_a_format(cls, form: str) -> str:
        if form.lower() not in LOG_FORMATS:
            raise ValueError("setting_log_format")
        return form.lower()

    @field_validator("alert_chat")
    @classmethod
    def _is_a_chat(cls, chat: str) -> str:
        if chat and not _CHAT.fullmatch(chat):
            raise ValueError("setting_chat")
        return chat

    @field_validator("desk_listen", mode="before")
    @classmethod
    def _is_at_home(cls, listen: str) -> str:
        """A bare port is one of this machine alone."""
        return f"127.0.0.1:{listen}" if listen.isdecimal() else listen

    @field_validator("desk_url", "public_url")
    @classmethod
    def _is_a_url(cls, url: str) -> str:
        if url and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", url):
            raise ValueError("setting_url")
        return url.rstrip("/")

    @field_validator("bulletin_channel")
    @classmethod
    def _is_a_channel(cls, channel: str) -> str:
        if channel and not _CHANNEL.fullmatch(channel):
            raise ValueError("setting_channel")
        return channel

    @field_validator("backup_at")
    @classmethod
    def _is_an_hour(cls, at: str) -> str:
        if not _HOUR.fullmatch(at):
            raise ValueError("setting_hour")
        return at

    @field_validator("quiet_hours")
    @classmethod
    def _are_hours(cls, hours: str) -> str:
        if hours and not _HOURS.fullmatch(hours):
            raise ValueError("setting_hours")
        return hours

    @cached_property
    def quiet(self) -> tuple[time, time] | None:
        """From when and until when nobody is reminded, in local time; None: at no time."""
        start, _, end = self.quiet_hours.partition("-")
        return (time.fromisoformat(start), time.fromisoformat(end)) if start else None

    @property
    def secrets(self) -> tuple[str, ...]:
        """What is in no line of the log, beside the channels' own: what links are signed with, passwords in addresses."""
        passwords = (unquote(urlsplit(each).password or "") for each in (self.database_url, self.bot_proxy))
        return tuple(each for each in (self.link_secret, *passwords) if len(each) >= SHORTEST_HIDDEN)

    @property
    def keeping(self) -> Keeping:
        return Keeping(self.keep_inbox_days, self.keep_outbox_days, self.keep_feedback_days, self.keep_names_days)

    @property
    def backups(self) -> BackupPlan:
        rotation = Rotation(self.backup_daily, self.backup_weekly, self.backup_monthly)
        return BackupPlan(self.backup_folder, time.fromisoformat(self.backup_at), rotation)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class ChannelSettings(BaseSettings):
    """Settings that stand in a channel's folder, read and explained as all are."""

    model_config = Settings.model_config


class _Language(ReadSettings):
    """The one setting that decides how all the others are complained of."""

    model_config = Settings.model_config

    language: str = "vi"


def language() -> str:
    """The setting LANGUAGE, whatever else is wrong; Vietnamese where it is none of ours."""
    try:
        chosen = _Language().language
    except (UnicodeDecodeError, OSError):
        return "vi"
    return chosen if chosen in LANGUAGES else "vi"


def read_settings() -> Settings:
    """The settings as they are now. Raises Refused with all that are wrong."""
    settings = read_own(Settings)
    settings._is_read = True
    return settings


def read_own(kind: type[S]) -> S:
    """Settings of this kind from the environment and .env. Raises Refused with all that are wrong."""
    try:
        return kind()
    except ValidationError as error:
        refuse_all([_refused(each) for each in error.errors()])
        raise
    except UnicodeDecodeError:
        raise Refused("file_not_utf8", file=ENV_FILE) from None
    except OSError as error:
        raise Refused("file_unreadable", file=ENV_FILE, why=of_system(error)) from None


def _refused(wrong: ErrorDetails) -> Refused:
    """What is wrong with a setting, and how it is written; our own checks raise ValueError with the key of their sentence."""
    name = str(wrong["loc"][0]).upper() if wrong["loc"] else "?"
    values = {"name": name, "value": str(wrong["input"])[:LONGEST_SHOWN]}
    match wrong["type"]:
        case "value_error":
            return Refused(str(wrong["ctx"]["error"]), **values, allowed=_allowed(name))
        case kind if kind.startswith("bool"):
            return Refused("setting_yes_or_no", **values)
        case _:
            return Refused("setting_number", **values)


def _allowed(name: str) -> str:
    return ", ".join({"LANGUAGE": LANGUAGES, "LOG_LEVEL": LEVELS, "LOG_FORMAT": LOG_FORMATS}.get(name, ()))
