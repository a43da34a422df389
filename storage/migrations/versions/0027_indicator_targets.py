"""Targets of indicators: what a unit is to reach, or not to go beyond"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table(
        "indicator_target",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("form", text(), nullable=False),
        sa.Column("indicator", text(), nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("bound", text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("each", text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("of_indicator", text(), nullable=False),
        sa.Column("least_change", sa.BigInteger(), nullable=True),
        sa.Column("set_by", KEY, nullable=True),
        sa.Column("set_at", moment(), nullable=False),
        sa.Column("ended_by", KEY, nullable=True),
        sa.Column("ended_at", moment(), nullable=True),
        sa.Column("looked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_indicator_target_unit_id")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_indicator_target_set_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_indicator_target_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_target")),
    )
    op.create_index(
        "ix_indicator_target_held",
        "indicator_target",
        ["unit_id", "form"],
        sqlite_where=sa.text("ended_at is null"),
        postgresql_where=sa.text("ended_at is null"),
    )


def downgrade() -> None:
    op.drop_table("indicator_target")
