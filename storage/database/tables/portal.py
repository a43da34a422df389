"""Portals: where figures go, what is due there, and the receipt of each value."""

from datetime import date, datetime

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from storage.database.tables.columns import BigKey, foreign, key, stamp


class TargetRow(SQLModel, table=True):
    """Where figures are due: a mapping file as the desk gave it; `form`, `since`, `sends_provisional` say what stands in it.

    `checked_at`: when the server said that it would keep what is sent. `stopped_at`: since when nothing comes through, for the
    reason `error` («key: words»); `retry_at`: not before; `tries`: so often in a row.
    """

    __tablename__ = "target"
    id: int | None = key()
    key: str = Field(unique=True)
    source: str = Field(sa_column=Column(Text, nullable=False))
    form: str = Field(index=True)
    since: date
    sends_provisional: bool = False
    changed_at: datetime = stamp()
    checked_at: datetime | None = stamp(nullable=True)
    stopped_at: datetime | None = stamp(nullable=True)
    retry_at: datetime | None = stamp(nullable=True)
    tries: int = 0
    error: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))


class PortalDeliveryRow(SQLModel, table=True):
    """The figures of one unit and period, due at a target. `state`: waiting, sent, refused (some values were: `refused` of them).

    `turn` counts the changes: whose figures have changed since they were taken is due again. Whoever takes a row puts off its
    `next_at`: if he dies, it is due again. `completed`: it is registered there as complete.
    """

    __tablename__ = "portal_delivery"
    __table_args__ = (
        UniqueConstraint("target_id", "unit_id", "period"),
        Index(
            "ix_portal_delivery_waiting",
            "target_id",
            "next_at",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_portal_delivery_refused",
            "refused_at",
            sqlite_where=text("state = 'refused'"),
            postgresql_where=text("state = 'refused'"),
        ),
    )
    id: int | None = key()
    target_id: int = foreign("target.id")
    unit_id: int = foreign("unit.id")
    period: date
    state: str = "waiting"
    turn: int = 1
    changed_at: datetime = stamp()
    next_at: datetime = stamp()
    tries: int = 0
    sent_at: datetime | None = stamp(nullable=True)
    sent_turn: int = 0
    refused: int = 0
    refused_at: datetime | None = stamp(nullable=True)
    completed: bool = False
    error: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))


class PortalReceiptRow(SQLModel, table=True):
    """What a taker answered about one value of a delivery's turn. `state`: taken, unchanged, refused, deleted."""

    __tablename__ = "portal_receipt"
    delivery_id: int = Field(sa_column=Column(BigKey, ForeignKey("portal_delivery.id"), primary_key=True))
    indicator: str = Field(primary_key=True)
    turn: int = Field(primary_key=True)
    value: str
    state: str
    code: str = ""
    words: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    at: datetime = stamp()
