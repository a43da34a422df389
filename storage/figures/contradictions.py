"""Validation rules as the desk brought them, when each was run, and the contradictions that were found."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from reporting.amounts import from_amount, sum_to_amount
from reporting.figures.usual_range import Number
from storage.database.inserting import insert_into
from storage.database.tables import metadata

rule, run, contradiction, report = (
    metadata.tables[name] for name in ("validation_rule", "rule_run", "contradiction", "report")
)


@dataclass(frozen=True, slots=True)
class KeptRule:
    """A rule's row of its file; `retired_at`: since when it is not run any more."""

    key: str
    place: int
    content: Mapping[str, str]
    changed_at: datetime
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptContradiction:
    """What a rule of this key has found, open or (`closed_at`) not any more."""

    id: int
    rule: str
    unit_id: int
    period: date
    left: Number
    right: Number
    found_at: datetime
    closed_at: datetime | None


def rules(connection: Connection) -> list[KeptRule]:
    """All of them in the order of their files, the retired ones too."""
    columns = (rule.c.key, rule.c.place, rule.c.content, rule.c.changed_at, rule.c.retired_at)
    return [KeptRule(*row) for row in connection.execute(select(*columns).order_by(rule.c.place, rule.c.key))]


def put_rule(
    connection: Connection, key: str, place: int, content: Mapping[str, str], now: datetime, by: int | None
) -> None:
    """A rule as it is from now on, in use again if it was retired."""
    values = {"key": key, "place": place, "content": dict(content), "changed_at": now, "changed_by": by}
    add = insert_into(connection, rule)
    changed = {name: add.excluded[name] for name in values if name != "key"} | {"retired_at": None}
    connection.execute(add.on_conflict_do_update(index_elements=["key"], set_=changed), values)


def retire_rule(connection: Connection, key: str, now: datetime) -> bool:
    """It is not run any more, and what it found is open no more; whether there was one in use."""
    done = connection.execute(update(rule).where(rule.c.key == key, rule.c.retired_at.is_(None)).values(retired_at=now))
    mine = (contradiction.c.rule == key, contradiction.c.closed_at.is_(None))
    connection.execute(update(contradiction).where(*mine).values(closed_at=now))
    return done.rowcount > 0


def runs(connection: Connection, since: date) -> dict[tuple[str, date], tuple[datetime, int]]:
    """When each rule was last run over periods from a day on, and which report was the newest then (see `has_run`)."""
    found = connection.execute(
        select(run.c.rule, run.c.period, run.c.ran_at, run.c.newest_report).where(run.c.period >= since)
    )
    return {(key, period): (ran_at, newest) for key, period, ran_at, newest in found}


def has_run(connection: Connection, key: str, period: date, now: datetime, newest_report: int) -> None:
    """The rule was run over the units of the period; `newest_report`: of the reports that were there then, or, below 0, how many runs
    in a row were not finished.
    """
    values = {"rule": key, "period": period, "ran_at": now, "newest_report": newest_report}
    add = insert_into(connection, run)
    changed = {name: add.excluded[name] for name in ("ran_at", "newest_report")}
    connection.execute(add.on_conflict_do_update(index_elements=["rule", "period"], set_=changed), values)


def newest_report(connection: Connection) -> int:
    """The id of the newest report; 0 if there is none."""
    return int(connection.execute(select(func.coalesce(func.max(report.c.id), 0))).scalar_one())


def find(
    connection: Connection,
    key: str,
    period: date,
    broken: Mapping[int, tuple[Number, Number]],
    now: datetime,
    told_until: datetime | None = None,
) -> dict[int, int]:
    """These units (by id) break a rule in a period, by what its sides come to; by unit id those of which it was not known at
    `told_until` (None: never was), each with its contradiction's id.
    """
    about = (contradiction.c.rule == key, contradiction.c.period == period)
    known = {each.unit_id: each for each in _found(connection, *about)}
    for unit_id, (left, right) in broken.items():
        values = {"left_side": sum_to_amount(left), "right_side": sum_to_amount(right)}
        before = known.get(unit_id)
        if before is None:
            whole = {"rule": key, "unit_id": unit_id, "period": period, "found_at": now, **values}
            connection.execute(insert_into(connection, contradiction).on_conflict_do_nothing(), whole)
        elif (before.left, before.right, before.closed_at) != (left, right, None):
            here = contradiction.c.id == before.id
            connection.execute(update(contradiction).where(here).values(**values, closed_at=None))
    kept = _found(connection, *about) if broken.keys() - known.keys() else known.values()
    return {
        each.unit_id: each.id
        for each in kept
        if each.unit_id in broken and (told_until is None or each.found_at > told_until)
    }


def close(connection: Connection, key: str, period: date, unit_ids: Collection[int], now: datetime) -> int:
    """What these units were found with is open no more: their figures agree by now; how many that were."""
    here = (
        contradiction.c.rule == key,
        contradiction.c.period == period,
        contradiction.c.unit_id.in_(unit_ids),
        contradiction.c.closed_at.is_(None),
    )
    return connection.execute(update(contradiction).where(*here).values(closed_at=now)).rowcount


def open_now(connection: Connection, unit_ids: Collection[int] | None = None) -> Sequence[KeptContradiction]:
    """What is open, of these units (None: of all), the newest period first."""
    within = [] if unit_ids is None else [contradiction.c.unit_id.in_(unit_ids)]
    found = _found(connection, contradiction.c.closed_at.is_(None), *within)
    return sorted(found, key=lambda each: (each.period, each.id), reverse=True)


_COLUMNS = ("id", "rule", "unit_id", "period", "left_side", "right_side", "found_at", "closed_at")


def _found(connection: Connection, *where: Any) -> Iterator[KeptContradiction]:
    for row in connection.execute(select(*(contradiction.c[name] for name in _COLUMNS)).where(*where)):
        number, key, unit_id, period, left, right, found_at, closed_at = row
        sides = (from_amount(left), from_amount(right))
        yield KeptContradiction(number, key, unit_id, period, *sides, found_at, closed_at)
