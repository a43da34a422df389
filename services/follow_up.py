"""Follow up a question about a figure: whoever was asked is reminded once, and what is over ends, as the clock finds it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.events.queries import DataQueryAsked, DataQueryEnded, DoubtEnded
from reporting.forms import Form
from reporting.reports import Report
from reporting.rounds.data_query import AskedBack, State, what_is_due, written_value
from reporting.rounds.quiet_hours import QuietHours
from reporting.units import UnitTree
from services.data_query import doubts_ended, end, is_closed_for, owner_of
from storage.organisation import people
from storage.reports import data_queries, drafts, forms, reports

FollowUp = DataQueryAsked | DataQueryEnded | DoubtEnded


def follow_up(
    connection: Connection,
    asked: AskedBack,
    tree: UnitTree,
    now: datetime,
    zone: ZoneInfo,
    quiet: QuietHours | None = None,
) -> list[FollowUp]:
    """The reminders or the end of a question that are due at `now`, recorded in this transaction; in quiet hours none."""
    report = reports.newest(connection, asked.form, asked.unit_id, asked.period)
    form = forms.published(connection, asked.form, asked.period)
    if report is None or form is None or (report.provisional and report.revision > asked.revision):
        return []  # what is corrected ends the question when that is approved
    answer = report.answers.get(asked.indicator)
    value = written_value(answer.value if answer is not None else None)
    due = what_is_due(asked, report.revision, value, now, zone, quiet)
    if due == "remind":
        return _reminded(connection, asked, form, tree, now, zone)
    return _ended(connection, asked, form, tree, due, value, report, now) if due != "" else []


def _reminded(
    connection: Connection, asked: AskedBack, form: Form, tree: UnitTree, now: datetime, zone: ZoneInfo
) -> list[FollowUp]:
    if not data_queries.reminded(connection, asked, now):
        return []
    unit, owner = tree.unit(asked.unit_id), owner_of(connection, asked)
    theirs = people.with_duty(connection, unit.id, ("reporter", "deputy"), now.astimezone(zone).date())
    is_closed = is_closed_for(connection, asked, form, now, zone)
    return [DataQueryAsked(each, owner, asked, form, unit, again=True, is_closed=is_closed) for each in theirs]


def _ended(
    connection: Connection,
    asked: AskedBack,
    form: Form,
    tree: UnitTree,
    state: State,
    value: str,
    report: Report,
    now: datetime,
) -> list[FollowUp]:
    """To its owner, and to whoever doubted the figure."""
    by, reason = (report.sent_by, report.reason) if state != "unanswered" else (None, "")
    if not end(connection, asked, state, now, by, reason):
        return []
    unit, owner = tree.unit(asked.unit_id), owner_of(connection, asked)
    doubts = doubts_ended(connection, asked, form, unit, state)
    if owner is None:
        return [*doubts]
    name = people.person_of(connection, by).name if by is not None else ""
    unsent = _unsent(connection, asked) if state == "unanswered" else ""
    return [DataQueryEnded(owner, asked, form, unit, state, value, reason, name, unsent), *doubts]


def _unsent(connection: Connection, asked: AskedBack) -> str:
    """The figure in a correction that was begun and not sent, where it is another than the one asked about."""
    found = drafts.of_unit(connection, asked.form, asked.unit_id, asked.period)
    answer = found[0].answers.get(asked.indicator) if found is not None and found[0].correcting else None
    value = written_value(answer.value if answer is not None else None)
    return value if value != asked.value else ""
