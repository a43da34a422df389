"""An admin invites by chat: /moi; the list of invitations, their end, and the sheet of all that are lacking."""

from handlers.leaders.leader_access import Asker, asker_of, demand_of, inquired, units_meant
from messages.admins.invitation_words import invitation_say, invitation_sheet, invitations_say, sheet_say
from reporting.errors import Refused
from reporting.incoming import Message, Tap
from reporting.people import ROLES, Role
from reporting.press import read_id
from reporting.presses.admins import RevokePress, SheetPress
from reporting.say import Say
from reporting.translator import LANGUAGES, translator
from reporting.typed_buttons import fold_typed
from reporting.units import Unit
from services.context import Context
from services.invite import invite as make_invitation
from services.invite import invite_units, revoke_invitation, units_lacking
from storage.organisation import invitations, people

DAYS, SHEET_DAYS = 7, 14


def invite(message: Message, context: Context) -> list[Say]:
    """/moi: the invitations that can be used; /moi [role] <unit>: a new one; /moi thu hồi <number>; /moi phiếu: the sheet."""
    asker = asker_of(context, message, "invite")
    typed = message.arguments.split()
    verb, rest = _begins(typed, ("invite_typed_revoke", "invite_typed_sheet"))
    if verb == "invite_typed_revoke":
        return _revoked(context, asker, _number(" ".join(rest)))
    if verb == "invite_typed_sheet":
        inquiry = inquired(context, " ".join(rest), asker.duties)
        return [_sheet(context, asker, unit) for unit in units_meant(context, asker, inquiry, "invite")]
    if not typed:
        return [_list(context, asker)]
    named, rest = _begins(typed, [f"role_typed_{role}" for role in ROLES])
    role: Role = next((each for each in ROLES if named == f"role_typed_{each}"), "reporter")
    inquiry = inquired(context, " ".join(rest), asker.duties)
    if inquiry is None or len(inquiry.units) != 1:
        raise Refused("invite_how")
    unit = inquiry.units[0]
    demand_of(context, asker, "invite", unit)
    made = make_invitation(context.connection, role, unit, DAYS, 1, context.now, asker.person.id)
    return [invitation_say(made, context.ways_in, context.zone, asker.home, asker.words)]


def revoke_pressed(tap: Tap, press: RevokePress, context: Context) -> list[Say]:
    """«Thu hồi»."""
    return _revoked(context, asker_of(context, tap, "invite"), press.invitation_id)


def sheet_pressed(tap: Tap, press: SheetPress, context: Context) -> list[Say]:
    """«Phiếu mời»: a PDF of an invitation for each unit that has no reporter."""
    asker = asker_of(context, tap, "invite")
    if not context.tree.has(press.unit_id):
        raise Refused("button_unknown_to_us")
    return [_sheet(context, asker, context.unit(press.unit_id))]


def _list(context: Context, asker: Asker) -> Say:
    """The open invitations under the admin's units, and the units that lack a reporter and are not invited."""
    roots, tree, on = units_meant(context, asker, None, "invite"), context.tree, context.today
    found = [
        each for each in invitations.made(context.connection, context.now) if each.unit_id in _within(context, asker)
    ]
    makers = people.people_of(context.connection, {each.made_by for each in found if each.made_by is not None})
    lacking = {
        root: len(units_lacking(context.connection, "reporter", context.forms, tree, on, root)) for root in roots
    }
    return invitations_say(found, tree, makers, lacking, context.zone, asker.home, asker.words)


def _revoked(context: Context, asker: Asker, number: int) -> list[Say]:
    within = _within(context, asker)
    ended = revoke_invitation(context.connection, number, context.now, asker.person.id, within)
    role, unit = asker.words.plain(f"role_{ended.role}"), context.unit(ended.unit_id).title
    return [Say(asker.home, asker.words("invitation_revoked_now", id=str(ended.id), role=role, unit=unit))]


def _within(context: Context, asker: Asker) -> set[int]:
    """The units whose invitations are the admin's, those included that are no more."""
    seats = {duty.unit_id for duty in asker.duties if duty.role == "admin"}
    return {unit.id for unit in context.tree if any(above.id in seats for above in context.tree.above(unit))}


def _sheet(context: Context, asker: Asker, root: Unit) -> Say:
    demand_of(context, asker, "invite", root)
    words, tree, on, zone = asker.words, context.tree, context.today, context.zone
    made = invite_units(
        context.connection, "reporter", context.forms, tree, on, SHEET_DAYS, 1, context.now, root, asker.person.id
    )
    if not made:
        return Say(asker.home, words("invitation_sheet_nobody", role=words.plain("role_reporter")))
    return sheet_say(made, invitation_sheet(made, context.forms, tree, context.ways_in, zone, words), asker.home, words)


def _begins(typed: list[str], keys: "tuple[str, ...] | list[str]") -> tuple[str, list[str]]:
    """Which of the catalogue's phrases the words begin with, the longest, and the rest; «» and all of them where it is none."""
    found = [
        (len(phrase.split()), key)
        for key in keys
        for language in LANGUAGES
        for phrase in map(fold_typed, translator(language).plain(key).split(";"))
        if fold_typed(" ".join(typed[: len(phrase.split())])) == phrase
    ]
    size, key = max(found, default=(0, ""))
    return key, typed[size:]


def _number(text: str) -> int:
    try:
        return read_id(text)
    except ValueError:
        raise Refused("invitation_none", id=text[:20]) from None
