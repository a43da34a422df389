"""Plays a scenario on the phones: every step awaits the bots' answers; it can be paused, skipped and stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Literal

from simulator.errors import NotThere
from simulator.person import Person
from simulator.pulse import Pulse
from simulator.scenarios import Act, Scenario, Step
from simulator.screen import Screenful
from simulator.seen import Seen
from simulator.world import World

Json = dict[str, Any]
State = Literal["idle", "playing", "paused", "ended", "stopped", "failed"]
PATIENCE = 60.0
"""Seconds in which a bot must have answered."""
FASTEST = 1000.0


class Playback:
    """The playing of one scenario in a simulator's own world; what was played stays as if people had done it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.scenario: Scenario | None = None
        self.state: State = "idle"
        self.place, self.speed, self.trouble = 0, 1.0, ""
        self._skips = False
        self._before: dict[int, Screenful] = {}
        self._changed = Pulse()
        self._task: asyncio.Task[None] | None = None

    # What is shown and ordered

    @property
    def is_on(self) -> bool:
        """Whether it is being played, or waits to go on."""
        return self.state in ("playing", "paused")

    def view(self) -> Json | None:
        """What the page shows; None where there is nothing to play. `who` are ids of people."""
        if self.scenario is None:
            return None
        step = self.scenario.steps[self.place]
        return {
            "title": self.scenario.title,
            "seconds": self.scenario.seconds,
            "state": self.state,
            "step": self.place + 1,
            "steps": len(self.scenario.steps),
            "caption": step.captions or {},
            "who": [number for number, user in self._world.cloud.people.items() if user.name in step.who],
            "speed": self.speed,
            "trouble": self.trouble,
        }

    def play(self, speed: float | None = None) -> None:
        """Begin, or go on after a pause; `speed` times as fast as the captions' seconds. ValueError where it cannot."""
        if self.scenario is None:
            raise ValueError("there is no scenario to play")
        if speed is not None:
            if not 0 < speed <= FASTEST:
                raise ValueError(f"the speed lies between 0 and {FASTEST:.0f}")
            self.speed = speed
        if self.is_on:
            self._become("playing")
            return
        self.place, self.trouble, self._skips = 0, "", False
        self._become("playing")
        self._task = asyncio.create_task(self._play(self.scenario))

    def pause(self) -> None:
        """Stay at the present step."""
        if self.state == "playing":
            self._become("paused")

    def skip(self) -> None:
        """Go on to the next step as soon as the present one is done, whatever is left of its seconds."""
        self._skips = True
        if self.state == "paused":
            self.state = "playing"
        self._become(self.state)

    def stop(self) -> None:
        """Play no further; what was done stays."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if self.is_on:
            self._become("stopped")

    async def ended(self, timeout: float) -> State:
        """Wait until it is over; how it ended. TimeoutError."""
        await self._changed.until(lambda: not self.is_on, timeout, "the scenario is still being played")
        return self.state

    def _become(self, state: State) -> None:
        self.state = state
        self._changed.beat()
        self._world.cloud.hub.tell("playback", lambda: {"playback": self.view()})

    # Playing

    async def _play(self, scenario: Scenario) -> None:
        loop = asyncio.get_running_loop()
        try:
            await self._sets_the_scene(scenario)
            for place, step in enumerate(scenario.steps):
                self.place, self._skips = place, False
                self._become(self.state)
                began = loop.time()
                await self._takes(step)
                await self._holds(step.seconds, began)
            self._become("ended")
        except* (TimeoutError, NotThere, ValueError) as troubles:
            self.trouble = "; ".join(str(each) for each in _leaves(troubles))
            self._become("failed")

    async def _sets_the_scene(self, scenario: Scenario) -> None:
        """The clock stands, and everybody can be reached."""
        self._world.clock.run(0)
        self._before = self._screens()
        for person in {each.id: each for step in scenario.steps for each in self._people(step)}.values():
            if person.user.offline:
                await person.comes_back()
            if person.private().blocked:
                await person.unblocks()

    def _people(self, step: Step) -> list[Person]:
        """NotThere names whoever is missing."""
        by_name = {user.name: number for number, user in self._world.cloud.people.items()}
        if missing := [name for name in step.who if name not in by_name]:
            raise NotThere(f"nobody here is called {', '.join(missing)}")
        return [self._world.person_by_id(by_name[name]) for name in step.who]

    async def _takes(self, step: Step) -> None:
        if step.acts:
            self._before = self._screens()
        if step.clock is not None:
            self._world.clock.move_to(self._next(step))
        async with asyncio.TaskGroup() as group:
            for person in self._people(step):
                group.create_task(self._takes_part(person, step))

    def _screens(self) -> dict[int, Screenful]:
        return {person.id: person.screenful() for person in self._world.people}

    def _next(self, step: Step) -> datetime:
        """The next moment at which a clock in the simulator's zone shows the step's time."""
        now = self._world.clock.now().astimezone(self._world.zone)
        assert step.clock is not None
        to = now.replace(hour=step.clock.hour, minute=step.clock.minute, second=0, microsecond=0)
        return to if to > now else to + timedelta(days=1)

    async def _takes_part(self, person: Person, step: Step) -> None:
        """One person's acts, each after the bot's answer to the one before; what is begun already is not begun again."""
        due = [act for act in step.acts if not (act.is_start and person.private().started)]
        if step.acts and not due:
            return
        for place, act in enumerate(due):
            if place or (step.clock is not None and act.is_tap and not act.is_start):
                await self._hears(person, partial(_lets, act), f"what lets him do «{act.words}»")
            self._before[person.id] = person.screenful()
            if act.is_start:
                await person.starts(person.user.start)
            elif act.is_tap:
                await person.taps(act.words)
            else:
                await person.says(act.words)
        if step.hears:
            await self._hears(person, lambda seen: step.hears in seen.text, f"«{step.hears}»")

    async def _hears(self, person: Person, is_it: Callable[[Seen], bool], what: str) -> None:
        """Wait for a message that is new or changed since somebody last did something, and is the one."""
        before = self._before[person.id]

        def heard() -> bool:
            return any(is_it(seen) for seen in person.heard_since(before))

        trouble = f"{person.name} did not hear {what}"
        await self._world.cloud.pulse.until(heard, PATIENCE, trouble)

    # Time for whoever watches

    async def _holds(self, seconds: float, began: float) -> None:
        """Let the caption be read for what is left of its seconds, unless it is skipped; stay at it while paused."""
        loop = asyncio.get_running_loop()
        spent = loop.time() - began
        await self._while_paused()
        while not self._skips and (left := seconds / self.speed - spent) > 0:
            since = loop.time()
            await self._changed.wait(left)
            spent += loop.time() - since
            await self._while_paused()

    async def _while_paused(self) -> None:
        while self.state == "paused":
            await self._changed.wait()


def _lets(act: Act, seen: Seen) -> bool:
    """Whether a message is one after which this act can be done."""
    return not act.is_tap or seen.has(act.words)


def _leaves(group: BaseExceptionGroup[Exception]) -> list[BaseException]:
    found: list[BaseException] = []
    for each in group.exceptions:
        found += _leaves(each) if isinstance(each, BaseExceptionGroup) else [each]
    return found
