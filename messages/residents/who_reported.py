"""Who has not reported: for a period, or over several, told period by period."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from messages.residents.answer_lines import names_of
from messages.residents.days import day_said, due_words, when
from messages.residents.view import View
from reporting.figures.public_scope import is_not_due, is_under_way
from reporting.forms import Form
from reporting.rounds.standings import Standing, Status
from reporting.texts import in_language
from reporting.translator import Html
from reporting.units import Unit
from understanding.inquiry import Span
from understanding.periods_asked import MOST_TOLD
from understanding.public_answer import ReportedOn, WhoReported

MOST_NAMED = 40


def who_reported(view: View, of: WhoReported) -> Html:
    """Who has not reported by a form."""
    if not of.days:
        return missing_by_period(view, of.form, of.unit, of.span, of.standings)
    return view.joined([_on(view, of.form, of.unit, day) for day in of.days])


def _on(view: View, form: Form, unit: Unit, of: ReportedOn) -> Html:
    if of.is_of_many:
        return missing_among(view, form, unit, of.period, of.owed, of.silent)
    return missing(view, form, unit, of.period, of.standings)


def missing(view: View, form: Form, unit: Unit, period: date, standings: Sequence[Standing]) -> Html:
    """Who has not reported for a period, of a unit's area; or whether the unit itself has."""
    if len(standings) == 1 and standings[0].deadline.unit_id == unit.id:
        return _own_standing(view, form, unit, period, standings[0])
    owed = [each for each in standings if each.deadline.is_owed]
    late = [view.tree.unit(each.deadline.unit_id) for each in owed if not each.has_come]
    return missing_among(view, form, unit, period, len(owed), late)


def missing_among(view: View, form: Form, unit: Unit, period: date, owed: int, late: Sequence[Unit]) -> Html:
    """Who has not reported, where so many owed it."""
    words = view.words
    named = {"title": in_language(form.title, words.language), "when": day_said(view, form, period)}
    if not owed:
        return words("tell_nothing_owed", **named)
    if late and is_not_due(view, form, period):
        due_at = due_words(view, form, period)
        return words("tell_reported_so_far", done=owed - len(late), all=owed, unit=unit.title, due=due_at, **named)
    key = "tell_reported" if late else "tell_reported_all"
    lines = [words(key, done=owed - len(late), all=owed, unit=unit.title, **named)]
    if late:
        lines.append(words("tell_who_is_missing", n=len(late), names=names_of(view, late, MOST_NAMED)))
        under_way = is_under_way(view, form, period)
        lines.append(words("tell_due" if under_way else "tell_due_over", due=due_words(view, form, period)))
    return view.joined(lines)


def _own_standing(view: View, form: Form, unit: Unit, period: date, of: Standing) -> Html:
    words = view.words
    named = {"unit": view.named(unit), "when": day_said(view, form, period)}
    if of.sent is not None:
        at = of.sent.first_sent_at.astimezone(view.zone)
        return words("tell_has_reported_late" if of.status is Status.LATE else "tell_has_reported", at=at, **named)
    if of.in_archive:
        return words("tell_has_figures", **named)
    if not of.deadline.is_owed:
        return words("tell_free_day" if of.deadline.is_free_day else "tell_excused", **named)
    key = "tell_not_due" if is_under_way(view, form, period) else "tell_overdue"
    return words(key, due=due_words(view, form, period), **named)


def missing_by_period(view: View, form: Form, unit: Unit, span: Span, standings: Sequence[Standing]) -> Html:
    """A line for each period that lacks reports, one for all that are complete. `standings`: of the unit's area, oldest first."""
    by_period = {period: list(found) for period, found in groupby(standings, lambda standing: standing.deadline.period)}
    shown = dict(list(by_period.items())[-MOST_TOLD:])
    title = in_language(form.title, view.words.language)
    if not shown:
        return view.words("tell_nothing_owed", title=title, when=when(view, form, span))
    lines = [view.words("tell_reported_over", title=title, when=when(view, form, span), unit=unit.title)]
    is_own = all(each.deadline.unit_id == unit.id for found in shown.values() for each in found)
    complete: list[Html] = []
    for period, found in shown.items():
        line = _own(view, form, found[0]) if is_own else _of_area(view, form, period, found)
        if line:
            lines.append(line)
        else:
            complete.append(_named(view, form, period))
    if complete:
        lines.append(view.words("tell_reported_all_on", days=view.joined(complete, ", ")))
    if len(shown) == MOST_TOLD and min(shown) > span.first_on:
        lines.append(view.words("tell_only_newest", n=MOST_TOLD))
    return view.joined(lines)


def _of_area(view: View, form: Form, period: date, standings: Sequence[Standing]) -> Html:
    """Nothing where all have reported."""
    words, owed = view.words, [each for each in standings if each.deadline.is_owed]
    named = {"day": _named(view, form, period)}
    if not owed:
        return words("tell_day_nothing_owed", **named)
    missing = [view.tree.unit(each.deadline.unit_id) for each in owed if not each.has_come]
    if not missing:
        return Html("")
    values = {**named, "done": len(owed) - len(missing), "all": len(owed), "names": names_of(view, missing)}
    if is_not_due(view, form, period):
        return words("tell_day_not_due", due=due_words(view, form, period), **values)
    if is_under_way(view, form, period):
        return words("tell_day_under_way", due=due_words(view, form, period), **values)
    return words("tell_day_missing", **values)


def _own(view: View, form: Form, of: Standing) -> Html:
    """What is to be said of one unit's period; nothing where its report came in time, or is in the archive."""
    words, period = view.words, of.deadline.period
    named = {"day": _named(view, form, period)}
    if of.status is Status.LATE:
        return words("tell_day_own_late", **named)
    if of.has_come:
        return Html("")
    if not of.deadline.is_owed:
        return words("tell_day_free" if of.deadline.is_free_day else "tell_day_own_excused", **named)
    if is_under_way(view, form, period):
        return words("tell_day_own_under_way", due=due_words(view, form, period), **named)
    return words("tell_day_own_missing", **named)


def _named(view: View, form: Form, period: date) -> Html:
    return view.html(period) if form.schedule.period == "daily" else day_said(view, form, period)
