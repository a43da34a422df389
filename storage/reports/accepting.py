"""What a report's figures come to, and, with them, the calculated ones of the days after it."""

from collections.abc import Mapping
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
from storage.portal import deliveries
from storage.reports import last_saved, reports

Stands = Mapping[str, Figure]
"""A period's figures by indicator."""


def stand(connection: Connection, form: Form, report: Report, as_of: datetime, revision: int, zone: ZoneInfo) -> None:
    """A report's figures stand from `as_of` on, or wait for approval if it does; what rests on them follows."""
    last = last_saved.last_values(connection, form, report.unit_id, report.period, accepted=not report.provisional)
    seed = seed_of(form.key, report.unit_id, report.period)
    figures.put(
        connection,
        form,
        report.unit_id,
        report.period,
        published(form, report.answers, *_before(last, report.sent_at, zone), seed=seed),
        as_of=as_of,
        revision=revision,
        source="report",
        provisional=report.provisional,
    )
    ripple(connection, form, report.unit_id, report.period, as_of, zone, waits=report.provisional)


def ripple(
    connection: Connection, form: Form, unit_id: int, after: date, now: datetime, zone: ZoneInfo, *, waits: bool = False
) -> None:
    """Computes the calculated figures of the periods after `after` anew. `waits`: what has changed there waits for approval.

    Each period has its accepted figures, which rest on what is accepted alone, and, where anything waits, those that it will
    have: these rest on all that has come, and wait too as long as they are others.
    """
    later = last_saved.periods_after(connection, form.key, unit_id, after)
    of = _Unit(connection, form, unit_id, now, zone)
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


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit's figures of a form, worked out at `now`."""

    connection: Connection
    form: Form
    unit_id: int
    now: datetime
    zone: ZoneInfo

    def recompute(self, period: date) -> bool:
        """A period's accepted figures anew; False if those of later ones are as they were, because these are."""
        stands, report = self._stands(period, accepted=True), self._report(period, accepted=True)
        if report is None and not stands:
            return True
        values, given = self._worked_out(period, report, stands, accepted=True)
        if self._figured(values) == _values(stands):
            return False
        self._put(period, values, given, report, stands)
        return True

    def reconsider(self, period: date) -> None:
        """What a period's figures will be once all that waits is approved; nothing waits where they are that already."""
        stands, report = self._stands(period), self._report(period)
        values, given = self._worked_out(period, report, stands)
        figured, is_accepted = self._figured(values), report is None or not report.provisional
        if is_accepted and figured == _values(self._stands(period, accepted=True)):
            pending_figures.clear(self.connection, self.form.key, self.unit_id, period)
            deliveries.note_change(self.connection, self.form.key, self.unit_id, period, self.now, provisional=True)
        elif figured != _values(stands) or not any(each.provisional for each in stands.values()):
            self._put(period, values, given, report, stands, provisional=True)

    def _stands(self, period: date, *, accepted: bool = False) -> Stands:
        return figures.of_period(self.connection, self.form.key, self.unit_id, period, accepted=accepted)

    def _report(self, period: date, *, accepted: bool = False) -> Report | None:
        return reports.newest(self.connection, self.form.key, self.unit_id, period, accepted=accepted)

    def _worked_out(
        self, period: date, report: Report | None, stands: Stands, *, accepted: bool = False
    ) -> tuple[Values, Values]:
        """What a report, or else the archive, comes to, and what of it the archive gives."""
        last = last_saved.last_values(self.connection, self.form, self.unit_id, period, accepted=accepted)
        seed = seed_of(self.form.key, self.unit_id, period)
        if report is not None:
            return published(self.form, report.answers, *_before(last, report.sent_at, self.zone), seed=seed), {}
        given = _values({name: each for name, each in stands.items() if each.source == "import"})
        return imported(self.form, given, *_before(last, self.now, self.zone), seed=seed), given

    def _figured(self, values: Values) -> Values:
        return {name: value for name, value in values.items() if self.form.by_name[name].kind is not None}

    def _put(
        self,
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
            self.form,
            self.unit_id,
            period,
            values,
            as_of=self.now,
            revision=max((each.revision for each in stands.values()), default=0) + 1,
            source="report" if report is not None else "import",
            provisional=provisional,
            given=given,
        )


def _values(stands: Stands) -> Values:
    return {name: each.value for name, each in stands.items() if each.value is not None}


def _before(last: last_saved.Last | None, at: datetime, zone: ZoneInfo) -> tuple[Values, datetime, frozenset[str]]:
    """What `published` wants to know of the period before, and the local moment."""
    return (last[1], at.astimezone(zone), last[2]) if last else ({}, at.astimezone(zone), frozenset())
