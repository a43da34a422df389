"""Browsers in which somebody fills in one report, and the links that were used for it; of every secret only the hash is kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from reporting.report_page_links import FormVisit
from storage.database.inserting import insert_into
from storage.database.tables import metadata
from storage.organisation.hashes import hash_of

form_session, link = metadata.tables["form_session"], metadata.tables["link"]
PURPOSE = "report"


@dataclass(frozen=True, slots=True)
class FormSession:
    """`sent`: the number of the report that was sent by it, «» for none: it sends once."""

    visit: FormVisit
    sent: str


def use_form_link(connection: Connection, token: str, person_id: int, now: datetime, expires_at: datetime) -> bool:
    """From now on the link is used; False where it was already: of two who bring it at once one comes in."""
    values = {"secret_hash": hash_of(token), "purpose": PURPOSE, "person_id": person_id}
    moments = {"made_at": now, "expires_at": expires_at, "used_at": now}
    used = insert_into(connection, link).values(values | moments).on_conflict_do_nothing().returning(link.c.id)
    return connection.execute(used).scalar() is not None


def is_used(connection: Connection, token: str) -> bool:
    """Whether somebody has come in by the link."""
    return connection.execute(select(link.c.id).where(link.c.secret_hash == hash_of(token))).scalar() is not None


def begin_form_session(
    connection: Connection, token: str, visit: FormVisit, now: datetime, expires_at: datetime
) -> None:
    """Somebody has come in; sessions that are over are forgotten."""
    connection.execute(delete(form_session).where(form_session.c.expires_at <= now))
    about = {"person_id": visit.person_id, "form": visit.form, "unit_id": visit.unit_id, "period": visit.period}
    values = {"token_hash": hash_of(token), **about, "sent": "", "began_at": now, "expires_at": expires_at}
    connection.execute(insert(form_session), values)


def form_session_of(connection: Connection, token: str, now: datetime) -> FormSession | None:
    """What the browser may fill in; None if it is over, or never was."""
    wanted = select(form_session).where(form_session.c.token_hash == hash_of(token), form_session.c.expires_at > now)
    row = connection.execute(wanted).first()
    return FormSession(FormVisit(row.person_id, row.form, row.unit_id, row.period), row.sent) if row else None


def note_sent(connection: Connection, token: str, number: str) -> None:
    """The session has sent its report."""
    connection.execute(update(form_session).where(form_session.c.token_hash == hash_of(token)).values(sent=number))
