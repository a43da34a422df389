"""Secrets of portals: from the environment or .env, by the name that the mapping gives; never from a file that is sent around."""

import os
from pathlib import Path

from dotenv import dotenv_values

from bot.settings import Settings


def secret_named(name: str) -> str:
    """What the variable holds; «» where it is not set."""
    held = os.environ.get(name, "").strip()
    file = Settings.model_config.get("env_file")
    if held or not name or not file or not Path(str(file)).is_file():
        return held
    return (dotenv_values(str(file)).get(name) or "").strip()
