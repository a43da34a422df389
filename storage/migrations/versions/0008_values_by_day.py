"""The figures' index of days holds their values: a country is added up from it alone"""

from collections.abc import Sequence

from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

DAY = ["form", "indicator", "period"]
VALUES = ["unit_id", "amount", "choice", "revision", "provisional", "as_of"]


def upgrade() -> None:
    op.drop_index("ix_figure_day", table_name="figure")
    op.create_index("ix_figure_day", "figure", [*DAY, *VALUES])


def downgrade() -> None:
    op.drop_index("ix_figure_day", table_name="figure")
    op.create_index("ix_figure_day", "figure", DAY)
