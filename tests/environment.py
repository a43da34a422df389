"""The surroundings of every test: none of this machine's settings, no time zone of ours, nothing left out unsaid."""

import gc
import os
import re
import signal
import time
from pathlib import Path
from typing import NoReturn

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
IN_MEMORY = "/dev/shm"  # noqa: S108 - pytest makes a folder of its own in it, for nobody else
ROOM = 4 << 30
"""Bytes that the tests' temporary files may come to."""
NO_PROGRAMS = getattr(os, "ST_NOEXEC", 8)


def settings_named(example: str) -> list[str]:
    """The settings that an .env.example names, commented out or not."""
    return re.findall(r"^#? ?([A-Z][A-Z0-9_]*)=", example, flags=re.MULTILINE)


def memory_folder() -> str | None:
    """Where no file waits for a disk, if there is room for the tests' databases: a kill is survived there too, a power cut is not."""
    try:
        found = os.statvfs(IN_MEMORY)
    except OSError:
        return None
    roomy = found.f_bavail * found.f_frsize >= ROOM and os.access(IN_MEMORY, os.W_OK)
    return IN_MEMORY if roomy and not found.f_flag & NO_PROGRAMS else None


def pytest_configure() -> None:
    """A token or database of whoever runs the tests never reaches one, nor does the time zone of the machine, nor that a shell ignores
    Ctrl-C for what it runs in the background: the programs of the tests would inherit it, and not be stopped by it.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in settings_named((ROOT / ".env.example").read_text(encoding="utf-8")):
        os.environ.pop(name, None)
    if (ROOT / ".env").exists():
        from bot.settings import Settings

        Settings.model_config["env_file"] = None
    if not os.environ.get("CI"):  # there hypothesis has a profile of its own: no deadline, the same examples each time
        hypothesis.settings.register_profile(
            "ours", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
        )
        hypothesis.settings.load_profile("ours")
    in_memory = memory_folder()
    if in_memory:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", in_memory)
    os.environ["TZ"] = "America/St_Johns"
    time.tzset()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What tests and libraries have loaded is never garbage: a search through all of it took half a second, again and again."""
    gc.collect()
    gc.freeze()


def not_on_this_machine(what: str) -> NoReturn:
    """Skips the test and says why in the closing lines; in CI nothing is left out, so there it fails."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not on this machine, and CI leaves nothing out", pytrace=False)
    pytest.skip(f"{what} is not on this machine")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What may take longer than others begins first, so that no worker is left with it when the others have ended."""
    items.sort(key=_allowed, reverse=True)


def _allowed(item: pytest.Item) -> float:
    """Seconds that a test may take by its own word; 0 for the usual ones."""
    mark = item.get_closest_marker("timeout")
    return float(mark.args[0]) if mark is not None and mark.args else 0.0
