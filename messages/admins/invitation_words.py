"""Invitations as the desk reads them: the link, a row of the list, and the sheet to print."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from messages.common.link_words import channels_said
from reporting.forms import Form
from reporting.invitation_sheet import InvitationCard, InvitationSheet, IssuedInvitation
from reporting.people import Address, Invitation, Person
from reporting.presses.admins import RevokePress, SheetPress
from reporting.say import UNKEPT, Button, Drawn, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit, UnitTree
from reporting.way_in import WayIn

MOST_LISTED = 20
MOST_BUTTONS = 8


def joining(code: str, ways_in: Sequence[WayIn], words: Translator) -> list[str]:
    """How somebody joins, a line for each channel: the address that is opened, or what is typed there."""
    found = []
    for way in ways_in:
        channel = channels_said([way.channel.name], words)
        told = way.joins(code) or words.plain("invitation_typed", channel=channel, bot=way.name, code=code)
        found.append(told)
    return found


def _address(code: str, ways_in: Sequence[WayIn]) -> str:
    """The first address that is opened to join; «»: there is none."""
    return next(filter(None, (each.joins(code) for each in ways_in)), "")


def invitation_row(
    of: Invitation, tree: UnitTree, makers: Mapping[int, Person], now: datetime, zone: ZoneInfo, words: Translator
) -> tuple[str, ...]:
    """A row of the list: number, duty, unit, who made it, when, until when, used by how many, and whether it can be used."""
    maker = makers.get(of.made_by) if of.made_by is not None else None
    unit = tree.unit(of.unit_id)
    return (
        str(of.id),
        words.plain(f"role_{of.role}"),
        unit.title_with_code,
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
    ways_in: Sequence[WayIn],
    zone: ZoneInfo,
    words: Translator,
) -> InvitationSheet:
    """A card for each invitation, in the name of the authority that the forms name."""
    named = (in_language(form.authority, words.language) for form in forms)
    issuer = next(filter(None, named), words.plain("invitation_sheet_issuer_none"))
    return InvitationSheet(words.language, issuer, tuple(_card(each, tree, ways_in, zone, words) for each in made))


def _card(
    made: IssuedInvitation, tree: UnitTree, ways_in: Sequence[WayIn], zone: ZoneInfo, words: Translator
) -> InvitationCard:
    above = [unit.title for unit in tree.above(made.unit)][1:2]
    last_on = (made.expires_at.astimezone(zone) - timedelta(days=1)).date()
    link = _address(made.code, ways_in) or words.plain("invitation_words", code=made.code)
    steps: list[str] = []
    for way in (each for each in ways_in if not each.channel.joins):
        named = {"channel": channels_said([way.channel.name], words), "bot": way.name}
        if link.startswith("http"):
            steps.append(words.plain("invitation_sheet_or", **named, code=made.code))
        else:
            steps += [words.plain("invitation_sheet_find", **named), words.plain("invitation_sheet_type", words=link)]
    return InvitationCard(made.unit.title, "".join(above), made.role, link, made.uses, last_on, tuple(steps))


def invitation_say(
    made: IssuedInvitation, ways_in: Sequence[WayIn], zone: ZoneInfo, to: Address, words: Translator
) -> Say:
    """A new invitation: how one joins with it, to be passed on, and a button that copies it. It is not kept once it is said."""
    link, copied = "\n".join(joining(made.code, ways_in, words)), _address(made.code, ways_in)
    until = made.expires_at.astimezone(zone)
    role = words.plain(f"role_{made.role}")
    said = words("invitation_made", id=str(made.id), role=role, unit=made.unit.title, link=link, until=until)
    rows = ((Button(words.plain("invitation_copy"), copy=copied),),) if copied else ()
    return Say(to, said, rows, key=f"{UNKEPT}{made.id}")


def invitations_say(
    found: Sequence[Invitation],
    tree: UnitTree,
    makers: Mapping[int, Person],
    lacking: Mapping[Unit, int],
    zone: ZoneInfo,
    to: Address,
    words: Translator,
) -> Say:
    """The invitations that can be used, newest first, a button to revoke each; and the sheet where units lack a reporter."""
    newest = sorted(found, key=lambda each: -each.id)
    lines = [words("invitations_head", n=len(newest))]
    lines += [_line(each, tree, makers, zone, words) for each in newest[:MOST_LISTED]]
    if len(newest) > MOST_LISTED:
        lines.append(words("round_more", n=len(newest) - MOST_LISTED))
    lines += [words("invite_lacking", n=count, unit=unit.title) for unit, count in lacking.items() if count]
    lines.append(words("invite_how"))
    rows = [
        (
            Button(
                words.plain("invitation_revoke", id=str(each.id), unit=tree.unit(each.unit_id).title)[:60],
                RevokePress(each.id),
            ),
        )
        for each in newest[:MOST_BUTTONS]
    ]
    rows += [
        (Button(words.plain("invitation_sheet_button", unit=unit.title)[:60], SheetPress(unit.id)),)
        for unit, count in lacking.items()
        if count
    ]
    return Say(to, Html("\n".join(lines)), tuple(rows))


def sheet_say(made: Sequence[IssuedInvitation], content: InvitationSheet, to: Address, words: Translator) -> Say:
    """The sheet as a PDF. It is not kept once it is said."""
    said = words("invitation_sheet_said", n=len(made))
    document = Drawn(words.plain("invitation_sheet_file"), content)
    return Say(to, said, document=document, key=f"{UNKEPT}sheet {made[0].id}")


def _line(each: Invitation, tree: UnitTree, makers: Mapping[int, Person], zone: ZoneInfo, words: Translator) -> Html:
    maker = makers.get(each.made_by) if each.made_by is not None else None
    return words(
        "invitation_line",
        id=str(each.id),
        role=words.plain(f"role_{each.role}"),
        unit=tree.unit(each.unit_id).title,
        by=maker.name if maker is not None else words.plain("invitations_by_desk"),
        made=each.created_at.astimezone(zone).date(),
        until=each.expires_at.astimezone(zone),
        used=str(each.used),
        uses=str(each.uses),
    )
