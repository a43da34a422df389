"""Faults on purpose: calls that fail, hang, vanish or come back as garbage, and updates that misbehave."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass
from typing import Any

from simulator.errors import Refusal

Json = dict[str, Any]

WORDS = {
    401: "Unauthorized",
    403: "bot was blocked by the user",
    429: "retry after {retry_after}",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}
MOMENTS = ("", "before", "after")


@dataclass
class Fault:
    """What goes wrong with calls of `method` ("*": all but getUpdates) to `chat_id` (None: any).

    Exactly what happens: `delay` seconds pass; then the connection is dropped `before` or `after` the call took
    effect, or the call takes effect and the answer is `garbage`, or it is refused with `status` (429 needs
    `retry_after`). `after_effect` lets a refused call take effect all the same. It happens `times` times
    (None: for ever) with `probability`.
    """

    method: str = "*"
    chat_id: int | str | None = None
    status: int = 0
    description: str = ""
    retry_after: int = 0
    drop: str = ""
    delay: float = 0.0
    garbage: bool = False
    after_effect: bool = False
    times: int | None = 1
    probability: float = 1.0
    happened: int = 0

    def __post_init__(self) -> None:
        if self.drop not in MOMENTS:
            raise ValueError("drop is «before» or «after» the effect")
        if self.status == 429 and self.retry_after < 1:
            raise ValueError("status 429 needs retry_after, in seconds")
        if not (self.status or self.drop or self.delay or self.garbage):
            raise ValueError("a fault needs one of status, drop, delay and garbage")

    def refusal(self) -> Refusal:
        """The refusal that `status` asks for."""
        words = (self.description or WORDS.get(self.status, "fault")).format(retry_after=self.retry_after)
        more = {"retry_after": self.retry_after} if self.retry_after else {}
        return Refusal(words, self.status, **more)


class Faults:
    """The faults in force, tried in the order in which they were added, and those of updates.

    `duplicate` and `reorder` say with which probability an update is delivered again after its confirmation, and a
    batch comes in another order.
    """

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(f"faults {seed}")  # noqa: S311 - not for secrets
        self.rules: list[Fault] = []
        self.duplicate = 0.0
        self.reorder = 0.0

    def add(self, fault: Fault | None = None, **words: Any) -> Fault:
        """Put a fault in force: a Fault, or its fields."""
        rule = Fault(**words) if fault is None else fault
        self.rules.append(rule)
        return rule

    def clear(self) -> None:
        """All is well again."""
        self.rules.clear()
        self.duplicate = self.reorder = 0.0

    def for_call(self, method: str, chat_id: int | str | None) -> Fault | None:
        """The fault that this call meets, if any; it is counted."""
        for rule in self.rules:
            if rule.times is not None and rule.happened >= rule.times:
                continue
            if rule.method != method and (rule.method != "*" or method.lower() == "getupdates"):
                continue
            if rule.chat_id is not None and rule.chat_id != chat_id:
                continue
            if rule.probability >= 1 or self._chance.random() < rule.probability:
                rule.happened += 1
                return rule
        return None

    def strikes(self, probability: float) -> bool:
        """Whether something of this probability happens now."""
        return probability > 0 and self._chance.random() < probability

    def shuffle(self, items: list[Any]) -> None:
        """Put items in another order."""
        self._chance.shuffle(items)

    def view(self) -> Json:
        """The faults as JSON."""
        return {"rules": [asdict(r) for r in self.rules], "duplicate": self.duplicate, "reorder": self.reorder}
