"""Files of messages by address, and browsers in which somebody fills in one report"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0034"
down_revision: str | None = "0032"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    words, moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table(
        "file_address",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("secret_hash", words(), nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", words(), nullable=False),
        sa.Column("address", words(), nullable=False),
        sa.Column("kind", words(), nullable=False),
        sa.Column("file_name", words(), nullable=False),
        sa.Column("maker", words(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_at", moment(), nullable=False),
        sa.Column("expires_at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_address")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_file_address_secret_hash")),
    )
    op.create_index("ix_file_address_chat", "file_address", ["channel", "address"])
    op.create_index("ix_file_address_outbox_id", "file_address", ["outbox_id"])
    op.create_index("ix_file_address_expires_at", "file_address", ["expires_at"])
    op.create_table(
        "form_session",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("token_hash", words(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("form", words(), nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("sent", words(), nullable=False),
        sa.Column("began_at", moment(), nullable=False),
        sa.Column("expires_at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_form_session_token_hash")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_form_session_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_form_session_unit_id")),
    )
    op.create_index("ix_form_session_person_id", "form_session", ["person_id"])


def downgrade() -> None:
    op.drop_table("form_session")
    op.drop_table("file_address")
