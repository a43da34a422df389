"""What a chat without buttons can type a number for; people with several addresses, in their order, and codes that link them"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0035"
down_revision: str | None = "0034"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    words, moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table(
        "typed_choice",
        sa.Column("channel", words(), nullable=False),
        sa.Column("address", words(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("press", words(), nullable=False),
        sa.Column("is_reply", sa.Boolean(), nullable=False),
        sa.Column("offered_at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", "number", name=op.f("pk_typed_choice")),
    )
    op.create_table(
        "address_code",
        sa.Column("code_hash", words(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("expires_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_address_code_person_id")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_address_code")),
    )
    op.create_table(
        "sent_count",
        sa.Column("channel", words(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "month", name=op.f("pk_sent_count")),
    )
    with op.batch_alter_table("address") as batch:
        batch.add_column(sa.Column("preference", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("address") as batch:
        batch.drop_column("preference")
    op.drop_table("sent_count")
    op.drop_table("address_code")
    op.drop_table("typed_choice")
