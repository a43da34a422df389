"""`giaoban portal …`: figures sent where they are due."""

from bot.cli.arguments.typed import Commands, add_command, typed_count, typed_day


def add_portal_commands(commands: Commands) -> None:
    parser = commands.add_parser("portal", help="figures sent where they are due")
    portal = parser.add_subparsers(metavar="ACTION", required=True)
    check = add_command(portal, "check", "bot.cli.portal:check", "print what is wrong with a mapping, a line a mistake")
    check.add_argument("file", metavar="FILE")
    preview = add_command(portal, "preview", "bot.cli.portal:show_preview", "print what would be sent by a mapping")
    preview.add_argument("file", metavar="FILE")
    preview.add_argument("--date", type=typed_day, metavar="D", help="a day of the period; today if left out")
    send = add_command(portal, "send", "bot.cli.portal:send", "put a mapping in use and send what is due by it")
    send.add_argument("file", metavar="FILE")
    send.add_argument("--from", dest="since", type=typed_day, metavar="D", help="the mapping's first day if left out")
    send.add_argument("--to", dest="until", type=typed_day, metavar="D", help="today if left out")
    send.add_argument("--again", action="store_true", help="what was taken already too")
    send.add_argument("-o", dest="output", metavar="FILE", help="into this file, where the mapping fills a template")
    add_command(portal, "list", "bot.cli.portal:show_list", "the targets, and what waits or was refused")
    show = add_command(portal, "show", "bot.cli.portal:show_one", "the taker's answer about every value")
    show.add_argument("id", type=typed_count, metavar="ID", help="as `portal list` and the bot's messages have it")
