"""Indexes by which what the clock and a board ask for is found, however many years lie in the tables"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0039"
down_revision: str | None = "0037"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INDEXES = (
    ("ix_report_corrected", "report", ["sent_at"], "revision > 1"),
    ("ix_digest_period", "digest", ["form", "period", "as_of"], None),
    ("ix_late_reason_period", "late_reason", ["period", "form"], None),
)


def upgrade() -> None:
    for name, table, columns, where in INDEXES:
        some = sa.text(where) if where else None
        op.create_index(name, table, columns, sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    for name, table, _, _ in reversed(INDEXES):
        op.drop_index(name, table)
