"""By which road a report was begun and sent, and its answers came; what is from before says nothing"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0040"
down_revision: str | None = "0039"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    for table in ("draft", "report"):
        op.add_column(table, sa.Column("road", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    for table in ("draft", "report"):
        op.drop_column(table, "road")
