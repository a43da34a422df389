"""Orders that everybody goes over to another messenger; what waits to be said keeps its place among more ranks"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0037"
down_revision: str | None = "0035"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITS = "state in ('new', 'sending')"
FORWARD = f"update outbox set rank = 2 * rank where {WAITS} and rank > 0"  # noqa: S608  # words of ours
BACK = f"update outbox set rank = case when rank < 4 then 1 else 2 end where {WAITS} and rank > 0"  # noqa: S608


def upgrade() -> None:
    words, moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table(
        "channel_order",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("channel", words(), nullable=False),
        sa.Column("unit_id", KEY, nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ordered_at", moment(), nullable=False),
        sa.Column("begun_at", moment(), nullable=True),
        sa.Column("told_at", moment(), nullable=True),
        sa.Column("revoked_at", moment(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_channel_order_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_order")),
    )
    op.execute(FORWARD)


def downgrade() -> None:
    op.execute(BACK)
    op.drop_table("channel_order")
