"""Corrections that are open are found by when they were touched"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CORRECTING = "correcting <> ''"


def upgrade() -> None:
    op.create_index(
        "ix_draft_correcting",
        "draft",
        ["touched_at"],
        sqlite_where=sa.text(CORRECTING),
        postgresql_where=sa.text(CORRECTING),
    )


def downgrade() -> None:
    op.drop_index("ix_draft_correcting", table_name="draft")
