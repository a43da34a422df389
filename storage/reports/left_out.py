"""What goes on from period to period while a version of its form leaves it out: worked out where a later version has it again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection

from reporting.answers import Value, Values, values_of
from reporting.expressions.chance import seed_of
from reporting.figures.figure import Figure
from reporting.forms import Form
from reporting.questions.checks import imported, published, unknown_calculations
from reporting.reports import Report
from storage.figures import figures
from storage.reports import forms, reports


@dataclass(slots=True)
class LeftOut:
    """By name what is known of it by now, and of which it is not known what it is, as it rests on what is not known."""

    values: dict[str, Value]
    held: frozenset[str] = frozenset()


def worked_out_over(
    connection: Connection,
    form: Form,
    unit_id: int,
    stood: Mapping[str, Value],
    periods: Sequence[date],
    *,
    accepted: bool,
) -> LeftOut:
    """What calculated figures come to at the end of these `periods`, of which the first has one of them as it `stood`, by name, and
    others may leave them out: by the calculations of `form`, with what was reported then.

    `accepted`: without what waits for approval. Where nothing was reported that they rest on they stay as they were.
    """
    found = LeftOut(dict(stood))
    last = dict[str, Value]()
    for place, period in enumerate(periods):
        report = reports.newest(connection, form.key, unit_id, period, accepted=accepted)
        stands = figures.of_period(connection, form.key, unit_id, period, accepted=accepted)
        if place:
            _go_on(found, form, {**last, **found.values}, unit_id, period, report, stands)
        told = {name: each.value for name, each in stands.items() if name in stood and each.value is not None}
        found.values, found.held = {**found.values, **told}, found.held - told.keys()
        last = {name: each.value for name, each in stands.items() if each.value is not None}
        if report is not None:
            last = {**values_of(report.answers), **last}
    return found


def _go_on(
    found: LeftOut,
    form: Form,
    last: Values,
    unit_id: int,
    period: date,
    report: Report | None,
    stands: Mapping[str, Figure],
) -> None:
    """One period more."""
    seed, names = seed_of(form.key, unit_id, period), found.values.keys()
    if report is not None:
        answers = {name: each for name, each in report.answers.items() if name in form.by_name}
        values = published(form, answers, last, report.sent_at, found.held, seed=seed)
        found.held = unknown_calculations(form, answers, found.held) & names
    else:
        given = {
            name: each.value for name, each in stands.items() if each.source == "import" and each.value is not None
        }
        given = {name: value for name, value in given.items() if name in form.by_name}
        values = imported(form, given, last, datetime.combine(period, time(), UTC), found.held, seed=seed)
        found.held = unknown_calculations(form, {}, found.held, given) & names
    found.values.update({name: values[name] for name in names if name in values})


def versions_leaving_out(connection: Connection, key: str) -> Collection[str]:
    """The versions of a form that leave out a calculation which one before and one after them have."""
    known = [(each.version, _calculated(connection, key, each.version)) for each in forms.versions(connection, key)]
    found = []
    for place, (version, has) in enumerate(known):
        before, after = (set[str]().union(*(each for _, each in some)) for some in (known[:place], known[place + 1 :]))
        if (before & after) - has:
            found.append(version)
    return found


def _calculated(connection: Connection, key: str, version: str) -> frozenset[str]:
    form = forms.version(connection, key, version)
    return frozenset(q.name for q in form.indicators if q.calculation is not None)
