"""The demonstration's second road: a simulated Zalo, with a phone beside the others on the page."""

import csv
from pathlib import Path
from secrets import token_urlsafe

from bot.zalo.settings import ZaloSettings
from simulator import Simulator
from simulator.zalo import ZaloSimulator


def zalo_phones(simulator: Simulator, scene: Path) -> ZaloSimulator:
    """A Zalo beside the simulated Telegram, by the same clock, with the phones of `scene`: name, caption."""
    zalo = ZaloSimulator(clock=simulator.clock, language=simulator.language)
    with scene.open(encoding="utf-8", newline="") as file:
        for each in csv.DictReader(file):
            zalo.person(each["name"], each["caption"])
    return zalo


def zalo_settings(zalo: ZaloSimulator, listen: str) -> ZaloSettings:
    """What the program needs to be called by it at `listen`; without a place to listen at it polls."""
    return ZaloSettings(
        zalo_token=zalo.token,
        zalo_name=zalo.world.bot.name,
        zalo_api_url=zalo.url,
        zalo_webhook_url=f"http://{listen}/zalo" if listen else "",
        zalo_webhook_listen=listen or "127.0.0.1:0",
        zalo_webhook_secret=token_urlsafe(24),
    )
