"""What waits for approval stands in a table of its own; of updates that residents sent not even the chat is kept"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

DAY = ["form", "indicator", "period", "unit_id", "amount", "choice", "revision"]


def upgrade() -> None:
    op.create_table(
        "waiting",
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("choice", sa.String(), nullable=True),
        sa.Column("as_of", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_waiting_unit_id")),
        sa.PrimaryKeyConstraint("form", "unit_id", "period", "indicator", name=op.f("pk_waiting")),
    )
    op.execute(
        "insert into waiting (form, unit_id, period, indicator, amount, choice, as_of, revision, source) "
        "select form, unit_id, period, indicator, amount, choice, as_of, revision, source from figure where provisional"
    )
    op.execute("delete from figure where provisional")
    op.drop_index("ix_figure_day", table_name="figure")
    op.drop_column("figure", "provisional")
    op.create_index("ix_figure_day", "figure", [*DAY, "as_of"])
    op.create_index("ix_bulletin_outbox_id", "bulletin", ["outbox_id"])
    op.execute("update inbox set raw = '', chat = '' where rank = 1 and state in ('done', 'aside')")


def downgrade() -> None:
    op.drop_index("ix_bulletin_outbox_id", table_name="bulletin")
    op.add_column("figure", sa.Column("provisional", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(
        "delete from figure where exists (select 1 from waiting where waiting.form = figure.form "
        "and waiting.unit_id = figure.unit_id and waiting.period = figure.period)"
    )
    op.execute(
        "insert into figure (form, unit_id, period, indicator, amount, choice, as_of, revision, source, provisional) "
        "select form, unit_id, period, indicator, amount, choice, as_of, revision, source, true from waiting "
        "where amount is not null or choice is not null"
    )
    op.drop_table("waiting")
    op.drop_index("ix_figure_day", table_name="figure")
    op.create_index("ix_figure_day", "figure", [*DAY, "provisional", "as_of"])
