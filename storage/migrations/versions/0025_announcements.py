"""Announcements to units with who has acknowledged them, and the hours at which people want to be reminded"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table(
        "notice",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("seat_id", KEY, nullable=False),
        sa.Column("whom", text(), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("form", text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file", sa.JSON(), nullable=False),
        sa.Column("state", text(), nullable=False),
        sa.Column("made_at", moment(), nullable=False),
        sa.Column("send_at", moment(), nullable=True),
        sa.Column("due_at", moment(), nullable=True),
        sa.Column("sent_at", moment(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("edited_at", moment(), nullable=True),
        sa.Column("recalled_at", moment(), nullable=True),
        sa.Column("ended_at", moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["unit.id"], name=op.f("fk_notice_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_person_id"), "notice", ["person_id"])
    op.create_index("ix_notice_state", "notice", ["state", "id"])
    op.create_table(
        "notice_receipt",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("outbox_id", KEY, nullable=True),
        sa.Column("put_at", moment(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("acknowledged_at", moment(), nullable=True),
        sa.Column("reminded_at", moment(), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_receipt_notice_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_receipt_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_notice_receipt_unit_id")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_notice_receipt_outbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_receipt")),
        sa.UniqueConstraint("notice_id", "person_id", name=op.f("uq_notice_receipt_notice_id_person_id")),
    )
    op.create_index(op.f("ix_notice_receipt_person_id"), "notice_receipt", ["person_id"])
    op.create_index(op.f("ix_notice_receipt_outbox_id"), "notice_receipt", ["outbox_id"])
    op.create_table(
        "own_hour",
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("minutes", sa.JSON(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("set_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_own_hour_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_own_hour")),
    )


def downgrade() -> None:
    op.drop_table("own_hour")
    op.drop_table("notice_receipt")
    op.drop_table("notice")
