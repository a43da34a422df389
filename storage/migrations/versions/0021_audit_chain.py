"""Audit lines stand in a chain, say by which road they came and to whom, and keep people's words apart; nobody can change them"""

import json
from collections.abc import Iterator, Sequence
from secrets import token_hex
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from storage.database.append_only import guards, unguards
from storage.database.audit_line import SEALED, START, is_words, line_digest, words_digest

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT_ONCE = 1000
GUARDED = (("audit", "update", "delete"), ("audit_chain", "update", "delete"), ("audit_words", "update"))
SALT_BYTES = 16

audit = sa.table(
    "audit",
    sa.column("id", KEY),
    sa.column("at", UTCDateTime()),
    sa.column("who", KEY),
    sa.column("road", sa.String()),
    sa.column("what", sa.String()),
    sa.column("person_id", KEY),
    sa.column("form", sa.String()),
    sa.column("unit_id", KEY),
    sa.column("period", sa.Date()),
    sa.column("detail", sa.JSON()),
)
words = sa.table(
    "audit_words",
    sa.column("line_id", KEY),
    sa.column("name", sa.String()),
    sa.column("salt", sa.String()),
    sa.column("content", sa.JSON()),
)


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    op.add_column("audit", sa.Column("road", sa.String(), nullable=False, server_default=""))
    kind = "bigint" if dialect == "postgresql" else "integer"  # SQLite adds a link only where it stands with its column
    op.execute(f"alter table audit add column person_id {kind} constraint fk_audit_person_id references person (id)")
    op.create_table(
        "audit_chain",
        sa.Column("number", KEY, autoincrement=False, nullable=False),
        sa.Column("line_id", KEY, nullable=False),
        sa.Column("digest", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["audit.id"], name=op.f("fk_audit_chain_line_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_chain")),
        sa.UniqueConstraint("line_id", name=op.f("uq_audit_chain_line_id")),
    )
    op.create_table(
        "audit_words",
        sa.Column("line_id", KEY, autoincrement=False, nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("salt", AutoString(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["audit.id"], name=op.f("fk_audit_words_line_id")),
        sa.PrimaryKeyConstraint("line_id", "name", name=op.f("pk_audit_words")),
    )
    of_backups = sa.text("what in ('backup', 'backup failed')")
    op.create_index("ix_audit_backups", "audit", ["id"], sqlite_where=of_backups, postgresql_where=of_backups)
    number, digest = 0, START
    for lines in _batches(op.get_bind()):
        number, digest = _enter(op.get_bind(), lines, number, digest)
    for table, *changes in GUARDED:
        for statement in guards(dialect, table, *changes):
            op.execute(statement)


def _batches(connection: sa.Connection) -> Iterator[Sequence[sa.Row[Any]]]:
    after = 0
    while lines := connection.execute(
        sa.select(audit).where(audit.c.id > after).order_by(audit.c.id).limit(AT_ONCE)
    ).all():
        yield lines
        after = lines[-1].id


def _enter(connection: sa.Connection, lines: Sequence[sa.Row[Any]], number: int, digest: str) -> tuple[int, str]:
    """The words of old lines go apart, and the lines become links; the newest link's number and digest."""
    apart, sealed, links = [], [], []
    for line in lines:
        detail = dict(line.detail)
        for name, value in line.detail.items():
            if is_words(name, value):
                salt = token_hex(SALT_BYTES)
                apart.append((line.id, name, salt, json.dumps(value)))
                detail[name] = {SEALED: words_digest(salt, value)}
        if detail != line.detail:
            sealed.append((json.dumps(detail), line.id))
        number += 1
        digest = line_digest(number, digest, (*line[:-1], detail))
        links.append((number, line.id, digest))
    _change(connection, "insert into audit_words (line_id, name, salt, content) values (?, ?, ?, ?)", apart)
    _change(connection, "update audit set detail = ? where id = ?", sealed)
    _change(connection, "insert into audit_chain (number, line_id, digest) values (?, ?, ?)", links)
    return number, digest


def _change(connection: sa.Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """For each row, by the driver itself: of a large audit what lies between takes longer than the database."""
    if rows:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        connection.exec_driver_sql(statement.replace("?", mark), list(rows))


def downgrade() -> None:
    connection = op.get_bind()
    for table, *changes in GUARDED:
        for statement in unguards(connection.dialect.name, table, *changes):
            op.execute(statement)
    for lines in _batches(connection):
        _open(connection, lines)
    op.drop_index("ix_audit_backups", "audit")
    op.drop_table("audit_words")
    op.drop_table("audit_chain")
    if connection.dialect.name == "postgresql":
        op.execute("drop function only_added_to()")
        op.drop_constraint("fk_audit_person_id", "audit")
        op.drop_column("audit", "person_id")
    else:
        with op.batch_alter_table("audit") as batch:
            batch.drop_column("person_id")
    op.drop_column("audit", "road")


def _open(connection: sa.Connection, lines: Sequence[sa.Row[Any]]) -> None:
    """The words that still stand come back into their lines; what was erased is null there."""
    kept: dict[int, dict[str, Any]] = {}
    for row in connection.execute(sa.select(words).where(words.c.line_id.in_([line.id for line in lines]))):
        kept.setdefault(row.line_id, {})[row.name] = row.content
    where = audit.c.id == sa.bindparam("of_line")
    changed = [
        {"of_line": line.id, "to_detail": detail}
        for line in lines
        for detail in [{name: _opened(value, kept.get(line.id, {}).get(name)) for name, value in line.detail.items()}]
        if detail != line.detail
    ]
    if changed:
        connection.execute(
            sa.update(audit).where(where).values(detail=sa.bindparam("to_detail", type_=sa.JSON())), changed
        )


def _opened(value: Any, words: Any) -> Any:
    return words if isinstance(value, dict) and set(value) == {SEALED} else value
