"""Somebody is urged for a report, or asked back about a figure, or told how that has ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reporting.figures.flag import Flag
from reporting.forms import Form
from reporting.people import Person
from reporting.rounds.data_query import AskedBack, State
from reporting.say import Say
from reporting.units import Unit


@dataclass(frozen=True, slots=True)
class Nudge:
    """A leader wishes the reports of these units, for which `to` is charged. `seat`: by whose duty the leader acts."""

    to: Person
    by: Person
    seat: Unit
    form: Form
    period: date
    units: Sequence[Unit]
    due_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class DataQueryAsked:
    """A figure of the unit for which `to` reports is doubted. `by` None: by residents; `again`: half of the time is over.

    `is_closed`: the report is to be opened again before the figure can be corrected.
    """

    to: Person
    by: Person | None
    asked: AskedBack
    form: Form
    unit: Unit
    again: bool = False
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class DataQueryEnded:
    """What became of the question of `to`. `value`: the figure as it stands; `name`: of whoever answered, «» if the clock ended it.

    `unsent`: the figure in a correction that was begun and not sent, «» where there is none.
    """

    to: Person
    asked: AskedBack
    form: Form
    unit: Unit
    state: State
    value: str
    answer: str
    name: str
    unsent: str = ""


@dataclass(frozen=True, slots=True)
class DoubtEnded:
    """What became of the figure that a resident doubted.

    `figure_now`: what the public is told of it now, where it was corrected and whoever calls can say it; else a button asks.
    """

    flag: Flag
    asked: AskedBack
    form: Form
    unit: Unit
    state: State
    figure_now: Say | None = None
