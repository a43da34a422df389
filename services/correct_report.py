"""Correct a report: one that was sent is open again, its figures are changed, or it is left as it was."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reporting.errors import Refusal, Refused
from reporting.events.reviews import CorrectedByDesk
from reporting.filling.drafts import Draft
from reporting.filling.fast import together
from reporting.filling.line_results import Lines
from reporting.filling.moves import Filling
from reporting.forms import Form
from reporting.people import Address, Person
from reporting.reports import Report
from reporting.units import Unit
from services.context import Context
from services.draft_session import (
    OtherHand,
    end_draft,
    filling_of,
    go_to_draft,
    is_moved_by_another,
    leave_draft,
    other_hand,
    refuse_if_closed,
    save_and_show,
)
from services.submit_report import Submission, send_draft, submit
from storage.organisation import people
from storage.reports import drafts, forms, reports

Read = Callable[[Filling], Lines]
"""Reads what somebody said as answers of this report. Raises NotUnderstood where it holds none."""


@dataclass(frozen=True, slots=True)
class MovedByAnother:
    """Nothing is changed: somebody else changed the draft since it was shown. `other`: who is at it just now."""

    filling: Filling
    other: OtherHand | None


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Nothing is changed, and why; `was_sent`: the report was sent, and stands."""

    filling: Filling
    refusal: Refusal
    was_sent: bool


@dataclass(frozen=True, slots=True)
class NothingChanged:
    """What was said is what was sent: the correction says nothing new, and the chat has left it."""

    before: Filling
    lines: Lines


@dataclass(frozen=True, slots=True)
class Changed:
    """The answers are in the draft. `now`: what the draft wants next, or what came of it where its correction was sent at once."""

    before: Filling
    lines: Lines
    now: Filling | Submission


Change = MovedByAnother | NotTaken | NothingChanged | Changed


def open_correction(context: Context, person: Person, filling: Filling) -> Filling:
    """A draft that was sent, opened again with the newest revision's answers. Refused when it is not, or too late."""
    draft = filling.draft
    report = reports.newest(context.connection, draft.form, draft.unit_id, draft.period)
    if report is None or draft.state != "sent":
        raise Refused("button_stale")
    refuse_if_closed(context, person, filling.form, draft)
    return filling_of(context, draft.correction_of(report), filling.form).settled()


def begin_correction(context: Context, person: Person, to: Address, draft: Draft, form: Form, at: str = "") -> Filling:
    """The chat is taken to the report that was sent, at its review; or `at` a question, if it is asked. Refused likewise."""
    opened = open_correction(context, person, filling_of(context, draft, form))
    go_to_draft(context, to, draft)
    is_asked = any(question.name == at for question in opened.asked)
    return save_and_show(context, person, to, opened.edit(at) if is_asked else opened)


def drop_correction(context: Context, person: Person, to: Address, filling: Filling) -> str:
    """«Bỏ»: a correction that was begun is given up; the number of the report that stands. Refused where there is none."""
    draft = filling.draft
    if not draft.correcting:
        raise Refused("nothing_to_drop")
    report = reports.newest(context.connection, draft.form, draft.unit_id, draft.period)
    end_draft(context, person, to, filling.form, draft.ended(report.answers if report else None))
    return report.number if report else draft.correcting


def change_figures(
    context: Context,
    person: Person,
    to: Address,
    filling: Filling,
    read: Read,
    message_id: int,
    what: str = "*",
    reason: str = "",
) -> Change:
    """Changes answers of a report, open or sent. A correction then wants its reason, unless `reason` says it: then it is sent.

    `message_id` is the message that answers `what` («*»: several questions), so that it can be edited.
    """
    draft = filling.draft
    if is_moved_by_another(context, draft, person, to):
        go_to_draft(context, to, draft)
        return MovedByAnother(filling, other_hand(context, draft, person))
    was_sent = draft.state == "sent"
    try:
        if was_sent:
            filling = open_correction(context, person, filling)
        lines = read(filling)
    except Refusal as refused:
        if not was_sent:
            go_to_draft(context, to, draft)
        return NotTaken(filling, refused, was_sent)
    go_to_draft(context, to, draft)
    moved = explained(together(filling, lines.answers), reason)
    moved = moved.with_draft(moved.draft.heard_in(to, message_id, what))
    return _changed(context, person, to, filling, lines, moved, reason)


def _changed(
    context: Context, person: Person, to: Address, before: Filling, lines: Lines, moved: Filling, reason: str
) -> NothingChanged | Changed:
    if not moved.draft.correcting or moved.draft.state != "review":
        return Changed(before, lines, save_and_show(context, person, to, moved))
    if moved.results == moved.stands and moved.draft.answers == before.draft.answers:
        leave_draft(context, to)
        return NothingChanged(before, lines)
    if reason:
        return Changed(before, lines, submit(context, person, to, moved, reason))
    return Changed(before, lines, save_and_show(context, person, to, moved.awaiting_reason()))


def explained(filling: Filling, reason: str) -> Filling:
    """The reason of a correction, if one was given, is the reason for what a soft check doubts in it too."""
    while reason and filling.draft.state == "awaiting a reason" and filling.draft.at:
        filling = filling.explain(reason)
    return filling


# the desk, after closing too


@dataclass(frozen=True, slots=True)
class DeskCorrection:
    """What came of the desk's correction. `new` None: nothing was sent, for something is not clear (see `lines`) or nothing changes.

    `moved`: what the report would say, or says; `is_clear`: whether all that was said could be taken.
    """

    before: Filling
    moved: Filling
    lines: Lines
    is_clear: bool
    new: Report | None = None
    events: Sequence[CorrectedByDesk] = ()


def report_numbered(context: Context, person: Person, number: str) -> Report:
    """The newest revision of the report with this number, if it is of a unit under the admin's. Refused where there is none."""
    roots = [context.unit(duty.unit_id) for duty in context.duties(person, "admin")]
    for each in reports.numbered(context.connection, number):
        if any(context.tree.is_within(context.unit(each.unit_id), root) for root in roots):
            return reports.newest(context.connection, each.form, each.unit_id, each.period) or each
    raise Refused("number_unknown", number=number)


def correct_by_desk(context: Context, person: Person, report: Report, read: Read, reason: str) -> DeskCorrection:
    """The desk corrects a report at once, with its reason; the unit's people are told who changed what and why.

    Refused where a rule of the form forbids it.
    """
    form = forms.version(context.connection, report.form, report.version)
    found = drafts.of_unit(context.connection, report.form, report.unit_id, report.period)
    draft = found[0] if found else drafts.begin(context.connection, form, report.unit_id, report.period)
    opened = replace(draft.correction_of(report), state="review", at="")
    filling = filling_of(context, opened, form)
    lines = read(filling)
    moved = explained(together(filling, lines.answers), reason)
    if lines.doubtful or moved.draft.state != "review":
        broken = moved.broken()
        if broken is not None:
            raise Refused("answer_against_rule", rule=broken)
        return DeskCorrection(filling, moved, lines, is_clear=False)
    if moved.results == moved.stands:
        return DeskCorrection(filling, moved, lines, is_clear=True)
    new = send_draft(context, person, moved, report, reason)
    told = _told(context, person, context.unit(report.unit_id), moved, reason)
    return DeskCorrection(filling, moved, lines, is_clear=True, new=new, events=told)


def _told(context: Context, by: Person, unit: Unit, moved: Filling, reason: str) -> list[CorrectedByDesk]:
    theirs = people.with_duty(context.connection, unit.id, ("reporter", "deputy", "chair"), context.today)
    return [CorrectedByDesk(each, by, unit, moved, reason) for each in theirs if each.id != by.id]
