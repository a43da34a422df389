"""Briefing pages, frozen as they were shown; questions that nobody answered are found by when they ended"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0029"
down_revision: str | None = "0027"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNANSWERED = sa.text("state = 'unanswered'")


def upgrade() -> None:
    op.create_table(
        "briefing",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("as_of", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_briefing_unit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_briefing_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing")),
    )
    op.create_index("ix_briefing_unit", "briefing", ["unit_id", "person_id", "as_of"])
    op.create_index(
        "ix_asked_back_unanswered", "asked_back", ["ended_at"], sqlite_where=UNANSWERED, postgresql_where=UNANSWERED
    )


def downgrade() -> None:
    """The next page has none before it."""
    op.drop_index("ix_asked_back_unanswered", "asked_back")
    op.drop_table("briefing")
