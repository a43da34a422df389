"""Set a range: the desk says between what a unit's figure usually lies, or that nothing is unusual; and takes it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from reporting.amounts import to_amount
from reporting.errors import Refused
from reporting.figures.usual_range import Number, UsualRange
from reporting.forms import Form, Question
from reporting.rounds.standings import expected_units
from reporting.texts import in_language
from reporting.units import Unit, UnitTree
from storage.database import audit
from storage.organisation import units
from storage.reports import forms, usual_ranges
from storage.reports.usual_ranges import SetRange

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class KnownRange:
    """What the desk has set, with its form, question and unit."""

    of: SetRange
    form: Form
    question: Question
    unit: Unit

    @property
    def range(self) -> UsualRange:
        return UsualRange(self.of.low, self.of.high, by_desk=True)


@dataclass(frozen=True, slots=True)
class SetBounds:
    """`low` and `high`, for periods up to `until`; None: no bound, and for good. Neither: nothing is unusual."""

    low: Number | None
    high: Number | None
    until: date | None = None
    reason: str = ""


def set_range(
    connection: Connection,
    tree: UnitTree,
    form_key: str,
    indicator: str,
    unit: Unit,
    bounds: SetBounds,
    now: datetime,
    today: date,
    by: int | None = None,
) -> list[Unit]:
    """The bounds hold for the figure of the unit, or of all under it that report, in the place of what its history says; for which.

    `by`: a person's id, None for the desk's command line. Refused: a form or figure that there is not, or that nothing is asked back
    about; bounds in the wrong order; a day that is over; a unit under which nobody reports.
    """
    form = _form(connection, form_key, today)
    question = _question(form, indicator)
    if bounds.low is not None and bounds.high is not None and bounds.low > bounds.high:
        raise Refused("range_order", low=bounds.low, high=bounds.high)
    if bounds.until is not None and bounds.until < today:
        raise Refused("range_over", date=bounds.until)
    found = _reporting(form, tree, unit, today)
    reason = bounds.reason[:LONGEST_REASON]
    for each in found:
        new = SetRange(form.key, each.id, question.name, bounds.low, bounds.high, bounds.until, reason, by, now)
        usual_ranges.set_one(connection, new)
    said: dict[str, Any] = {
        "low": _shown(bounds.low),
        "high": _shown(bounds.high),
        "until": bounds.until and bounds.until.isoformat(),
    }
    said |= {"indicator": question.name, "units": len(found), "reason": reason}
    audit.write(connection, now, by, "range set", form=form.key, unit_id=unit.id, **said)
    return found


def take_back_range(
    connection: Connection,
    tree: UnitTree,
    form_key: str,
    indicator: str,
    unit: Unit,
    now: datetime,
    today: date,
    by: int | None = None,
) -> list[Unit]:
    """Again what the history says; for which units. Refused where the desk has set nothing."""
    form = _form(connection, form_key, today)
    under = _reporting(form, tree, unit, today)
    found = [each for each in under if usual_ranges.take_back(connection, form.key, each.id, indicator)]
    if not found:
        raise Refused("range_unknown", indicator=indicator, unit=unit.title)
    audit.write(
        connection, now, by, "range taken back", form=form.key, unit_id=unit.id, indicator=indicator, units=len(found)
    )
    return found


def ranges_set(connection: Connection, today: date, unit_ids: Collection[int] | None = None) -> Sequence[KnownRange]:
    """All that the desk has set and that still holds, of these units (None: of all), by form, unit and figure."""
    tree = units.tree(connection)
    in_force = {form.key: form for form in forms.in_force(connection, today)}
    found = []
    for each in usual_ranges.all_set(connection, today):
        form = in_force.get(each.form)
        question = form.by_name.get(each.indicator) if form is not None else None
        if form is not None and question is not None and (unit_ids is None or each.unit_id in unit_ids):
            found.append(KnownRange(each, form, question, tree.unit(each.unit_id)))
    return found


def bound_typed(text: str) -> Number | None:
    """A bound as the desk types it; None where nothing stands there. Refused for what is no number that can be kept."""
    if not text:
        return None
    try:
        number = Decimal(text)
        to_amount(number)
    except (ArithmeticError, ValueError):
        raise Refused("range_no_number", typed=text[:20]) from None
    return int(number) if number == int(number) else number


def _form(connection: Connection, key: str, today: date) -> Form:
    form = forms.published(connection, key, today)
    if form is None:
        raise Refused("form_unknown", form=key)
    return form


def _question(form: Form, indicator: str) -> Question:
    found = next((each for each in form.ranged if each.name == indicator), None)
    if found is None:
        raise Refused("range_no_figure", indicator=indicator, named=", ".join(each.name for each in form.ranged))
    return found


def _reporting(form: Form, tree: UnitTree, unit: Unit, today: date) -> list[Unit]:
    found = expected_units(form, tree, today, unit)
    if not found:
        raise Refused("range_nobody", unit=unit.title, form=in_language(form.title, "vi"))
    return found


def _shown(number: Number | None) -> str | None:
    return None if number is None else str(number)
