"""A report's review: it is returned with a comment, corrected by its unit, approved tier by tier, un-approved; each step is kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from reporting.answers import Answers
from reporting.forms import Form, Question, Tier
from reporting.reports import Report

ReviewStep = Literal["returned", "approved", "unapproved"]
ReviewState = Literal["received", "returned", "corrected", "approved"]
LOOK_BACK = timedelta(days=31)
"""A report that nobody has approved, or corrected, for so long is not shown any more, and nobody is told of it."""

LONGEST_COMMENT = 500
"""So many letters of what is said with a return, or for an un-approval, are kept."""


@dataclass(frozen=True, slots=True)
class Review:
    """One step that somebody took about a revision of a report; it is never changed.

    `tier`: as which tier it was approved or un-approved, «» of a return. `figures`: the names of the questions that were returned,
    none for the whole report. `comment`: what was said with it. `by`: a person's id.
    """

    id: int
    form: str
    unit_id: int
    period: date
    revision: int
    step: ReviewStep
    tier: Tier | Literal[""]
    figures: tuple[str, ...]
    comment: str
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Where the newest revision of a report stands. `passed`: how many of the form's `tiers` have approved it.

    `last`: the newest step about it, None where there was none, or none is kept. `since`: since when the state is so.
    `returns`: those that its unit has not answered yet by a revision, oldest first.
    """

    state: ReviewState
    tiers: tuple[Tier, ...]
    passed: int
    since: datetime
    last: Review | None = None
    returns: tuple[Review, ...] = ()

    @property
    def awaits_approval(self) -> bool:
        """Whether a tier is to approve it now; a report that was returned waits for its unit first."""
        return bool(self.tiers) and self.state in ("received", "corrected")

    def next_tier(self, vacant: Collection[Tier] = ()) -> Tier | None:
        """The tier that approves it next; None where all have. One that is `vacant` is left to the next above it, but for the last."""
        left = self.tiers[self.passed :]
        return next((tier for tier in left if tier not in vacant), left[-1]) if left else None

    def may_unapprove(self, tier: Tier) -> bool:
        """Whether the tier may un-approve it: the one that approved it last, or one above that."""
        return self.passed > 0 and tier in self.tiers and self.tiers.index(tier) >= self.passed - 1


def reviewed(report: Report, tiers: Sequence[Tier], reviews: Sequence[Review]) -> Reviewed:
    """Where a report stands. `report`: its newest revision; `reviews`: all steps about it, whatever the revision, in their order.

    A return ends with the unit's next revision, which is then «corrected», or when it is approved as it is. Un-approved, it waits for
    the tier below the one that did so, or for that one where there is none below. Whether the last tier has approved is what
    `provisional` tells: reports were approved before steps were kept, and a form's tiers change.
    """
    own = [each for each in reviews if each.revision == report.revision]
    earlier = [each for each in reviews if each.revision == report.revision - 1]
    begins: ReviewState = "corrected" if _is_returned(earlier) else "received"
    state, passed, since = begins, 0, report.sent_at
    returns: list[Review] = []
    for each in own:
        if each.step == "returned":
            state, passed = "returned", 0
            returns.append(each)
        elif each.tier in tiers:
            place = tiers.index(each.tier)
            passed = place + 1 if each.step == "approved" else max(place - 1, 0)
            state = begins
            returns.clear()
        since = each.at
    if tiers and state != "returned":
        if not report.provisional:
            state, passed = "approved", len(tiers)
        else:  # whoever is last approves it, even where there were more tiers when the one below did
            passed = min(passed, len(tiers) - 1)
    return Reviewed(state, tuple(tiers), passed, since, own[-1] if own else None, tuple(returns))


def _is_returned(reviews: Sequence[Review]) -> bool:
    """Whether the last word about a revision was that it is returned."""
    return bool(reviews) and reviews[-1].step == "returned"


def returnable(form: Form, answers: Answers) -> list[Question]:
    """The questions of a report that can be returned one by one: what was answered, or said to be unknown, in order."""
    return [question for question in form.asked if question.name in answers]
