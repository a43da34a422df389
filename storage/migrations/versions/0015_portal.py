"""Figures leave for portals: targets, what is due at each, and the taker's answer about every value"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING, REFUSED = sa.text("state = 'waiting'"), sa.text("state = 'refused'")


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table(
        "target",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("key", text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("form", text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("sends_provisional", sa.Boolean(), nullable=False),
        sa.Column("changed_at", moment(), nullable=False),
        sa.Column("checked_at", moment(), nullable=True),
        sa.Column("stopped_at", moment(), nullable=True),
        sa.Column("retry_at", moment(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("key", name=op.f("uq_target_key")),
    )
    op.create_index(op.f("ix_target_form"), "target", ["form"])
    op.create_table(
        "portal_delivery",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("target_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("state", text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("changed_at", moment(), nullable=False),
        sa.Column("next_at", moment(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", moment(), nullable=True),
        sa.Column("sent_turn", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("refused_at", moment(), nullable=True),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_portal_delivery_target_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_portal_delivery_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_delivery")),
        sa.UniqueConstraint("target_id", "unit_id", "period", name=op.f("uq_portal_delivery_target_id_unit_id_period")),
    )
    for name, columns, where in (
        ("ix_portal_delivery_waiting", ["target_id", "next_at", "id"], WAITING),
        ("ix_portal_delivery_refused", ["refused_at"], REFUSED),
    ):
        op.create_index(name, "portal_delivery", columns, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "portal_receipt",
        sa.Column("delivery_id", KEY, nullable=False),
        sa.Column("indicator", text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("value", text(), nullable=False),
        sa.Column("state", text(), nullable=False),
        sa.Column("code", text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["portal_delivery.id"], name=op.f("fk_portal_receipt_delivery_id")),
        sa.PrimaryKeyConstraint("delivery_id", "indicator", "turn", name=op.f("pk_portal_receipt")),
    )


def downgrade() -> None:
    for name in ("portal_receipt", "portal_delivery", "target"):
        op.drop_table(name)
