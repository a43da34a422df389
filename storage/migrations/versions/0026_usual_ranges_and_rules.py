"""Usual ranges of figures, generated and set; validation rules, when each was run, and the contradictions that they found"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table(
        "usual_range",
        sa.Column("form", text(), nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("ranges", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_usual_range_unit_id")),
        sa.PrimaryKeyConstraint("form", "unit_id", name=op.f("pk_usual_range")),
    )
    op.create_table(
        "set_range",
        sa.Column("form", text(), nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("indicator", text(), nullable=False),
        sa.Column("low", sa.BigInteger(), nullable=True),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("set_by", KEY, nullable=True),
        sa.Column("set_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_set_range_set_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_set_range_unit_id")),
        sa.PrimaryKeyConstraint("form", "unit_id", "indicator", name=op.f("pk_set_range")),
    )
    op.create_table(
        "validation_rule",
        sa.Column("key", text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("changed_at", moment(), nullable=False),
        sa.Column("changed_by", KEY, nullable=True),
        sa.Column("retired_at", moment(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_validation_rule_changed_by")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_validation_rule")),
    )
    op.create_table(
        "rule_run",
        sa.Column("rule", text(), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("ran_at", moment(), nullable=False),
        sa.Column("newest_report", KEY, nullable=False),
        sa.PrimaryKeyConstraint("rule", "period", name=op.f("pk_rule_run")),
    )
    op.create_table(
        "contradiction",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("rule", text(), nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("left_side", sa.BigInteger(), nullable=False),
        sa.Column("right_side", sa.BigInteger(), nullable=False),
        sa.Column("found_at", moment(), nullable=False),
        sa.Column("closed_at", moment(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_contradiction_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contradiction")),
        sa.UniqueConstraint("rule", "unit_id", "period", name=op.f("uq_contradiction_rule_unit_id_period")),
    )
    op.create_index(
        "ix_contradiction_open",
        "contradiction",
        ["id"],
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def downgrade() -> None:
    for table in ("contradiction", "rule_run", "validation_rule", "set_range", "usual_range"):
        op.drop_table(table)
