"""Export reports: all that the newest reports of a form say, question by question, repeats in tables of their own."""

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.errors import Refused
from reporting.expressions.chance import seed_of
from reporting.questions.checks import published
from reporting.report_tables import ReportSaid, ReportTable, tables_of
from reporting.reports import Report
from reporting.reviews import Review, reviewed
from reporting.rounds.periods import check_days
from storage.organisation import people, units
from storage.reports import forms, last_saved, reports, reviews


def export_reports(
    connection: Connection, form_key: str, first_on: date, last_on: date, zone: ZoneInfo
) -> list[ReportTable]:
    """The newest revision of each unit's report for the periods from `first_on` to `last_on`, in the order of periods and units.

    Refused for days in the wrong order, and a form that was never published.
    """
    check_days(first_on, last_on)
    if forms.first_day(connection, form_key) is None:
        raise Refused("form_unknown", form=form_key)
    tree = units.tree(connection)
    found = reports.newest_between(connection, form_key, first_on, last_on)
    ordered = sorted(found, key=lambda each: (each.period, tree.unit(each.unit_id).code))
    steps = reviews.of_many(connection, form_key, {(each.unit_id, each.period) for each in ordered})
    doers = {each.by for about in steps.values() for each in about if each.by is not None}
    names = {person_id: person.name for person_id, person in people.people_of(connection, doers).items()}
    said = [
        _said(connection, each, tree.unit(each.unit_id).code, zone, steps.get((each.unit_id, each.period), ()), names)
        for each in ordered
    ]
    return tables_of(form_key, said)


def _said(
    connection: Connection,
    report: Report,
    unit: str,
    zone: ZoneInfo,
    steps: Sequence[Review],
    names: Mapping[int, str],
) -> ReportSaid:
    """What is worked out rests on the period before, as when the report came."""
    form = forms.version(connection, report.form, report.version)
    last = last_saved.last_values(connection, form, report.unit_id, report.period)
    _, values, held = last or (None, {}, frozenset[str]())
    at, seed = report.sent_at.astimezone(zone), seed_of(report.form, report.unit_id, report.period)
    here = reviewed(report, form.approval, steps)
    by = names.get(here.last.by or 0, "") if here.last is not None else ""
    return ReportSaid(report, form, unit, published(form, report.answers, values, at, held, seed=seed), here, by)
