"""What was said once is known by columns (kind, receiver, offset, number), and its rule is spelled for eyes only"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OF = ("form", "unit_id", "period", "person_id")
BEFORE, NOW = ("rule", *OF), ("kind", "receiver", "offset", "number", *OF)
AT_ONCE = 1000
NUMBER = r"0|[1-9]\d{0,17}"

Kept = tuple[str, str, int, int]
"""Kind, receiver, offset, number."""


def _digest(hour: str, minute: str, group: str | None) -> Kept:
    return ("group_digest" if group else "digest", "", int(hour) * 60 + int(minute), int(group or 0))


def _shut_out(person: str, since: str) -> Kept:
    at = datetime.strptime(since, "%y%m%d%H%M%S").replace(tzinfo=UTC)
    return "shut_out", "", int(at.timestamp()), int(person)


WRITTEN: tuple[tuple[str, Callable[..., Kept]], ...] = (
    (r"(\+0|[+-][1-9]\d{0,8})m (\S+)", lambda offset, to: ("reminder", to, int(offset), 0)),
    (r"snooze (\d{6})", lambda until: ("snooze", "", 0, int(until))),
    (rf"digest ([0-2]\d):([0-5]\d)(?: group ({NUMBER}))?", _digest),
    (rf"unsaid #({NUMBER}) ({NUMBER})", lambda message, tries: ("refused", "", int(tries), int(message))),
    (rf"unsaid ({NUMBER}) (\d{{12}})", _shut_out),
    (rf"(nudge|correction|approval|unsent) ({NUMBER})", lambda kind, number: (kind, "", 0, int(number))),
)
"""Every kind of rule that was ever written, as it was written: no two of them are kept as the same."""
LIKE_REMINDERS = (("snooze ", "snooze"), ("+", "reminder"), ("-", "reminder"))
"""By how it begins what is written in no known way was a reminder, and counted as one; it stays one."""


def kept(rule: str) -> Kept | None:
    """What a rule is kept as; None where it is written in no way that was ever ours."""
    for pattern, of in WRITTEN:
        match = re.fullmatch(pattern, rule, re.ASCII)
        if match is not None:
            try:
                return of(*match.groups())
            except ValueError:
                return None
    return None


def upgrade() -> None:
    for name in ("kind", "receiver"):
        op.add_column("said", sa.Column(name, sa.String(), nullable=False, server_default=""))
    for name in ("offset", "number"):
        op.add_column("said", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
    _fill(op.get_bind())
    with op.batch_alter_table("said") as said:
        said.drop_constraint(op.f(f"uq_said_{'_'.join(BEFORE)}"), type_="unique")
        said.create_unique_constraint("uq_said_once", NOW)
        for name in ("kind", "receiver", "offset", "number"):
            said.alter_column(name, server_default=None)


def _fill(connection: sa.Connection) -> None:
    """Rows of rules that nobody knows are kept, each by its own id: none can be taken for another, or for what is said now.

    «or fail»: SQLite keeps no page to take one statement back, as the whole upgrade is taken back: it wrote five times as much.
    """
    said = sa.table("said", *map(sa.column, ("id", "rule", "kind", "receiver", "offset", "number")))
    rules = connection.execute(sa.select(said.c.rule).distinct()).scalars().all()
    known = {rule: of for rule in rules if (of := kept(rule)) is not None}
    filled = sa.update(said).prefix_with("OR FAIL", dialect="sqlite").where(said.c.rule == sa.bindparam("of_rule"))
    filled = filled.values({name: sa.bindparam(f"to_{name}") for name in ("kind", "receiver", "offset", "number")})
    rows = [
        {"of_rule": rule, "to_kind": kind, "to_receiver": receiver, "to_offset": offset, "to_number": number}
        for rule, (kind, receiver, offset, number) in known.items()
    ]
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(filled, rows[start : start + AT_ONCE])
    kind = sa.case(
        *((said.c.rule.startswith(begins, autoescape=True), of) for begins, of in LIKE_REMINDERS), else_="other"
    )
    connection.execute(sa.update(said).where(said.c.kind == "").values(kind=kind, number=-said.c.id))


def downgrade() -> None:
    with op.batch_alter_table("said") as said:
        said.drop_constraint("uq_said_once", type_="unique")
        said.create_unique_constraint(op.f(f"uq_said_{'_'.join(BEFORE)}"), BEFORE)
        for name in ("number", "offset", "receiver", "kind"):
            said.drop_column(name)
