"""What a report's figures come to, and, with them, the calculated ones of the days after it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.answers import Values
from reporting.expressions.chance import seed_of
from reporting.figures.figure import Figure
from reporting.forms import Form
from reporting.questions.checks import imported, published
from reporting.reports import Report
from storage.figures import figures, pending_figures
from storage.portal import due_deliveries
from storage.reports import forms, last_saved, reports
from storage.reports.left_out import versions_leaving_out

Stands = Mapping[str, Figure]
"""A period's figures by indicator."""
Moved = frozenset[str] | None
"""The indicators that have become others and are still read; None: any may be."""


def stand(connection: Connection, form: Form, report: Report, as_of: datetime, revision: int, zone: ZoneInfo) -> None:
    """A report's figures stand from `as_of` on, or wait for approval if it does; what rests on them follows."""
    where = (report.unit_id, report.period)
    last = last_saved.last_values(connection, form, *where, accepted=not report.provisional)
    values = published(form, report.answers, *_before(last, report.sent_at, zone), seed=seed_of(form.key, *where))
    moved: Moved = None
    if report.revision > 1 and not report.provisional:
        stood = figures.of_period(connection, form.key, *where, accepted=True)
        moved = _changed(_values(stood), _figured(form, values))
    figures.put(
        connection,
        form,
        *where,
        values,
        as_of=as_of,
        revision=revision,
        source="report",
        provisional=report.provisional,
    )
    ripple(connection, form, *where, as_of, zone, waits=report.provisional, moved=moved)


def ripple(
    connection: Connection,
    form: Form,
    unit_id: int,
    after: date,
    now: datetime,
    zone: ZoneInfo,
    *,
    waits: bool = False,
    moved: Moved = None,
) -> None:
    """Computes the calculated figures of the periods after `after` anew, each by its own version of the form. `waits`: what has
    changed there waits for approval. `moved`: the figures that have become others there.

    Each period has its accepted figures, which rest on what is accepted alone, and, where anything waits, those that it will
    have: these rest on all that has come, and wait too as long as they are others.
    """
    later = last_saved.periods_after(connection, form.key, unit_id, after)
    of = _Unit(connection, form, unit_id, now, zone, moved)
    if not waits:
        for period in later:
            if not of.recompute(period):
                break
    if form.approval or pending_figures.any_of(connection, form.key, unit_id):
        for period in (after, *later):
            of.reconsider(period)


def recompute(connection: Connection, form: Form, unit_id: int, period: date, now: datetime, zone: ZoneInfo) -> bool:
    """Computes a period's accepted figures anew; False if those of later ones are as they were, because these are."""
    return _Unit(connection, form, unit_id, now, zone).recompute(period)


@dataclass(slots=True)
class _Unit:
    """A unit's figures of a form, worked out at `now`. `form`: in any of its versions. `moved`: up to the last period."""

    connection: Connection
    form: Form
    unit_id: int
    now: datetime
    zone: ZoneInfo
    moved: Moved = None
    leaving_out: Collection[str] | None = None

    def recompute(self, period: date) -> bool:
        """A period's accepted figures anew; False if those of later ones are as they were, because these are.

        What is not in it those read in what came before: they may be others where that has moved. What its version leaves out they
        work out from all that is in it.
        """
        stands, report = self._stands(period, accepted=True), self._report(period, accepted=True)
        if report is None and not stands:
            return True
        form = self._form(period, report)
        values, given = self._worked_out(form, period, report, stands, accepted=True)
        figured = _figured(form, values)
        changed = _changed(_values(stands), figured)
        if changed:
            self._put(form, period, values, given, report, stands)
        if form.version in self._leaving_out():
            self.moved = self.moved | changed if self.moved is not None else None
        elif self.moved is not None:
            past = form.read_past(figured)
            self.moved = changed.union(name for name in self.moved if name in past or name not in form.by_name)
        elif not changed:
            self.moved = frozenset(form.read_past(figured))
        return self.moved is None or bool(self.moved)

    def _leaving_out(self) -> Collection[str]:
        if self.leaving_out is None:
            self.leaving_out = versions_leaving_out(self.connection, self.form.key)
        return self.leaving_out

    def reconsider(self, period: date) -> None:
        """What a period's figures will be once all that waits is approved; nothing waits where they are that already."""
        stands, report = self._stands(period), self._report(period)
        form = self._form(period, report)
        values, given = self._worked_out(form, period, report, stands)
        figured, is_accepted = _figured(form, values), report is None or not report.provisional
        if is_accepted and figured == _values(self._stands(period, accepted=True)):
            pending_figures.clear(self.connection, self.form.key, self.unit_id, period)
            due_deliveries.note_change(self.connection, self.form.key, self.unit_id, period, self.now, provisional=True)
        elif figured != _values(stands) or not any(each.provisional for each in stands.values()):
            self._put(form, period, values, given, report, stands, provisional=True)

    def _stands(self, period: date, *, accepted: bool = False) -> Stands:
        return figures.of_period(self.connection, self.form.key, self.unit_id, period, accepted=accepted)

    def _report(self, period: date, *, accepted: bool = False) -> Report | None:
        return reports.newest(self.connection, self.form.key, self.unit_id, period, accepted=accepted)

    def _form(self, period: date, report: Report | None) -> Form:
        """The version of the report, or else the one by which the period's history is read."""
        key = self.form.key
        if report is not None:
            return (
                self.form
                if report.version == self.form.version
                else forms.version(self.connection, key, report.version)
            )
        return next((each for each in forms.for_history(self.connection, period) if each.key == key), self.form)

    def _worked_out(
        self, form: Form, period: date, report: Report | None, stands: Stands, *, accepted: bool = False
    ) -> tuple[Values, Values]:
        """What a report, or else the archive, comes to, and what of it the archive gives."""
        last = last_saved.last_values(self.connection, form, self.unit_id, period, accepted=accepted)
        seed = seed_of(form.key, self.unit_id, period)
        if report is not None:
            return published(form, report.answers, *_before(last, report.sent_at, self.zone), seed=seed), {}
        given = _values({name: each for name, each in stands.items() if each.source == "import"})
        return imported(form, given, *_before(last, self.now, self.zone), seed=seed), given

    def _put(
        self,
        form: Form,
        period: date,
        values: Values,
        given: Values,
        report: Report | None,
        stands: Stands,
        *,
        provisional: bool = False,
    ) -> None:
        figures.put(
            self.connection,
            form,
            self.unit_id,
            period,
            values,
            as_of=self.now,
            revision=max((each.revision for each in stands.values()), default=0) + 1,
            source="report" if report is not None else "import",
            provisional=provisional,
            given=given,
        )


def _figured(form: Form, values: Values) -> Values:
    return {name: value for name, value in values.items() if form.by_name[name].kind is not None}


def _changed(stood: Values, figured: Values) -> frozenset[str]:
    return frozenset(name for name in {*stood, *figured} if stood.get(name) != figured.get(name))


def _values(stands: Stands) -> Values:
    return {name: each.value for name, each in stands.items() if each.value is not None}


def _before(last: last_saved.Last | None, at: datetime, zone: ZoneInfo) -> tuple[Values, datetime, frozenset[str]]:
    """What `published` wants to know of the period before, and the local moment."""
    return (last[1], at.astimezone(zone), last[2]) if last else ({}, at.astimezone(zone), frozenset())
