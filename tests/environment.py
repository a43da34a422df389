"""The surroundings of every test: none of this machine's settings, no time zone of ours, nothing left out unsaid."""

import os
import re
import time
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent


def settings_named(example: str) -> list[str]:
    """The settings that an .env.example names, commented out or not."""
    return re.findall(r"^#? ?([A-Z][A-Z0-9_]*)=", example, flags=re.MULTILINE)


def pytest_configure() -> None:
    """A token or database of the person at the keyboard never reaches a test, nor does the machine's time zone."""
    for name in settings_named((ROOT / ".env.example").read_text(encoding="utf-8")):
        os.environ.pop(name, None)
    os.environ["TZ"] = "America/St_Johns"
    time.tzset()


def not_on_this_machine(what: str) -> NoReturn:
    """Skips the test and says why in the closing lines; in CI nothing is left out, so there it fails."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not on this machine, and CI leaves nothing out", pytrace=False)
    pytest.skip(f"{what} is not on this machine")
