"""Parts of a tick, which does much for many: named so that whoever looks after it finds what one that has failed is about."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class TickPart:
    """One of many by what it is about: a form (its key), a unit, a person (ids), or a row of a kind («target 3»). `job`: of what."""

    job: str = ""
    form: str = ""
    unit_id: int = 0
    person_id: int = 0
    row: str = ""

    @property
    def is_form(self) -> bool:
        """Whether all of a form is meant."""
        return bool(self.form) and not (self.unit_id or self.person_id or self.row)

    @property
    def summed_up(self) -> "TickPart":
        """The form, or the job, that it is a part of: of these there are few, whatever fails."""
        return replace(self, unit_id=0, person_id=0, row="")

    def __str__(self) -> str:
        """As the log has it: «remind form=covid unit=12»."""
        named = {"form": self.form, "unit": self.unit_id, "person": self.person_id, "row": self.row}
        return " ".join((self.job, *(f"{name}={value}" for name, value in named.items() if value)))


class Apart(Protocol):
    """Does the work of one part; what it comes to, None where it has failed and that was to stay there."""

    def __call__(self, part: TickPart, work: Callable[[], T], /) -> T | None: ...


def as_one(_: TickPart, work: Callable[[], T]) -> T:
    """All parts together: the trouble of one is everybody's."""
    return work()
