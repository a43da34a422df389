"""Somebody is told of a report that waits for approval, was approved or given back, or may be corrected again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reporting.approvals import AwaitsApproval
from reporting.filling.moves import Filling
from reporting.forms import Form
from reporting.people import Person
from reporting.period_types import Period
from reporting.reports import Report
from reporting.reviews import Review
from reporting.units import Unit


@dataclass(frozen=True, slots=True)
class ApprovalWanted:
    """Reports of a form wait for approval, and `to` may give it: all that wait for him at that moment, looked at for doubts."""

    to: Person
    form: Form
    waiting: Sequence[AwaitsApproval]
    at: datetime


@dataclass(frozen=True, slots=True)
class ApprovalOverdue:
    """Reports of a form wait too long for a tier below `to`. `names`: of who is to approve them, by unit id."""

    to: Person
    form: Form
    waiting: Sequence[AwaitsApproval]
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Approved:
    """The report that `to` has sent was approved by somebody else."""

    to: Person
    by: Person
    unit: Unit
    period: Period
    number: str


@dataclass(frozen=True, slots=True)
class Unapproved:
    """The approval of the report that `to` has sent was taken back, for this reason: it is not public until it is approved again."""

    to: Person
    by: Person
    form: Form
    unit: Unit
    period: date
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReportReturned:
    """The report of the unit for which `to` is charged was returned: `review` says what, with which comment; `report`: as it stands.

    `by`: whoever returned it; `closes_at`: until when it can be corrected; `again`: it is the reminder.
    """

    to: Person
    by: Person
    form: Form
    unit: Unit
    report: Report
    review: Review
    closes_at: datetime
    again: bool = False


@dataclass(frozen=True, slots=True)
class Reopened:
    """A closed report of a unit is open again, until then; `to` reports for it."""

    to: Person
    by: Person
    form: Form
    unit: Unit
    period: date
    until: datetime


@dataclass(frozen=True, slots=True)
class CorrectedByDesk:
    """A report of the unit for which `to` is charged was corrected by the desk, for this reason. `filling`: what it says now."""

    to: Person
    by: Person
    unit: Unit
    filling: Filling
    reason: str


ReviewEvent = ApprovalWanted | ApprovalOverdue | Approved | Unapproved | ReportReturned
