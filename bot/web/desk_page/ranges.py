"""Usual ranges: what the desk has set for figures of units in the place of their history, a new one, and one taken back."""

from collections.abc import Mapping
from typing import Any

from bot.web.desk_page.visit import ADMINS, Deed, Done, Page, Visit
from reporting.filling.unusual import bounds_said
from reporting.texts import in_language
from services.set_range import SetBounds, bound_typed, ranges_set, set_range, take_back_range


def _show(visit: Visit) -> Mapping[str, Any]:
    words, today, found = visit.words, visit.context.today, visit.units("reopen")
    rows = [
        {
            "form": each.form.key,
            "title": in_language(each.form.title, words.language),
            "unit": each.unit,
            "name": each.question.name,
            "label": in_language(each.question.alone, words.language),
            "range": bounds_said(each.range, words),
            "until": each.of.until,
            "reason": each.of.reason,
        }
        for each in ranges_set(visit.connection, today, {unit.id for unit in found})
    ]
    figures = {
        f"{form.key}/{each.name}": f"{in_language(each.alone, words.language)} ({in_language(form.title, words.language)})"
        for form in visit.context.forms
        for each in form.ranged
    }
    return {"rows": rows, "figures": figures, "units": found, "today": today}


def _set(visit: Visit) -> Done:
    context, unit = visit.context, visit.unit("reopen")
    form, _, figure = visit.text("figure").partition("/")
    until = visit.day("until", context.today) if visit.text("until") else None
    bounds = SetBounds(bound_typed(visit.text("low")), bound_typed(visit.text("high")), until, visit.text("reason"))
    by = visit.actor.person.id
    found = set_range(visit.connection, context.tree, form, figure, unit, bounds, context.now, context.today, by)
    return Done(RANGES.path, visit.words("ranges_done", figure=figure, unit=unit.title, n=len(found)))


def _take_back(visit: Visit) -> Done:
    context, unit = visit.context, visit.unit("reopen")
    form, _, figure = visit.text("figure").partition("/")
    by = visit.actor.person.id
    found = take_back_range(visit.connection, context.tree, form, figure, unit, context.now, context.today, by)
    return Done(RANGES.path, visit.words("ranges_taken_back", figure=figure, unit=unit.title, n=len(found)))


RANGES = Page("/ranges", "page_ranges", "ranges.html", _show, ADMINS)
RANGE_DEEDS = (Deed("/ranges/set", RANGES, _set), Deed("/ranges/back", RANGES, _take_back))
