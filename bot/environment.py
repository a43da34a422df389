"""Where settings are read: the environment, without what a shell keeps there under the same name, and .env."""

import re
from typing import Any

from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource

_OF_SHELL = re.compile(r"[A-Za-z]{1,3}[_:.@].*|C|POSIX")
"""The languages that somebody reads («en_US:en»): many systems set LANGUAGE to them, in the environment of services too."""


class _Environment(EnvSettingsSource):
    def __call__(self) -> dict[str, Any]:
        found = super().__call__()
        return {name: value for name, value in found.items() if name != "language" or not _OF_SHELL.fullmatch(value)}


class ReadSettings(BaseSettings):
    """What is given comes first, then the environment, then .env."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, _Environment(settings_cls), dotenv_settings
