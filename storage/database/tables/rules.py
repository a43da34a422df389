"""Rules across units and forms, bounds of figures, and what they have found."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from storage.database.tables.columns import BigKey, foreign, json, key, stamp


class ValidationRuleRow(SQLModel, table=True):
    """A validation rule: `content` is its row of the file that it came by, `place` where it stood there."""

    __tablename__ = "validation_rule"
    key: str = Field(primary_key=True)
    place: int
    content: dict[str, Any] = json()
    changed_at: datetime = stamp()
    changed_by: int | None = foreign("person.id", nullable=True)
    retired_at: datetime | None = stamp(nullable=True)


class RuleRunRow(SQLModel, table=True):
    """When a rule was last run over a period, and which report was the newest then: what came since may change what it finds.

    `newest_report` below 0: so many runs in a row were not finished.
    """

    __tablename__ = "rule_run"
    rule: str = Field(primary_key=True)
    period: date = Field(primary_key=True)
    ran_at: datetime = stamp()
    newest_report: int = Field(sa_column=Column(BigKey, nullable=False))


class ContradictionRow(SQLModel, table=True):
    """That a unit's figures break a rule in a period, and what its sides came to; open until they agree."""

    __tablename__ = "contradiction"
    __table_args__ = (
        UniqueConstraint("rule", "unit_id", "period"),
        Index(
            "ix_contradiction_open",
            "id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )
    id: int | None = key()
    rule: str
    unit_id: int = foreign("unit.id")
    period: date
    left_side: int = Field(sa_column=Column(BigInteger, nullable=False))
    right_side: int = Field(sa_column=Column(BigInteger, nullable=False))
    found_at: datetime = stamp()
    closed_at: datetime | None = stamp(nullable=True)
