"""What this folder gives the program."""

from base64 import b64encode
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.mail.channel import MAIL
from bot.running.channel_folder import ChannelFolder, ChannelNeeds

if TYPE_CHECKING:
    from bot.doctor.findings import Check
    from bot.mail.messenger import Mail
    from bot.settings import Settings


def _is_wanted(settings: "Settings") -> bool:
    from bot.mail.settings import MailSettings

    return bool(settings.of(MailSettings).smtp_host)


def _messenger(needs: ChannelNeeds) -> "Mail":
    from bot.mail.messenger import Mail

    return Mail(needs)


def _refuse(settings: "Settings") -> None:
    from bot.mail.settings import refuse_mail

    refuse_mail(settings)


def _secrets(settings: "Settings") -> Sequence[str]:
    """The password, and what it is on the wire: a server may quote that when it refuses it."""
    from bot.mail.settings import MailSettings

    mail = settings.of(MailSettings)
    said = (mail.smtp_password, f"\0{mail.smtp_user}\0{mail.smtp_password}")
    return (said[0], *(b64encode(each.encode()).decode().rstrip("=") for each in said)) if mail.smtp_password else ()


def _checks() -> "Sequence[Check]":
    from bot.mail.doctor_check import check_email

    return (check_email,)


MAIL_FOLDER = ChannelFolder(
    MAIL, is_wanted=_is_wanted, messenger=_messenger, refuse=_refuse, secrets=_secrets, checks=_checks
)
