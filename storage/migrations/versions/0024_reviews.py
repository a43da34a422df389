"""What is done about reports: returned, approved tier by tier, un-approved; earlier approvals are taken from the audit"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

changes_rows_of = ("review",)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    review = op.create_table(
        "review",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("form", text(), nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("step", text(), nullable=False),
        sa.Column("tier", text(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("done_by", KEY, nullable=True),
        sa.Column("done_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_review_unit_id")),
        sa.ForeignKeyConstraint(["done_by"], ["person.id"], name=op.f("fk_review_done_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index("ix_review_report", "review", ["form", "unit_id", "period"])
    op.create_index(op.f("ix_review_unit_id"), "review", ["unit_id"])
    returned = sa.text("step = 'returned'")
    op.create_index("ix_review_returned", "review", ["period"], sqlite_where=returned, postgresql_where=returned)
    rows = _approvals(op.get_bind(), moment())
    if rows:
        op.bulk_insert(review, rows)


def _approvals(connection: sa.Connection, moment: Any) -> list[dict[str, object]]:
    """The approvals in the audit; as which tier nobody wrote then, and a form had one."""
    columns = ("at", "who", "form", "unit_id", "period", "detail")
    kinds: dict[str, Any] = {"at": moment, "period": sa.Date(), "detail": sa.JSON()}
    audit = sa.table(
        "audit",
        *(sa.column(name, kinds.get(name, sa.String())) for name in columns),
        sa.column("what"),
        sa.column("id"),
    )
    lines = sa.select(*(audit.c[name] for name in columns)).where(audit.c.what == "approved").order_by(audit.c.id)
    return [
        {
            "form": line.form,
            "unit_id": line.unit_id,
            "period": line.period,
            "revision": line.detail["revision"],
            "step": "approved",
            "tier": "",
            "figures": [],
            "comment": "",
            "done_by": line.who,
            "done_at": line.at,
        }
        for line in connection.execute(lines)
    ]


def downgrade() -> None:
    op.drop_table("review")
