"""What goes on from period to period while a version of its form leaves it out: worked out where a later version has it again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection

from reporting.answers import Value, Values, values_of
from reporting.expressions.chance import seed_of
from reporting.figures.figure import Figure
from reporting.forms import Form
from reporting.questions.checks import imported, published
from reporting.questions.not_known import unknown_calculations
from reporting.reports import Report
from storage.figures import figures
from storage.reports import forms, reports


@dataclass(slots=True)
class LeftOut:
    """By name what is known of it by now, and of which it is not known what it is, as it rests on what is not known."""

    values: dict[str, Value] = field(default_factory=dict)
    held: frozenset[str] = frozenset()


def worked_out_over(
    connection: Connection, form: Form, unit_id: int, names: Collection[str], periods: Sequence[date], *, accepted: bool
) -> LeftOut:
    """What calculated figures come to at the end of these `periods`, some of which leave them out: by the calculations of `form`, with
    what was reported then. Where a period has one of them, it is that.

    `accepted`: without what waits for approval. Where nothing was reported that they rest on they stay as they were.
    """
    found, last = LeftOut(), dict[str, Value]()
    for period in periods:
        report = reports.newest(connection, form.key, unit_id, period, accepted=accepted)
        stands = figures.of_period(connection, form.key, unit_id, period, accepted=accepted)
        _go_on(found, form, names, last, unit_id, period, report, stands)
        last = {name: each.value for name, each in stands.items() if each.value is not None}
        told = {name: value for name, value in last.items() if name in names}
        found.values, found.held = {**found.values, **told}, found.held - told.keys()
        if report is not None:
            last = {**values_of(report.answers), **last}
    return found


def _go_on(
    found: LeftOut,
    form: Form,
    names: Collection[str],
    before: Values,
    unit_id: int,
    period: date,
    report: Report | None,
    stands: Mapping[str, Figure],
) -> None:
    """One period more."""
    seed, last = seed_of(form.key, unit_id, period), {**before, **found.values}
    if report is not None:
        answers = {name: each for name, each in report.answers.items() if name in form.by_name}
        values = published(form, answers, last, report.sent_at, found.held, seed=seed)
        found.held = unknown_calculations(form, answers, found.held).intersection(names)
    else:
        given = {
            name: each.value for name, each in stands.items() if each.source == "import" and each.value is not None
        }
        given = {name: value for name, value in given.items() if name in form.by_name}
        values = imported(form, given, last, datetime.combine(period, time(), UTC), found.held, seed=seed)
        found.held = unknown_calculations(form, {}, found.held, given).intersection(names)
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


def first_left_out(connection: Connection, key: str, version: str, stood: Mapping[str, date | None]) -> date | None:
    """From which period on it is looked what calculations come to that a version leaves out: when they `stood` last, of one that never
    did the first day of a version that had it. None where none had any.
    """
    began = dict[str, date]()
    for each in forms.versions(connection, key):
        if each.version == version:
            break
        for name in _calculated(connection, key, each.version):
            began.setdefault(name, each.from_on)
    days = (on or began.get(name) for name, on in stood.items())
    return min((on for on in days if on is not None), default=None)


def _calculated(connection: Connection, key: str, version: str) -> frozenset[str]:
    form = forms.version(connection, key, version)
    return frozenset(q.name for q in form.indicators if q.calculation is not None)
