"""What may be a reason or a figure is kept with the draft until it is said which, over a restart too"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("draft", sa.Column("pending", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("draft", "pending")
