"""The desk is told what somebody says of the bot or the figures."""

from dataclasses import dataclass

from reporting.people import Person


@dataclass(frozen=True, slots=True)
class FeedbackGiven:
    """Somebody has told the desk something; `to` keeps the bot. `by` None: a resident, of whom nobody is told who he is."""

    to: Person
    by: Person | None
    text: str
