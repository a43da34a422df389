"""What was heard and what is to be said; groups, announcements, and what the desk was alerted of."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, Text, UniqueConstraint, text
from sqlalchemy.types import JSON
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.database.tables.columns import foreign, json, key, stamp


class InboxRow(SQLModel, table=True):
    """An update as it came. `state`: new, done, aside. `rank`: staff 0, residents 1: of these `raw` and `chat` are emptied then."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "update_id"),
        Index(
            "ix_inbox_waiting", "rank", "id", sqlite_where=text("state = 'new'"), postgresql_where=text("state = 'new'")
        ),
        Index(
            "ix_inbox_aside",
            "received_at",
            sqlite_where=text("state = 'aside'"),
            postgresql_where=text("state = 'aside'"),
        ),
    )
    id: int | None = key()
    channel: str
    update_id: str
    chat: str = ""
    rank: int = 1
    raw: str = Field(sa_column=Column(Text, nullable=False))
    state: str = "new"
    tries: int = 0
    received_at: datetime = stamp()
    done_at: datetime | None = stamp(nullable=True)
    error: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))


class AlertRow(SQLModel, table=True):
    """A trouble that the desk's chat was alerted of: the check that found it, how bad it is, and since when it is over."""

    __tablename__ = "alert"
    __table_args__ = (
        Index(
            "uq_alert_open",
            "name",
            unique=True,
            sqlite_where=text("over_at is null"),
            postgresql_where=text("over_at is null"),
        ),
    )
    id: int | None = key()
    name: str
    health: str
    began_at: datetime = stamp()
    over_at: datetime | None = stamp(nullable=True)


class TypedChoiceRow(SQLModel, table=True):
    """What a chat without buttons can type a number for. `is_reply`: it goes with the next reply."""

    __tablename__ = "typed_choice"
    channel: str = Field(primary_key=True)
    address: str = Field(primary_key=True)
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    press: str
    is_reply: bool
    offered_at: datetime = stamp()


class SentCountRow(SQLModel, table=True):
    """How many messages were sent in a month (its first day), where a messenger's plan counts them."""

    __tablename__ = "sent_count"
    channel: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    sent: int


class OutboxRow(SQLModel, table=True):
    """A message to be said. `state`: new, sending, said, unknown, dead. `say`: the Say as JSON. `about`: what it is evidence of."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "channel",
            "rank",
            "id",
            sqlite_where=text("state = 'new'"),
            postgresql_where=text("state = 'new'"),
        ),
        Index("ix_outbox_address", "channel", "address", "id"),
        Index(
            "ix_outbox_unsaid",
            "created_at",
            sqlite_where=text("state in ('dead', 'unknown')"),
            postgresql_where=text("state in ('dead', 'unknown')"),
        ),
        Index(
            "ix_outbox_chat_waiting",
            "channel",
            "address",
            "rank",
            "id",
            sqlite_where=text("state in ('new', 'sending')"),
            postgresql_where=text("state in ('new', 'sending')"),
        ),
        Index(
            "ix_outbox_sending",
            "channel",
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        Index(
            "uq_outbox_key_waiting",
            "channel",
            "address",
            "key",
            unique=True,
            sqlite_where=text("key <> '' and state = 'new'"),
            postgresql_where=text("key <> '' and state = 'new'"),
        ),
    )
    id: int | None = key()
    channel: str
    address: str
    topic: int | None = Field(default=None, sa_column=Column(BigInteger))
    rank: int
    key: str = ""
    say: dict[str, Any] = json()
    state: str = "new"
    tries: int = 0
    uncertain: int = 0
    claimed_by: str = ""
    created_at: datetime = stamp()
    sending_at: datetime | None = stamp(nullable=True)
    said_at: datetime | None = stamp(nullable=True)
    message_id: str = ""
    error: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))


class PauseRow(SQLModel, table=True):
    """A chat that Telegram wants to be left in peace for a while, whatever becomes of the message that met with it."""

    __tablename__ = "pause"
    channel: str = Field(primary_key=True)
    address: str = Field(primary_key=True)
    until_at: datetime = stamp()


class GatheringRow(SQLModel, table=True):
    """A group, or a topic of it (0: none), that gets the digest of a unit by the duty of whoever set it up."""

    __tablename__ = "gathering"
    __table_args__ = (UniqueConstraint("channel", "address", "topic", "unit_id"),)
    id: int | None = key()
    channel: str
    address: str
    topic: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    unit_id: int = foreign("unit.id")
    language: str
    set_by: int = foreign("person.id")
    set_at: datetime = stamp()


class NoticeRow(SQLModel, table=True):
    """An announcement. `state`: writing, set, sent, recalled. `whom`, `units` (ids) and `form`: its audience.

    `file`: the file that goes with it, as its channel knows it. `edition`: how often what its receivers see has changed. `ended_at`:
    when its sender was told who had not acknowledged it in time.
    """

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_state", "state", "id"),)
    id: int | None = key()
    person_id: int = foreign("person.id", index=True)
    seat_id: int = foreign("unit.id")
    whom: str
    units: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    form: str = ""
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    file: dict[str, Any] = json()
    state: str
    made_at: datetime = stamp()
    send_at: datetime | None = stamp(nullable=True)
    due_at: datetime | None = stamp(nullable=True)
    sent_at: datetime | None = stamp(nullable=True)
    edition: int = 1
    edited_at: datetime | None = stamp(nullable=True)
    recalled_at: datetime | None = stamp(nullable=True)
    ended_at: datetime | None = stamp(nullable=True)


class NoticeReceiptRow(SQLModel, table=True):
    """That an announcement went to a person, by his duty at a unit: its unique key is why nobody gets it twice.

    `outbox_id`: the message; `edition`: the newest of the announcement that he was given.
    """

    __tablename__ = "notice_receipt"
    __table_args__ = (UniqueConstraint("notice_id", "person_id"),)
    id: int | None = key()
    notice_id: int = foreign("notice.id")
    person_id: int = foreign("person.id", index=True)
    unit_id: int = foreign("unit.id")
    outbox_id: int | None = foreign("outbox.id", nullable=True, index=True)
    put_at: datetime = stamp()
    edition: int = 1
    acknowledged_at: datetime | None = stamp(nullable=True)
    reminded_at: datetime | None = stamp(nullable=True)


class FileAddressRow(SQLModel, table=True):
    """An address at which a file of one message is given: of its secret only the hash. `content`: what it is drawn from, as JSON."""

    __tablename__ = "file_address"
    __table_args__ = (Index("ix_file_address_chat", "channel", "address"),)
    id: int | None = key()
    secret_hash: str = Field(unique=True)
    outbox_id: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    channel: str
    address: str
    kind: str
    file_name: str
    maker: str
    content: dict[str, Any] = json()
    made_at: datetime = stamp()
    expires_at: datetime = Field(default=None, sa_column=Column(UTCDateTime(), nullable=False, index=True))
