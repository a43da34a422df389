"""Approval: what waits for it, and the tap by which a provisional report becomes public."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select, update

from reporting.reports import Report
from storage.database import audit
from storage.database.tables import metadata
from storage.figures import figures
from storage.reports import forms, reports
from storage.reports.accepting import stand

report = metadata.tables["report"]


def approve(
    connection: Connection, form: str, unit_id: int, period: date, revision: int, by: int, now: datetime, zone: ZoneInfo
) -> bool:
    """The newest revision, if it is this one, is provisional no more, and its figures stand; False if there was nothing to approve."""
    newest = reports.newest(connection, form, unit_id, period)
    if newest is None or newest.revision != revision or not newest.provisional:
        return False
    about = (report.c.form == form, report.c.unit_id == unit_id, report.c.period == period)
    waits = (report.c.revision == revision, report.c.provisional.is_(True))
    if connection.execute(update(report).where(*about, *waits).values(provisional=False)).rowcount != 1:
        return False
    stood = figures.of_period(connection, form, unit_id, period, accepted=True)
    after = max((each.revision for each in stood.values()), default=0) + 1
    approved = replace(newest, provisional=False)
    stand(connection, forms.version(connection, form, newest.version), approved, now, max(revision, after), zone)
    audit.write(
        connection,
        now,
        by,
        "approved",
        form=form,
        unit_id=unit_id,
        period=period,
        number=newest.number,
        revision=revision,
    )
    return True


def waiting(connection: Connection, form: str, since: date) -> list[Report]:
    """The newest revisions for periods from `since` on that wait for approval, oldest period first."""
    about = (report.c.form == form, report.c.period >= since)
    last = (
        select(report.c.unit_id, report.c.period, func.max(report.c.revision).label("revision"))
        .where(*about)
        .group_by(report.c.unit_id, report.c.period)
        .subquery()
    )
    same = (
        (last.c.unit_id == report.c.unit_id)
        & (last.c.period == report.c.period)
        & (last.c.revision == report.c.revision)
    )
    statement = (
        select(report.c.unit_id, report.c.period)
        .join(last, same)
        .where(*about, report.c.provisional.is_(True))
        .order_by(report.c.period, report.c.unit_id)
    )
    rows = connection.execute(statement).all()
    found = (reports.newest(connection, form, unit_id, period) for unit_id, period in rows)
    return [each for each in found if each is not None]
