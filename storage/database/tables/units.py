"""Units, the groups that are no tier, and files of units that wait for a yes."""

from datetime import date, datetime

from sqlalchemy import (
    Column,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from storage.database.tables.columns import foreign, key, stamp


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
    parent_id: int | None = foreign("unit.id", nullable=True, index=True)
    aliases: str = ""
    since: date | None = None
    until: date | None = None


class UnitGroupRow(SQLModel, table=True):
    """That the unit `member_id` is counted to the group `group_id`, which is a row of `unit` and no tier: nobody's child."""

    __tablename__ = "unit_group"
    __table_args__ = (UniqueConstraint("group_id", "member_id", "since"),)
    id: int | None = key()
    group_id: int = foreign("unit.id")
    member_id: int = foreign("unit.id", index=True)
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
    made_at: datetime = stamp()
