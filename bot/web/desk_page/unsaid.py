"""What could not be said to officials, or nobody knows whether it came; it is said again by a button."""

from collections.abc import Mapping
from typing import Any

from bot.web.desk_page.visit import ADMINS, Deed, Done, Page, Visit
from messages.admins import undelivered as told
from reporting.errors import Refused
from reporting.press import read_id
from reporting.undelivered import of_desk
from services.say_again import Admin, say_again
from storage.messages import undelivered


def _admin(visit: Visit) -> Admin:
    held = [duty for duty in visit.actor.duties if duty.role == "admin"]
    return Admin(visit.actor.person.id, held, visit.context.tree)


def _show(visit: Visit) -> Mapping[str, Any]:
    context, tree, words = visit.context, visit.context.tree, visit.words
    found = of_desk(undelivered.unsaid(visit.connection, context.today), _admin(visit).duties, tree)
    rows = [
        {
            "id": each.id,
            "whom": told.whom(each, tree, words),
            "why": told.why(each, words),
            "text": told.text(each),
            "at": words.show(each.created_at.astimezone(context.zone)),
            "again": each.can_be_said_again(context.channels, context.now),
        }
        for each in found
    ]
    return {"rows": rows}


def _again(visit: Visit) -> Done:
    context = visit.context
    try:
        message_id = read_id(visit.text("id"))
    except ValueError:
        raise Refused("page_unsaid_over") from None
    try:
        done = say_again(visit.connection, message_id, context.channels, context.today, context.now, _admin(visit))
    except Refused as refused:
        raise Refused("page_unsaid_over") if refused.key == "unsaid_gone" else refused from None
    said = visit.words("page_unsaid_done", whom=told.whom(done, context.tree, visit.words))
    return Done(UNSAID.path, said)


UNSAID = Page("/unsaid", "page_unsaid", "unsaid.html", _show, ADMINS)
AGAIN = Deed("/unsaid/again", UNSAID, _again)
