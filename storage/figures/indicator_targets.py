"""Targets of indicators as they were given: those that are held, and those that were replaced or given up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from reporting.amounts import from_amount, to_amount
from reporting.figures.indicator_targets import Bound, IndicatorTarget
from storage.database.tables import metadata

indicator_target = metadata.tables["indicator_target"]

_HELD = indicator_target.c.ended_at.is_(None)
_IN_ORDER = (indicator_target.c.form, indicator_target.c.indicator, indicator_target.c.unit_id, indicator_target.c.id)


@dataclass(frozen=True, slots=True)
class GivenTarget:
    """A target with when and by whom (a person's id) it was given, and ended."""

    target: IndicatorTarget
    set_by: int | None
    set_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnlookedTarget:
    """A target of which the turns up to `looked_on` were looked at; None: none yet."""

    target: IndicatorTarget
    looked_on: date | None


def held_targets(
    connection: Connection, unit_ids: Collection[int] | None = None, form: str = ""
) -> list[IndicatorTarget]:
    """The targets of these units (None: of all), of one form if it is named, in the order of form, indicator and unit."""
    statement = select(indicator_target).where(_HELD).order_by(*_IN_ORDER)
    if form:
        statement = statement.where(indicator_target.c.form == form)
    found = [_target(row) for row in connection.execute(statement)]
    if unit_ids is None:
        return found
    among = frozenset(unit_ids)
    return [each for each in found if each.unit_id in among]


def target_of_id(connection: Connection, target_id: int) -> IndicatorTarget | None:
    """The target with this id, if it is held."""
    row = connection.execute(select(indicator_target).where(_HELD, indicator_target.c.id == target_id)).first()
    return _target(row) if row is not None else None


def given_targets(connection: Connection) -> list[GivenTarget]:
    """All that was ever given, in the order of form, indicator, unit and time."""
    rows = connection.execute(select(indicator_target).order_by(*_IN_ORDER))
    return [GivenTarget(_target(row), row.set_by, row.set_at, row.ended_at) for row in rows]


def unlooked_targets(connection: Connection, before: date) -> list[UnlookedTarget]:
    """The held ones of which the turns were looked at for no period from `before` on."""
    is_behind = or_(indicator_target.c.looked_on.is_(None), indicator_target.c.looked_on < before)
    rows = connection.execute(select(indicator_target).where(_HELD, is_behind).order_by(*_IN_ORDER))
    return [UnlookedTarget(_target(row), row.looked_on) for row in rows]


def give(connection: Connection, new: IndicatorTarget, by: int | None, now: datetime, instead_of: Sequence[int]) -> int:
    """Keeps a target, in the place of those with these ids; its id. What was looked at of them need not be looked at again."""
    earlier = select(indicator_target.c.looked_on).where(indicator_target.c.id.in_(instead_of))
    looked = [day for day in connection.execute(earlier).scalars() if day is not None]
    end_targets(connection, instead_of, by, now)
    values = {
        "form": new.form,
        "indicator": new.indicator,
        "unit_id": new.unit_id,
        "bound": new.bound,
        "amount": to_amount(new.value),
        "each": new.each,
        "since": new.since,
        "until": new.until,
        "of_indicator": new.of,
        "least_change": None if new.least_change is None else to_amount(new.least_change),
        "set_by": by,
        "set_at": now,
        "looked_on": max(looked, default=None),
    }
    return int(connection.execute(insert(indicator_target).returning(indicator_target.c.id), values).scalar_one())


def end_targets(connection: Connection, target_ids: Sequence[int], by: int | None, now: datetime) -> None:
    """They hold no more; the rows stay."""
    ended = update(indicator_target).where(indicator_target.c.id.in_(target_ids), _HELD)
    connection.execute(ended.values(ended_at=now, ended_by=by))


_LOOKED = (
    update(indicator_target).where(indicator_target.c.id == bindparam("target_id")).values(looked_on=bindparam("on"))
)


def set_looked_on(connection: Connection, days: Sequence[tuple[int, date]]) -> None:
    """Up to which period the turns of these targets (by id) were looked at."""
    if days:
        connection.execute(_LOOKED, [{"target_id": target_id, "on": on} for target_id, on in days])


def _target(row: Row[Any]) -> IndicatorTarget:
    return IndicatorTarget(
        form=row.form,
        indicator=row.indicator,
        unit_id=row.unit_id,
        bound=cast("Bound", row.bound),
        value=from_amount(row.amount),
        each=row.each,
        since=row.since,
        until=row.until,
        of=row.of_indicator,
        least_change=None if row.least_change is None else from_amount(row.least_change),
        id=row.id,
    )
