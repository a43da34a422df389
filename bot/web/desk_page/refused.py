"""What a portal has refused, in its own words, and targets that nothing reaches."""

from collections.abc import Mapping
from typing import Any

from bot.web.desk_page.visit import ADMINS, Page, Visit
from reporting.texts import in_language
from services.portal_troubles import refused_lately, stopped_targets


def _show(visit: Visit) -> Mapping[str, Any]:
    context, words = visit.context, visit.words
    forms = {each.key: each for each in context.forms}

    def label(form: str, indicator: str) -> str:
        question = forms[form].by_name.get(indicator) if form in forms else None
        return in_language(question.alone, words.language) if question is not None else indicator

    rows = [
        {
            "id": each.id,
            "target": each.target,
            "unit": context.unit(each.unit_id),
            "form": each.form,
            "period": each.period,
            "at": words.show(each.refused_at.astimezone(context.zone)),
            "values": [
                (label(each.form, one.indicator), one.value, f"{one.words} {one.code}".strip()) for one in each.receipts
            ],
        }
        for each in refused_lately(visit.connection, context.now)
    ]
    stopped = [
        {"target": each.target, "since": words.show(each.since.astimezone(context.zone)), "waiting": each.waiting}
        for each in stopped_targets(visit.connection, context.now)
    ]
    return {"rows": rows, "stopped": stopped}


REFUSED = Page("/refused", "page_refused", "refused.html", _show, ADMINS)
