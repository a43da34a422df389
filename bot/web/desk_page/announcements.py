"""What was announced to the units that the visitor answers for, and who has acknowledged it; to read only."""

from collections.abc import Mapping
from typing import Any

from bot.web.desk_page.visit import Page, Visit
from messages.leaders.follow_announcement_words import named_receiver
from messages.reporters.announced_words import short
from reporting.announcement import not_acknowledged
from services.follow_announcement import announcements_known, with_receipts

MOST_SHOWN = 50


def _show(visit: Visit) -> Mapping[str, Any]:
    context, words = visit.context, visit.words
    rows = []
    for each in announcements_known(context, visit.actor)[:MOST_SHOWN]:
        told = with_receipts(visit.connection, context.tree, each)
        lacking = not_acknowledged(told.receipts)
        at = each.sent_at or each.send_at
        rows.append(
            {
                "number": str(each.id),
                "text": short(each.text),
                "by": f"{told.by.name}, {told.seat.title}",
                "at": words.show(at.astimezone(context.zone)) if at is not None else "",
                "due": words.show(each.due_at.astimezone(context.zone)) if each.due_at is not None else "",
                "state": words.plain(f"announcement_state_{each.state}"),
                "done": f"{len(told.receipts) - len(lacking)}/{len(told.receipts)}",
                "lacking": [f"{told.units[one.unit_id].title}: {named_receiver(one, words)}" for one in lacking],
            }
        )
    return {"rows": rows}


ANNOUNCEMENTS = Page("/announcements", "page_announcements", "announcements.html", _show, ("leader", "admin"))
