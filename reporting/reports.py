"""A report as accepted: never edited, only replaced by a newer revision."""

from dataclasses import dataclass
from datetime import date, datetime

from reporting.answers import Answers
from reporting.forms import Form
from reporting.units import Unit


def number_of(form: Form, unit: Unit, period: date, revision: int) -> str:
    """The number of a revision, as the receipt shows it: initials of the form, unit, period, revision («CD-15742-101121-1»)."""
    initials = "".join(word[0] for word in form.key.upper().replace("-", "_").split("_") if word)
    return f"{initials}-{unit.code}-{period:%d%m%y}-{revision}"


@dataclass(frozen=True, slots=True)
class Report:
    """One revision of a unit's report. `number` is what the receipt shows; `sent_by` a person's id.

    `first_sent_at` is when revision 1 came: it decides on time or late, whatever is corrected later.
    `provisional`: it waits for approval and is not public yet. `road`: by which it was sent, once it is kept; «» where nobody knows.
    """

    number: str
    form: str
    version: str
    unit_id: int
    period: date
    revision: int
    answers: Answers
    sent_by: int | None
    sent_at: datetime
    first_sent_at: datetime
    replaces: str | None = None
    reason: str = ""
    provisional: bool = False
    road: str = ""


def next_revision(
    old: Report | None, form: Form, unit: Unit, period: date, answers: Answers, *, by: int, at: datetime, reason: str
) -> Report:
    """The report that a person sends now: the first, or the revision that replaces the `old` one, with its `reason`."""
    revision = old.revision + 1 if old else 1
    return Report(
        number=number_of(form, unit, period, revision),
        form=form.key,
        version=form.version,
        unit_id=unit.id,
        period=period,
        revision=revision,
        answers=answers,
        sent_by=by,
        sent_at=at,
        first_sent_at=old.first_sent_at if old else at,
        replaces=old.number if old else None,
        reason=reason,
        provisional=bool(form.approval),
    )
