"""How long an outbox worker waits for what."""

from dataclasses import dataclass

from reporting.say import Rank


@dataclass(frozen=True, slots=True)
class Timing:
    """In seconds of the world.

    `linger`, `reply_lingers`: a said row for others to be marked with it; a reply's chat often has a next one. `rest`: between two
    looks into the outbox if nothing tells of news. `farewell`: for all that is on its way when the program ends; `last_words`: for
    writing down what became of it. `backoff`: at the longest for a messenger that is not reached.
    """

    linger: float = 0.08
    reply_lingers: float = 0.01
    rest: float = 5.0
    farewell: float = 10.0
    last_words: float = 5.0
    backoff: float = 30.0

    def lingers(self, rank: int) -> float:
        return self.reply_lingers if rank <= Rank.REPLY else self.linger
