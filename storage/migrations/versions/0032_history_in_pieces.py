"""An import of history that is at work, and what stood before it, so that it can be taken back"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0032"
down_revision: str | None = "0030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "history_import",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("began_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_import")),
    )
    op.create_table(
        "history_before",
        sa.Column("form", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("unit_id", KEY, autoincrement=False, nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_history_before_unit_id_unit")),
        sa.PrimaryKeyConstraint("form", "period", "unit_id", name=op.f("pk_history_before")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("history_before")
    op.drop_table("history_import")
