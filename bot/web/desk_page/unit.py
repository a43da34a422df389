"""A unit's page: where it stands with a report, its figures, who sent what when and why, its rates and its people."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from bot.web.desk_page.visit import Page, Visit
from messages.leaders.acting_words import value_said
from messages.leaders.rates_words import rates_said
from messages.leaders.returning_words import review_lines
from messages.leaders.road_words import road_name, roads_said
from messages.leaders.standing_words import mark_of, status_said
from messages.reminders.reminder_words import late_reason_said
from reporting.filling.unusual import bounds_said
from reporting.period_types import Period, period_before
from reporting.texts import in_language
from services.look_at_unit import look_at_unit, units_below


def _show(visit: Visit) -> Mapping[str, Any]:
    form, words = visit.form(), visit.words
    unit = visit.unit("look")
    if form is None:
        return {"form": None, "unit": unit}
    period, of = visit.period(form), form.schedule.period_type
    below = units_below(visit.context, visit.actor, form, unit, period)
    page = look_at_unit(visit.context, visit.actor, form, unit, period) if not below else None
    zone = visit.context.zone
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
    if page is None:
        return found
    figures = [
        (
            in_language(each.alone, words.language),
            value_said(form, each.name, known.value, words),
            known,
            bounds_said(page.usual[each.name], words) if each.name in page.usual else "",
            page.is_unusual(each.name),
            page.reason_for(each.name),
            road_name(page.road_of(each.name), words),
        )
        for each in form.indicators
        if (known := page.figures.get(each.name)) is not None and known.value is not None
    ]
    revisions = [
        {
            "revision": each.revision,
            "number": each.number,
            "at": words.show(each.sent_at.astimezone(zone)),
            "by": page.names.get(each.sent_by or 0, ""),
            "reason": each.reason,
            "roads": roads_said(each, words),
        }
        for each in page.revisions
    ]
    on_change = of.kind == "on change"
    past = [
        (each.deadline.period, mark_of(each, on_change), status_said(form, each, words))
        for each in page.evidence.past[-14:]
        if each.deadline.unit_id == unit.id
    ]
    return found | {
        "mark": mark_of(page.standing, on_change) if page.standing is not None else "",
        "status": status_said(form, page.standing, words) if page.standing is not None else "",
        "reason": late_reason_said(page.reason, words),
        "figures": figures,
        "provisional": any(each[2].provisional for each in figures),
        "revisions": revisions,
        "reviews": [Markup(line) for line in review_lines(page, words)],  # noqa: S704 - what people wrote in them is escaped
        "past": past,
        "rates": rates_said(page.rates, words),
        "contacts": page.contacts,
    }


UNIT = Page("/unit", "page_unit", "unit.html", _show, in_menu=False)
