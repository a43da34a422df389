"""The audit: lines, the links of their chain, and the words that can be erased."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    String,
    text,
)
from sqlalchemy.types import JSON
from sqlmodel import Field, SQLModel

from storage.database.tables.columns import BigKey, foreign, json, key, stamp

OF_BACKUPS = "what in ('backup', 'backup failed')"


class AuditRow(SQLModel, table=True):
    """Who did what, in the transaction that did it. `person_id`: to whom; `road`: a channel’s name, or a `Road`.

    The database itself refuses to change or remove a line or a link (`storage/database/append_only.py`).
    """

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_about", "unit_id", "period"),
        Index("ix_audit_units", "id", sqlite_where=text("what = 'units'"), postgresql_where=text("what = 'units'")),
        Index("ix_audit_backups", "id", sqlite_where=text(OF_BACKUPS), postgresql_where=text(OF_BACKUPS)),
    )
    id: int | None = key()
    at: datetime = stamp()
    who: int | None = foreign("person.id", nullable=True)
    what: str = Field(sa_column=Column(String, nullable=False))
    form: str = ""
    unit_id: int | None = foreign("unit.id", nullable=True)
    period: date | None = None
    detail: dict[str, Any] = json()
    road: str = Field(default="", sa_column=Column(String, nullable=False, server_default=""))
    person_id: int | None = foreign("person.id", nullable=True)


class AuditChainRow(SQLModel, table=True):
    """Which audit line stands at which place of the chain, and the digest over it and the one before (hex)."""

    __tablename__ = "audit_chain"
    number: int = Field(sa_column=Column(BigKey, primary_key=True, autoincrement=False))
    line_id: int = Field(sa_column=Column(BigKey, ForeignKey("audit.id"), nullable=False, unique=True))
    digest: str


class AuditWordsRow(SQLModel, table=True):
    """Words or names of people that an audit line has only the salted digest of; they can be erased."""

    __tablename__ = "audit_words"
    line_id: int = Field(sa_column=Column(BigKey, ForeignKey("audit.id"), primary_key=True, autoincrement=False))
    name: str = Field(primary_key=True)
    salt: str
    content: Any = Field(sa_column=Column(JSON, nullable=False))
