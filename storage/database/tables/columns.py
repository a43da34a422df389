"""What the tables share: their metadata, the names of constraints, and kinds of columns."""

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData
from sqlalchemy.types import JSON
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

SQLModel.model_config["defer_build"] = True
"""Nobody validates by a table: without pydantic's validators the sixty of them are there a fifth sooner."""
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


def foreign(to: str, nullable: bool = False, index: bool = False) -> Any:
    return Field(default=None, sa_column=Column(BigKey, ForeignKey(to), nullable=nullable, index=index))


def stamp(nullable: bool = False) -> Any:
    return Field(default=None, sa_column=Column(UTCDateTime(), nullable=nullable))


def json() -> Any:
    return Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
