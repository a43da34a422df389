"""On what was measured: the day, the versions and the machine, in words for a table's head."""

import os
import platform
import sqlite3
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.machine import find_postgres

LIBRARIES = ("aiogram", "python-telegram-bot", "SQLAlchemy", "psycopg")


def described() -> str:
    """Two sentences."""
    libraries = ", ".join(f"{each} {version(each)}" for each in LIBRARIES)
    databases = f"SQLite {sqlite3.sqlite_version}, {_postgres()}"
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, commit {_commit()}, Python {platform.python_version()}, {libraries}, {databases}. "
        f"{platform.system()} on {cores():g} cores ({_processor()}), {_memory():.0f} GB; bots, simulator, its people and "
        "database share them."
    )


def cores() -> float:
    """How many cores this process and what it starts may use: those that it may run on, or less where its group has a quota."""
    allowed = float(len(os.sched_getaffinity(0)))
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
    except (FileNotFoundError, ValueError):
        return allowed
    return allowed if quota == "max" else min(allowed, int(quota) / int(period))


def load() -> str:
    """How busy the machine has been for a minute, five and fifteen, in processes that would run."""
    return " ".join(f"{each:.1f}" for each in os.getloadavg())


def _postgres() -> str:
    programs = find_postgres()
    if programs is None:
        return "no PostgreSQL"
    told = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return f"PostgreSQL {told.split()[2]}"


def _commit() -> str:
    told = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return told.stdout.strip() or "unknown"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
