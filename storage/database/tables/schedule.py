"""What was said of deadlines, and what changes them."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    false,
)
from sqlmodel import Field, SQLModel

from storage.database.tables.columns import BigKey, foreign, key, stamp


class SaidRow(SQLModel, table=True):
    """That a rule was said: its unique key is why two processes, a restart or a late tick cannot say it twice.

    The rule is kept by `kind`, `receiver`, `offset` and `number` (see `reporting.reminder_key`); `rule` is how it is spelled, for
    whoever reads the table. `moot`: it was to be said, but the report came before it left.
    """

    __tablename__ = "said"
    __table_args__ = (
        UniqueConstraint(
            *("kind", "receiver", "offset", "number", "form", "unit_id", "period", "person_id"), name="uq_said_once"
        ),
        Index("ix_said_outbox_id", "outbox_id"),  # what the tick asks every minute
        Index("ix_said_form_period_unit_id", "form", "period", "unit_id"),
    )
    id: int | None = key()
    rule: str
    kind: str
    receiver: str
    offset: int = Field(sa_column=Column(BigInteger, nullable=False))
    number: int = Field(sa_column=Column(BigInteger, nullable=False))
    form: str
    unit_id: int = foreign("unit.id")
    period: date
    person_id: int = foreign("person.id")
    outbox_id: int | None = foreign("outbox.id", nullable=True)
    said_at: datetime = stamp()
    moot: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))


class SnoozeRow(SQLModel, table=True):
    """Until when a person asked to be left in peace («Nhắc tôi sau 30 phút»)."""

    __tablename__ = "snooze"
    person_id: int = Field(sa_column=Column(BigKey, ForeignKey("person.id"), primary_key=True, autoincrement=False))
    until_at: datetime = stamp()


class LateReasonRow(SQLModel, table=True):
    """Why a unit's report is late: a `reason` of the catalogue («power»), or «other» with the words that were typed."""

    __tablename__ = "late_reason"
    __table_args__ = (Index("ix_late_reason_period", "period", "form"),)
    form: str = Field(primary_key=True)
    unit_id: int = Field(sa_column=Column(BigKey, ForeignKey("unit.id"), primary_key=True, autoincrement=False))
    period: date = Field(primary_key=True)
    reason: str
    words: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    person_id: int | None = foreign("person.id", nullable=True)
    given_at: datetime = stamp()


class SuspensionRow(SQLModel, table=True):
    """No report is owed for periods that end from `first_on` to `last_on`. `form` «»: every form; no unit: every unit."""

    __tablename__ = "suspension"
    id: int | None = key()
    form: str = ""
    unit_id: int | None = foreign("unit.id", nullable=True)
    first_on: date
    last_on: date
    reason: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    set_by: int | None = foreign("person.id", nullable=True)
    set_at: datetime = stamp()


class CalendarDayRow(SQLModel, table=True):
    """What the desk says of one day, before the holidays of any country: that it is worked, or that it is free."""

    __tablename__ = "calendar_day"
    id: int | None = key()
    day: date = Field(unique=True)
    is_working: bool
    name: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    set_by: int | None = foreign("person.id", nullable=True)
    set_at: datetime = stamp()
