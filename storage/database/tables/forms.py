"""Forms in their versions, files of forms that are tried out, indicators that are proposed."""

from datetime import date, datetime

from sqlalchemy import (
    Column,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from storage.database.tables.columns import foreign, key, stamp


class FormRow(SQLModel, table=True):
    """A published form, kept as the file that it was, in force from `from_on`, and up to and without `until_on` if it was retired."""

    __tablename__ = "form"
    __table_args__ = (UniqueConstraint("key", "version"),)
    id: int | None = key()
    key: str
    version: str
    file_name: str
    source: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    from_on: date
    until_on: date | None = None
    published_at: datetime = stamp()


class FormCandidateRow(SQLModel, table=True):
    """A form's file that an admin has sent in a chat, until it is published or put aside: one a chat."""

    __tablename__ = "form_candidate"
    __table_args__ = (UniqueConstraint("channel", "address"),)
    id: int | None = key()
    channel: str
    address: str
    person_id: int = foreign("person.id")
    key: str
    file_name: str
    source: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sent_at: datetime = stamp()


class ProposalRow(SQLModel, table=True):
    """An indicator that somebody with a post has proposed. `state`: writing, open, taken, postponed, declined.

    `measure`: the unit of count; `word`: what the desk said with its decision.
    """

    __tablename__ = "proposal"
    __table_args__ = (Index("ix_proposal_state", "state", "id"),)
    id: int | None = key()
    person_id: int = foreign("person.id", index=True)
    unit_id: int = foreign("unit.id")
    what: str = Field(default="", sa_column=Column(Text, nullable=False))
    why: str = Field(default="", sa_column=Column(Text, nullable=False))
    measure: str = Field(default="", sa_column=Column(Text, nullable=False))
    state: str
    made_at: datetime = stamp()
    word: str = Field(default="", sa_column=Column(Text, nullable=False))
    decided_by: int | None = foreign("person.id", nullable=True)
    decided_at: datetime | None = stamp(nullable=True)
