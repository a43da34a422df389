"""What was done about reports: returned, approved, un-approved; step by step, none of them changed afterwards."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import cast

from sqlalchemy import Connection, RowMapping, and_, exists, insert, select, text

from reporting.forms import Tier
from reporting.reviews import Review, ReviewStep
from storage.database.tables import metadata

review, report = metadata.tables["review"], metadata.tables["report"]
_STEPS = select(review).order_by(review.c.id)
IS_RETURNED = text("review.step = 'returned'")
"""Written out as in the partial index: SQLite uses it only for the very same words."""


def keep(connection: Connection, new: Review) -> Review:
    """Keeps a step, whose `id` is not known yet."""
    values = {
        "form": new.form,
        "unit_id": new.unit_id,
        "period": new.period,
        "revision": new.revision,
        "step": new.step,
        "tier": new.tier,
        "figures": list(new.figures),
        "comment": new.comment,
        "done_by": new.by,
        "done_at": new.at,
    }
    return _review(connection.execute(insert(review).returning(review), values).mappings().one())


def hold(connection: Connection, form: str, unit_id: int, period: date) -> None:
    """Two who take a step about one report at once take it one after the other: the second sees what the first has done."""
    about = (report.c.form == form, report.c.unit_id == unit_id, report.c.period == period, report.c.revision == 1)
    connection.execute(select(report.c.id).where(*about).with_for_update())


def step(connection: Connection, review_id: int) -> Review | None:
    """The step with this id."""
    row = connection.execute(_STEPS.where(review.c.id == review_id)).mappings().first()
    return _review(row) if row is not None else None


def of_one(connection: Connection, form: str, unit_id: int, period: date) -> list[Review]:
    """All steps about a unit's report, in their order."""
    about = (review.c.form == form, review.c.unit_id == unit_id, review.c.period == period)
    return [_review(row) for row in connection.execute(_STEPS.where(*about)).mappings()]


def of_many(
    connection: Connection, form: str, of: Collection[tuple[int, date]]
) -> Mapping[tuple[int, date], Sequence[Review]]:
    """All steps about the form's reports of these units (by id) and periods."""
    found: defaultdict[tuple[int, date], list[Review]] = defaultdict(list)
    if of:
        first_on, last_on = min(period for _, period in of), max(period for _, period in of)
        unit_ids = {unit_id for unit_id, _ in of}
        among = and_(review.c.unit_id.in_(unit_ids), review.c.period.between(first_on, last_on))
        for row in connection.execute(_STEPS.where(review.c.form == form, among)).mappings():
            if (row["unit_id"], row["period"]) in of:
                found[row["unit_id"], row["period"]].append(_review(row))
    return found


def waiting_returns(connection: Connection, since: date, unit_ids: Collection[int] | None = None) -> list[Review]:
    """The returns, of periods from `since` on (and of these units), that no revision or approval has answered yet, in their order."""
    later = review.alias("later")
    same = and_(*(review.c[name] == later.c[name] for name in ("form", "unit_id", "period")))
    newer = and_(
        *(review.c[name] == report.c[name] for name in ("form", "unit_id", "period")),
        report.c.revision > review.c.revision,
    )
    statement = _STEPS.where(
        IS_RETURNED,
        review.c.period >= since,
        ~exists().where(newer),
        ~exists().where(same, later.c.id > review.c.id, later.c.step != "returned"),
    ).with_hint(review, "INDEXED BY ix_review_returned", "sqlite")
    if unit_ids is not None:
        statement = statement.where(review.c.unit_id.in_(unit_ids))
    return [_review(row) for row in connection.execute(statement).mappings()]


def _review(row: RowMapping) -> Review:
    return Review(
        row["id"],
        row["form"],
        row["unit_id"],
        row["period"],
        row["revision"],
        cast("ReviewStep", row["step"]),
        cast("Tier", row["tier"]),
        tuple(row["figures"]),
        row["comment"],
        row["done_by"],
        row["done_at"],
    )
