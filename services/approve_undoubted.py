"""Approve at once all reports that wait for somebody and of which nothing is in doubt."""

from dataclasses import dataclass
from datetime import datetime

from reporting.access import Actor
from reporting.approvals import AwaitsApproval
from reporting.events.reviews import Approved
from reporting.forms import Form, Tier
from services.approve import approve
from services.context import Context
from services.waiting_reviews import awaiting_approval, with_doubts


@dataclass(frozen=True, slots=True)
class ApprovedTogether:
    """`done`: what was approved, or passed on to the next tier; `left`: what is to be looked at one by one; `awaited`: the tiers
    that some of it waits for now.
    """

    done: list[AwaitsApproval]
    left: list[AwaitsApproval]
    events: list[Approved]
    awaited: frozenset[Tier] = frozenset()


def approve_undoubted(
    context: Context, actor: Actor, form: Form | None = None, until: datetime | None = None
) -> ApprovedTogether:
    """Those of the form (None: of all) that had come to this person by then (None: by now) and as they stand are without doubt."""
    waiting = [
        each
        for each in awaiting_approval(context, actor)
        if (form is None or each.form.key == form.key) and (until is None or each.reviewed.since <= until)
    ]
    found, done, events = with_doubts(context.connection, waiting), list[AwaitsApproval](), list[Approved]()
    awaited = set[Tier]()
    for each in found:
        if not each.doubts:
            came = approve(context, actor, each.form, each.unit, each.report.period, each.report.revision)
            if came.state in ("approved", "passed on"):
                done.append(each)
                events += came.events
                awaited |= {came.awaited} if came.awaited is not None else set()
    return ApprovedTogether(done, [each for each in found if each.doubts], events, frozenset(awaited))
