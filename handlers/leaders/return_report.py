"""«Trả lại»: whoever approves or answers for a unit returns its report, whole or by figures, and says why."""

import re
from dataclasses import replace

from handlers.leaders.comment_asked import (
    CommentAsked,
    ask_comment,
    comment_asked,
    comment_dropped,
    commented,
    is_given_up,
)
from handlers.leaders.leader_access import (
    Asker,
    asker_of,
    form_meant,
    inquired,
    of_button,
    periods_meant,
    told_in_place,
)
from handlers.reporters.open_report import open_again
from messages.leaders.returning_words import ask_what_and_why, returned_told
from reporting.errors import Refused
from reporting.filling.tasks import Task, is_charged
from reporting.forms import Form
from reporting.incoming import Message, Tap
from reporting.presses.leaders import ReturnReport
from reporting.presses.reporters import CorrectReturned
from reporting.reviews import returnable
from reporting.say import Say
from services.access import refuse
from services.context import Context
from services.return_report import Returnable, report_to_return, return_report
from services.waiting_reviews import report_numbered_for_review, returned_reports
from storage.organisation import people
from storage.reports import forms, reviews
from understanding import Inquiry

NUMBER = re.compile(r"(?P<number>[A-Za-z]\w*-\S+-\d{6}-\d+)\s*(?P<places>[\d\s,;]*)")
PLACES = re.compile(r"(?P<places>\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*:\s*(?P<comment>.+)", re.DOTALL)


def return_pressed(tap: Tap, press: ReturnReport, context: Context) -> list[Say]:
    """«Trả lại», and each figure under it: asks for what, and why; what is typed next is the comment."""
    asker = asker_of(context, tap, "return")
    form, unit, period = of_button(context, press)
    found = report_to_return(context, asker.actor, form, unit, period, press.revision)
    if found is None:
        return told_in_place(asker, [Say(asker.home, asker.words("return_stale"))])
    about = CommentAsked("return", form.key, unit.id, period, press.revision)
    before = comment_asked(context.person(asker.home), context.now)
    if press.place is None or before is None or replace(before, places=()) != about:
        return _asked(context, asker, found, replace(about, places=(press.place,) if press.place else ()))
    chosen = {*before.places} ^ {press.place}
    return _asked(context, asker, found, replace(about, places=tuple(sorted(chosen))))


def return_typed(message: Message, context: Context) -> list[Say]:
    """/tralai <unit or number> [figures] [day]: <why>; without the reason it is asked for."""
    asker = asker_of(context, message, "return")
    about, _, comment = message.arguments.partition(":")
    found, names = _meant(context, asker, about)
    places = tuple(at for at, each in enumerate(returnable(found.form, found.report.answers), 1) if each.name in names)
    report = found.report
    of = CommentAsked("return", found.form.key, found.unit.id, report.period, report.revision, places)
    if not comment.strip():
        return _asked(context, asker, found, of)
    return told_in_place(asker, _returned(context, asker, of, comment))


def comment_typed(message: Message, context: Context) -> list[Say] | None:
    """The comment on what is to be returned; «1, 3: …» says of which figures too. None where none is asked for."""
    of = commented(message, context, "return")
    if of is None:
        return None
    asker = asker_of(context, message, "return")
    if is_given_up(message.said):
        return comment_dropped(context, message.chat, asker.person)
    comment = message.said
    if listed := PLACES.fullmatch(comment.strip()):
        of, comment = replace(of, places=_places(listed["places"])), listed["comment"]
    return _returned(context, asker, of, comment)


def correct_pressed(tap: Tap, press: CorrectReturned, context: Context) -> list[Say]:
    """«Mở để sửa» under a report that came back: its correction, at the figure that was returned."""
    asker = asker_of(context, tap, "correct")
    review = reviews.step(context.connection, press.review_id)
    form = forms.published(context.connection, review.form, review.period) if review is not None else None
    if review is None or form is None:
        raise Refused("button_unknown_to_us")
    unit = context.unit(review.unit_id)
    if not is_charged(form, unit, asker.duties, context.tree):
        refuse(context, asker.actor, "correct", unit)
    waiting = returned_reports(context.connection, context.tree, context.today, [unit.id])
    if not any(review.id == each.id for found in waiting for each in found.returns):
        return [Say(asker.home, asker.words("return_over"))]
    at = review.figures[0] if review.figures else ""
    return open_again(context, asker.person, asker.home, Task(form, unit, review.period), at)


def _meant(context: Context, asker: Asker, typed: str) -> tuple[Returnable, frozenset[str]]:
    """Which report was typed, and the names of the figures. Refused where none is, or it has not come."""
    if numbered := NUMBER.fullmatch(typed.strip()):
        form, unit, report = report_numbered_for_review(context, numbered["number"])
        found = report_to_return(context, asker.actor, form, unit, report.period, report.revision)
        if found is None:
            raise Refused("return_stale")
        places = _places(numbered["places"])
        chosen = [each.name for at, each in enumerate(returnable(found.form, report.answers), 1) if at in places]
        return found, frozenset(chosen)
    inquiry = inquired(context, typed, asker.duties)
    if inquiry is None or len(inquiry.units) != 1:
        raise Refused("return_usage")
    return _of_unit(context, asker, inquiry)


def _of_unit(context: Context, asker: Asker, inquiry: Inquiry) -> tuple[Returnable, frozenset[str]]:
    unit = inquiry.units[0]
    form: Form = form_meant(context, unit, inquiry)
    period = periods_meant(context, form, inquiry)[-1]
    found = report_to_return(context, asker.actor, form, unit, period)
    if found is None:
        raise Refused("return_no_report", unit=unit.title, period=form.period(period))
    named = (each.question for each in (*inquiry.indicators, *inquiry.indicator_choices) if each.form == form.key)
    return found, frozenset(named)


def _places(listed: str) -> tuple[int, ...]:
    return tuple(sorted({int(each) for each in re.findall(r"\d{1,3}", listed)}))


def _asked(context: Context, asker: Asker, found: Returnable, of: CommentAsked) -> list[Say]:
    """In his own chat: what is typed in a group is not read."""
    ask_comment(context, asker.home, of)
    by = people.people_of(context.connection, [each.by for each in found.returns if each.by is not None])
    names = {one: each.name for one, each in by.items()}
    about = (found.form, found.report, found.unit, found.returns, names, of.places)
    return told_in_place(asker, [ask_what_and_why(*about, context.zone, asker.home, asker.words)])


def _returned(context: Context, asker: Asker, of: CommentAsked, comment: str) -> list[Say]:
    """What whoever returned it hears; the unit is told by the clock."""
    form = forms.published(context.connection, of.form, of.period)
    if form is None:
        raise Refused("button_unknown_to_us")
    unit = context.unit(of.unit_id)
    found = report_to_return(context, asker.actor, form, unit, of.period, of.revision)
    known = returnable(found.form, found.report.answers) if found is not None else []
    if any(not 1 <= at <= len(known) for at in of.places) and found is not None:
        raise Refused("return_no_place", n=len(known))
    names = [known[at - 1].name for at in of.places] if found is not None else []
    people.ask_no_more(context.connection, asker.home)
    done = return_report(context, asker.actor, form, unit, of.period, of.revision, names, comment)
    if found is None or done.state == "stale":
        return [Say(asker.home, asker.words("return_stale"))]
    until = done.until.astimezone(context.zone) if done.until is not None else None
    told = people.names(done.people)
    return [returned_told(found.form, found.report, unit, names, told, until, asker.home, asker.words)]
