"""The points of a long run of kills: any of many occasions of a point may be the one, as chance has it; each point comes as often."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tests.crash.points import ACCEPT, CALL, HANDLE, MARK, SAVE, STORE, ZALO_CALL
from tests.crash.traps import COMMIT, Step, Trap, When

RECORD, JOBS = "storage.schedule.reminder_log:record", "bot.running.due:Due._tell"


@dataclass(frozen=True, slots=True)
class Occasion:
    """A named point; `often`: on how many occasions it comes for each report, about. `pause`: see Trap."""

    name: str
    steps: tuple[tuple[When, str], ...]
    often: float = 0.0
    pause: float = 0.0

    def trap(self, nth: int = 1) -> Trap:
        (when, place), *then = self.steps
        return Trap((Step(when, place, nth), *(Step(*step) for step in then)), self.pause)


AT_WORK = (
    Occasion("before the inbox's commit", (("after", STORE), ("before", COMMIT)), 0.15),
    Occasion("after the inbox's commit", (("after", STORE), ("after", COMMIT)), 0.15),
    Occasion("before a commit", (("before", COMMIT),), 0.5),
    Occasion("after a commit", (("after", COMMIT),), 0.5),
    Occasion("before the commit of what was handled", (("after", HANDLE), ("before", COMMIT)), 4),
    Occasion("after the commit of what was handled", (("after", HANDLE), ("after", COMMIT)), 4),
    Occasion("before a send", (("before", CALL),), 2.5),
    Occasion("in a send", (("during", CALL),), 2.5, pause=0.01),
    Occasion("after a send", (("after", CALL),), 2.5),
    Occasion("before the commit of its mark", (("after", CALL), ("after", MARK), ("before", COMMIT)), 2.5),
    Occasion("before a send at Zalo", (("before", ZALO_CALL),), 2),
    Occasion("in a send at Zalo", (("during", ZALO_CALL),), 2, pause=0.01),
    Occasion("after a send at Zalo", (("after", ZALO_CALL),), 2),
    Occasion("before a draft is saved", (("before", SAVE),), 3),
    Occasion("after a report was accepted", (("after", ACCEPT), ("before", COMMIT)), 0.8),
)
IN_THE_TICK = (
    Occasion("the tick has planned the reminders", (("after", "bot.running.due:plan"),)),
    Occasion("before the reminders' commit", (("after", RECORD), ("before", COMMIT))),
    Occasion("after the reminders' commit", (("after", RECORD), ("after", COMMIT))),
    Occasion("before the commit of what the tick's jobs say", (("before", JOBS), ("before", COMMIT))),
    Occasion("after the commit of what the tick's jobs say", (("before", JOBS), ("after", COMMIT))),
)
"""In the order in which one life after the other can run into them at one and the same moment that reminds."""
AT_REST = "at rest"


class Deck:
    """Points by chance, each as often as any other."""

    def __init__(self, of: Sequence[Occasion], chance: random.Random) -> None:
        self._of, self._chance, self._left = of, chance, list[Occasion]()

    def draw(self) -> Occasion:
        if not self._left:
            self._left = self._chance.sample(self._of, len(self._of))
        return self._left.pop()

    def hand(self, most: int) -> list[Occasion]:
        """So many, each once at the most, in the order of the whole."""
        drawn = {self.draw() for _ in range(most)}
        return sorted(drawn, key=self._of.index)
