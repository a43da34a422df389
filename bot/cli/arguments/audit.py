"""`giaoban audit …`: who did what."""

from bot.channels import CHANNEL_FOLDERS
from bot.cli.arguments.typed import Commands, add_command, typed_count, typed_day
from reporting.road import Road


def add_audit_commands(commands: Commands) -> None:
    audit = commands.add_parser("audit", help="who did what").add_subparsers(metavar="ACTION", required=True)
    show = add_command(audit, "show", "bot.cli.audit:show", "print the newest lines, newest first")
    show.add_argument("--last", type=typed_count, default=50, metavar="N", help="so many at the most (50)")
    export = add_command(
        audit, "export", "bot.cli.audit:export", "write lines as JSON, in their order, with their digests"
    )
    export.add_argument("-o", dest="output", metavar="FILE", help="into this file; printed if left out")
    roads = [*(road.value for road in Road), *(each.channel.name for each in CHANNEL_FOLDERS)]
    for each in (show, export):
        each.add_argument("--from", dest="since", type=typed_day, metavar="D")
        each.add_argument("--to", dest="until", type=typed_day, metavar="D")
        each.add_argument(
            "--what", metavar="WORD", help="what was done, as the lines have it: report, refused, invite …"
        )
        each.add_argument("--road", choices=roads, metavar="ROAD", help=", ".join(roads))
        each.add_argument("--person", type=typed_count, metavar="ID", help="who did it, or whom it was done to")
        each.add_argument("--unit", metavar="CODE", help="this unit and all under it")
        each.add_argument("--form", metavar="KEY")
    add_command(audit, "verify", "bot.cli.audit:verify", "prove that no line was changed, removed or put in")
