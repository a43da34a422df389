"""What was accepted before figures that wait stood apart, and was overwritten by them, is worked out anew from the revisions."""

from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from storage.database.tables import metadata
from storage.reports import forms, reports
from storage.reports.accepting import ripple, stand

waiting = metadata.tables["waiting"]


def recompute_accepted(connection: Connection, zone: ZoneInfo) -> None:
    """Where anything waits, the newest accepted revision's figures stand again, and what rests on them alone."""
    where = (waiting.c.form, waiting.c.unit_id, waiting.c.period)
    statement = select(*where, func.max(waiting.c.as_of)).group_by(*where).order_by(*where)
    for key, unit_id, period, as_of in connection.execute(statement).all():
        newest = reports.newest(connection, key, unit_id, period)
        accepted = reports.newest(connection, key, unit_id, period, accepted=True)
        if accepted is not None:
            form = forms.version(connection, key, accepted.version)
            stand(connection, form, accepted, accepted.sent_at, accepted.revision, zone)
        elif newest is not None:
            ripple(connection, forms.version(connection, key, newest.version), unit_id, period, as_of, zone)
