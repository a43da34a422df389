"""What units have together with those beside them is kept day by day: a country is added up from its districts"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FILL = """
insert into group_total (form, indicator, period, parent_id, kind, choice, whole, millionths, units, as_of, revision)
select figure.form, figure.indicator, figure.period, unit.parent_id, unit.kind, coalesce(figure.choice, ''),
       coalesce(sum(figure.amount / 1000000), 0), coalesce(sum(figure.amount % 1000000), 0), count(*),
       max(figure.as_of), max(figure.revision)
from figure join unit on unit.id = figure.unit_id
where unit.parent_id is not null and (unit.since is null or unit.since <= figure.period)
      and (unit.until is null or unit.until > figure.period)
group by figure.form, figure.indicator, figure.period, unit.parent_id, unit.kind, coalesce(figure.choice, '')
"""


def upgrade() -> None:
    op.create_table(
        "group_total",
        sa.Column("form", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("indicator", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("choice", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("whole", sa.BigInteger(), nullable=False),
        sa.Column("millionths", sa.BigInteger(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("as_of", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_group_total_parent_id")),
        sa.PrimaryKeyConstraint(
            "form", "indicator", "period", "parent_id", "kind", "choice", name=op.f("pk_group_total")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_group_total_day"), "group_total", ["form", "period", "parent_id"])
    op.execute(FILL)


def downgrade() -> None:
    op.drop_table("group_total")
