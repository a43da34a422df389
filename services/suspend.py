"""Suspend: no report is owed for some days; the suspension is lifted again, and whoever asks sees which there are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from reporting.errors import Refused
from reporting.period_types import period_of, periods_between
from reporting.rounds.periods import check_days
from reporting.rounds.suspensions import Suspension
from reporting.units import Unit
from storage.database import audit
from storage.organisation import units
from storage.reports import forms
from storage.schedule import suspensions


@dataclass(frozen=True, slots=True)
class KnownSuspension:
    """A suspension with the id by which it is lifted, and its unit; None: every unit."""

    id: int
    suspension: Suspension
    unit: Unit | None


def suspend(
    connection: Connection,
    first_on: date,
    last_on: date,
    now: datetime,
    *,
    unit: Unit | None = None,
    form: str = "",
    reason: str = "",
    by: int | None = None,
) -> KnownSuspension:
    """No report is owed for the periods that end from `first_on` to `last_on`, by this unit and all under it (None: by any), of
    this form («»: of any). `by`: a person's id, None for the desk's command line.

    Refused: days in the wrong order, a unit that there is not on the first of them, a form that there is not, days in which no
    period of the form ends.
    """
    check_days(first_on, last_on)
    if unit is not None and not unit.exists(first_on):
        raise Refused("suspension_unit", unit=unit.title_with_code, on=first_on)
    if form:
        _check_form(connection, form, first_on, last_on)
    new = Suspension(form, unit.id if unit else None, first_on, last_on, reason)
    return KnownSuspension(_keep(connection, new, now, by), new, unit)


def suspend_on(connection: Connection, old: Unit, new: Unit, now: datetime, by: int | None) -> None:
    """A unit that goes on under another name or code is suspended from then on as it was."""
    since = new.since or date.min
    known = {each for _, each in suspensions.suspended(connection, since)}
    for each in known:
        going_on = replace(each, unit_id=new.id, first_on=max(each.first_on, since))
        if each.unit_id == old.id and going_on not in known:
            _keep(connection, going_on, now, by)


def _keep(connection: Connection, new: Suspension, now: datetime, by: int | None) -> int:
    """The suspension's id."""
    number = suspensions.suspend(connection, new, by, now)
    audit.write(
        connection,
        now,
        by,
        "suspend",
        unit_id=new.unit_id,
        form=new.form,
        first=new.first_on.isoformat(),
        last=new.last_on.isoformat(),
        reason=new.reason,
        id=number,
    )
    return number


def lift(connection: Connection, suspension_id: int, now: datetime, by: int | None = None) -> None:
    """Takes a suspension away. Refused where there is none with this id."""
    if not suspensions.lift(connection, suspension_id):
        raise Refused("suspension_unknown", id=str(suspension_id))
    audit.write(connection, now, by, "lift suspension", suspension=suspension_id)


def suspended(connection: Connection, on: date) -> Sequence[KnownSuspension]:
    """The suspensions in force on a day and those to come, in the order of their days."""
    tree = units.tree(connection)
    found = suspensions.suspended(connection, on)
    return [
        KnownSuspension(number, each, tree.unit(each.unit_id) if each.unit_id is not None else None)
        for number, each in found
    ]


def _check_form(connection: Connection, key: str, first_on: date, last_on: date) -> None:
    """Refused for a form that there is not, and for days in which none of its periods ends: it would suspend nothing."""
    known = {form.key: form for form in forms.in_force(connection, date.max, since=date.min)}
    if key not in known:
        raise Refused("suspension_form", form=key, known=", ".join(known) or "—")
    of = known[key].schedule.period_type
    if not periods_between(of, first_on, last_on):
        ends = period_of(of, last_on).isoformat()
        raise Refused("suspension_period", form=key, since=first_on, until=last_on, ends=ends)
