"""Groups of units that are no tier of government, with their members; files of units that wait for a word"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString
    op.create_table(
        "unit_group",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("group_id", KEY, nullable=False),
        sa.Column("member_id", KEY, nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["unit.id"], name=op.f("fk_unit_group_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["unit.id"], name=op.f("fk_unit_group_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_group")),
        sa.UniqueConstraint("group_id", "member_id", "since", name=op.f("uq_unit_group_group_id_member_id_since")),
    )
    op.create_index(op.f("ix_unit_group_member_id"), "unit_group", ["member_id"])
    op.create_table(
        "unit_file",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("channel", text(), nullable=False),
        sa.Column("address", text(), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("shown", text(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_file")),
        sa.UniqueConstraint("channel", "address", name=op.f("uq_unit_file_channel_address")),
    )


def downgrade() -> None:
    """What was a group would be a unit that owes reports of its own: it ends before any day that a report is about."""
    op.execute("update unit set until = '1900-01-01' where id in (select group_id from unit_group)")
    op.drop_table("unit_file")
    op.drop_table("unit_group")
