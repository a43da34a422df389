"""The archive's figures are found by day, what was said by report"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

IMPORTED = "source = 'import'"


def upgrade() -> None:
    op.create_index(
        "ix_figure_archive",
        "figure",
        ["form", "period", "unit_id", "indicator"],
        sqlite_where=sa.text(IMPORTED),
        postgresql_where=sa.text(IMPORTED),
    )
    op.create_index(op.f("ix_said_form_period_unit_id"), "said", ["form", "period", "unit_id"])
    op.drop_index(op.f("ix_said_form_period"), table_name="said")


def downgrade() -> None:
    op.create_index(op.f("ix_said_form_period"), "said", ["form", "period"])
    op.drop_index(op.f("ix_said_form_period_unit_id"), table_name="said")
    op.drop_index("ix_figure_archive", table_name="figure")
