"""The first page: how units stand with a report of a day, as a board with filters."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.web.desk_page.visit import Page, Visit
from messages.leaders.standing_words import SIGNS, mark_of, status_said
from messages.reminders.reminder_words import late_reason_said
from reporting.period_types import Period, period_before
from reporting.questions.names import plain_name
from reporting.texts import in_language
from reporting.translator import Translator
from services.standing import standing


def _show(visit: Visit) -> Mapping[str, Any]:
    form, words = visit.form(), visit.words
    if form is None:
        return {"form": None}
    unit, period = visit.unit("standing"), visit.period(form)
    table = standing(visit.context, visit.actor, form, unit, period)
    of = form.schedule.period_type
    found = {
        "form": form,
        "forms": [(each.key, in_language(each.title, words.language)) for each in visit.forms],
        "unit": unit,
        "roots": visit.roots("standing"),
        "day": period,
        "period": words.show(Period(of, period)),
        "before": period_before(of, period),
        "after": visit.period_after(form, period),
        "today": visit.context.today,
        "marks": {mark: words.plain(f"page_mark_{mark}") for mark in SIGNS},
        "search": visit.text("q"),
        "chosen": visit.text("mark"),
        "coverage": None,
        "rows": [],
        "counts": {},
    }
    if table is None:
        return found
    wanted = plain_name(visit.text("q")).split()
    rows, counts = [], dict[str, int]()
    order = list(SIGNS)
    for each in sorted(table.standings, key=lambda one: order.index(mark_of(one, table.is_on_change))):
        at = visit.context.unit(each.deadline.unit_id)
        mark = mark_of(each, table.is_on_change)
        counts[mark] = counts.get(mark, 0) + 1
        if visit.text("mark") not in ("", mark) or not all(word in plain_name(at.title) for word in wanted):
            continue
        sent = table.at(each)
        rows.append(
            {
                "unit": at,
                "mark": mark,
                "status": status_said(form, each, words),
                "at": _moment(sent, period, words),
                "revision": each.sent.revision if each.sent is not None else 0,
                "reason": late_reason_said(table.reasons.get(at.id), words),
            }
        )
    return found | {"rows": rows, "counts": counts, "coverage": table.coverage}


def _moment(sent: date | datetime | None, period: date, words: Translator) -> str:
    """When it came: of its own day the time is enough."""
    if sent is None:
        return ""
    return words.show(sent.time() if isinstance(sent, datetime) and sent.date() == period else sent)


BOARD = Page("/", "page_board", "board.html", _show)
