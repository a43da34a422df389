"""Invite: a code gives a duty to whoever brings it, to so many people and for so many days; and is revoked."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from secrets import token_urlsafe

from sqlalchemy import Connection

from reporting.errors import Refused
from reporting.forms import Form
from reporting.invitation_sheet import IssuedInvitation
from reporting.people import Invitation, Role
from reporting.rounds.standings import expected_units
from reporting.units import Unit, UnitTree
from storage.database import audit
from storage.organisation import invitations, people

RANDOM_BYTES = 18
ABOVE_REPORTING: tuple[Role, ...] = ("leader", "admin")
"""Roles that are wanted in units with others under them; the other roles are wanted where there is something to report."""


def invite(
    connection: Connection, role: Role, unit: Unit, days: int, uses: int, now: datetime, by: int | None = None
) -> IssuedInvitation:
    """A new invitation. `by`: a person's id, None for the desk's command line."""
    code, expires_at = token_urlsafe(RANDOM_BYTES), now + timedelta(days=days)
    number = invitations.add(connection, code, role, unit.id, expires_at, uses, now, by)
    audit.write(connection, now, by, "invite", unit_id=unit.id, role=role, uses=uses, invitation=number)
    return IssuedInvitation(number, code, role, unit, uses, expires_at)


def revoke_invitation(
    connection: Connection,
    invitation_id: int,
    now: datetime,
    by: int | None = None,
    within: Iterable[int] | None = None,
) -> Invitation:
    """The invitation is good for nobody any more; as it was before. `within`: the ids of the units where it may be done, None: all.

    Refused where there is none that can still be used.
    """
    found = invitations.one(connection, invitation_id)
    if found is None or (within is not None and found.unit_id not in set(within)):
        raise Refused("invitation_none", id=str(invitation_id))
    if found.state(now) != "open" or not invitations.revoke(connection, invitation_id, now):
        raise Refused("invitation_over", id=str(invitation_id))
    audit.write(
        connection, now, by, "revoke invitation", unit_id=found.unit_id, role=found.role, invitation=invitation_id
    )
    return found


def units_lacking(
    connection: Connection, role: Role, forms: Iterable[Form], tree: UnitTree, on: date, root: Unit | None = None
) -> list[Unit]:
    """The units under `root` (None: everywhere) that want somebody in this role on a day and have nobody, in the order of the tree."""
    wanted = units_wanting(role, forms, tree, on, root)
    held = {duty.unit_id for duty in people.duties(connection, on, roles=(role,))}
    return [unit for unit in wanted if unit.id not in held]


def units_wanting(role: Role, forms: Iterable[Form], tree: UnitTree, on: date, root: Unit | None = None) -> list[Unit]:
    """The units under `root` (None: everywhere) where somebody of this role has something to do."""
    roots = tree.roots(on) if root is None else [root]
    every = [unit for each in roots for unit in tree.under(each, on)]
    if role in ABOVE_REPORTING:
        return [unit for unit in every if tree.children(unit, on)]
    fills = [form for form in forms if form.by == "reporter"]
    reporting = {unit.id for form in fills for each in roots for unit in expected_units(form, tree, on, each)}
    return [unit for unit in every if unit.id in reporting]


def invite_units(
    connection: Connection,
    role: Role,
    forms: Iterable[Form],
    tree: UnitTree,
    on: date,
    days: int,
    uses: int,
    now: datetime,
    root: Unit | None = None,
    by: int | None = None,
    *,
    everybody: bool = False,
) -> list[IssuedInvitation]:
    """An invitation for each unit under `root` that lacks somebody in this role; `everybody`: for those that have one too."""
    wanting = units_wanting if everybody else partial(units_lacking, connection)
    return [invite(connection, role, unit, days, uses, now, by) for unit in wanting(role, forms, tree, on, root)]
