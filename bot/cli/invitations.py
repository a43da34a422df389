"""`giaoban invite` and `giaoban invitations`: links that give a duty, their list, their end, and a sheet of them to print."""

from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress

from bot.channels import wanted_channels
from bot.cli.common import check_is_new, database, now, text_table, today, words, write_file
from bot.settings import Settings, read_settings
from messages.admins.invitation_words import invitation_row, invitation_sheet, joining
from reporting.errors import Refused
from reporting.invitation_sheet import IssuedInvitation
from reporting.way_in import WayIn
from services.invite import invite as make_invitation
from services.invite import invite_units, revoke_invitation
from storage.organisation import invitations, people, units
from storage.reports import forms

HEAD = ("id", "role", "unit", "by", "made", "until", "used", "state")


def invite(chosen: Namespace) -> None:
    """`invite ROLE UNIT [--days N] [--uses N]`: prints the link, and what is typed where there are no links."""
    settings = read_settings()
    with database(settings) as connection:
        unit = units.tree(connection).known(chosen.unit, today(settings))
    ways_in = _ways_in(settings)
    with database(settings, writes=True) as connection:
        made = make_invitation(connection, chosen.role, unit, chosen.days, chosen.uses, now(settings))
    print("\n".join(joining(made.code, ways_in, words())))


def show_invitations(chosen: Namespace) -> None:
    """`invitations list [--all]`: those that can be used; `--all`: the others too."""
    settings, say = read_settings(), words()
    with database(settings) as connection:
        at, tree = now(settings), units.tree(connection)
        found = invitations.made(connection, None if chosen.all else at)
        makers = people.people_of(connection, {each.made_by for each in found if each.made_by is not None})
    print(say.plain("invitations_head", n=len(found)))
    if found:
        rows = [invitation_row(each, tree, makers, at, settings.zone, say) for each in found]
        print(text_table([tuple(say.plain(f"invitations_cell_{name}") for name in HEAD), *rows]))


def revoke(chosen: Namespace) -> None:
    """`invitations revoke ID`: nobody can join with it any more."""
    settings, say = read_settings(), words()
    with database(settings, writes=True) as connection:
        ended = revoke_invitation(connection, chosen.id, now(settings))
        unit = units.tree(connection).unit(ended.unit_id)
    values = {"id": str(ended.id), "role": say.plain(f"role_{ended.role}"), "unit": unit.title}
    print(say.plain("invitation_revoked_now", **values))


def sheet(chosen: Namespace) -> None:
    """`invitations sheet [--role ROLE] [--unit CODE] [--everybody] [--days N] [--uses N] [-o FILE.pdf]`: invitations as a PDF.

    They are in the database before they are in the file, and withdrawn where that cannot be written.
    """
    from bot.drawing.invitation_sheet import invitation_pdf

    settings, say = read_settings(), words()
    check_is_new(chosen.output)
    ways_in = _ways_in(settings)
    with database(settings, writes=True) as connection:
        at, on, tree = now(settings), today(settings), units.tree(connection)
        root = tree.known(chosen.unit, on) if chosen.unit else None
        in_force = forms.in_force(connection, on)
        made = invite_units(
            connection, chosen.role, in_force, tree, on, chosen.days, chosen.uses, at, root, everybody=chosen.everybody
        )
        if not made:
            raise Refused("invitation_sheet_nobody", role=say.plain(f"role_{chosen.role}"))
    try:  # drawing a province's takes longer than a database waits for the rest of a change
        content = invitation_sheet(made, in_force, tree, ways_in, settings.zone, say)
        write_file(chosen.output, invitation_pdf(content), for_us_alone=True)
    except BaseException:
        _withdraw(settings, made)
        raise
    print(say.plain("invitation_sheet_written", n=len(made), file=chosen.output))


def _withdraw(settings: Settings, made: Sequence[IssuedInvitation]) -> None:
    """Nobody has their codes. Where the database is away by now they stay in the list until they end, good for nobody all the same."""
    with suppress(Refused), database(settings, writes=True) as connection:
        at = now(settings)
        for each in made:
            with suppress(Refused):  # somebody has revoked it meanwhile
                revoke_invitation(connection, each.id, at)


def _ways_in(settings: Settings) -> list[WayIn]:
    """By each channel that is set and in which anybody can write to us.

    Refused where none is, or one that has to be asked for the bot's name does not answer.
    """
    open_ones = [each for each in wanted_channels(settings) if each.channel.takes_strangers]
    found = [WayIn(each.channel, each.bot_name(settings)) for each in open_ones]
    if not found:
        raise Refused("token_missing")
    return found
