"""Whether the bot can be heard and can hear: its token, the Bot API, the webhook, what @BotFather has to allow, the clock."""

from datetime import UTC, datetime, timedelta

from bot.channels import wanted_channels
from bot.doctor.findings import Finding, Surroundings, failing, warned, well

WAITING = 100
"""More updates than these waiting at Telegram are too many."""
LATELY = timedelta(hours=1)
OFF, FAR_OFF = timedelta(seconds=30), timedelta(minutes=5)
"""So much a clock may be wrong before reports look late, or early."""


def _unused(of: Surroundings) -> Finding | None:
    """That nobody is spoken to by Telegram, where another channel stands in for it."""
    return well("doctor_telegram_none") if of.api is None and wanted_channels(of.settings) else None


def check_token(of: Surroundings) -> Finding:
    """That there is a token and the Bot API knows it."""
    if of.api is None:
        return _unused(of) or failing("doctor_token_missing")
    if of.api.refuses:
        return failing("doctor_token_refused")
    if of.api.away is not None:
        return warned("doctor_token_untried")
    return well("doctor_token_good", name=str(of.api.me.get("username", "?")))


def check_bot_api(of: Surroundings) -> Finding:
    """That the Bot API answers, and from which version on it is."""
    if of.api is None:
        return _unused(of) or warned("doctor_api_not_asked")
    if of.api.away is not None:
        return failing("doctor_api_away", url=of.settings.bot_api_url, why=of.api.away)
    return well("doctor_api_answers", url=of.settings.bot_api_url, version=of.api.version or "?")


def check_webhook(of: Surroundings) -> Finding:
    """That Telegram calls where we listen, or lets itself be asked where we do not, and that calls come through."""
    if of.api is None or of.api.away is not None or of.api.refuses:
        return _unused(of) or warned("doctor_webhook_not_asked")
    set_there, wanted = str(of.api.webhook.get("url", "")), of.settings.webhook_url
    if set_there != wanted:
        return warned("doctor_webhook_other", url=set_there or "—", wanted=wanted or "—")
    failed_at = datetime.fromtimestamp(int(of.api.webhook.get("last_error_date", 0)), UTC)
    if wanted and failed_at > of.now - LATELY:
        return failing("doctor_webhook_fails", why=str(of.api.webhook.get("last_error_message", "?")))
    waiting = int(of.api.webhook.get("pending_update_count", 0))
    if waiting > WAITING:
        return warned("doctor_webhook_waits", n=waiting)
    return well("doctor_webhook_set", url=wanted) if wanted else well("doctor_webhook_none")


def check_botfather(of: Surroundings) -> Finding:
    """What only @BotFather can set: groups, where leaders get digests, and inline questions of residents."""
    if of.api is None or not of.api.me:
        return _unused(of) or warned("doctor_botfather_not_asked")
    if not of.api.me.get("can_join_groups", True):
        return warned("doctor_botfather_groups")
    if not of.api.me.get("supports_inline_queries", True):
        return warned("doctor_botfather_inline")
    return well("doctor_botfather_good")


def check_clock(of: Surroundings) -> Finding:
    """Our clock beside the Bot API's: deadlines and on-time stamps rest on it."""
    if of.api is None or of.api.date is None or of.api.asked_at is None:
        return _unused(of) or warned("doctor_clock_not_asked")
    off = abs(of.api.asked_at - of.api.date)
    seconds = int(off.total_seconds())
    if off > FAR_OFF:
        return failing("doctor_clock_far_off", seconds=seconds)
    return warned("doctor_clock_off", seconds=seconds) if off > OFF else well("doctor_clock_right")
