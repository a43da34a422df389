"""What the public channel was told: recorded once by its key, with what stood in it, so that a change can be told too."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, exists, func, select, update

from reporting.forms import Form
from reporting.people import Address
from storage.database.inserting import insert_into
from storage.database.tables import metadata
from storage.figures.public_figures import WITH_NEWEST
from storage.figures.wide_sums import sums_of_halves

bulletin, figure, unit, outbox, audit = (
    metadata.tables[name] for name in ("bulletin", "figure", "unit", "outbox", "audit")
)

FIGURES_CHANGE = ("report", "correction", "approved", "returned", "unapproved", "import")
"""What the audit says where figures have changed."""
UNITS_CHANGE = "units"
"""What it says where units were merged, or moved: of days that are over too, if the desk is late with it."""
SLACK = 100
"""Audit lines before the newest are looked at again: one of another process may be committed after a later one."""

Key = tuple[str, int, date]
"""Of which form, unit and period a bulletin is."""

Mark = tuple[int, str]
"""How many corrections are in a period's figures, and something that is another thing as soon as any of them is."""
UNMARKED: Mark = (0, "")


@dataclass(frozen=True, slots=True)
class BulletinRecord:
    """The newest that was told of a form's period: the bulletin itself (`number` 0) or a correction of it.

    `content`: what has been told by now. `post`: the id of the bulletin's own message, once it is said.
    """

    key: Key
    number: int
    content: Mapping[str, Any]
    told_at: datetime
    post: str = ""

    @property
    def mark(self) -> Mark:
        corrections, rest, _ = self.content["mark"]
        return corrections, rest

    @property
    def seen(self) -> int:
        """The audit line up to which all figures are in it."""
        _, _, seen = self.content["mark"]
        return int(seen)


def newest(connection: Connection, to: Address, since: datetime) -> list[BulletinRecord]:
    """What was told in this channel, or corrected, since then; of each form, unit and period the newest, by period."""
    here = (bulletin.c.channel == to.channel, bulletin.c.address == to.address, bulletin.c.told_at > since)
    statement = select(bulletin).where(*here).order_by(bulletin.c.period, bulletin.c.number)
    found = {(row.form, row.unit_id, row.period): row for row in connection.execute(statement)}
    posts = _posts(connection, to, since)
    return [BulletinRecord(key, row.number, row.content, row.told_at, posts.get(key, "")) for key, row in found.items()]


def _posts(connection: Connection, to: Address, since: datetime) -> dict[Key, str]:
    statement = (
        select(bulletin.c.form, bulletin.c.unit_id, bulletin.c.period, outbox.c.message_id)
        .join(outbox, outbox.c.id == bulletin.c.outbox_id)
        .where(bulletin.c.channel == to.channel, bulletin.c.address == to.address, bulletin.c.number == 0)
        .where(bulletin.c.told_at > since, outbox.c.state == "said")
    )
    return {(form, unit_id, period): post for form, unit_id, period, post in connection.execute(statement)}


def record(connection: Connection, to: Address, new: Sequence[BulletinRecord]) -> list[int]:
    """Records what is being told, all of it or (if another process has told a part of it) nothing; the rows' ids."""
    statement = insert_into(connection, bulletin).on_conflict_do_nothing().returning(bulletin.c.id)
    rows = [
        {
            "channel": to.channel,
            "address": to.address,
            "form": form,
            "unit_id": unit_id,
            "period": period,
            "number": each.number,
            "content": dict(each.content),
            "told_at": each.told_at,
        }
        for each in sorted(new, key=lambda each: each.key)
        for form, unit_id, period in [each.key]
    ]
    ids = list(connection.execute(statement, rows).scalars())
    if len(ids) == len(rows):
        return ids
    connection.execute(delete(bulletin).where(bulletin.c.id.in_(ids)))
    return []


def seen(connection: Connection, to: Address, told: Collection[BulletinRecord]) -> None:
    """The same was told, but of other figures: their new mark is kept."""
    for each in told:
        form, unit_id, period = each.key
        here = (bulletin.c.channel == to.channel, bulletin.c.address == to.address, bulletin.c.number == each.number)
        of = (bulletin.c.form == form, bulletin.c.unit_id == unit_id, bulletin.c.period == period)
        connection.execute(update(bulletin).where(*here, *of).values(content=dict(each.content)))


def posted(connection: Connection, ids: Collection[int], message: int) -> None:
    """By which message of the outbox it was told."""
    connection.execute(update(bulletin).where(bulletin.c.id.in_(ids)).values(outbox_id=message))


def newest_line(connection: Connection) -> int:
    """The audit line up to which whatever is read from now on is surely seen."""
    newest = connection.execute(select(func.max(audit.c.id))).scalar_one()
    return int(newest or 0) - SLACK


class Touch(NamedTuple):
    """A form and a period whose figures have changed, and by which audit line; «» and None: any. `units`: others are in the totals."""

    form: str
    period: date | None
    line: int
    units: bool


def touches(connection: Connection, since: int) -> list[Touch]:
    """What has changed by the audit lines after this one. A change of a period goes on in the later ones."""
    of = (audit.c.form, audit.c.period, audit.c.what)
    statement = (
        select(*of, func.max(audit.c.id))
        .where(audit.c.id > since, audit.c.what.in_((*FIGURES_CHANGE, UNITS_CHANGE)))
        .group_by(*of)
    )
    return [Touch(form, on, line, what == UNITS_CHANGE) for form, on, what, line in connection.execute(statement)]


def with_carried(connection: Connection, form: Form, indicators: Collection[str], period: date, mark: Mark) -> Mark:
    """A period's mark with the figures of earlier periods that stand in its running totals."""
    corrections, rest = mark
    for name in sorted(form.carried & set(indicators)):
        named = {"form": form.key, "indicator": name, "period": period, "until": period - timedelta(days=1)}
        corrected, *seen = connection.execute(_CARRIED, named).one()
        corrections, rest = corrections + int(corrected or 0), " ".join(map(str, (rest, *seen)))
    return corrections, rest


_SEEN = (
    func.sum(figure.c.revision - 1),
    func.count(figure.c.unit_id),
    *sums_of_halves(figure.c.amount),
    func.max(figure.c.as_of),
)
_of_period = figure.alias()
_HAS = exists().where(
    _of_period.c.form == bindparam("form"),
    _of_period.c.indicator == bindparam("indicator"),
    _of_period.c.unit_id == unit.c.id,
    _of_period.c.period == bindparam("period"),
)
_CARRIED = select(*_SEEN).select_from(WITH_NEWEST).where(~_HAS.correlate(unit))


def marks(
    connection: Connection, form: str, indicators: Collection[str], periods: Collection[date]
) -> dict[date, Mark]:
    """The marks of these indicators' public figures, by period. What is carried into it from before is told by `with_carried`."""
    statement = (
        select(figure.c.period, *_SEEN)
        .where(figure.c.form == form, figure.c.indicator.in_(indicators), figure.c.period.in_(periods))
        .group_by(figure.c.period)
    )
    return {
        period: (int(corrected), " ".join(map(str, rest))) for period, corrected, *rest in connection.execute(statement)
    }
