"""Leaders approve reports, one tier after the other, and take an approval back with a reason."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from handlers.leaders.comment_asked import CommentAsked, ask_comment, comment_dropped, commented, is_given_up
from handlers.leaders.leader_access import Asker, asker_of, of_button, place, told_in_place
from messages.leaders.approval_words import approvals_say, approved_together_say
from messages.leaders.returning_words import tier_said
from messages.notices import notices_of
from reporting.approvals import AwaitsApproval
from reporting.errors import Refused
from reporting.forms import Form
from reporting.incoming import Message, Tap
from reporting.people import Address
from reporting.presses.leaders import Approve, ApproveUndoubted, DropReturn, Unapprove
from reporting.say import Button, Say
from reporting.typed_buttons import phrase_said
from reporting.units import Unit
from services.approve import approve, unapprove
from services.approve_undoubted import approve_undoubted
from services.context import Context
from services.waiting_reviews import awaiting_approval, looked_at, report_numbered_for_review
from storage.reports import forms


def approve_typed(message: Message, context: Context) -> list[Say]:
    """/duyet: what waits for approval; /duyet <number>: that report is approved; /duyet hết: all without doubt."""
    asker = asker_of(context, message, "approve")
    number = message.arguments.strip()
    if not number:
        return told_in_place(asker, approvals_waiting(context, asker))
    if phrase_said(number, ("typed_approve_all",)) == ("typed_approve_all", ""):
        return told_in_place(asker, _approved_together(context, asker, None, None))
    form, unit, report = report_numbered_for_review(context, number)
    return told_in_place(asker, _approved(context, asker, form, unit, report.period, report.revision))


def approve_pressed(tap: Tap, press: Approve, context: Context) -> list[Say]:
    """«Duyệt»."""
    asker = asker_of(context, tap, "approve")
    form, unit, period = of_button(context, press)
    return told_in_place(asker, _approved(context, asker, form, unit, period, press.revision))


def unapprove_typed(message: Message, context: Context) -> list[Say]:
    """/boduyet <number>: <why>; without the reason it is asked for."""
    asker = asker_of(context, message, "unapprove")
    number, _, reason = message.arguments.partition(":")
    if not number.strip():
        raise Refused("unapprove_usage")
    form, unit, report = report_numbered_for_review(context, number.strip())
    of = CommentAsked("unapprove", form.key, unit.id, report.period, report.revision)
    return told_in_place(asker, _unapproved(context, asker, of, reason) if reason.strip() else _why(context, asker, of))


def unapprove_pressed(tap: Tap, press: Unapprove, context: Context) -> list[Say]:
    """«Bỏ duyệt»: asks why; what is typed next is the reason."""
    asker = asker_of(context, tap, "unapprove")
    form, unit, period = of_button(context, press)
    return told_in_place(
        asker, _why(context, asker, CommentAsked("unapprove", form.key, unit.id, period, press.revision))
    )


def reason_typed(message: Message, context: Context) -> list[Say] | None:
    """The reason for which an approval is taken back; None where none is asked for."""
    of = commented(message, context, "unapprove")
    if of is None:
        return None
    asker = asker_of(context, message, "unapprove")
    if is_given_up(message.said):
        return comment_dropped(context, message.chat, asker.person)
    return _unapproved(context, asker, of, message.said)


def _approved(context: Context, asker: Asker, form: Form, unit: Unit, period: date, revision: int) -> Sequence[Say]:
    done = approve(context, asker.actor, form, unit, period, revision)
    words, to = asker.words, place(context, asker, unit)
    tier = tier_said(done.awaited, words) if done.awaited is not None else ""
    about = {"number": done.number, "unit": unit.title, "period": form.period(period), "tier": tier}
    said = Say(to, words(f"approve_{done.state.replace(' ', '_')}", **about))
    return [said, *notices_of(done.events, context.zone)]


def _why(context: Context, asker: Asker, of: CommentAsked) -> Sequence[Say]:
    form, unit = forms.published(context.connection, of.form, of.period), context.unit(of.unit_id)
    if form is None:
        raise Refused("button_unknown_to_us")
    ask_comment(context, asker.home, of)
    drop = Button(asker.words.plain("comment_drop"), DropReturn())
    return [Say(asker.home, asker.words("unapprove_why", unit=unit.title, period=form.period(of.period)), ((drop,),))]


def _unapproved(context: Context, asker: Asker, of: CommentAsked, reason: str) -> list[Say]:
    form, unit = forms.published(context.connection, of.form, of.period), context.unit(of.unit_id)
    if form is None:
        raise Refused("button_unknown_to_us")
    done = unapprove(context, asker.actor, form, unit, of.period, of.revision, reason)
    words = asker.words
    tier = tier_said(done.awaited, words) if done.awaited is not None else ""
    about = {"number": done.number, "unit": unit.title, "period": form.period(of.period), "tier": tier}
    said = Say(asker.home, words(f"unapprove_{done.state.replace(' ', '_')}", **about))
    return [said, *notices_of(done.events, context.zone)]


def undoubted_pressed(tap: Tap, press: ApproveUndoubted, context: Context) -> list[Say]:
    """«Duyệt … báo cáo không có điểm cần lưu ý»: those that the message told of, as they stood then."""
    asker = asker_of(context, tap, "approve")
    form = next((each for each in context.forms if each.key == press.form), None)
    if form is None:
        raise Refused("button_unknown_to_us")
    return told_in_place(asker, _approved_together(context, asker, form, datetime.fromtimestamp(press.until, UTC)))


def _approved_together(context: Context, asker: Asker, form: Form | None, until: datetime | None) -> Sequence[Say]:
    done = approve_undoubted(context, asker.actor, form, until)
    said = approved_together_say(done.done, done.left, done.awaited, asker.home, asker.words)
    return [said, *notices_of(done.events, context.zone)]


def approvals_waiting(context: Context, asker: Asker) -> list[Say]:
    """A message for each form of which reports wait for this person."""
    found = looked_at(context.connection, awaiting_approval(context, asker.actor))
    by_form: dict[str, list[AwaitsApproval]] = {}
    for each in found:
        by_form.setdefault(each.form.key, []).append(each)
    says = [
        approvals_say(of[0].form, of, context.now, _place(context, asker, of), asker.words) for of in by_form.values()
    ]
    return says or [Say(asker.to, asker.words("approve_nothing"))]


def _place(context: Context, asker: Asker, of: Sequence[AwaitsApproval]) -> Address:
    """In a group only where all of these units may be told of there."""
    places = {place(context, asker, each.unit) for each in of}
    return places.pop() if len(places) == 1 else asker.home
