"""Audit lines stand in a chain, say by which road they came and to whom, and keep people's words apart; nobody can change them"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256
from secrets import token_hex
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from storage.database.append_only import guards, unguards
from storage.database.audit_line import SEALED, SPELLED, START, is_words, words_digest

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT_ONCE = 1000
GUARDED = (("audit", "update", "delete"), ("audit_chain", "update", "delete"), ("audit_words", "update"))
SALT_BYTES = 16
STATEMENTS = {
    "sqlite": {
        "read": "select id, at, who, what, form, unit_id, period, detail from audit where id > ? order by id limit ?",
        "keep": "insert into audit_words (line_id, name, salt, content) values (?, ?, ?, ?)",
        "seal": "update audit set detail = ? where id = ?",
        "link": "insert into audit_chain (number, line_id, digest) values (?, ?, ?)",
    },
    "postgresql": {
        "read": (
            "select id, to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), who, what, form, unit_id,"
            " to_char(period, 'YYYY-MM-DD'), detail::text from audit where id > %s order by id limit %s"
        ),
        "keep": (
            "insert into audit_words (line_id, name, salt, content) select line_id, name, salt, content::json"
            " from unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) as given (line_id, name, salt, content)"
        ),
        "seal": (
            "update audit set detail = given.detail::json from unnest(%s::text[], %s::bigint[]) as given (detail, line_id)"
            " where audit.id = given.line_id"
        ),
        "link": (
            "insert into audit_chain (number, line_id, digest)"
            " select * from unnest(%s::bigint[], %s::bigint[], %s::text[])"
        ),
    },
}
"""By the driver itself, and on PostgreSQL with all rows in one: of a large audit what lies between takes longer than the database."""

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
    _enter(op.get_bind())
    for table, *changes in GUARDED:
        for statement in guards(dialect, table, *changes):
            op.execute(statement)


def _enter(connection: sa.Connection) -> None:
    """The words of old lines go apart, and the lines become links."""
    statements = STATEMENTS[connection.dialect.name]
    after, number, digest = 0, 0, START
    while lines := connection.exec_driver_sql(statements["read"], (after, AT_ONCE)).all():
        apart, sealed, links = list[Any](), list[Any](), list[Any]()
        for after, *line, written in lines:  # the last of them is where the next thousand begins
            detail = json.loads(written)
            spelled = {name: _json(value) for name, value in detail.items()}
            words = [name for name, value in detail.items() if is_words(name, value)]
            for name in words:
                salt = token_hex(SALT_BYTES)
                apart.append((after, name, salt, spelled[name]))
                spelled[name] = f'{{"{SEALED}":"{words_digest(salt, detail[name])}"}}'
            if words:
                sealed.append((_object(spelled), after))
            number += 1
            digest = sha256(_spelling(number, digest, (after, *line), spelled)).hexdigest()
            links.append((number, after, digest))
        for name, rows in (("keep", apart), ("seal", sealed), ("link", links)):
            _change(connection, statements[name], rows)


def _spelling(number: int, previous: str, line: Sequence[Any], detail: Mapping[str, str]) -> bytes:
    """As `audit_line.spelling` has an old line, of what the database keeps: it spells any line, which takes four times as long."""
    line_id, at, who, what, form, unit_id, period = line
    moment = datetime.fromisoformat(at).isoformat(timespec="microseconds")
    before = f'"{SPELLED}",{number},"{previous}",{line_id},"{moment}+00:00",{_known(who)},"",{_known(what)},null'
    of_detail = _object({name: detail[name] for name in sorted(detail)})
    return f"[{before},{_known(form)},{_known(unit_id)},{_known(period)},{of_detail}]".encode()


def _object(detail: Mapping[str, str]) -> str:
    """Values that are JSON already, by their names."""
    return "{" + ",".join([f"{_known(name)}:{value}" for name, value in detail.items()]) + "}"


_json = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
_known = cache(_json)
"""Of codes, days, numbers of units and people: the same ones stand in many lines."""


def _change(connection: sa.Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows and connection.dialect.name == "postgresql":
        connection.exec_driver_sql(statement, tuple(list(column) for column in zip(*rows, strict=True)))
    elif rows:
        connection.exec_driver_sql(statement, list(rows))


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


def _batches(connection: sa.Connection) -> Iterator[Sequence[sa.Row[Any]]]:
    after = 0
    while lines := connection.execute(
        sa.select(audit).where(audit.c.id > after).order_by(audit.c.id).limit(AT_ONCE)
    ).all():
        yield lines
        after = lines[-1].id


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
