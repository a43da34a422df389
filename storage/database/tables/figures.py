"""Figures, what is kept of totals, frozen digests, targets of indicators."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Text,
    text,
)
from sqlmodel import Field, SQLModel

from storage.database.tables.columns import BigKey, foreign, json, key, stamp


class FigureRow(SQLModel, table=True):
    """The newest accepted value of an indicator, which the public is told if it is public: nothing in this table waits.

    `amount` is the value times a million, exact; `choice` a state's name.
    """

    __tablename__ = "figure"
    __table_args__ = (
        Index("ix_figure_unit", "unit_id", "period"),
        Index(
            "ix_figure_day",
            *("form", "indicator", "period", "unit_id", "amount", "choice", "revision", "as_of"),
        ),
        Index(
            "ix_figure_archive",
            "form",
            "period",
            "unit_id",
            "indicator",
            sqlite_where=text("source = 'import'"),
            postgresql_where=text("source = 'import'"),
        ),
    )
    form: str = Field(primary_key=True)
    indicator: str = Field(primary_key=True)
    unit_id: int = Field(sa_column=Column(BigKey, ForeignKey("unit.id"), primary_key=True))
    period: date = Field(primary_key=True)
    amount: int | None = Field(default=None, sa_column=Column(BigInteger))
    choice: str | None = None
    as_of: datetime = stamp()
    revision: int = 1
    source: str = "report"


class GroupTotalRow(SQLModel, table=True):
    """What the units of a kind right under one have together for a period: derived from `figure` in the transaction that changes it.

    `whole` and `millionths` are the sum in two parts, that none may be too large; of a state a row for each `choice`, which is empty
    otherwise. `units`: how many have a figure.
    """

    __tablename__ = "group_total"
    __table_args__ = (Index("ix_group_total_day", "form", "period", "parent_id"), {"sqlite_with_rowid": False})
    form: str = Field(primary_key=True)
    indicator: str = Field(primary_key=True)
    period: date = Field(primary_key=True)
    parent_id: int = Field(sa_column=Column(BigKey, ForeignKey("unit.id"), primary_key=True))
    kind: str = Field(primary_key=True)
    choice: str = Field(primary_key=True)
    whole: int = Field(sa_column=Column(BigInteger, nullable=False))
    millionths: int = Field(sa_column=Column(BigInteger, nullable=False))
    units: int
    as_of: datetime = stamp()
    revision: int


class WaitingRow(SQLModel, table=True):
    """What an indicator will be once it is approved, beside or in the place of its accepted figure, which the public is told.

    Neither `amount` nor `choice`: the accepted figure will be no more.
    """

    __tablename__ = "waiting"
    form: str = Field(primary_key=True)
    unit_id: int = Field(sa_column=Column(BigKey, ForeignKey("unit.id"), primary_key=True))
    period: date = Field(primary_key=True)
    indicator: str = Field(primary_key=True)
    amount: int | None = Field(default=None, sa_column=Column(BigInteger))
    choice: str | None = None
    as_of: datetime = stamp()
    revision: int = 1
    source: str = "report"


class HistoryImportRow(SQLModel, table=True):
    """The import of history that is at work, or was given up by a process that ended: there is none or one."""

    __tablename__ = "history_import"
    id: int | None = key()
    began_at: datetime = stamp()


class HistoryBeforeRow(SQLModel, table=True):
    """What a unit's figures of a period were before the import that is at work put others there: so it can be taken back.

    `figures`: a list for each, with indicator, amount, choice, as_of, revision and source.
    """

    __tablename__ = "history_before"
    __table_args__ = {"sqlite_with_rowid": False}
    form: str = Field(primary_key=True)
    period: date = Field(primary_key=True)
    unit_id: int = Field(sa_column=Column(BigKey, ForeignKey("unit.id"), primary_key=True, autoincrement=False))
    figures: str = Field(sa_column=Column(Text, nullable=False))


class DigestRow(SQLModel, table=True):
    """A digest as it was sent: frozen."""

    __tablename__ = "digest"
    __table_args__ = (
        Index("ix_digest_unit", "unit_id", "period"),
        Index("ix_digest_period", "form", "period", "as_of"),
    )
    id: int | None = key()
    form: str
    unit_id: int = foreign("unit.id")
    period: date
    person_id: int | None = foreign("person.id", nullable=True)
    content: dict[str, Any] = json()
    as_of: datetime = stamp()


class BriefingRow(SQLModel, table=True):
    """A briefing page as it was shown to a person: frozen."""

    __tablename__ = "briefing"
    __table_args__ = (Index("ix_briefing_unit", "unit_id", "person_id", "as_of"),)
    id: int | None = key()
    unit_id: int = foreign("unit.id")
    person_id: int = foreign("person.id")
    content: dict[str, Any] = json()
    as_of: datetime = stamp()


class IndicatorTargetRow(SQLModel, table=True):
    """A target of an indicator («mục tiêu»), as it was given: a changed one is a new row, and the old one has `ended_at`.

    `amount` and `least_change` are the values times a million. `each` and `of_indicator` «»: none. `looked_on`: the last period for
    which it was looked whether there was a turn.
    """

    __tablename__ = "indicator_target"
    __table_args__ = (
        Index(
            "ix_indicator_target_held",
            "unit_id",
            "form",
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )
    id: int | None = key()
    form: str
    indicator: str
    unit_id: int = foreign("unit.id")
    bound: str
    amount: int = Field(sa_column=Column(BigInteger, nullable=False))
    each: str = ""
    since: date
    until: date | None = None
    of_indicator: str = ""
    least_change: int | None = Field(default=None, sa_column=Column(BigInteger))
    set_by: int | None = foreign("person.id", nullable=True)
    set_at: datetime = stamp()
    ended_by: int | None = foreign("person.id", nullable=True)
    ended_at: datetime | None = stamp(nullable=True)
    looked_on: date | None = None
