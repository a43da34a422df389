"""Somebody is told what has become of a report that he had begun."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.forms import Form, Question
from reporting.people import Person
from reporting.units import Unit


@dataclass(frozen=True, slots=True)
class DraftCarriedOver:
    """The draft that `to` had begun goes on in a new version of its form, with `kept` answers.

    `asked_again`: the questions, as they were, whose answers do not fit any more, or are asked no more.
    """

    to: Person
    form: Form
    unit: Unit
    period: date
    kept: int
    asked_again: Sequence[Question] = ()
    is_practice: bool = False


@dataclass(frozen=True, slots=True)
class DraftNotWanted:
    """The report that `to` had begun is wanted no more, and its draft is gone: its form is retired from that period on."""

    to: Person
    form: Form
    unit: Unit
    period: date
