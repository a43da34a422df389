"""Accepting a report: the revision, its figures, those of the days after it, and the audit line, all in one transaction."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.answers import Value, Values
from reporting.forms import Form
from reporting.questions.checks import imported, published
from reporting.reports import Report
from storage import audit, figures, reports, said


def accept(connection: Connection, form: Form, new: Report, zone: ZoneInfo) -> bool:
    """Keeps a report and all that follows from it; False if this revision stands already.

    Cumulative and other calculated figures of later periods are computed anew, in order.
    """
    if not reports.add(connection, form, new):
        return False
    last = figures.last_values(connection, form, new.unit_id, new.period)
    figures.put(
        connection,
        form,
        new.unit_id,
        new.period,
        published(form, new.answers, *_before(last, new.sent_at, zone)),
        as_of=new.sent_at,
        revision=new.revision,
        source="report",
        provisional=new.provisional,
    )
    ripple(connection, form, new.unit_id, new.period, new.sent_at, zone)
    said.withdraw(connection, form.key, new.unit_id, new.period)
    audit.write(
        connection,
        new.sent_at,
        new.sent_by,
        "report" if new.revision == 1 else "correction",
        form=form.key,
        unit_id=new.unit_id,
        period=new.period,
        number=new.number,
        reason=new.reason,
    )
    return True


def ripple(connection: Connection, form: Form, unit_id: int, after: date, now: datetime, zone: ZoneInfo) -> list[date]:
    """Computes the calculated figures of the periods after `after` anew; the periods in which one has changed."""
    changed: list[date] = []
    for period in figures.periods_after(connection, form.key, unit_id, after):
        if not _recompute(connection, form, unit_id, period, now, zone):
            break
        changed.append(period)
    return changed


def _recompute(connection: Connection, form: Form, unit_id: int, period: date, now: datetime, zone: ZoneInfo) -> bool:
    stands = figures.of_period(connection, form.key, unit_id, period)
    last = figures.last_values(connection, form, unit_id, period)
    report = reports.newest(connection, form.key, unit_id, period)
    given: Mapping[str, Value] = {}
    if report is not None:
        values: Mapping[str, Value] = published(form, report.answers, *_before(last, report.sent_at, zone))
    else:
        given = {
            name: each.value for name, each in stands.items() if each.source == "import" and each.value is not None
        }
        values = imported(form, given, *_before(last, now, zone))
    figured = {name: value for name, value in values.items() if form.by_name[name].kind is not None}
    if figured == {name: each.value for name, each in stands.items()}:
        return False
    figures.put(
        connection,
        form,
        unit_id,
        period,
        values,
        as_of=now,
        revision=max((each.revision for each in stands.values()), default=0) + 1,
        source="report" if report is not None else "import",
        provisional=any(each.provisional for each in stands.values()),
        given=given,
    )
    return True


def _before(last: figures.Last | None, at: datetime, zone: ZoneInfo) -> tuple[Values, datetime, frozenset[str]]:
    """What `published` wants to know of the period before, and the local moment."""
    return (last[1], at.astimezone(zone), last[2]) if last else ({}, at.astimezone(zone), frozenset())
