"""What came of switching people to another messenger."""

from dataclasses import dataclass

from reporting.people import Person


@dataclass(frozen=True, slots=True)
class ChannelSwitch:
    """`there`: who is found in the messenger, at his address there; `codes`: of those who are not, each with his code («»: none made).

    `need`: messages a month; `is_enough`: None where the messenger has no plan.
    """

    there: tuple[Person, ...]
    codes: tuple[tuple[Person, str], ...]
    need: int
    is_enough: bool | None
