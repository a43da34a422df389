"""Tells systemd now and then that the program is alive: one that stands still is started anew; it ends in order where it can.

Where only a period is given and nobody to tell, as in a container, it ends by itself, and whatever started it starts it anew.
"""

import asyncio
import logging
import os
import socket
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress

from bot.running.lasting_work import WorkEnded

logger = logging.getLogger(__name__)

ALIVE = b"WATCHDOG=1"
TIMES = 4
"""So often within the time that systemd waits. https://www.freedesktop.org/software/systemd/man/sd_notify.html"""
MOST_WRONG = TIMES - 1
"""So many looks in a row find something wrong before the program ends itself."""


class Watchdog:
    """`deadly`: what is wrong that only a new start would mend, by short names; none: it is alive."""

    def __init__(self, deadly: Callable[[], Collection[str]], environment: Mapping[str, str] = os.environ) -> None:
        self._deadly = deadly
        self._address = environment.get("NOTIFY_SOCKET", "")
        microseconds = environment.get("WATCHDOG_USEC", "")
        self._seconds = int(microseconds) / 1e6 if microseconds.isdecimal() else 0.0
        self._wrong = 0

    @property
    def is_wanted(self) -> bool:
        """Whether anybody waits to be told, or starts it anew where it has ended."""
        return self._seconds > 0

    async def run(self) -> None:
        """Until it is cancelled. On the event loop, so that one that is held up is noticed too. Raises what `look` does."""
        while True:
            self.look()
            await asyncio.sleep(self._seconds / TIMES)

    def look(self) -> None:
        """Tells that it is alive, or not. Raises WorkEnded at the last look before systemd would kill it: whoever can look can end in
        order, and what works still is to lose nothing.
        """
        deadly = ", ".join(self._deadly())
        self._wrong = self._wrong + 1 if deadly else 0
        if deadly:
            logger.critical("Not alive (%s): it will be started anew.", deadly)
        if not deadly or self._wrong == MOST_WRONG:
            self._tell()  # or it would be killed while it ends
        if self._wrong == MOST_WRONG:
            raise WorkEnded(deadly)

    def _tell(self) -> None:
        if not self._address:
            return
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
            to.setblocking(False)
            to.sendto(ALIVE, address)
