"""The settings of Zalo: whose bot it is, where Zalo calls us, and what the plan has."""

from pydantic import Field

from bot.settings import ChannelSettings, ListeningAddress, Settings
from reporting.errors import Refused
from reporting.message_plan import MessagePlan

MIN_SECRET, MAX_SECRET = 8, 256
"""Letters of the secret that Zalo takes."""


class ZaloSettings(ChannelSettings):
    """`zalo_webhook_*`: where Zalo calls, and proves that it is Zalo; `zalo_users`, `zalo_messages`: the plan, a month."""

    zalo_token: str = ""
    zalo_name: str = ""
    zalo_api_url: str = "https://bot-api.zaloplatforms.com"
    zalo_webhook_url: str = ""
    zalo_webhook_secret: str = ""
    zalo_webhook_listen: ListeningAddress = "127.0.0.1:8082"
    zalo_users: int = Field(default=50, ge=1)
    zalo_messages: int = Field(default=3000, ge=1)

    @property
    def plan(self) -> MessagePlan:
        return MessagePlan(self.zalo_users, self.zalo_messages)


def refuse_zalo(settings: Settings) -> None:
    """Raises Refused where Zalo is to call and cannot prove that it is Zalo."""
    zalo = settings.of(ZaloSettings)
    if zalo.zalo_webhook_url and not MIN_SECRET <= len(zalo.zalo_webhook_secret) <= MAX_SECRET:
        raise Refused("zalo_secret_missing")
