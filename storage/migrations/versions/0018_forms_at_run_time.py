"""Forms are sent, tried and published in chat, and retired; indicators are proposed"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0018"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    op.add_column("form", sa.Column("until_on", sa.Date(), nullable=True))
    op.add_column("address", sa.Column("asked", sa.String(), server_default="", nullable=False))
    op.create_table(
        "form_candidate",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("channel", text(), nullable=False),
        sa.Column("address", text(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("key", text(), nullable=False),
        sa.Column("file_name", text(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_form_candidate_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_candidate")),
        sa.UniqueConstraint("channel", "address", name=op.f("uq_form_candidate_channel_address")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("state", text(), nullable=False),
        sa.Column("made_at", moment(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("decided_by", KEY, nullable=True),
        sa.Column("decided_at", moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_proposal_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_proposal_unit_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_proposal_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_person_id"), "proposal", ["person_id"])
    op.create_index("ix_proposal_state", "proposal", ["state", "id"])


def downgrade() -> None:
    """What has been proposed and sent is gone; a form that was retired is in force again."""
    for name in ("proposal", "form_candidate"):
        op.drop_table(name)
    op.drop_column("address", "asked")
    op.drop_column("form", "until_on")
