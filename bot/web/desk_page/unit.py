"""A unit's page: where it stands with a report, its figures, who sent what when and why, its rates and its people."""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from bot.web.desk_page.visit import Page, Visit
from messages.leaders.acting_words import value_said
from messages.leaders.rates_words import rates_said
from messages.leaders.returning_words import review_lines
from messages.leaders.road_words import road_name, roads_said
from messages.leaders.standing_words import mark_of, status_said
from messages.reminders.reminder_words import late_reason_said
from reporting.digests.unit_page import UnitPage
from reporting.figures.figure import Figure
from reporting.filling.unusual import bounds_said
from reporting.forms import Form
from reporting.period_types import Period, period_before
from reporting.reports import Report
from reporting.texts import in_language
from reporting.translator import Translator
from reporting.units import Unit
from services.look_at_unit import look_at_unit, units_below

MOST_PAST = 14
"""So many of the last periods are shown with how it stood with them."""


def _show(visit: Visit) -> Mapping[str, Any]:
    form, words = visit.form(), visit.words
    unit = visit.unit("look")
    if form is None:
        return {"form": None, "unit": unit}
    period, of = visit.period(form), form.schedule.period_type
    below = units_below(visit.context, visit.actor, form, unit, period)
    page = look_at_unit(visit.context, visit.actor, form, unit, period) if not below else None
    found = {
        "form": form,
        "unit": unit,
        "day": period,
        "period": words.show(Period(of, period)),
        "title": in_language(form.title, words.language),
        "before": period_before(of, period),
        "after": visit.period_after(form, period),
        "today": visit.context.today,
        "below": below,
        "page": page,
    }
    return {**found, **_told(page, form, unit, visit)} if page is not None else found


def _told(page: UnitPage, form: Form, unit: Unit, visit: Visit) -> Mapping[str, Any]:
    """What is told of a unit that reports."""
    words, stands = visit.words, page.standing
    on_change = form.schedule.period_type.kind == "on change"
    figures = list(_figures(page, form, words))
    return {
        "mark": mark_of(stands, on_change) if stands is not None else "",
        "status": status_said(form, stands, words) if stands is not None else "",
        "reason": late_reason_said(page.reason, words),
        "figures": figures,
        "provisional": any(each[2].provisional for each in figures),
        "revisions": [_revision(each, page, visit) for each in page.revisions],
        "reviews": [Markup(line) for line in review_lines(page, words)],  # noqa: S704 - what people wrote in them is escaped
        "past": [
            (each.deadline.period, mark_of(each, on_change), status_said(form, each, words))
            for each in page.evidence.past[-MOST_PAST:]
            if each.deadline.unit_id == unit.id
        ],
        "rates": rates_said(page.rates, words),
        "contacts": page.contacts,
    }


def _figures(page: UnitPage, form: Form, words: Translator) -> Iterator[tuple[str, str, Figure, str, bool, str, str]]:
    """Each figure: label, value, the figure itself, its usual range, whether it lies outside, why that is right, its road."""
    for question in form.indicators:
        known, name = page.figures.get(question.name), question.name
        if known is None or known.value is None:
            continue
        yield (
            in_language(question.alone, words.language),
            value_said(form, name, known.value, words),
            known,
            bounds_said(page.usual[name], words) if name in page.usual else "",
            page.is_unusual(name),
            page.reason_for(name),
            road_name(page.road_of(name), words),
        )


def _revision(report: Report, page: UnitPage, visit: Visit) -> Mapping[str, Any]:
    return {
        "revision": report.revision,
        "number": report.number,
        "at": visit.words.show(report.sent_at.astimezone(visit.context.zone)),
        "by": page.names.get(report.sent_by or 0, ""),
        "reason": report.reason,
        "roads": roads_said(report, visit.words),
    }


UNIT = Page("/unit", "page_unit", "unit.html", _show, in_menu=False)
