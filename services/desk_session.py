"""Come in to the desk's page: by a link that the bot gives in chat, once, for ten minutes; and leave it."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import Connection

from reporting.access import Actor
from reporting.errors import Refused
from reporting.people import Role
from services.context import Context
from storage.database import audit
from storage.organisation import people, sessions

LINK_HOLDS = timedelta(minutes=10)
SESSION_HOLDS = timedelta(hours=8)
RANDOM_BYTES = 32
DESK = "desk"
DESK_ROLES: tuple[Role, ...] = ("admin", "leader", "chair")
"""Whoever answers for units sees their part of the page; what changes something is for admins."""


def desk_link(context: Context, actor: Actor) -> str:
    """The secret of a link for the actor, known only here and now. An earlier one that he did not use holds no more."""
    secret = token_urlsafe(RANDOM_BYTES)
    sessions.add_link(context.connection, secret, DESK, actor.person.id, context.now, context.now + LINK_HOLDS)
    audit.write(context.connection, context.now, actor.person.id, "desk link")
    return secret


def enter(connection: Connection, secret: str, now: datetime) -> str:
    """The link is used: what the browser is to hold from now on. Refused where it was used, or has expired."""
    person_id = sessions.use_link(connection, secret, DESK, now)
    if person_id is None:
        raise Refused("page_link_over")
    token = token_urlsafe(RANDOM_BYTES)
    sessions.begin_session(connection, token, person_id, now, now + SESSION_HOLDS)
    audit.write(connection, now, person_id, "enter desk")
    return token


def visitor(context: Context, token: str) -> Actor | None:
    """Who has come in, with his duties of today; None where the session is over, or he has no duty for which he may."""
    person_id = sessions.person_in(context.connection, token, context.now)
    if person_id is None:
        return None
    try:
        person = people.person_of(context.connection, person_id)
    except KeyError:
        return None
    held = context.duties(person, *DESK_ROLES)
    return Actor(person, tuple(held)) if held else None


def leave(connection: Connection, token: str, now: datetime) -> None:
    """The session ends."""
    person_id = sessions.end_session(connection, token)
    if person_id is not None:
        audit.write(connection, now, person_id, "leave desk")
