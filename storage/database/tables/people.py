"""People, their addresses and duties, and the ways by which they come in."""

from datetime import date, datetime

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.types import JSON
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.database.tables.columns import BigKey, foreign, key, stamp


class PersonRow(SQLModel, table=True):
    """`erased_at`: since when nothing is kept that tells who it was."""

    __tablename__ = "person"
    id: int | None = key()
    name: str
    language: str
    created_at: datetime = stamp()
    erased_at: datetime | None = stamp(nullable=True)


class AddressRow(SQLModel, table=True):
    """A chat where a person is found. `unreachable_at`: since when words come back; `heard_at`: when something came from there, as
    far as the inbox does not know it any more.

    `draft_id`: the draft that this chat is at, and `draft_turn` the draft's turn when it was last shown there, below 0 where it may
    not have come (`reporting.filling.shown`). `asked`: what else the
    chat is asked (see `Person`). `menu`: a mark of the commands that stand in its menu. `preference`: of a person's addresses that
    with the lowest is tried first.
    """

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("channel", "address"),)
    id: int | None = key()
    channel: str
    address: str
    person_id: int = foreign("person.id", index=True)
    draft_id: int | None = foreign("draft.id", nullable=True, index=True)
    draft_turn: int | None = None
    asked: str = Field(default="", sa_column=Column(String, nullable=False, server_default=""))
    unreachable_at: datetime | None = stamp(nullable=True)
    heard_at: datetime | None = stamp(nullable=True)
    menu: str = Field(default="", sa_column=Column(String, nullable=False, server_default=""))
    preference: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))


class AddressCodeRow(SQLModel, table=True):
    """Whoever types the code elsewhere has another address there. Only its hash is kept."""

    __tablename__ = "address_code"
    code_hash: str = Field(primary_key=True)
    person_id: int = foreign("person.id")
    expires_at: datetime = stamp()


class ChannelOrderRow(SQLModel, table=True):
    """Everybody of a unit (none: of all) is spoken to by a channel first from a day on. `begun_at`: since when; `told_at`: when they
    heard of it.
    """

    __tablename__ = "channel_order"
    id: int | None = key()
    channel: str
    unit_id: int | None = foreign("unit.id", nullable=True)
    begins_on: date
    ordered_at: datetime = stamp()
    begun_at: datetime | None = stamp(nullable=True)
    told_at: datetime | None = stamp(nullable=True)
    revoked_at: datetime | None = stamp(nullable=True)


class DutyRow(SQLModel, table=True):
    __tablename__ = "duty"
    __table_args__ = (UniqueConstraint("person_id", "unit_id", "role", "since"),)
    id: int | None = key()
    person_id: int = foreign("person.id", index=True)
    unit_id: int = foreign("unit.id", index=True)
    role: str
    since: date
    until: date | None = None


class InvitationRow(SQLModel, table=True):
    """Only a hash of the code is kept: who reads the database cannot join with it. `made_by` None: by the desk's command line."""

    __tablename__ = "invitation"
    id: int | None = key()
    code_hash: str = Field(unique=True)
    role: str
    unit_id: int = foreign("unit.id")
    expires_at: datetime = stamp()
    uses_left: int
    uses: int
    created_at: datetime = stamp()
    made_by: int | None = foreign("person.id", nullable=True)
    revoked_at: datetime | None = stamp(nullable=True)


class WrongCodeRow(SQLModel, table=True):
    """A chat brought a code that is no invitation's: kept for a quarter of an hour, to count guesses."""

    __tablename__ = "wrong_code"
    __table_args__ = (Index("ix_wrong_code_chat", "channel", "address"),)
    id: int | None = key()
    channel: str
    address: str
    at: datetime = Field(default=None, sa_column=Column(UTCDateTime(), nullable=False, index=True))


class CodeTurnRow(SQLModel, table=True):
    """When too many guess at once, a chat's next code is looked at `from_at` on, however many guess then."""

    __tablename__ = "code_turn"
    channel: str = Field(primary_key=True)
    address: str = Field(primary_key=True)
    from_at: datetime = stamp()


class LinkRow(SQLModel, table=True):
    """A link that lets one person in once: of its secret only the hash. `purpose`: what it opens."""

    __tablename__ = "link"

    id: int = key()
    secret_hash: str = Field(unique=True)
    purpose: str
    person_id: int = foreign("person.id", index=True)
    made_at: datetime = stamp()
    expires_at: datetime = stamp()
    used_at: datetime | None = stamp(nullable=True)


class SessionRow(SQLModel, table=True):
    """Somebody who has come in by a link, until he leaves or it ends: of what his browser holds only the hash."""

    __tablename__ = "session"

    id: int = key()
    token_hash: str = Field(unique=True)
    person_id: int = foreign("person.id", index=True)
    began_at: datetime = stamp()
    seen_at: datetime = stamp()
    expires_at: datetime = stamp()


class FormSessionRow(SQLModel, table=True):
    """Somebody who fills in one report in a browser: of what it holds only the hash. `sent`: the number of what he sent by it."""

    __tablename__ = "form_session"
    id: int = key()
    token_hash: str = Field(unique=True)
    person_id: int = foreign("person.id", index=True)
    form: str
    unit_id: int = foreign("unit.id")
    period: date
    sent: str = ""
    began_at: datetime = stamp()
    expires_at: datetime = stamp()


class OwnHourRow(SQLModel, table=True):
    """When a person wants to be reminded before the deadline: `minutes` after midnight, on these `weekdays` (0: Monday)."""

    __tablename__ = "own_hour"
    person_id: int = Field(sa_column=Column(BigKey, ForeignKey("person.id"), primary_key=True, autoincrement=False))
    minutes: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    weekdays: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    set_at: datetime = stamp()
