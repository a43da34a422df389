"""What the desk is alerted of, and updates that were set aside found without reading all of the inbox"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    words, moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table(
        "alert",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("name", words(), nullable=False),
        sa.Column("health", words(), nullable=False),
        sa.Column("began_at", moment(), nullable=False),
        sa.Column("over_at", moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    is_open, is_aside = sa.text("over_at is null"), sa.text("state = 'aside'")
    op.create_index("uq_alert_open", "alert", ["name"], unique=True, sqlite_where=is_open, postgresql_where=is_open)
    op.create_index("ix_inbox_aside", "inbox", ["received_at"], sqlite_where=is_aside, postgresql_where=is_aside)


def downgrade() -> None:
    op.drop_index("ix_inbox_aside", "inbox")
    op.drop_table("alert")
