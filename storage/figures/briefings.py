"""Briefing pages as they were shown, frozen: the next meeting asks what became of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select

from reporting.briefings.briefing_content import BriefingContent
from reporting.dataclass_json import as_json, of_json
from storage.database.tables import metadata

briefing = metadata.tables["briefing"]


@dataclass(frozen=True, slots=True)
class KeptBriefing:
    """A page as it was shown."""

    id: int
    content: BriefingContent
    as_of: datetime


def keep(connection: Connection, content: BriefingContent, person_id: int) -> int:
    """Keeps a page as it is shown to this person; its id."""
    values = {
        "unit_id": content.unit_id,
        "person_id": person_id,
        "content": as_json(content),
        "as_of": content.as_of,
    }
    return int(connection.execute(insert(briefing).returning(briefing.c.id), values).scalar_one())


def kept(connection: Connection, briefing_id: int) -> KeptBriefing | None:
    """The page with this id, as it was shown then."""
    row = connection.execute(select(briefing).where(briefing.c.id == briefing_id)).mappings().first()
    return _kept(row) if row else None


def last_before(connection: Connection, person_id: int, unit_id: int, before: datetime) -> KeptBriefing | None:
    """The newest page of a unit that this person was shown before that moment."""
    statement = (
        select(briefing)
        .where(briefing.c.unit_id == unit_id, briefing.c.person_id == person_id, briefing.c.as_of < before)
        .order_by(briefing.c.as_of.desc(), briefing.c.id.desc())
        .limit(1)
    )
    row = connection.execute(statement).mappings().first()
    return _kept(row) if row else None


def _kept(row: RowMapping) -> KeptBriefing:
    return KeptBriefing(row["id"], of_json(BriefingContent, row["content"]), row["as_of"])
