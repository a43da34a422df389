"""Approve at once all reports that wait for somebody and of which nothing is in doubt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from reporting.access import Actor
from reporting.approvals import AwaitsApproval
from reporting.events.reviews import Approved
from reporting.forms import Form, Tier
from services.approve import Approval, approve
from services.context import Context
from services.waiting_reviews import awaiting_approval, noted_parts, part_of_report, with_doubts


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
    """Those of the form (None: of all) that had come to this person by then (None: by now) and as they stand are without doubt.

    One at which we stumble is left to be looked at by itself; the others are approved.
    """
    waiting = [
        each
        for each in awaiting_approval(context, actor)
        if (form is None or each.form.key == form.key) and (until is None or each.reviewed.since <= until)
    ]
    connection, done, events, awaited = context.connection, list[AwaitsApproval](), list[Approved](), set[Tier]()
    parts = noted_parts()

    def approved(some: Sequence[AwaitsApproval]) -> list[tuple[AwaitsApproval, Approval]]:
        return [
            (each, approve(context, actor, each.form, each.unit, each.report.period, each.report.revision))
            for each in some
        ]

    found = with_doubts(connection, waiting, parts=parts)
    clear = [each for each in found if not each.doubts]
    for each, came in chain(*parts.in_halves(connection, clear, part_of_report, approved)):
        if came.state in ("approved", "passed on"):
            done.append(each)
            events += came.events
            awaited |= {came.awaited} if came.awaited is not None else set()
    left = [each for each in found if each.doubts or part_of_report(each) in parts.troubled]
    return ApprovedTogether(done, left, events, frozenset(awaited))
