"""Several processes of the bot behind nginx, on one database: each can be ended, killed, and started again where it was."""

import asyncio
import json
import os
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp

from simulator import DEFAULT_TOKEN, Simulator
from tests.forked_bot import begin_zygote
from tests.replicas.nginx import Ports, free_ports, nginx

SECRET = "between-the-two"  # of nobody but the test
PATIENCE = 60.0
GLANCE = 0.05


class Forks:
    """The process from which the bots are forked."""

    def __init__(self) -> None:
        self._process = begin_zygote("tests.replicas.zygote")
        self._is_asked = asyncio.Lock()

    async def ready(self) -> None:
        """Returns when it has imported the bot."""
        assert self._process.stdout is not None
        assert await asyncio.to_thread(self._process.stdout.readline) == "ready\n", "the bot cannot be imported"

    async def ask(self, order: dict[str, Any] | int) -> int:
        """Forks a bot as ordered, and tells its process id; or waits for the end of one and tells its exit code."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        async with self._is_asked:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            line = await asyncio.to_thread(self._process.stdout.readline)
        if not line:
            raise RuntimeError("the zygote has ended")
        return int(line)

    def close(self) -> None:
        """Whoever still runs is killed with it."""
        self._process.kill()
        self._process.communicate(timeout=PATIENCE)


class Replica:
    """One place in the fleet: its ports stay, its processes come and go. `name`: by which PostgreSQL knows it."""

    def __init__(self, forks: Forks, name: str, ports: Ports, settings: dict[str, str], log: Path) -> None:
        self.name, self.ports, self.log = name, ports, log
        self._forks, self._settings, self._pid = forks, settings, 0

    @property
    def pid(self) -> int:
        """Its process at this moment; 0 where there is none."""
        return self._pid

    async def starts(self) -> None:
        """Returns at once; `is_ready` waits."""
        self._pid = await self._forks.ask({"settings": self._settings, "log": str(self.log)})

    async def is_ready(self, session: aiohttp.ClientSession) -> None:
        """Returns when it says itself, at /readyz, that it can work."""
        async with asyncio.timeout(PATIENCE):
            while True:
                with suppress(aiohttp.ClientError):
                    async with session.get(f"http://127.0.0.1:{self.ports.desk}/readyz") as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(GLANCE)  # whoever runs processes can only ask again

    async def ends(self) -> float:
        """As systemd ends it; the seconds that it took. AssertionError where it did not end in order."""
        began = time.monotonic()
        os.kill(self._pid, signal.SIGTERM)
        code = await self._gone()
        assert code == 0, f"{self.name} ended with {code}:\n{self.log.read_text()}"
        return time.monotonic() - began

    async def dies(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        assert await self._gone() == -signal.SIGKILL, f"{self.name} had ended by itself:\n{self.log.read_text()}"

    async def _gone(self) -> int:
        pid, self._pid = self._pid, 0
        async with asyncio.timeout(PATIENCE):
            return await self._forks.ask(pid)


class Fleet:
    """All of them. `url`: where nginx is; `session`: to ask it and them."""

    def __init__(self, replicas: Sequence[Replica], url: str, session: aiohttp.ClientSession) -> None:
        self.replicas, self.url, self.session = replicas, url, session

    async def rolls(self) -> list[float]:
        """Each process in turn is ended and started again, the next when that one is ready; how long each took to end."""
        took = []
        for each in self.replicas:
            took.append(await each.ends())
            await each.starts()
            await each.is_ready(self.session)
        return took


@asynccontextmanager
async def fleet(simulator: Simulator, database: str, folder: Path, count: int = 3) -> AsyncIterator[Fleet]:
    """So many processes at work behind nginx; whatever still runs at the end is killed."""
    forks = Forks()
    try:
        ports = [Ports(*free_ports(4)) for _ in range(count)]
        with nginx(ports) as proxy:
            url, replicas = proxy.url, []
            for number, each in enumerate(ports, 1):
                settings = {
                    "bot_token": DEFAULT_TOKEN,
                    "bot_api_url": simulator.url,
                    "clock_url": simulator.url,
                    "database_url": f"{database}&application_name=replica{number}",
                    "webhook_url": f"{url}/telegram",
                    "webhook_secret": SECRET,
                    "webhook_listen": f"127.0.0.1:{each.webhook}",
                    "desk_listen": f"127.0.0.1:{each.desk}",
                    "desk_url": f"{url}/desk",
                    "open_data_listen": f"127.0.0.1:{each.public}",
                }
                name = f"replica{number}"
                replicas.append(Replica(forks, name, each, settings, folder / f"{name}.log"))
            async with aiohttp.ClientSession() as session:
                await forks.ready()
                for replica in replicas:
                    await replica.starts()
                for replica in replicas:
                    await replica.is_ready(session)
                yield Fleet(replicas, url, session)
    finally:
        forks.close()
