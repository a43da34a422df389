"""Where each unit stands with each report: the keystone that reminders, boards, rates and digests read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from reporting.forms import Form
from reporting.rounds.deadlines import Deadline, deadlines
from reporting.rounds.suspensions import Suspension
from reporting.units import Unit, UnitTree

Row = dict[str, str | int | None]
"""A standing as programs read it."""


class Status(StrEnum):
    NOT_DUE = "not_due"
    DUE = "due"
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Sent:
    """The stamps of what a unit has sent: enough of a report to stand by."""

    first_sent_at: datetime
    sent_at: datetime
    revision: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A deadline and what has come for it, as seen at one moment.

    `in_archive`: no report was sent, but the archive has the unit's figures: received, and nobody knows when.
    """

    deadline: Deadline
    sent: Sent | None
    status: Status
    in_archive: bool = False

    @property
    def has_come(self) -> bool:
        """A report was sent, or its figures were imported (DHIS2: an actual report)."""
        return self.sent is not None or self.in_archive

    @property
    def is_excused(self) -> bool:
        """Nothing has come and nothing is owed: the period is suspended, or the form is «on change»."""
        return not self.has_come and not self.deadline.is_owed

    @property
    def is_open(self) -> bool:
        """Nothing has come, and something is wanted by now."""
        return self.status in (Status.DUE, Status.MISSING)


def standing_for(deadline: Deadline, sent: Sent | None, now: datetime, in_archive: bool = False) -> Standing:
    """Where a unit stands at `now`: on time if its first revision came at the due minute or before, or if none was owed.

    Where there is a report it decides; what only the archive has is not called late, as nobody knows when it came.
    """
    if sent is not None:
        in_time = sent.first_sent_at < deadline.over_at or not deadline.is_owed
        status = Status.ON_TIME if in_time else Status.LATE
    elif in_archive:
        status = Status.ON_TIME
    elif now < deadline.opens_at or not deadline.is_owed:
        status = Status.NOT_DUE
    else:
        status = Status.DUE if now < deadline.over_at else Status.MISSING
    return Standing(deadline, sent, status, in_archive and sent is None)


def expected_units(form: Form, tree: UnitTree, period: date, root: Unit | None = None) -> list[Unit]:
    """The units that exist on `period` and that the form is for, under `root` (None: everywhere)."""
    roots = tree.roots(period) if root is None else [root]
    return [unit for each in roots for unit in tree.reporting(each, form.reports_on(period), period)]


LARGE = 1000


def is_large(form: Form, tree: UnitTree, period: date, root: Unit) -> bool:
    """Whether more than `LARGE` units under `root` report: what is made of all of them takes seconds."""
    return len(expected_units(form, tree, period, root)) > LARGE


def excused(
    form: Form, period: date, units: Iterable[Unit], tree: UnitTree, suspensions: Iterable[Suspension]
) -> dict[int, str]:
    """Those of `units` that owe no report of that period: their ids, and the reason that was given.

    They are suspended, or the day is free and the form skips it: then none of them owes one, and the reason is the day's name. Nor
    does any while the form was retired.
    """
    if form.schedule.is_free(period):
        reason = form.schedule.calendar.name(period) if form.schedule.is_day_off(period) else ""
        return dict.fromkeys((unit.id for unit in units), reason)
    in_force = [each for each in suspensions if each.covers(form.key, period)]
    reasons: dict[int | None, str] = {}
    for each in in_force:
        reasons[each.unit_id] = reasons.get(each.unit_id) or each.reason
    found = {}
    for unit in units if in_force else ():
        said = [reasons[one] for one in (*(above.id for above in tree.above(unit)), None) if one in reasons]
        if said:
            found[unit.id] = next(filter(None, said), "")
    return found


def standings_of(
    form: Form,
    period: date,
    units: Sequence[Unit],
    sent: Mapping[int, Sent],
    free: Mapping[int, str],
    now: datetime,
    zone: ZoneInfo,
    in_archive: Collection[int] = (),
) -> list[Standing]:
    """Where each of `units` stands with one period of a form, in their order; those in `free` owe no report, for the reason there.

    `in_archive`: ids of the units of which the archive has the figures.
    """
    ids = [unit.id for unit in units]
    due = deadlines(form.key, form.schedule, ids, period, zone, free)
    return [standing_for(each, sent.get(each.unit_id), now, each.unit_id in in_archive) for each in due]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the units that were expected have reported: «31/34 đơn vị»."""

    received: int
    expected: int


def coverage(standings: Iterable[Standing]) -> Coverage:
    """Received and expected among `standings` (DHIS2: actual and expected reports). Never more received than expected."""
    owed = [each for each in standings if each.deadline.is_owed]
    return Coverage(sum(each.has_come for each in owed), len(owed))


def row(standing: Standing, unit: Unit, zone: ZoneInfo) -> Row:
    """A standing as `giaoban standing` prints it: ISO dates, moments of `zone` with their offset, `sent_at` of the newest revision.

    What the archive has is «on_time» without `sent_at` and `revision`.
    """

    def shown(at: datetime) -> str:
        return at.astimezone(zone).isoformat(timespec="seconds")

    due, sent = standing.deadline, standing.sent
    return {
        "form": due.form,
        "unit": unit.code,
        "name": unit.title,
        "period": due.period.isoformat(),
        "status": standing.status.value,
        "due_at": shown(due.due_at),
        "closes_at": shown(due.closes_at),
        "sent_at": shown(sent.sent_at) if sent else None,
        "revision": sent.revision if sent else None,
    }
