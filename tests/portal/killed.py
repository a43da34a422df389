"""Lives of the sender in processes of their own, each forked from one, which end by kill -9 at a given moment of sending."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.portal.https import PortalClient
from reporting.portal.consignment import PortalAnswer, PortalRequest, PortalTrouble
from reporting.portal.mapping import PortalMapping
from tests.portal.office import TOKEN, Office


class Moments:
    """Counts the moments before and after each commit and each request; at the last of them the process is no more."""

    def __init__(self, left: int) -> None:
        self._left = left

    def comes(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def live(url: str, now: datetime, kill_at: int) -> None:
    """Sends what is due at that moment. `kill_at`: at which moment it is killed; 0: at none."""
    os.environ["PORTAL_TINH"] = TOKEN
    moments, office = Moments(kill_at), Office(url, now)
    send, write = PortalClient.send, office.write

    async def sends(
        client: PortalClient, mapping: PortalMapping, request: PortalRequest
    ) -> PortalAnswer | PortalTrouble:
        moments.comes()
        answer = await send(client, mapping, request)
        moments.comes()
        return answer

    async def writes(change: Callable[[Connection], Any]) -> Any:
        moments.comes()
        done = await write(change)
        moments.comes()
        return done

    setattr(PortalClient, "send", sends)  # noqa: B010  # mypy minds how a method is put in
    office.sender._write = writes
    asyncio.run(office.sender.round())
    office.close()


def main() -> None:
    """An order a line: [url, moment, kill_at]; how the life ended is printed, as an exit code, negative for a signal."""
    for line in sys.stdin:
        url, now, kill_at = json.loads(line)
        child = os.fork()
        if child == 0:
            live(url, datetime.fromisoformat(now), kill_at)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
