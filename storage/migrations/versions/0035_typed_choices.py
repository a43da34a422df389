"""What a chat without buttons can type a number for"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0035"
down_revision: str | None = "0034"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    words, moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table(
        "typed_choice",
        sa.Column("channel", words(), nullable=False),
        sa.Column("address", words(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("press", words(), nullable=False),
        sa.Column("is_reply", sa.Boolean(), nullable=False),
        sa.Column("offered_at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", "number", name=op.f("pk_typed_choice")),
    )


def downgrade() -> None:
    op.drop_table("typed_choice")
