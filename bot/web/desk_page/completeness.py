"""Completeness by question: which figures are left unknown or skipped, who is late often and who has got better; and the table."""

from collections.abc import Mapping
from typing import Any

from bot.drawing import draw
from bot.web.desk_page.exports import TYPES
from bot.web.desk_page.visit import Download, Page, Visit, as_read
from messages.leaders.completeness_words import table_of
from messages.leaders.rates_words import rates_said
from reporting.errors import Refused
from reporting.forms import Form
from reporting.rounds.completeness import Completeness
from reporting.say import Drawn
from reporting.texts import in_language
from services.read_completeness import completeness_of, days_looked_at

MOST_UNITS = 8


def _found(visit: Visit, form: Form) -> Completeness:
    context, unit = visit.context, visit.unit("digest")
    until = min(visit.day("until", context.today), context.today)
    since = visit.day("since", days_looked_at(form, unit, context.tree, until)[0])
    return completeness_of(visit.connection, form, unit, since, until, context.tree, context.now, context.zone)


def _show(visit: Visit) -> Mapping[str, Any]:
    form, words = visit.form(), visit.words
    if form is None:
        return {"form": None}
    found = _found(visit, form)
    rows = [
        {
            "label": in_language(question.alone, words.language),
            "counts": counts,
            "units": found.lacking_of(question)[:MOST_UNITS],
            "more": len(found.lacking_of(question)) - MOST_UNITS,
        }
        for question, counts in found.worst
    ]
    return {
        "form": form,
        "forms": [(each.key, in_language(each.title, words.language)) for each in visit.forms],
        "roots": visit.roots("digest"),
        "found": found,
        "rows": rows,
        "rates": as_read(rates_said(found.rates, words)),
    }


def _table(visit: Visit) -> tuple[str, str, bytes]:
    form = visit.form()
    if form is None:
        raise Refused("task_nothing_open")
    found = _found(visit, form)
    name = f"completeness-{found.unit.code}-{found.first_on:%Y%m%d}-{found.last_on:%Y%m%d}.xlsx"
    return name, TYPES["xlsx"], draw(Drawn(name, table_of(found, visit.words)))


COMPLETENESS = Page("/completeness", "page_completeness", "completeness.html", _show)
COMPLETENESS_TABLE = Download("/completeness/table", _table)
