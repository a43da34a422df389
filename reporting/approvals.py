"""Reports that wait for approval: what of them is in doubt, when whoever approves is told of them, and when they wait too long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from reporting.digests.outliers import outlier
from reporting.figures.headlines import headlines
from reporting.figures.usual_range import Number, UsualRange
from reporting.forms import Form, Question, Tier
from reporting.questions.parts import beside
from reporting.reports import Report
from reporting.reviews import Reviewed
from reporting.units import Unit

GATHERED_FOR = timedelta(minutes=30)
"""What comes so soon after a message about reports of the same form is told with the next."""
AT_MOST = timedelta(days=1)
"""So long after the first report has come to him nobody waits any more for the others."""
PATIENCE = timedelta(hours=4)
"""A tier has so long at least, however late a report comes to it."""
NEXT_ABOVE: Mapping[Tier, Tier] = {"chair": "leader"}
"""Who hears that the last tier of a form lets reports wait; above a leader nobody does."""


@dataclass(frozen=True, slots=True)
class ApprovalDoubt:
    """Why a report is to be looked at by itself: a soft check's doubt confirmed for a `reason`, a part greater than its whole, an
    outlier among the unit's own figures; or that we stumbled when we looked for any.
    """

    question: Question
    why: Literal["confirmed", "part", "outlier", "unlooked"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AwaitsApproval:
    """A report that waits for approval by the tier `awaited`, where it stands, and what of it is in doubt, if that was looked at."""

    form: Form
    report: Report
    unit: Unit
    reviewed: Reviewed
    awaited: Tier
    doubts: tuple[ApprovalDoubt, ...] = ()

    @property
    def after(self) -> int:
        """The id of the step by which it has come to wait, 0 where it has just been sent."""
        return self.reviewed.last.id if self.reviewed.last is not None else 0


def doubts_of(form: Form, report: Report, usual: Mapping[str, UsualRange]) -> tuple[ApprovalDoubt, ...]:
    """`usual`: by indicator what is usual for the unit in that period, where it is known."""
    known = form.by_name
    confirmed = [
        ApprovalDoubt(known[name], "confirmed", answer.reason)
        for name, answer in report.answers.items()
        if answer.reason and name in known
    ]
    values = {name: answer.value for name, answer in report.answers.items()}
    parts = [ApprovalDoubt(each.part, "part") for each in beside(form, values)]
    far = [
        ApprovalDoubt(each, "outlier")
        for each in headlines(form)
        if _is_far(values.get(each.name), usual.get(each.name))
    ]
    doubted = {each.question.name for each in confirmed}
    return (*confirmed, *(each for each in (*parts, *far) if each.question.name not in doubted))


def unlooked(form: Form) -> ApprovalDoubt:
    """Of a report at which we stumbled: nobody knows whether anything of it is in doubt."""
    return ApprovalDoubt(form.questions[0], "unlooked")


def _is_far(value: object, usual: UsualRange | None) -> bool:
    return isinstance(value, Number) and outlier(value, usual) is not None


def is_to_be_told(
    now: datetime, due_at: datetime, since: datetime, told_at: datetime | None, *, is_complete: bool
) -> bool:
    """Whether whoever approves is told now of reports that he has not heard of: in one message, not in one for each.

    `since`: when the first of them has come to him; `told_at`: when he was last told of any of the form; `is_complete`: nothing more
    is to come.
    """
    if told_at is not None and now - told_at < GATHERED_FOR and not is_complete:
        return False
    return is_complete or now >= due_at or now - since >= AT_MOST


def waits_too_long(now: datetime, closes_at: datetime, since: datetime) -> bool:
    """Whether a tier lets a report wait too long: it is closed, and has been with the tier for some hours."""
    return now >= max(closes_at, since + PATIENCE)


def tier_above(form: Form, tier: Tier) -> Tier | None:
    """Who hears of what waits too long for a tier: the next of the form, above the last a leader."""
    left = form.approval[form.approval.index(tier) + 1 :]
    return left[0] if left else NEXT_ABOVE.get(tier)
