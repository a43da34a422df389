"""Several webhooks that are one to Telegram, as a balancer in front of them makes it look."""

import random
from collections.abc import Sequence

from simulator.bots import Webhook


class Balanced(Webhook):
    """Each update goes to one of the addresses by chance."""

    def __init__(self, urls: Sequence[str], secret: str) -> None:
        self._urls, self._chance = list(urls), random.Random(1)
        self.secret, self.max_connections = secret, 40
        self.last_error, self.last_error_at = "", 0.0

    @property
    def url(self) -> str:  # type: ignore[override]  # nobody sets it
        return self._chance.choice(self._urls)
