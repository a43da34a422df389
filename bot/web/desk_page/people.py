"""Who is charged with what and when he was last heard; duties end; invitations are made, printed and revoked."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.web.desk_page.visit import ADMINS, Deed, Done, Page, Visit
from messages.admins.invitation_words import invitation_row, invitation_sheet, joining
from messages.admins.people_words import ended_text
from messages.notices import notices_of
from reporting.access import may_end
from reporting.errors import Refused
from reporting.invitation_sheet import InvitationSheet
from reporting.people import ROLES, Role
from reporting.questions.names import plain_name
from services.end_duty import end_duty
from services.invite import invite, invite_units, revoke_invitation
from services.silent_people import silence
from storage.organisation import invitations, people
from storage.organisation.roster import roster

DAYS, MOST_DAYS = 7, 60
MOST_SHOWN = 300
PDF = "application/pdf"


def _show(visit: Visit) -> Mapping[str, Any]:
    context, tree, words, zone = visit.context, visit.context.tree, visit.words, visit.context.zone
    roots = visit.roots("look")
    under = {each.id: each for root in roots for each in tree.under(root, context.today)}
    wanted = plain_name(visit.text("q")).split()
    lines = [
        line
        for line in roster(visit.connection, context.today, under.keys(), context.channels)
        if all(word in plain_name(f"{line.name} {under[line.duty.unit_id].title}") for word in wanted)
    ]
    lines.sort(key=lambda line: (under[line.duty.unit_id].name_order, ROLES.index(line.duty.role)))
    rows = [
        {
            "id": line.duty_id,
            "name": line.name,
            "role": words.plain(f"role_{line.duty.role}"),
            "unit": under[line.duty.unit_id],
            "since": line.duty.since,
            "heard": words.show(line.heard_at.astimezone(zone)) if line.heard_at is not None else "",
            "ends": line.duty.person_id != visit.actor.person.id
            and may_end(line.duty, under[line.duty.unit_id], visit.actor.duties, tree),
        }
        for line in lines[:MOST_SHOWN]
    ]
    quiet = silence(visit.connection, context.forms, tree, context.today, context.now, roots, channels=context.channels)
    waits = [each for each in invitations.made(visit.connection, context.now) if each.unit_id in under]
    makers = people.people_of(visit.connection, {each.made_by for each in waits if each.made_by is not None})
    return {
        "rows": rows,
        "more": len(lines) - len(rows),
        "without": sorted(quiet.lacking, key=lambda each: each.name_order),
        "quiet": [(line.name, under[line.duty.unit_id], last) for line, last in quiet.quiet],
        "closed": [(line.name, under[line.duty.unit_id]) for line in quiet.closed],
        "waits": [(each.id, *invitation_row(each, tree, makers, context.now, zone, words)[1:7]) for each in waits],
        "roles": {role: words.plain(f"role_{role}") for role in ROLES},
        "days": DAYS,
        "search": visit.text("q"),
        "unit": visit.text("unit"),
        "units": visit.units("look"),
    }


def _end(visit: Visit) -> Done:
    context, words, duty_id = visit.context, visit.words, visit.number("id") or 0
    duty = people.duty_with(visit.connection, duty_id, context.today)
    if duty is None:
        raise Refused("people_duty_gone", id=str(duty_id))
    unit = context.unit(duty.unit_id)
    done = end_duty(context, duty, visit.actor)
    said = ended_text(done.person.name, duty, unit, done.drafts, done.questions, done.reporting, words)
    others = [event for event in done.events if event.to.id != visit.actor.person.id]
    return Done(PEOPLE.path, said, notices_of(others, context.zone))


def _role(visit: Visit) -> Role:
    chosen = next((each for each in ROLES if each == visit.text("role")), None)
    if chosen is None:
        raise Refused("page_no_role")
    return chosen


def _days(visit: Visit) -> int:
    days = visit.text("days") or str(DAYS)
    if not (days.isdecimal() and 1 <= int(days) <= MOST_DAYS):
        raise Refused("page_no_days", n=MOST_DAYS)
    return int(days)


def _invite(visit: Visit) -> Done:
    role, days, words = _role(visit), _days(visit), visit.words
    unit = visit.unit("reopen")
    made = invite(visit.connection, role, unit, days, 1, visit.context.now, visit.actor.person.id)
    link = "; ".join(joining(made.code, visit.context.ways_in, words))
    named = words.plain(f"role_{role}")
    return Done(PEOPLE.path, words("page_invited", role=named, unit=unit.title, n=days, link=link))


def _sheet(visit: Visit) -> Done:
    """An invitation for each unit that has nobody in this role, on a sheet: nobody knows the codes later."""
    context, role, days = visit.context, _role(visit), _days(visit)
    made = [
        each
        for root in visit.roots("reopen")
        for each in invite_units(
            visit.connection,
            role,
            context.forms,
            context.tree,
            context.today,
            days,
            1,
            context.now,
            root,
            visit.actor.person.id,
        )
    ]
    if not made:
        raise Refused("invitation_sheet_nobody", role=visit.words.plain(f"role_{role}"))
    content = invitation_sheet(made, context.forms, context.tree, context.ways_in, context.zone, visit.words)
    return Done(PEOPLE.path, "", file=partial(_drawn, content))


def _drawn(content: InvitationSheet) -> tuple[str, str, bytes]:
    from bot.drawing.invitation_sheet import invitation_pdf

    return "invitations.pdf", PDF, invitation_pdf(content)


def _revoke(visit: Visit) -> Done:
    context, words = visit.context, visit.words
    within = [each.id for root in visit.roots("reopen") for each in context.tree.under(root, context.today)]
    number, by = visit.number("id") or 0, visit.actor.person.id
    ended = revoke_invitation(visit.connection, number, context.now, by, within)
    values = {"role": words.plain(f"role_{ended.role}"), "unit": context.unit(ended.unit_id).title}
    return Done(PEOPLE.path, words("invitation_revoked_now", id=str(ended.id), **values))


PEOPLE = Page("/people", "page_people", "people.html", _show, ADMINS)
PEOPLE_DEEDS = (
    Deed("/people/end", PEOPLE, _end),
    Deed("/people/invite", PEOPLE, _invite),
    Deed("/people/sheet", PEOPLE, _sheet),
    Deed("/people/revoke", PEOPLE, _revoke),
)
