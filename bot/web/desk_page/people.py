"""Who is charged with what, and an invitation for one more."""

from collections.abc import Mapping
from typing import Any

from bot.web.desk_page.visit import ADMINS, Deed, Done, Page, Visit
from reporting.errors import Refused
from reporting.forms import Form
from reporting.people import ROLES
from reporting.questions.names import plain_name
from reporting.rounds.standings import expected_units
from services.invite import invite
from storage.organisation import people

DAYS, MOST_DAYS = 7, 60
MOST_SHOWN = 300


def _show(visit: Visit) -> Mapping[str, Any]:
    context, tree, words = visit.context, visit.context.tree, visit.words
    under = {each.id: each for root in visit.roots("look") for each in tree.under(root, context.today)}
    held = people.duties(visit.connection, context.today, list(under))
    found = people.people_of(visit.connection, {duty.person_id for duty in held})
    wanted = plain_name(visit.text("q")).split()
    shown = [
        duty
        for duty in held
        if duty.person_id in found
        and all(word in plain_name(f"{found[duty.person_id].name} {under[duty.unit_id].title}") for word in wanted)
    ]
    shown.sort(key=lambda duty: (under[duty.unit_id].name_order, ROLES.index(duty.role)))
    rows = [
        {
            "name": found[duty.person_id].name,
            "role": words.plain(f"role_{duty.role}"),
            "unit": under[duty.unit_id],
            "since": duty.since,
        }
        for duty in shown[:MOST_SHOWN]
    ]
    reporting = {duty.unit_id for duty in held if duty.role in ("reporter", "deputy")}
    expected = dict.fromkeys(one for form in context.forms for one in _reporting(visit, form))
    without = [under[one] for one in expected if one in under and one not in reporting]
    return {
        "rows": rows,
        "more": len(shown) - len(rows),
        "without": sorted(without, key=lambda each: each.name_order),
        "roles": {role: words.plain(f"role_{role}") for role in ROLES},
        "days": DAYS,
        "search": visit.text("q"),
        "unit": visit.text("unit"),
        "units": visit.units("look"),
    }


def _reporting(visit: Visit, form: Form) -> list[int]:
    """The units that have a reporter of their own to fill in the form."""
    if form.by != "reporter":
        return []
    return [each.id for each in expected_units(form, visit.context.tree, visit.context.today)]


def _invite(visit: Visit) -> Done:
    role, days, words = visit.text("role"), visit.text("days") or str(DAYS), visit.words
    chosen = next((each for each in ROLES if each == role), None)
    if chosen is None:
        raise Refused("page_no_role")
    if not (days.isdecimal() and 1 <= int(days) <= MOST_DAYS):
        raise Refused("page_no_days", n=MOST_DAYS)
    unit = visit.unit("reopen")
    code = invite(visit.connection, chosen, unit, int(days), 1, visit.context.now, visit.actor.person.id)
    link = f"https://t.me/{visit.context.username}?start={code}"
    return Done(
        PEOPLE.path, words("page_invited", role=words.plain(f"role_{role}"), unit=unit.title, n=int(days), link=link)
    )


PEOPLE = Page("/people", "page_people", "people.html", _show, ADMINS)
INVITE = Deed("/people/invite", PEOPLE, _invite)
