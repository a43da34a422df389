"""The tables. They do not leave this room: functions of the other modules hand out the dataclasses of `reporting`."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.types import JSON
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

metadata: MetaData = SQLModel.metadata
metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

BigKey = BigInteger().with_variant(Integer(), "sqlite")
"""Telegram's ids need 64 bits; SQLite counts a key up by itself only if it is called INTEGER."""


def key() -> Any:
    return Field(default=None, sa_column=Column(BigKey, primary_key=True, autoincrement=True))


def link(to: str, nullable: bool = False, index: bool = False) -> Any:
    return Field(default=None, sa_column=Column(BigKey, ForeignKey(to), nullable=nullable, index=index))


def moment(nullable: bool = False) -> Any:
    return Field(default=None, sa_column=Column(UTCDateTime(), nullable=nullable))


def json() -> Any:
    return Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class UnitRow(SQLModel, table=True):
    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("code", "since"),
        Index(
            "uq_unit_code_ever",
            "code",
            unique=True,
            sqlite_where=text("since is null"),
            postgresql_where=text("since is null"),
        ),
    )
    id: int | None = key()
    code: str
    name: str
    kind: str
    parent_id: int | None = link("unit.id", nullable=True, index=True)
    aliases: str = ""
    since: date | None = None
    until: date | None = None


class UnitGroupRow(SQLModel, table=True):
    """That the unit `member_id` is counted to the group `group_id`, which is a row of `unit` and no tier: nobody's child."""

    __tablename__ = "unit_group"
    __table_args__ = (UniqueConstraint("group_id", "member_id", "since"),)
    id: int | None = key()
    group_id: int = link("unit.id")
    member_id: int = link("unit.id", index=True)
    since: date | None = None
    until: date | None = None


class UnitFileRow(SQLModel, table=True):
    """A file of units that an admin has sent and was shown the differences of: one a chat, until he says whether it is meant."""

    __tablename__ = "unit_file"
    __table_args__ = (UniqueConstraint("channel", "address"),)
    id: int | None = key()
    channel: str
    address: str
    name: str
    content: str = Field(sa_column=Column(Text, nullable=False))
    shown: str
    made_at: datetime = moment()


class PersonRow(SQLModel, table=True):
    """`erased_at`: since when nothing is kept that tells who it was."""

    __tablename__ = "person"
    id: int | None = key()
    name: str
    language: str
    created_at: datetime = moment()
    erased_at: datetime | None = moment(nullable=True)


class AddressRow(SQLModel, table=True):
    """A chat where a person is found. `unreachable_at`: since when words come back; `heard_at`: when something came from there, as
    far as the inbox does not know it any more.

    `draft_id`: the draft that this chat is at, and `draft_turn` the draft's turn when it was last shown there. `asked`: what else the
    chat is asked (see `Person`). `menu`: a mark of the commands that stand in its menu.
    """

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("channel", "address"),)
    id: int | None = key()
    channel: str
    address: str
    person_id: int = link("person.id", index=True)
    draft_id: int | None = link("draft.id", nullable=True, index=True)
    draft_turn: int | None = None
    asked: str = Field(default="", sa_column=Column(String, nullable=False, server_default=""))
    unreachable_at: datetime | None = moment(nullable=True)
    heard_at: datetime | None = moment(nullable=True)
    menu: str = Field(default="", sa_column=Column(String, nullable=False, server_default=""))


class DutyRow(SQLModel, table=True):
    __tablename__ = "duty"
    __table_args__ = (UniqueConstraint("person_id", "unit_id", "role", "since"),)
    id: int | None = key()
    person_id: int = link("person.id", index=True)
    unit_id: int = link("unit.id", index=True)
    role: str
    since: date
    until: date | None = None


class InvitationRow(SQLModel, table=True):
    """Only a hash of the code is kept: who reads the database cannot join with it. `made_by` None: by the desk's command line."""

    __tablename__ = "invitation"
    id: int | None = key()
    code_hash: str = Field(unique=True)
    role: str
    unit_id: int = link("unit.id")
    expires_at: datetime = moment()
    uses_left: int
    uses: int
    created_at: datetime = moment()
    made_by: int | None = link("person.id", nullable=True)
    revoked_at: datetime | None = moment(nullable=True)


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
    from_at: datetime = moment()


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
    published_at: datetime = moment()


class FormCandidateRow(SQLModel, table=True):
    """A form's file that an admin has sent in a chat, until it is published or put aside: one a chat."""

    __tablename__ = "form_candidate"
    __table_args__ = (UniqueConstraint("channel", "address"),)
    id: int | None = key()
    channel: str
    address: str
    person_id: int = link("person.id")
    key: str
    file_name: str
    source: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sent_at: datetime = moment()


class ProposalRow(SQLModel, table=True):
    """An indicator that somebody with a post has proposed. `state`: writing, open, taken, postponed, declined.

    `measure`: the unit of count; `word`: what the desk said with its decision.
    """

    __tablename__ = "proposal"
    __table_args__ = (Index("ix_proposal_state", "state", "id"),)
    id: int | None = key()
    person_id: int = link("person.id", index=True)
    unit_id: int = link("unit.id")
    what: str = Field(default="", sa_column=Column(Text, nullable=False))
    why: str = Field(default="", sa_column=Column(Text, nullable=False))
    measure: str = Field(default="", sa_column=Column(Text, nullable=False))
    state: str
    made_at: datetime = moment()
    word: str = Field(default="", sa_column=Column(Text, nullable=False))
    decided_by: int | None = link("person.id", nullable=True)
    decided_at: datetime | None = moment(nullable=True)


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
    received_at: datetime = moment()
    done_at: datetime | None = moment(nullable=True)
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
    began_at: datetime = moment()
    over_at: datetime | None = moment(nullable=True)


class OutboxRow(SQLModel, table=True):
    """A message to be said. `state`: new, sending, said, unknown, dead. `say`: the Say as JSON. `about`: what it is evidence of."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "channel",
            "rank",
            "id",
            sqlite_where=text("state in ('new', 'sending')"),
            postgresql_where=text("state in ('new', 'sending')"),
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
    created_at: datetime = moment()
    sending_at: datetime | None = moment(nullable=True)
    said_at: datetime | None = moment(nullable=True)
    message_id: str = ""
    error: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))


class PauseRow(SQLModel, table=True):
    """A chat that Telegram wants to be left in peace for a while, whatever becomes of the message that met with it."""

    __tablename__ = "pause"
    channel: str = Field(primary_key=True)
    address: str = Field(primary_key=True)
    until_at: datetime = moment()


class DraftRow(SQLModel, table=True):
    """A half-filled report. `practice`: the id of the person who practises with it; 0 for the one that counts."""

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("form", "unit_id", "period", "practice"),
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
    unit_id: int = link("unit.id")
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
    holder_id: int | None = link("person.id", nullable=True)
    touched_at: datetime | None = moment(nullable=True)


class OfferRow(SQLModel, table=True):
    """What the bot has offered to do with a message: to put what its `text` says into a report. One a chat, until it is answered."""

    __tablename__ = "offer"
    channel: str = Field(primary_key=True)
    address: str = Field(primary_key=True)
    form: str
    unit_id: int = link("unit.id")
    period: date
    text: str = Field(sa_column=Column(Text, nullable=False))
    message_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    made_at: datetime = moment()


class ReportRow(SQLModel, table=True):
    """One revision of a report: inserted, never updated but for `provisional`."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("form", "unit_id", "period", "revision"),
        Index("ix_report_period", "period", "form", "unit_id"),
    )
    id: int | None = key()
    number: str = Field(index=True)
    form: str
    version: str
    unit_id: int = link("unit.id")
    period: date
    revision: int
    answers: dict[str, Any] = json()
    sent_by: int | None = link("person.id", nullable=True)
    sent_at: datetime = moment()
    first_sent_at: datetime = moment()
    replaces: str | None = None
    reason: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    provisional: bool = False


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
    as_of: datetime = moment()
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
    as_of: datetime = moment()
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
    as_of: datetime = moment()
    revision: int = 1
    source: str = "report"


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
    )
    id: int | None = key()
    rule: str
    kind: str
    receiver: str
    offset: int = Field(sa_column=Column(BigInteger, nullable=False))
    number: int = Field(sa_column=Column(BigInteger, nullable=False))
    form: str
    unit_id: int = link("unit.id")
    period: date
    person_id: int = link("person.id")
    outbox_id: int | None = link("outbox.id", nullable=True)
    said_at: datetime = moment()
    moot: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))


class DigestRow(SQLModel, table=True):
    """A digest as it was sent: frozen."""

    __tablename__ = "digest"
    __table_args__ = (Index("ix_digest_unit", "unit_id", "period"),)
    id: int | None = key()
    form: str
    unit_id: int = link("unit.id")
    period: date
    person_id: int | None = link("person.id", nullable=True)
    content: dict[str, Any] = json()
    as_of: datetime = moment()


class BriefingRow(SQLModel, table=True):
    """A briefing page as it was shown to a person: frozen."""

    __tablename__ = "briefing"
    __table_args__ = (Index("ix_briefing_unit", "unit_id", "person_id", "as_of"),)
    id: int | None = key()
    unit_id: int = link("unit.id")
    person_id: int = link("person.id")
    content: dict[str, Any] = json()
    as_of: datetime = moment()


OF_BACKUPS = "what in ('backup', 'backup failed')"


class AuditRow(SQLModel, table=True):
    """Who did what, in the transaction that did it. `person_id`: to whom; `road`: chat, command, page, program.

    The database itself refuses to change or remove a line or a link (`storage/database/append_only.py`).
    """

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_about", "unit_id", "period"),
        Index("ix_audit_units", "id", sqlite_where=text("what = 'units'"), postgresql_where=text("what = 'units'")),
        Index("ix_audit_backups", "id", sqlite_where=text(OF_BACKUPS), postgresql_where=text(OF_BACKUPS)),
    )
    id: int | None = key()
    at: datetime = moment()
    who: int | None = link("person.id", nullable=True)
    what: str = Field(sa_column=Column(String, nullable=False))
    form: str = ""
    unit_id: int | None = link("unit.id", nullable=True)
    period: date | None = None
    detail: dict[str, Any] = json()
    road: str = Field(default="", sa_column=Column(String, nullable=False, server_default=""))
    person_id: int | None = link("person.id", nullable=True)


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


class SnoozeRow(SQLModel, table=True):
    """Until when a person asked to be left in peace («Nhắc tôi sau 30 phút»)."""

    __tablename__ = "snooze"
    person_id: int = Field(sa_column=Column(BigKey, ForeignKey("person.id"), primary_key=True, autoincrement=False))
    until_at: datetime = moment()


class LateReasonRow(SQLModel, table=True):
    """Why a unit's report is late: a `reason` of the catalogue («power»), or «other» with the words that were typed."""

    __tablename__ = "late_reason"
    form: str = Field(primary_key=True)
    unit_id: int = Field(sa_column=Column(BigKey, ForeignKey("unit.id"), primary_key=True, autoincrement=False))
    period: date = Field(primary_key=True)
    reason: str
    words: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    person_id: int | None = link("person.id", nullable=True)
    given_at: datetime = moment()


class SuspensionRow(SQLModel, table=True):
    """No report is owed for periods that end from `first_on` to `last_on`. `form` «»: every form; no unit: every unit."""

    __tablename__ = "suspension"
    id: int | None = key()
    form: str = ""
    unit_id: int | None = link("unit.id", nullable=True)
    first_on: date
    last_on: date
    reason: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    set_by: int | None = link("person.id", nullable=True)
    set_at: datetime = moment()


class CalendarDayRow(SQLModel, table=True):
    """What the desk says of one day, before the holidays of any country: that it is worked, or that it is free."""

    __tablename__ = "calendar_day"
    id: int | None = key()
    day: date = Field(unique=True)
    is_working: bool
    name: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    set_by: int | None = link("person.id", nullable=True)
    set_at: datetime = moment()


for _table, _column in (("said", "outbox_id"), ("draft", "touched_at")):  # what the tick asks every minute
    Index(None, metadata.tables[_table].c[_column])
Index(None, *(metadata.tables["said"].c[name] for name in ("form", "period", "unit_id")))


class FollowRow(SQLModel, table=True):
    """What a chat is told of unasked. `form` and `indicator` «»: the main figures. `at`: «17:00» local, «» when it changes."""

    __tablename__ = "follow"
    __table_args__ = (UniqueConstraint("channel", "address", "unit_id", "form", "indicator"),)
    id: int | None = key()
    channel: str
    address: str
    unit_id: int = link("unit.id", index=True)
    form: str = ""
    indicator: str = ""
    at: str = ""
    language: str
    since_at: datetime = moment()
    told_at: datetime | None = moment(nullable=True)


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
    unit_id: int = link("unit.id", index=True)
    period: date
    indicator: str
    value: str
    revision: int
    note: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    asked_by: int | None = link("person.id", nullable=True)
    asked_at: datetime = moment()
    due_at: datetime = moment()
    state: str = "open"
    answered_by: int | None = link("person.id", nullable=True)
    answer: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    ended_at: datetime | None = moment(nullable=True)
    reminded_at: datetime | None = moment(nullable=True)


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
    unit_id: int = link("unit.id", index=True)
    period: date
    revision: int
    step: str
    tier: str = ""
    figures: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    comment: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    done_by: int | None = link("person.id", nullable=True)
    done_at: datetime = moment()


class ReopeningRow(SQLModel, table=True):
    """A closed report is open again for a unit `until_at`; of several the newest counts."""

    __tablename__ = "reopening"
    __table_args__ = (Index("ix_reopening_report", "unit_id", "period"),)
    id: int | None = key()
    form: str
    unit_id: int = link("unit.id")
    period: date
    until_at: datetime = moment()
    opened_by: int = link("person.id")
    opened_at: datetime = moment()


class GatheringRow(SQLModel, table=True):
    """A group, or a topic of it (0: none), that gets the digest of a unit by the duty of whoever set it up."""

    __tablename__ = "gathering"
    __table_args__ = (UniqueConstraint("channel", "address", "topic", "unit_id"),)
    id: int | None = key()
    channel: str
    address: str
    topic: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    unit_id: int = link("unit.id")
    language: str
    set_by: int = link("person.id")
    set_at: datetime = moment()


class FlagRow(SQLModel, table=True):
    """Who is to be told what became of a figure that residents doubt: only the chat's address, until it is told."""

    __tablename__ = "flag"
    __table_args__ = (UniqueConstraint("asked_back_id", "channel", "address"),)
    id: int | None = key()
    asked_back_id: int = link("asked_back.id")
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
    unit_id: int = link("unit.id")
    period: date
    number: int
    content: dict[str, Any] = json()
    told_at: datetime = moment()
    outbox_id: int | None = Field(
        default=None, sa_column=Column(BigKey, ForeignKey("outbox.id", ondelete="SET NULL"), nullable=True, index=True)
    )


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
    changed_at: datetime = moment()
    checked_at: datetime | None = moment(nullable=True)
    stopped_at: datetime | None = moment(nullable=True)
    retry_at: datetime | None = moment(nullable=True)
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
    target_id: int = link("target.id")
    unit_id: int = link("unit.id")
    period: date
    state: str = "waiting"
    turn: int = 1
    changed_at: datetime = moment()
    next_at: datetime = moment()
    tries: int = 0
    sent_at: datetime | None = moment(nullable=True)
    sent_turn: int = 0
    refused: int = 0
    refused_at: datetime | None = moment(nullable=True)
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
    at: datetime = moment()


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
    unit_id: int = link("unit.id")
    bound: str
    amount: int = Field(sa_column=Column(BigInteger, nullable=False))
    each: str = ""
    since: date
    until: date | None = None
    of_indicator: str = ""
    least_change: int | None = Field(default=None, sa_column=Column(BigInteger))
    set_by: int | None = link("person.id", nullable=True)
    set_at: datetime = moment()
    ended_by: int | None = link("person.id", nullable=True)
    ended_at: datetime | None = moment(nullable=True)
    looked_on: date | None = None


class LinkRow(SQLModel, table=True):
    """A link that lets one person in once: of its secret only the hash. `purpose`: what it opens."""

    __tablename__ = "link"

    id: int = key()
    secret_hash: str = Field(unique=True)
    purpose: str
    person_id: int = link("person.id", index=True)
    made_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = moment(nullable=True)


class SessionRow(SQLModel, table=True):
    """Somebody who has come in by a link, until he leaves or it ends: of what his browser holds only the hash."""

    __tablename__ = "session"

    id: int = key()
    token_hash: str = Field(unique=True)
    person_id: int = link("person.id", index=True)
    began_at: datetime = moment()
    seen_at: datetime = moment()
    expires_at: datetime = moment()


class NoticeRow(SQLModel, table=True):
    """An announcement. `state`: writing, set, sent, recalled. `whom`, `units` (ids) and `form`: its audience.

    `file`: the file that goes with it, as its channel knows it. `edition`: how often what its receivers see has changed. `ended_at`:
    when its sender was told who had not acknowledged it in time.
    """

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_state", "state", "id"),)
    id: int | None = key()
    person_id: int = link("person.id", index=True)
    seat_id: int = link("unit.id")
    whom: str
    units: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    form: str = ""
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    file: dict[str, Any] = json()
    state: str
    made_at: datetime = moment()
    send_at: datetime | None = moment(nullable=True)
    due_at: datetime | None = moment(nullable=True)
    sent_at: datetime | None = moment(nullable=True)
    edition: int = 1
    edited_at: datetime | None = moment(nullable=True)
    recalled_at: datetime | None = moment(nullable=True)
    ended_at: datetime | None = moment(nullable=True)


class NoticeReceiptRow(SQLModel, table=True):
    """That an announcement went to a person, by his duty at a unit: its unique key is why nobody gets it twice.

    `outbox_id`: the message; `edition`: the newest of the announcement that he was given.
    """

    __tablename__ = "notice_receipt"
    __table_args__ = (UniqueConstraint("notice_id", "person_id"),)
    id: int | None = key()
    notice_id: int = link("notice.id")
    person_id: int = link("person.id", index=True)
    unit_id: int = link("unit.id")
    outbox_id: int | None = link("outbox.id", nullable=True, index=True)
    put_at: datetime = moment()
    edition: int = 1
    acknowledged_at: datetime | None = moment(nullable=True)
    reminded_at: datetime | None = moment(nullable=True)


class OwnHourRow(SQLModel, table=True):
    """When a person wants to be reminded before the deadline: `minutes` after midnight, on these `weekdays` (0: Monday)."""

    __tablename__ = "own_hour"
    person_id: int = Field(sa_column=Column(BigKey, ForeignKey("person.id"), primary_key=True, autoincrement=False))
    minutes: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    weekdays: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    set_at: datetime = moment()


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
    set_by: int | None = link("person.id", nullable=True)
    set_at: datetime = moment()


class ValidationRuleRow(SQLModel, table=True):
    """A validation rule: `content` is its row of the file that it came by, `place` where it stood there."""

    __tablename__ = "validation_rule"
    key: str = Field(primary_key=True)
    place: int
    content: dict[str, Any] = json()
    changed_at: datetime = moment()
    changed_by: int | None = link("person.id", nullable=True)
    retired_at: datetime | None = moment(nullable=True)


class RuleRunRow(SQLModel, table=True):
    """When a rule was last run over a period, and which report was the newest then: what came since may change what it finds."""

    __tablename__ = "rule_run"
    rule: str = Field(primary_key=True)
    period: date = Field(primary_key=True)
    ran_at: datetime = moment()
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
    unit_id: int = link("unit.id")
    period: date
    left_side: int = Field(sa_column=Column(BigInteger, nullable=False))
    right_side: int = Field(sa_column=Column(BigInteger, nullable=False))
    found_at: datetime = moment()
    closed_at: datetime | None = moment(nullable=True)
