"""What makes both databases themselves refuse to change or remove what is only added to.

On SQLite a trigger goes with its table: a migration that makes the table anew (`batch_alter_table`) has to guard it again.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, text

WORDS = "this table is only added to"
_FUNCTION = f"""create or replace function only_added_to() returns trigger language plpgsql as
$$ begin raise exception '{WORDS}'; end $$"""


def guards(dialect: str, table: str, *changes: str) -> Iterator[str]:
    """The statements that guard a table against these changes («update», «delete»); on PostgreSQL it is never emptied either."""
    if dialect == "postgresql":
        yield _FUNCTION
        for change in (*changes, *(["truncate"] if "delete" in changes else [])):
            yield (
                f"create trigger {table}_no_{change} before {change} on {table}"
                " for each statement execute function only_added_to()"
            )
    else:
        for change in changes:
            yield f"create trigger {table}_no_{change} before {change} on {table} begin select raise(abort, '{WORDS}'); end"


def unguards(dialect: str, table: str, *changes: str) -> Iterator[str]:
    """The statements that take the guards away."""
    for change in (*changes, *(["truncate"] if dialect == "postgresql" and "delete" in changes else [])):
        yield f"drop trigger {table}_no_{change}" + (f" on {table}" if dialect == "postgresql" else "")


def is_guarded(connection: Connection) -> bool:
    """Whether the guards of the audit and its chain stand."""
    listed = "select name from sqlite_master where type = 'trigger'"
    if connection.dialect.name == "postgresql":
        listed = "select tgname from pg_trigger where not tgisinternal and tgenabled <> 'D'"
    there = set(connection.execute(text(listed)).scalars())
    wanted = {f"{table}_no_{change}" for table in ("audit", "audit_chain") for change in ("update", "delete")}
    return wanted <= there
