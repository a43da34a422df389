"""What was read of several answers in one message, and what was not, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from reporting.answers import Answer
from reporting.errors import NotUnderstood
from reporting.forms import Question

TAKEN_BACK = "line_taken_back"


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A piece of which nothing was taken. `key`: the sentence that says why; `among`: what it may have meant.

    `value`: what stands beside a name that may mean several, or none.
    """

    piece: str
    key: str
    among: tuple[Question, ...] = ()
    why: NotUnderstood | None = None
    value: str = ""


@dataclass(frozen=True)
class Lines:
    """What a message said: answers by question name, in its order, and the pieces that are not clear.

    `rest`: the words that say that there is nothing of all else; it is asked about before any of that is 0.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    doubtful: tuple[Doubtful, ...] = ()
    head: str = ""
    rest: str = ""

    def beside_reason(self, pieces: Iterable[str]) -> "Lines":
        """With the pieces of the reason beside them that have numbers, so that it is said that none of these was recorded."""
        return replace(self, doubtful=(*self.doubtful, *(Doubtful(each, "line_in_reason") for each in pieces)))

    @property
    def unread(self) -> tuple[str, ...]:
        """What of it was not read as a figure: its beginning, and the pieces that are not clear."""
        return (self.head, *(each.piece for each in self.doubtful))
