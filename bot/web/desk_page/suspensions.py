"""Suspensions: which there are, a new one, and one lifted again."""

from collections.abc import Mapping
from typing import Any

from bot.web.desk_page.visit import ADMINS, Deed, Done, Page, Visit
from reporting.errors import Refused
from reporting.press import read_id
from reporting.texts import in_language
from services.suspend import lift, suspend, suspended


def _show(visit: Visit) -> Mapping[str, Any]:
    words, today = visit.words, visit.context.today
    titles = {each.key: in_language(each.title, words.language) for each in visit.context.forms}
    rows = [
        {
            "id": each.id,
            "unit": each.unit,
            "form": titles.get(each.suspension.form, each.suspension.form),
            "first_on": each.suspension.first_on,
            "last_on": each.suspension.last_on,
            "reason": each.suspension.reason,
        }
        for each in suspended(visit.connection, today)
    ]
    return {"rows": rows, "forms": titles, "units": visit.units("reopen"), "today": today}


def _suspend(visit: Visit) -> Done:
    context = visit.context
    if not visit.text("first_on"):
        raise Refused("page_no_day", day="")
    first_on = visit.day("first_on", context.today)
    done = suspend(
        visit.connection,
        first_on,
        visit.day("last_on", first_on),
        context.now,
        unit=visit.unit("reopen") if visit.text("unit") or not is_of_whole_tree(visit) else None,
        form=visit.text("form"),
        reason=visit.text("reason")[:200],
        by=visit.actor.person.id,
    )
    key = "page_suspended" if done.unit is not None else "page_suspended_all"
    values = {"first_on": done.suspension.first_on, "last_on": done.suspension.last_on}
    unit = {"unit": done.unit.title} if done.unit is not None else {}
    return Done(SUSPENSIONS.path, visit.words(key, **values, **unit))


def _lift(visit: Visit) -> Done:
    try:
        number = read_id(visit.text("id"))
    except ValueError:
        raise Refused("suspension_unknown", id=visit.text("id")[:20]) from None
    of = next((each for each in suspended(visit.connection, visit.context.today) if each.id == number), None)
    if of is not None and not (is_of_whole_tree(visit) if of.unit is None else _within(visit, of.unit.id)):
        raise Refused("suspension_unknown", id=str(number))
    lift(visit.connection, number, visit.context.now, visit.actor.person.id)
    return Done(SUSPENSIONS.path, visit.words("page_lifted"))


def is_of_whole_tree(visit: Visit) -> bool:
    """Whether he is admin of a whole tree."""
    admins = [duty for duty in visit.actor.duties if duty.role == "admin"]
    return any(visit.context.unit(duty.unit_id).parent_id is None for duty in admins)


def _within(visit: Visit, unit_id: int) -> bool:
    tree = visit.context.tree
    seats = [tree.unit(duty.unit_id) for duty in visit.actor.duties if duty.role == "admin"]
    return any(tree.is_within(tree.unit(unit_id), seat) for seat in seats)


SUSPENSIONS = Page("/suspensions", "page_suspensions", "suspensions.html", _show, ADMINS)
SUSPEND = Deed("/suspensions/add", SUSPENSIONS, _suspend)
LIFT = Deed("/suspensions/lift", SUSPENSIONS, _lift)
