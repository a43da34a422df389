"""What a program remembers between two updates, stored nowhere: what is costly to build, what was just told, who asks very fast."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from reporting.figures.areas import Areas
from reporting.forms import Form
from reporting.people import Address
from reporting.say import Say
from reporting.throttle import Manners, Throttle
from reporting.units import Unit, UnitTree
from understanding.inquiry import Inquiry
from understanding.last_answer import LastTold
from understanding.vocabulary import Vocabulary

MOST_LEARNT = 4
TOLD_AGAIN, MOST_TOLD = timedelta(seconds=60), 2000
"""So long an answer is told again as it was, and so many are kept for that."""
PAGE_AGAIN = timedelta(days=1)
MOST_FEEDBACK, FEEDBACK_WITHIN = 5, timedelta(hours=1)


@dataclass(slots=True)
class Learnt:
    """What is built once for a tree and forms, for as long as they stand."""

    tree: UnitTree
    forms: tuple[tuple[str, str, date | None], ...]
    areas: Areas
    vocabulary: Vocabulary
    told: dict[tuple[object, ...], tuple[datetime, Say]] = field(default_factory=dict)
    """What was told, and when, the oldest first: by inquiry, language and the stamp of all that is on record."""
    understood: dict[tuple[object, ...], Inquiry] = field(default_factory=dict)
    """What questions without any doubt were understood as: by their words, the day, and what they go on from."""
    manners: Manners = field(default_factory=Manners)
    last_told: LastTold = field(default_factory=LastTold)

    def keep_told(self, key: tuple[object, ...], say: Say, now: datetime) -> None:
        """Keeps an answer to be told again; what is too old for that is dropped, and of too many the oldest."""
        self.told.pop(key, None)
        while self.told and (now - next(iter(self.told.values()))[0] >= TOLD_AGAIN or len(self.told) >= MOST_TOLD):
            del self.told[next(iter(self.told))]
        self.told[key] = (now, say)


class ProgramMemory:
    """One for each program. `feedback`: how often each address writes to the desk; `sent_to_page`: who was given the page's
    address instead of an answer.
    """

    def __init__(self) -> None:
        self.feedback = Throttle(MOST_FEEDBACK, FEEDBACK_WITHIN)
        self.sent_to_page = Throttle(1, PAGE_AGAIN)
        self._learnt: deque[Learnt] = deque(maxlen=MOST_LEARNT)

    def learnt(self, tree: UnitTree, forms: Sequence[Form], roots: Sequence[Unit]) -> Learnt:
        """Built where it is not known yet. `roots`: the tree's today."""
        versions = tuple((form.key, form.version, form.schedule.until) for form in forms)
        for known in self._learnt:
            if known.tree is tree and known.forms == versions:
                return known
        root = roots[0] if len(roots) == 1 else None
        new = Learnt(tree, versions, Areas(tree), Vocabulary(tree, forms, root))
        self._learnt.append(new)
        return new

    def forget(self, to: Address) -> None:
        """What a chat was told is gone on from no more."""
        for known in self._learnt:
            known.last_told.forget(to)
