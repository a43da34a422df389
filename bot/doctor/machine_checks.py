"""The machine and where it stands: the time zone, room on the disk."""

from pathlib import Path
from shutil import disk_usage

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.doctor.findings import Finding, Surroundings, failing, warned, well
from bot.settings import Settings

MEGABYTE = 1_000_000
LITTLE, TOO_LITTLE = 2_000, 200
"""Megabytes that are left."""


def check_zone(of: Surroundings) -> Finding:
    """In which zone deadlines are, and what time it is there."""
    return well("doctor_zone", zone=of.settings.timezone, at=of.now.astimezone(of.settings.zone))


def check_disk(of: Surroundings) -> Finding:
    """Room where the database's file and the backups lie."""
    places = [(disk_usage(folder).free // MEGABYTE, folder) for folder in _folders(of.settings)]
    left, folder = min(places)
    say = failing if left < TOO_LITTLE else warned if left < LITTLE else well
    key = "doctor_disk_full" if left < LITTLE else "doctor_disk_room"
    return say(key, n=left, folder=str(folder))


def silent_disk(settings: Settings) -> Finding:
    """Where a look at them does not end, as at a network folder whose server is away."""
    return warned("doctor_disk_silent", folders=", ".join(str(folder) for folder in _wanted(settings)))


def _folders(settings: Settings) -> list[Path]:
    """The nearest folders that there are."""
    return [next(each for each in (folder, *folder.parents) if each.exists()) for folder in _wanted(settings)]


def _wanted(settings: Settings) -> list[Path]:
    """Without a look at them; of PostgreSQL's own nothing is known here."""
    wanted = [Path.cwd()]
    try:
        url = make_url(settings.database_url)
    except ArgumentError:
        url = None
    if url is not None and url.get_backend_name() == "sqlite" and url.database:
        wanted.append(Path(url.database).absolute().parent)
    if settings.backup_folder:
        wanted.append(Path(settings.backup_folder).absolute())
    return wanted
