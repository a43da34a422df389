"""Digests as they were sent, frozen («chốt số»), and what has been corrected of them since."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, exists, insert, select, text

from reporting.dataclass_json import as_json, of_json
from reporting.digests.content import DigestContent
from reporting.digests.digest_record import Digest
from storage.database.tables import metadata

digest, figure, report, said = (metadata.tables[name] for name in ("digest", "figure", "report", "said"))
IS_CORRECTION = text("report.revision > 1")
"""Written out as in the partial index: SQLite uses it only for the very same words."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A digest as it was sent, and the ids of the people who got it."""

    id: int
    digest: Digest
    person_ids: tuple[int, ...]


def freeze(connection: Connection, new: Digest, person_ids: Collection[int], person_id: int | None = None) -> int:
    """Keeps a digest as it is sent to these people; its id. `person_id`: who asked for it, None: the clock sends it."""
    values = {
        "form": new.form,
        "unit_id": new.unit_id,
        "period": new.period,
        "person_id": person_id,
        "content": {**as_json(new.content), "told": sorted(person_ids)},
        "as_of": new.as_of,
    }
    return int(connection.execute(insert(digest).returning(digest.c.id), values).scalar_one())


def frozen(connection: Connection, digest_id: int) -> Frozen | None:
    """The digest of this id, as it was sent then, whatever has been corrected since."""
    row = connection.execute(select(digest).where(digest.c.id == digest_id)).mappings().first()
    return _frozen(row) if row else None


def frozen_of(
    connection: Connection,
    form: str,
    unit_ids: Collection[int],
    period: date,
    *,
    before: datetime | None = None,
    most: int | None = None,
) -> list[Frozen]:
    """The digests of these units and of the period that were frozen (`before` that moment), newest first, `most` of them."""
    statement = (
        select(digest)
        .where(digest.c.form == form, digest.c.unit_id.in_(unit_ids), digest.c.period == period)
        .order_by(digest.c.as_of.desc(), digest.c.id.desc())
        .limit(most)
    )
    if before is not None:
        statement = statement.where(digest.c.as_of < before)
    return [_frozen(row) for row in connection.execute(statement).mappings()]


def last_as_of(connection: Connection, unit_id: int, before: datetime) -> datetime | None:
    """As of when the newest digest of a unit is that was frozen before that moment."""
    newest = select(digest.c.as_of).where(digest.c.unit_id == unit_id, digest.c.as_of < before)
    return connection.execute(newest.order_by(digest.c.as_of.desc()).limit(1)).scalar()


@dataclass(frozen=True, slots=True)
class Corrected:
    """A revision that replaced an earlier one of a period that digests were sent for."""

    form: str
    unit_id: int
    period: date
    revision: int
    reason: str
    sent_at: datetime


def corrected(connection: Connection, since: datetime, digests_since: datetime) -> list[Corrected]:
    """The corrections accepted after `since` of periods with digests frozen after `digests_since`; of a report the newest."""
    same = (digest.c.form == report.c.form, digest.c.period == report.c.period)
    statement = (
        select(*(report.c[each.name] for each in fields(Corrected)))
        .where(IS_CORRECTION, report.c.sent_at > since, exists().where(*same, digest.c.as_of > digests_since))
        .order_by(report.c.revision)
        .with_hint(report, "INDEXED BY ix_report_corrected", "sqlite")
    )
    found = (Corrected(*row) for row in connection.execute(statement))
    return list({(each.form, each.unit_id, each.period): each for each in found}.values())


def _frozen(row: RowMapping) -> Frozen:
    content = of_json(DigestContent, row["content"])
    made = Digest(row["form"], row["unit_id"], row["period"], row["as_of"], content.paragraphs, content)
    return Frozen(row["id"], made, tuple(row["content"].get("told", ())))
