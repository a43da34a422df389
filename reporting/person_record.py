"""Everything that is kept of one person, table by table; and for how long what is said and named is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reporting.people import Duty, Person


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person with all his duties, past and present, and the rows of every table that are his or tell of him, as JSON would have
    them, by the table's name. `erased_at`: since when nothing tells who he was.
    """

    person: Person
    duties: Sequence[Duty]
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    erased_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Keeping:
    """Days that things are kept. `names`: of whoever has had no duty for so long, 0: until somebody erases them."""

    inbox: int = 7
    outbox: int = 730
    feedback: int = 365
    names: int = 0
