"""What was found for a question of the public: the figures that answer it, who has reported, or that there were no figures yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reporting.figures.known import Known
from reporting.forms import Form
from reporting.rounds.standings import Standing
from reporting.units import Unit
from understanding.inquiry import Inquiry, Span


@dataclass(frozen=True, slots=True)
class ReportedOn:
    """Who has reported for one period: each unit's standing; where they are very many, how many owe a report and who sent none."""

    period: date
    standings: tuple[Standing, ...] = ()
    owed: int = 0
    silent: tuple[Unit, ...] = ()
    is_of_many: bool = False


@dataclass(frozen=True, slots=True)
class WhoReported:
    """Who has reported by a form, of the area of `unit`: for one period, of a week or month that is not over for the one before
    too (`days`); or over several (`standings`, oldest first).
    """

    form: Form
    unit: Unit
    span: Span
    days: tuple[ReportedOn, ...] = ()
    standings: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """The answer to an inquiry, before a word of it is said; whichever way it was asked, it is this one.

    `inquiry`: as it was answered, with what goes without saying, and from the first figure on where it was asked «từ đầu».
    `known`: the figures with their days, coverage and grounds, and what is lacking in them, by form; none where it is in doubt
    or not about figures. `first`: the first period that has a figure, where all that was asked about lies before it.
    `reported`: who has reported, where that was asked. `published`: when each form's newest figure came, where that was asked.
    """

    inquiry: Inquiry
    known: tuple[Known, ...] = ()
    first: date | None = None
    reported: tuple[WhoReported, ...] = ()
    published: Sequence[tuple[Form, datetime | None]] = ()
