"""Answer the public: what is found for a question, worked out here for every way of asking; read only."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from reporting.figures.indicator import Indicator
from reporting.figures.known import Known, Wanted
from reporting.figures.open_figures import OpenFigure, open_figures
from reporting.figures.public_scope import PublicScope, is_not_due
from reporting.forms import Form
from reporting.period_types import period_before
from reporting.rounds.standings import Standing
from reporting.units import Unit
from storage.figures import public, public_figures, published
from storage.reports import forms
from storage.schedule import rounds
from understanding.figures_wanted import is_before_all, last_period, wants, within_its_life
from understanding.inquiry import Inquiry, Span
from understanding.periods_asked import begun, is_open, periods_told
from understanding.public_answer import PublicAnswer, ReportedOn, WhoReported
from understanding.settling import settle


def answer(connection: Connection, scope: PublicScope, inquiry: Inquiry) -> PublicAnswer:
    """What is found for an inquiry, as it was understood or as it stands on a button."""
    return find(connection, scope, settled(connection, scope, inquiry))


def settled(connection: Connection, scope: PublicScope, inquiry: Inquiry) -> Inquiry:
    """The inquiry with what goes without saying; «từ đầu» is since the first figure of what is asked about."""
    return with_first_day(connection, scope, settle(inquiry, scope))


def find(connection: Connection, scope: PublicScope, inquiry: Inquiry) -> PublicAnswer:
    """What is found for an inquiry that is settled."""
    if inquiry.intent == "missing":
        return PublicAnswer(inquiry, reported=tuple(_who_reported(connection, scope, inquiry)))
    if inquiry.intent == "meta":
        newest = [(form, published.published_at(connection, form.key)) for form in _forms(scope)]
        return PublicAnswer(inquiry, published=tuple(newest))
    known = tuple(figures(connection, scope, wanted) for wanted in wants(inquiry, scope))
    is_any = any(each.has_figures_of(_named(scope, inquiry)) for each in known)
    if not is_any and (first := _first_after(connection, scope, inquiry)) is not None:
        return PublicAnswer(inquiry, first=first)
    return PublicAnswer(inquiry, known)


def figures(connection: Connection, scope: PublicScope, wanted: Wanted) -> Known:
    """The public figures of what is wanted."""
    return public.known(connection, wanted, scope.areas)


def side_by_side(connection: Connection, scope: PublicScope, wanted: Wanted) -> Iterator[OpenFigure]:
    """The figures of many units beside each other, period by period. Of what holds on until it is changed each day is read anew."""
    if wanted.form.schedule.period != "on change":
        yield from rows_of_known(connection, scope, figures(connection, scope, wanted))
        return
    for period in wanted.periods:
        known = figures(connection, scope, replace(wanted, periods=(period,)))
        yield from open_figures(scope, known, period, frozenset())


def rows_of_known(connection: Connection, scope: PublicScope, known: Known) -> Iterator[OpenFigure]:
    """What was read of units beside each other, with why there is no figure where there is none."""
    for period in known.wanted.periods:
        members = {one for unit in known.wanted.units for one in scope.areas.members(known.form, unit, period)}
        reported = published.with_any(connection, known.form, scope.areas.all_of(members), period)
        yield from open_figures(scope, known, period, reported)


def standings_of(connection: Connection, scope: PublicScope, form: Form, unit: Unit, period: date) -> list[Standing]:
    """Where the units that report for a unit stand with their reports for a period."""
    return _standings(connection, scope, form, _members(scope, form, unit, period), period)


def _standings(
    connection: Connection, scope: PublicScope, form: Form, units: Sequence[Unit], period: date
) -> list[Standing]:
    return rounds.standings(connection, form, period, scope.tree, scope.now, scope.zone, units)


def _members(scope: PublicScope, form: Form, unit: Unit, period: date) -> list[Unit]:
    return list(map(scope.tree.unit, scope.areas.members(form, unit, period)))


def with_first_day(connection: Connection, scope: PublicScope, inquiry: Inquiry) -> Inquiry:
    """The settled inquiry, «từ đầu» with the day of the first figure of what is asked about."""
    if inquiry.meanings:
        return inquiry.changed(meanings=tuple(with_first_day(connection, scope, each) for each in inquiry.meanings))
    if not is_open(inquiry):
        return inquiry
    return begun(inquiry, _oldest(connection, scope, inquiry))


def _oldest(connection: Connection, scope: PublicScope, inquiry: Inquiry) -> date | None:
    """The first period of which there is a figure of what is asked about, or offered."""
    named = _named(scope, inquiry)
    days = (public_figures.oldest_period(connection, each.form, each.question) for each in named)
    return min((day for day in days if day is not None), default=None)


def _named(scope: PublicScope, inquiry: Inquiry) -> tuple[Indicator, ...]:
    """What is asked about, or offered; nothing named: what an overview begins with."""
    return (*inquiry.indicators, *inquiry.indicator_choices) or tuple(scope.first)


def _first_after(connection: Connection, scope: PublicScope, inquiry: Inquiry) -> date | None:
    """The first period of which there is any figure of what is asked about, if all that is asked lies before there were any."""
    last = last_period(inquiry, scope)
    first = _oldest(connection, scope, inquiry) if last is not None else None
    if last is None or first is None:
        return None
    keys = {each.form for each in _named(scope, inquiry)}
    began = [day for key in keys if (day := forms.first_day(connection, key)) is not None]
    return first if is_before_all(last, first, began) else None


def _who_reported(connection: Connection, scope: PublicScope, inquiry: Inquiry) -> Iterator[WhoReported]:
    """Of the forms that have something public."""
    if inquiry.doubts:
        return
    inquiry, asked = within_its_life(inquiry), {each.form for each in inquiry.indicators}
    span = inquiry.span or Span("today", scope.today, scope.today)
    for form in _forms(scope):
        is_over = form.schedule.until is not None and span.first_on >= form.schedule.until
        if form.schedule.period != "on change" and (form.key in asked if asked else not is_over):
            for unit in inquiry.units:
                yield _reported_of(connection, scope, form, unit, span)


def _reported_of(connection: Connection, scope: PublicScope, form: Form, unit: Unit, span: Span) -> WhoReported:
    periods = periods_told(form, span)
    if len(periods) > 1:
        ends = (periods[0], periods[-1])
        between = rounds.standings_between(connection, form, *ends, scope.tree, scope.now, scope.zone, unit)
        return WhoReported(form, unit, span, standings=tuple(between))
    days = [*periods]
    if is_not_due(scope, form, days[0]):
        days.append(period_before(form.schedule.period_type, days[0]))
    return WhoReported(form, unit, span, tuple(_reported_on(connection, scope, form, unit, day) for day in days))


def _reported_on(connection: Connection, scope: PublicScope, form: Form, unit: Unit, period: date) -> ReportedOn:
    units = _members(scope, form, unit, period)
    if len(units) > rounds.FEW:
        owed, silent = rounds.silent(connection, form, period, scope.tree, units)
        return ReportedOn(period, owed=owed, silent=tuple(silent), is_of_many=True)
    return ReportedOn(period, tuple(_standings(connection, scope, form, units, period)))


def _forms(scope: PublicScope) -> Collection[Form]:
    """Those that have something public."""
    return {form.key: form for form, _ in scope.public.values()}.values()
