"""What residents follow and doubt, and what the public was told."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from storage.database.tables.columns import BigKey, foreign, json, key, stamp


class FollowRow(SQLModel, table=True):
    """What a chat is told of unasked. `form` and `indicator` «»: the main figures. `at`: «17:00» local, «» when it changes."""

    __tablename__ = "follow"
    __table_args__ = (UniqueConstraint("channel", "address", "unit_id", "form", "indicator"),)
    id: int | None = key()
    channel: str
    address: str
    unit_id: int = foreign("unit.id", index=True)
    form: str = ""
    indicator: str = ""
    at: str = ""
    language: str
    since_at: datetime = stamp()
    told_at: datetime | None = stamp(nullable=True)


class FlagRow(SQLModel, table=True):
    """Who is to be told what became of a figure that residents doubt: only the chat's address, until it is told."""

    __tablename__ = "flag"
    __table_args__ = (UniqueConstraint("asked_back_id", "channel", "address"),)
    id: int | None = key()
    asked_back_id: int = foreign("asked_back.id")
    channel: str
    address: str
    language: str


class BulletinRow(SQLModel, table=True):
    """What the public channel was told of a period. `number`: 0 the bulletin, then its corrections, each `content` what stood then.

    Its unique key is why two processes, a restart or a late tick cannot tell it twice.
    """

    __tablename__ = "bulletin"
    __table_args__ = (UniqueConstraint("channel", "address", "form", "unit_id", "period", "number"),)
    id: int | None = key()
    channel: str
    address: str
    form: str
    unit_id: int = foreign("unit.id")
    period: date
    number: int
    content: dict[str, Any] = json()
    told_at: datetime = stamp()
    outbox_id: int | None = Field(
        default=None, sa_column=Column(BigKey, ForeignKey("outbox.id", ondelete="SET NULL"), nullable=True, index=True)
    )
