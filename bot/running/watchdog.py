"""Tells systemd now and then that the program is alive: one that stands still, and does not end either, is started anew."""

import asyncio
import logging
import os
import socket
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress

logger = logging.getLogger(__name__)

ALIVE = b"WATCHDOG=1"
TIMES = 4
"""So often within the time that systemd waits. https://www.freedesktop.org/software/systemd/man/sd_notify.html"""


class Watchdog:
    """`deadly`: what is wrong that only a new start would mend, by short names; none: it is alive."""

    def __init__(self, deadly: Callable[[], Collection[str]], environment: Mapping[str, str] = os.environ) -> None:
        self._deadly = deadly
        self._address = environment.get("NOTIFY_SOCKET", "")
        microseconds = environment.get("WATCHDOG_USEC", "")
        self._seconds = int(microseconds) / 1e6 if microseconds.isdecimal() else 0.0

    @property
    def is_wanted(self) -> bool:
        """Whether anybody waits to be told."""
        return bool(self._address) and self._seconds > 0

    async def run(self) -> None:
        """Until it is cancelled. On the event loop, so that one that is held up is noticed too."""
        while True:
            if deadly := self._deadly():
                logger.critical("Not alive (%s): systemd will start the program anew.", ", ".join(deadly))
            else:
                self._tell()
            await asyncio.sleep(self._seconds / TIMES)

    def _tell(self) -> None:
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
            to.setblocking(False)
            to.sendto(ALIVE, address)
