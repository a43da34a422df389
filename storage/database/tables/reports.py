"""Drafts and reports, and what people say to each other about them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import JSON
from sqlmodel import Field, SQLModel

from storage.database.tables.columns import BigKey, foreign, json, key, stamp


def _road() -> Any:
    """By which a row came; the answers in it that came by another have theirs. «»: from before it was kept."""
    return Field(default="", sa_column=Column(String, nullable=False, server_default=""))


class DraftRow(SQLModel, table=True):
    """A half-filled report. `practice`: the id of the person who practises with it; 0 for the one that counts."""

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("form", "unit_id", "period", "practice"),
        Index("ix_draft_touched_at", "touched_at"),  # what the tick asks every minute
        Index(
            "ix_draft_correcting",
            "touched_at",
            sqlite_where=text("correcting <> ''"),
            postgresql_where=text("correcting <> ''"),
        ),
    )
    id: int | None = key()
    form: str
    version: str
    unit_id: int = foreign("unit.id")
    period: date
    answers: dict[str, Any] = json()
    state: str
    at: str = ""
    turn: int = 0
    correcting: str = ""
    pending: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    heard: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column(JSON, nullable=False, server_default=text("'{}'"))
    )
    practice: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, server_default=text("0")))
    holder_id: int | None = foreign("person.id", nullable=True)
    touched_at: datetime | None = stamp(nullable=True)
    road: str = _road()


class OfferRow(SQLModel, table=True):
    """What the bot has offered to do with a message: to put what its `text` says into a report. One a chat, until it is answered."""

    __tablename__ = "offer"
    channel: str = Field(primary_key=True)
    address: str = Field(primary_key=True)
    form: str
    unit_id: int = foreign("unit.id")
    period: date
    text: str = Field(sa_column=Column(Text, nullable=False))
    message_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    made_at: datetime = stamp()


class ReportRow(SQLModel, table=True):
    """One revision of a report: inserted, never updated but for `provisional`."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("form", "unit_id", "period", "revision"),
        Index("ix_report_period", "period", "form", "unit_id"),
        Index(
            "ix_report_corrected",
            "sent_at",
            sqlite_where=text("revision > 1"),
            postgresql_where=text("revision > 1"),
        ),
    )
    id: int | None = key()
    number: str = Field(index=True)
    form: str
    version: str
    unit_id: int = foreign("unit.id")
    period: date
    revision: int
    answers: dict[str, Any] = json()
    sent_by: int | None = foreign("person.id", nullable=True)
    sent_at: datetime = stamp()
    first_sent_at: datetime = stamp()
    replaces: str | None = None
    reason: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    provisional: bool = False
    road: str = _road()


class AskedBackRow(SQLModel, table=True):
    """A question about a figure. `state`: open, confirmed, corrected, answered, unanswered. `value`: the figure as a string."""

    __tablename__ = "asked_back"
    __table_args__ = (
        Index("ix_asked_back_open", "id", sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'")),
        Index(
            "ix_asked_back_unanswered",
            "ended_at",
            sqlite_where=text("state = 'unanswered'"),
            postgresql_where=text("state = 'unanswered'"),
        ),
    )
    id: int | None = key()
    form: str
    unit_id: int = foreign("unit.id", index=True)
    period: date
    indicator: str
    value: str
    revision: int
    note: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    asked_by: int | None = foreign("person.id", nullable=True)
    asked_at: datetime = stamp()
    due_at: datetime = stamp()
    state: str = "open"
    answered_by: int | None = foreign("person.id", nullable=True)
    answer: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    ended_at: datetime | None = stamp(nullable=True)
    reminded_at: datetime | None = stamp(nullable=True)


class ReviewRow(SQLModel, table=True):
    """A step about a revision of a report: returned, approved or unapproved. Inserted, never changed; `figures`: names of questions.

    Whether a figure may be told stands with the report (`provisional`), in the same transaction.
    """

    __tablename__ = "review"
    __table_args__ = (
        Index("ix_review_report", "form", "unit_id", "period"),
        Index(
            "ix_review_returned",
            "period",
            sqlite_where=text("step = 'returned'"),
            postgresql_where=text("step = 'returned'"),
        ),
    )
    id: int | None = key()
    form: str
    unit_id: int = foreign("unit.id", index=True)
    period: date
    revision: int
    step: str
    tier: str = ""
    figures: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    comment: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    done_by: int | None = foreign("person.id", nullable=True)
    done_at: datetime = stamp()


class ReopeningRow(SQLModel, table=True):
    """A closed report is open again for a unit `until_at`; of several the newest counts."""

    __tablename__ = "reopening"
    __table_args__ = (Index("ix_reopening_report", "unit_id", "period"),)
    id: int | None = key()
    form: str
    unit_id: int = foreign("unit.id")
    period: date
    until_at: datetime = stamp()
    opened_by: int = foreign("person.id")
    opened_at: datetime = stamp()


class UsualRangeRow(SQLModel, table=True):
    """What is usual for the figures of a unit's report for `period`, the one that was opened last: worked out when it is opened."""

    __tablename__ = "usual_range"
    form: str = Field(primary_key=True)
    unit_id: int = Field(sa_column=Column(BigKey, ForeignKey("unit.id"), primary_key=True, autoincrement=False))
    period: date
    ranges: dict[str, Any] = json()


class SetRangeRow(SQLModel, table=True):
    """Between what the desk says that a unit's figure lies, for good or for periods up to `until`; no bound is None. It goes before
    what was worked out."""

    __tablename__ = "set_range"
    form: str = Field(primary_key=True)
    unit_id: int = Field(sa_column=Column(BigKey, ForeignKey("unit.id"), primary_key=True, autoincrement=False))
    indicator: str = Field(primary_key=True)
    low: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    high: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    until: date | None = None
    reason: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    set_by: int | None = foreign("person.id", nullable=True)
    set_at: datetime = stamp()
