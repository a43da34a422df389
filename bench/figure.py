"""One figure of the bench: what was measured of ours beside a peer's, round by round, and what it is to come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

HEAD = """| what | aim | ratio: median (least–most) | ours: median (least–most) | peer's: median (least–most) | |
|---|---|---:|---:|---:|---|"""


@dataclass(frozen=True, slots=True)
class Figure:
    """`ours` and `peers` were measured in turns, one of each a round; without `peers` it is ours alone that the `aim` speaks of.

    `aim`: «>= 1.0», «<= 1.2», of the ratio where there is one; empty where none is set. `unit`: of what was measured.
    """

    what: str
    aim: str
    unit: str
    ours: Sequence[float]
    peers: Sequence[float] = ()

    @property
    def ratios(self) -> list[float]:
        return [one / other for one, other in zip(self.ours, self.peers, strict=True)] if self.peers else []

    @property
    def is_reached(self) -> bool | None:
        """Whether the median is what it is to be; None where nothing is aimed at."""
        if not self.aim:
            return None
        sign, wanted = self.aim.split()
        found = median(self.ratios or self.ours)
        return found >= float(wanted) if sign == ">=" else found <= float(wanted)

    def line(self) -> str:
        """A row under HEAD."""
        reached = {True: "reached", False: "short", None: ""}[self.is_reached]
        ours, peers = (_spread(each, self.unit) for each in (self.ours, self.peers))
        return f"| {self.what} | {self.aim} | {_spread(self.ratios)} | {ours} | {peers} | {reached} |"


def _spread(several: Sequence[float], unit: str = "") -> str:
    if not several:
        return ""
    behind = f" {unit}" if unit else ""
    if len(several) == 1:
        return f"{_plain(several[0])}{behind}"
    return f"{_plain(median(several))} ({_plain(min(several))}–{_plain(max(several))}){behind}"


def _plain(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.1f}" if abs(number) >= 10 else f"{number:.2f}"
