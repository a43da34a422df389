"""Who is charged with what, since when, and when he was last heard; and who has been silent."""

from dataclasses import dataclass
from datetime import date, datetime

from reporting.people import Duty
from reporting.units import Unit


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A duty in force and who has it. `heard_at`: when he last wrote or tapped, None: never that we know of.

    `unreachable_at`: since when his chat is closed to the bot. `not_set`: the messenger, not set here, in which alone he is found.
    """

    duty_id: int
    duty: Duty
    name: str
    heard_at: datetime | None
    unreachable_at: datetime | None
    not_set: str = ""

    @property
    def is_cut_off(self) -> bool:
        """Whether no words reach him."""
        return self.unreachable_at is not None or self.not_set != ""


@dataclass(frozen=True, slots=True)
class Silence:
    """What a desk has to look after. `lacking`: units that want a reporter and have nobody, of which `invited` are invited.

    `quiet`: reporters whose unit has sent nothing for so many days, with the last period that it reported, None: none ever;
    `closed`: people whom no words reach.
    """

    lacking: tuple[Unit, ...]
    invited: frozenset[int]
    quiet: tuple[tuple[RosterLine, date | None], ...]
    closed: tuple[RosterLine, ...]
