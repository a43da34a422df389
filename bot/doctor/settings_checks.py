"""Settings that are each right and do not go together: links that nobody serves or signs, messages that nobody gets."""

from bot.channels import wanted_channels
from bot.doctor.findings import Finding, Surroundings, failing, warned, well


def check_links(of: Surroundings) -> Finding:
    """That what is given by address is served, signed, and can be reached."""
    settings = of.settings
    if settings.public_url and not (settings.link_secret or settings.bot_token):
        return failing("doctor_links_unsigned")
    if settings.public_url and not settings.open_data_listen:
        return failing("doctor_links_unserved", url=settings.public_url)
    if settings.desk_url and not settings.desk_listen:
        return failing("doctor_links_desk", url=settings.desk_url)
    if not settings.public_url and any(each.channel.by_address for each in wanted_channels(settings)):
        return warned("doctor_links_none")
    return well("doctor_links", url=settings.public_url) if settings.public_url else well("doctor_links_unused")


def check_telegram_alone(of: Surroundings) -> Finding:
    """That nothing is to be told by Telegram where there is none: the desk's alerts, the public channel."""
    settings = of.settings
    if settings.bot_token:
        return well("doctor_telegram_settings")
    mute = {"BULLETIN_CHANNEL": settings.bulletin_channel, "ALERT_CHAT": settings.alert_chat}
    named = [name for name, value in mute.items() if value and ":" not in value]
    return warned("doctor_telegram_mute", names=", ".join(named)) if named else well("doctor_telegram_settings")
