"""All checks, in the order in which they are told: the only list of them."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.channels import CHANNEL_FOLDERS
from bot.cli.common import database
from bot.doctor.database_checks import check_audit, check_backups, check_database, check_server_log
from bot.doctor.findings import Check, DatabaseCheck, Finding, Patient, Surroundings, failing, well
from bot.doctor.machine_checks import check_disk, check_zone, silent_disk
from bot.doctor.reporting_checks import (
    check_aside,
    check_forms,
    check_inbox,
    check_outbox,
    check_portals,
    check_reporters,
    check_shut_out,
    check_silent,
    check_unset_channels,
)
from bot.doctor.settings_checks import check_links, check_telegram_alone
from bot.doctor.telegram_checks import check_bot_api, check_botfather, check_clock, check_token, check_webhook
from bot.settings import Settings
from reporting.errors import Refused
from storage.database.away import is_away
from storage.database.version import newest_revision

logger = logging.getLogger(__name__)
T = TypeVar("T")

CHECKS: tuple[Check, ...] = (
    check_token,
    check_bot_api,
    check_webhook,
    check_botfather,
    check_clock,
    check_telegram_alone,
    check_links,
    check_zone,
    check_disk,
)
DATABASE_CHECKS: tuple[DatabaseCheck, ...] = (
    check_database,
    check_server_log,
    check_audit,
    check_backups,
    check_forms,
    check_reporters,
    check_silent,
    check_shut_out,
    check_unset_channels,
    check_inbox,
    check_aside,
    check_outbox,
    check_portals,
)
"""Those that need the database, once it can be reached and is up to date."""

ALERTING: tuple[Check, ...] = (check_disk,)
ALERTING_OF_DATABASE: tuple[DatabaseCheck, ...] = (
    check_inbox,
    check_aside,
    check_outbox,
    check_portals,
)
"""Those that are looked at every minute, as what the channels look at is, and told to the desk's chat. What has words of its own
(backups, portals that stopped, messages that could not be said) is told by the reminders."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A check by its name («token», «disk»), and what it found."""

    check: str
    finding: Finding


def examine(of: Surroundings) -> list[Examined]:
    """Everything that there is to find, in order."""
    of_channels = [check for folder in CHANNEL_FOLDERS for check in folder.checks()]
    found = [_made(check, of, nullcontext()) for check in (*CHECKS, *of_channels)]
    return found + _with_database(of)


def examine_disk_for_alerts(settings: Settings, now: datetime) -> list[Examined]:
    """What needs no database, and may never come back: a folder need not answer."""
    of = Surroundings(settings, now, None)
    return [_made(check, of, nullcontext()) for check in ALERTING]


def disk_without_answer(settings: Settings) -> list[Examined]:
    """What is found while that has not come back for minutes."""
    return [Examined(_name(check), silent_disk(settings)) for check in ALERTING]


def examine_for_alerts(
    settings: Settings, connection: Connection, now: datetime, *, one_by_one: bool = False
) -> list[Examined]:
    """What of the database is to be told when it stands still, on a connection that reads. `one_by_one`: a check has failed; the
    others are made.
    """
    patient = Patient(Surroundings(settings, now, None), connection)
    of_database = (*ALERTING_OF_DATABASE, *(check for folder in CHANNEL_FOLDERS for check in folder.alerts()))
    if one_by_one:
        return [_made(check, patient, connection.begin_nested()) for check in of_database]
    return [Examined(_name(check), check(patient)) for check in of_database]


def _with_database(of: Surroundings) -> list[Examined]:
    try:
        with database(of.settings) as connection:
            patient = Patient(of, connection)
            of_channels = [check for folder in CHANNEL_FOLDERS for check in folder.database_checks()]
            migrated = well("doctor_migrated", revision=newest_revision())
            return [
                Examined("migrations", migrated),
                *(_made(check, patient, connection.begin_nested()) for check in (*DATABASE_CHECKS, *of_channels)),
            ]
    except (Refused, SQLAlchemyError, OSError) as error:
        why = error if isinstance(error, Refused) else Refused("doctor_database_lost")
        return [Examined("migrations", failing("doctor_database_away", why=why))]


def _made(check: Callable[[T], Finding], of: T, within: AbstractContextManager[object]) -> Examined:
    """What a check finds; or that it has itself failed, so that the others are made all the same."""
    try:
        with within:
            return Examined(_name(check), check(of))
    except Exception as error:
        if is_away(error):
            raise
        logger.exception("The check %s has failed", _name(check))
        return Examined(_name(check), failing("doctor_check_broken", error=type(error).__name__))


def _name(check: Callable[..., Finding]) -> str:
    return check.__name__.removeprefix("check_")
