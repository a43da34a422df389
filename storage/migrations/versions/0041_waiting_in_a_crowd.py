"""The index of what is first to be said holds what is new only: what looks one chat up cannot take it for the chat's own"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0041"
down_revision: str | None = "0040"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NEW, WAITS = "state = 'new'", "state in ('new', 'sending')"


def upgrade() -> None:
    _index_where(NEW)


def downgrade() -> None:
    _index_where(WAITS)


def _index_where(state: str) -> None:
    op.drop_index("ix_outbox_waiting", table_name="outbox")
    where = sa.text(state)
    op.create_index(
        "ix_outbox_waiting", "outbox", ["channel", "rank", "id"], sqlite_where=where, postgresql_where=where
    )
