"""What could not be said, or nobody knows whether it came."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from reporting.say import Say

KEY = "unsaid "
"""How the keys begin of messages that tell of others, and of the rules by which they are said: of themselves nothing is told."""


AGAIN_WITHIN = timedelta(days=1)
"""An older message is out of date: it is not offered to be said again."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A message that is dead, or of which nobody knows whether it came. `created_at`: when it was put there; `tries`: so far.

    `name` and `person_id`: whose chat it is, if it is a person's; `unit_ids`: where he has duties, or which unit the group or the
    channel is told of; `is_ours` False: a resident's. `closed_at`: since when his chat cannot be reached.
    """

    id: int
    say: Say
    state: str
    error: str
    created_at: datetime
    tries: int = 0
    is_ours: bool = False
    person_id: int | None = None
    name: str = ""
    unit_ids: tuple[int, ...] = ()
    closed_at: datetime | None = None

    @property
    def key(self) -> str:
        """What is told of it once: that the person's chat is closed, else that this try has failed."""
        if self.closed_at is not None:
            return f"{KEY}{self.person_id} {self.closed_at:%y%m%d%H%M%S}"
        return f"{KEY}#{self.id} {self.tries}"

    @property
    def since(self) -> datetime:
        """From when its key is."""
        return self.closed_at or self.created_at

    def can_be_said_again(self, now: datetime) -> bool:
        """Whether that makes sense: the chat can be reached, and the message is not out of date."""
        return self.closed_at is None and self.created_at > now - AGAIN_WITHIN
