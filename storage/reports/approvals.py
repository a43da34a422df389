"""Reports that wait for approval: which they are, and that one waits no more, or again."""

from datetime import date

from sqlalchemy import Connection, func, select, update

from reporting.reports import Report
from storage.database.tables import metadata
from storage.reports import reports

report = metadata.tables["report"]


def settle(connection: Connection, of: Report) -> bool:
    """This revision is provisional no more; False if it was not, or is not any more."""
    about = (report.c.form == of.form, report.c.unit_id == of.unit_id, report.c.period == of.period)
    waits = (report.c.revision == of.revision, report.c.provisional.is_(True))
    return connection.execute(update(report).where(*about, *waits).values(provisional=False)).rowcount == 1


def withdraw(connection: Connection, of: Report) -> None:
    """Nothing of this report is accepted any more, in whichever revision: none of its figures is told."""
    about = (report.c.form == of.form, report.c.unit_id == of.unit_id, report.c.period == of.period)
    connection.execute(update(report).where(*about).values(provisional=True))


def waiting(connection: Connection, form: str, since: date) -> list[Report]:
    """The newest revisions for periods from `since` on that wait for approval, oldest period first."""
    about = (report.c.form == form, report.c.period >= since)
    last = (
        select(report.c.unit_id, report.c.period, func.max(report.c.revision).label("revision"))
        .where(*about)
        .group_by(report.c.unit_id, report.c.period)
        .with_hint(report, reports.BY_PERIOD, "sqlite")
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
