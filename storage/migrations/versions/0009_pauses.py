"""A chat's pause is its own: it outlives the message that met with it"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEPT = """
insert into pause (channel, address, until_at)
select channel, address, max(not_before) from outbox
where not_before is not null and state in ('new', 'sending') group by channel, address
"""
BACK = """
update outbox set not_before = (
    select until_at from pause where pause.channel = outbox.channel and pause.address = outbox.address
) where state = 'new'
"""


def upgrade() -> None:
    op.create_table(
        "pause",
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("until_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", name=op.f("pk_pause")),
    )
    op.execute(KEPT)
    op.drop_column("outbox", "not_before")


def downgrade() -> None:
    op.add_column("outbox", sa.Column("not_before", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.execute(BACK)
    op.drop_table("pause")
