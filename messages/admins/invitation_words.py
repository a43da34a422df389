"""Invitations as the desk reads them: the link, a row of the list, and the sheet to print."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from reporting.forms import Form
from reporting.invitation_sheet import InvitationCard, InvitationSheet, IssuedInvitation
from reporting.people import Invitation, Person
from reporting.texts import in_language
from reporting.translator import Translator
from reporting.units import UnitTree


def link_of(code: str, username: str) -> str:
    """What is opened to join: Telegram's deep link, which sends the bot «/start code»."""
    return f"https://t.me/{username}?start={code}"


def invitation_row(
    of: Invitation, tree: UnitTree, makers: Mapping[int, Person], now: datetime, zone: ZoneInfo, words: Translator
) -> tuple[str, ...]:
    """A row of the list: number, duty, unit, who made it, when, until when, used by how many, and whether it can be used."""
    maker = makers.get(of.made_by) if of.made_by is not None else None
    unit = tree.unit(of.unit_id)
    return (
        str(of.id),
        words.plain(f"role_{of.role}"),
        f"{unit.title} ({unit.code})",
        maker.name if maker is not None else words.plain("invitations_by_desk"),
        words.show(of.created_at.astimezone(zone).date()),
        words.show(of.expires_at.astimezone(zone).date()),
        f"{of.used}/{of.uses}",
        words.plain(f"invitation_state_{of.state(now)}"),
    )


def invitation_sheet(
    made: Sequence[IssuedInvitation],
    forms: Sequence[Form],
    tree: UnitTree,
    username: str,
    zone: ZoneInfo,
    words: Translator,
) -> InvitationSheet:
    """A card for each invitation, in the name of the authority that the forms name."""
    named = (in_language(form.authority, words.language) for form in forms)
    issuer = next(filter(None, named), words.plain("invitation_sheet_issuer_none"))
    return InvitationSheet(words.language, issuer, tuple(_card(each, tree, username, zone) for each in made))


def _card(made: IssuedInvitation, tree: UnitTree, username: str, zone: ZoneInfo) -> InvitationCard:
    above = [unit.title for unit in tree.above(made.unit)][1:2]
    last_on = (made.expires_at.astimezone(zone) - timedelta(days=1)).date()
    return InvitationCard(made.unit.title, "".join(above), made.role, link_of(made.code, username), made.uses, last_on)
