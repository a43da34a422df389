"""The simulator in a process of its own, with many reporters who each say the next answer when they have heard the last question."""

import asyncio
import multiprocessing
import random
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from multiprocessing.connection import Connection
from typing import Any

FIRST_CHAT = 1_000_000
PATIENCE = 300.0


class _Ears(deque[int]):
    """A chat's unheard messages; whoever waits for one is told at once."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: asyncio.Future[None] | None = None
        self.heard_at = 0.0

    def append(self, number: int) -> None:
        self.heard_at = time.perf_counter()
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_result(None)


class Crowd:
    """What the other process is asked to do. `url`: where its Bot API is; `pid`: the process."""

    def __init__(self, pipe: Connection, url: str, pid: int | None) -> None:
        self._pipe, self.url, self.pid = pipe, url, pid

    def is_heard_at(self, urls: Sequence[str], secret: str) -> None:
        """Updates go to one or another of these webhooks by chance, as from a balancer; returns when all bots have set theirs."""
        self._pipe.send((urls, secret))
        self._pipe.recv()

    def bursts(self, texts: Sequence[str], first: int, people: int) -> None:
        """So many people, from the `first` on, each say one of these at once, and wait for nothing; returns when all is said."""
        self._pipe.send(("burst", texts, first, people))
        self._pipe.recv()

    def heard(self, first: int, people: int) -> list[int]:
        """How many messages each of these people has heard, of the newest that are kept."""
        self._pipe.send(("heard", (), first, people))
        return list(self._pipe.recv())

    def waited(self, first: int, people: int) -> list[float]:
        """Seconds from the newest burst to what each of these people who has heard anything since heard last."""
        self._pipe.send(("waited", (), first, people))
        return list(self._pipe.recv())

    def says(
        self,
        texts: Sequence[str] | Sequence[Sequence[str]],
        is_alive: Callable[[], bool],
        think: float = 0.0,
        seconds: float = PATIENCE,
    ) -> tuple[float, list[float]]:
        """Everybody says these, one after the other, each when the one before is answered; the whole time, and each wait.

        `texts`: what all of them say or, for each in turn, what he says.
        `think`: seconds on the average between hearing and saying, so that they do not say it in one breath; `seconds`: after
        so many nobody begins to say anything more. `is_alive`: whether the bot still runs. Raises TimeoutError when somebody hears
        nothing in five minutes, RuntimeError when the bot has ended.
        """
        scripts = [list(texts)] if isinstance(texts[0], str) else [list(each) for each in texts]
        self._pipe.send((scripts, think, seconds))
        while not self._pipe.poll(1):
            if not is_alive():
                raise RuntimeError("the bot has ended")
        answer = self._pipe.recv()
        if isinstance(answer, str):
            raise TimeoutError(answer)
        took, waits = answer
        return float(took), list(waits)


@contextmanager
def crowd(reporters: int) -> Iterator[Crowd]:
    """So many reporters, whose chats are FIRST_CHAT and the numbers after it."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, reporters), daemon=True)
    process.start()
    yield Crowd(here, here.recv(), process.pid)
    process.terminate()
    process.join(10)


def _serve(pipe: Connection, reporters: int) -> None:
    asyncio.run(_run(pipe, reporters))


async def _run(pipe: Connection, reporters: int) -> None:
    from simulator import Simulator

    async with Simulator(seed=1, keep=20) as simulator:
        bot = simulator.bot()
        people = [simulator.person(f"Cán bộ {number}", id=FIRST_CHAT + number) for number in range(reporters)]
        for person in people:
            person.private().started = True
            person.private().unheard = _Ears()
        pipe.send(simulator.url)
        chance = random.Random(1)
        burst_at = 0.0
        while True:
            asked = await asyncio.to_thread(pipe.recv)
            if len(asked) == 4:
                burst_at = time.perf_counter() if asked[0] == "burst" else burst_at
                pipe.send(await _at_once(people, burst_at, *asked))
                continue
            if len(asked) == 2:
                await _balance(bot, *asked)
                pipe.send("balanced")
                continue
            scripts, think, seconds = asked
            waits: list[float] = []
            began = time.perf_counter()
            try:
                until = began + seconds
                each_says = zip(people, cycle(scripts), strict=False)
                await asyncio.gather(*(_talk(each, texts, think, until, chance, waits) for each, texts in each_says))
            except TimeoutError:
                pipe.send(f"somebody heard nothing for {PATIENCE:g} s; {len(waits)} answers were heard")
            else:
                pipe.send((time.perf_counter() - began, waits))


async def _balance(bot: Any, urls: Sequence[str], secret: str) -> None:
    """When as many webhooks were set, updates go to one or another of them."""
    from bench.balanced import Balanced

    while len(bot.asked("setWebhook")) < len(urls):
        await bot.change.wait(0.1)
    bot.webhook = Balanced(urls, secret)


async def _at_once(
    people: Sequence[Any], burst_at: float, what: str, texts: Sequence[str], first: int, count: int
) -> Sequence[float]:
    """Some of the people say something, in a «burst»; how many messages each has heard, or how long after the burst («waited»)."""
    some = people[first : first + count]
    if what == "burst":
        for person, text in zip(some, cycle(texts), strict=False):
            await person.says(text)
    if what == "waited":
        ears = [person.private().unheard for person in some]
        return [each.heard_at - burst_at for each in ears if each.heard_at > burst_at]
    return [len(person.heard) for person in some]


async def _talk(
    person: Any, texts: Sequence[str], think: float, until: float, chance: random.Random, waits: list[float]
) -> None:
    ears: _Ears = person.private().unheard
    for text in texts:
        if think:
            await asyncio.sleep(chance.uniform(0, 2 * think))
        if time.perf_counter() >= until:
            return
        ears.waiting = asyncio.get_running_loop().create_future()
        said = time.perf_counter()
        await person.says(text)
        await asyncio.wait_for(ears.waiting, PATIENCE)
        waits.append(time.perf_counter() - said)
