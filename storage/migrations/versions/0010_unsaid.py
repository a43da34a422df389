"""What could not be said is found each minute by an index of its own"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

UNSAID = sa.text("state in ('dead', 'unknown')")


def upgrade() -> None:
    op.create_index("ix_outbox_unsaid", "outbox", ["created_at"], sqlite_where=UNSAID, postgresql_where=UNSAID)


def downgrade() -> None:
    op.drop_index("ix_outbox_unsaid", table_name="outbox")
