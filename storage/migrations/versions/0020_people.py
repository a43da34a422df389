"""Invitations say who made them and can be revoked, guesses are counted, who was heard last is kept, a person can be erased"""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    op.add_column("person", sa.Column("erased_at", moment(), nullable=True))
    op.add_column("address", sa.Column("heard_at", moment(), nullable=True))
    _note_heard()
    with op.batch_alter_table("invitation") as invitation:
        invitation.add_column(sa.Column("uses", sa.Integer(), nullable=False, server_default="0"))
        invitation.add_column(sa.Column("made_by", KEY, nullable=True))
        invitation.add_column(sa.Column("revoked_at", moment(), nullable=True))
        invitation.create_foreign_key(op.f("fk_invitation_made_by"), "person", ["made_by"], ["id"])
    _count_uses(op.get_bind())
    with op.batch_alter_table("invitation") as invitation:
        invitation.alter_column("uses", server_default=None)
    op.create_table(
        "wrong_code",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("channel", text(), nullable=False),
        sa.Column("address", text(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_code")),
    )
    op.create_index("ix_wrong_code_chat", "wrong_code", ["channel", "address"])
    op.create_index(op.f("ix_wrong_code_at"), "wrong_code", ["at"])
    op.create_table(
        "code_turn",
        sa.Column("channel", text(), nullable=False),
        sa.Column("address", text(), nullable=False),
        sa.Column("from_at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", name=op.f("pk_code_turn")),
    )


def _note_heard() -> None:
    """Who was heard last, and when, is known by the audit lines: what anybody did stands in them."""
    op.execute(
        "update address set heard_at = heard.at"
        " from (select who, max(at) as at from audit where who is not null group by who) as heard"
        " where heard.who = address.person_id"
    )


def _count_uses(connection: sa.Connection) -> None:
    """For how many people an invitation was made and who made it stands in the audit line of that moment; else at least as many as
    are left, and one.
    """
    names = ("id", "role", "unit_id", "uses", "uses_left", "created_at", "made_by")
    invitation = sa.table("invitation", *map(sa.column, names))
    audit = sa.table(
        "audit",
        *map(sa.column, ("at", "who", "what", "unit_id")),
        sa.column("detail", sa.JSON),
    )
    lines = {
        (str(line.at), line.unit_id, str(line.detail.get("role"))): (line.who, line.detail.get("uses"))
        for line in connection.execute(sa.select(audit).where(audit.c.what == "invite"))
    }
    changed = sa.update(invitation).where(invitation.c.id == sa.bindparam("of_id"))
    changed = changed.values(uses=sa.bindparam("to_uses"), made_by=sa.bindparam("to_maker"))
    for row in connection.execute(sa.select(invitation)).all():
        who, uses = lines.get((str(row.created_at), row.unit_id, row.role), (None, None))
        least = max(row.uses_left, 1)
        known = max(uses, least) if isinstance(uses, int) else least
        connection.execute(changed, {"of_id": row.id, "to_uses": known, "to_maker": who})


def downgrade() -> None:
    op.drop_table("code_turn")
    op.drop_table("wrong_code")
    with op.batch_alter_table("invitation") as invitation:
        invitation.drop_constraint(op.f("fk_invitation_made_by"), type_="foreignkey")
        for name in ("revoked_at", "made_by", "uses"):
            invitation.drop_column(name)
    op.drop_column("address", "heard_at")
    op.drop_column("person", "erased_at")
