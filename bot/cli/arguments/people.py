"""`giaoban people …`, `invite`, `invitations …`, `channel …`: who is charged with what, and by which messenger he is spoken to."""

from bot.channels import CHANNEL_FOLDERS
from bot.cli.arguments.typed import Commands, add_command, typed_count, typed_day


def add_invite_commands(commands: Commands) -> None:
    from reporting.people import ROLES

    invite = add_command(commands, "invite", "bot.cli.invitations:invite", "print a link that gives a duty")
    invite.add_argument("role", choices=ROLES, metavar="ROLE", help=", ".join(ROLES))
    invite.add_argument("unit", metavar="UNIT", help="the unit's code")
    invite.add_argument("--days", type=typed_count, default=7, metavar="N", help="good for so many days (7)")
    invite.add_argument("--uses", type=typed_count, default=1, metavar="N", help="good for so many people (1)")


def add_invitations_commands(commands: Commands) -> None:
    from reporting.people import ROLES

    parser = commands.add_parser("invitations", help="the invitations that were made")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    show = add_command(
        actions, "list", "bot.cli.invitations:show_invitations", "who made which, for whom, used by how many"
    )
    show.add_argument("--all", action="store_true", help="those too that are used up, expired or revoked")
    revoke = add_command(actions, "revoke", "bot.cli.invitations:revoke", "nobody can join with it any more")
    revoke.add_argument("id", type=typed_count, metavar="ID", help="as `invitations list` has it")
    sheet = add_command(
        actions, "sheet", "bot.cli.invitations:sheet", "a PDF to print, a QR code for each unit without one"
    )
    sheet.add_argument("--role", choices=ROLES, default="reporter", metavar="ROLE", help="reporter if left out")
    sheet.add_argument("--unit", metavar="CODE", help="this unit and all under it; every unit if left out")
    sheet.add_argument("--everybody", action="store_true", help="also for units that have somebody in this role")
    sheet.add_argument("--days", type=typed_count, default=14, metavar="N", help="good for so many days (14)")
    sheet.add_argument("--uses", type=typed_count, default=1, metavar="N", help="each good for so many people (1)")
    sheet.add_argument("-o", dest="output", default="invitations.pdf", metavar="FILE.pdf", help="invitations.pdf")


def add_people_commands(commands: Commands) -> None:
    from reporting.people import ROLES

    parser = commands.add_parser("people", help="who is charged with what, and what is kept of them")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    show = add_command(
        actions, "list", "bot.cli.people:show_people", "every duty: who, which, of what unit, since, last heard"
    )
    show.add_argument("--unit", metavar="CODE", help="this unit and all under it; every unit if left out")
    show.add_argument("--role", choices=ROLES, metavar="ROLE", help=", ".join(ROLES))
    silent = add_command(
        actions, "silent", "bot.cli.people:show_silent", "units without a reporter, and who sends nothing"
    )
    silent.add_argument("--days", type=typed_count, default=7, metavar="N", help="nothing for so many days (7)")
    silent.add_argument("--unit", metavar="CODE", help="this unit and all under it; every unit if left out")
    end = add_command(actions, "end", "bot.cli.people:end", "a duty is over from today on")
    end.add_argument("person", metavar="PERSON", help="the number, or the name if nobody else has it")
    end.add_argument("role", choices=ROLES, metavar="ROLE", help=", ".join(ROLES))
    end.add_argument("unit", metavar="UNIT", help="the unit's code")
    over = add_command(actions, "hand-over", "bot.cli.people:hand_over", "somebody else reports for a unit")
    over.add_argument("unit", metavar="UNIT", help="the unit's code")
    over.add_argument("person", metavar="PERSON", help="who reports from then on")
    over.add_argument("--from", dest="since", type=typed_day, metavar="D", help="today if left out")
    leave = add_command(actions, "leave", "bot.cli.people:leave", "somebody is away, and his deputy reports")
    leave.add_argument("person", metavar="PERSON")
    leave.add_argument("since", type=typed_day, metavar="FROM")
    leave.add_argument("until", type=typed_day, metavar="TO")
    back = add_command(actions, "back", "bot.cli.people:back", "his leave is over")
    back.add_argument("person", metavar="PERSON")
    held = add_command(actions, "show", "bot.cli.person_data:show_person", "everything that is kept of one person")
    held.add_argument("person", metavar="PERSON", help="the number, or the name if nobody else has it")
    held.add_argument("-o", dest="output", metavar="FILE.json", help="all of it, row by row, into this file")
    erase = add_command(
        actions, "erase", "bot.cli.person_data:erase", "name, chat and words go; figures and numbers stay"
    )
    erase.add_argument("person", metavar="PERSON")
    erase.add_argument("--yes", action="store_true", help="do it; without this it is only said what would go")


def add_channel_commands(commands: Commands) -> None:
    parser = commands.add_parser("channel", help="the messengers by which people are spoken to")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    switch = add_command(actions, "switch", "bot.cli.channel:switch", "everybody is spoken to by this messenger first")
    names = [each.channel.name for each in CHANNEL_FOLDERS]
    switch.add_argument("channel", choices=names, metavar="CHANNEL", help=" or ".join(names))
    switch.add_argument("--unit", metavar="CODE", help="this unit and all under it; every unit if left out")
    switch.add_argument(
        "--from", dest="from_", metavar="DAY", help="from this day on: tomorrow, 2021-12-01; at once if left out"
    )
    switch.add_argument(
        "--dry-run", action="store_true", help="only says whom it concerns and what it needs of the plan"
    )
    add_command(
        actions, "list", "bot.cli.channel:show_orders", "what was ordered, from which day on, and how it stands"
    )
    revoke = add_command(
        actions, "revoke", "bot.cli.channel:revoke", "what was ordered for a day to come does not begin"
    )
    revoke.add_argument("id", type=typed_count, metavar="ID", help="as `channel list` shows it")
