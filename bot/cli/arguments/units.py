"""`giaoban units …`: the tree of units."""

from bot.cli.arguments.typed import Commands, add_command


def add_units_commands(commands: Commands) -> None:
    units = commands.add_parser("units", help="the tree of units").add_subparsers(metavar="ACTION", required=True)
    for name, does, text in (
        ("import", "bring", "add or change units: code,name,kind,parent,aliases,since,until"),
        ("groups", "bring_groups", "groups of units that are no tier: group,name,kind,aliases,member,since,until"),
        ("merge", "merge", "mergers, splits and renames on a day: on,old,new,name,kind,parent,aliases,people"),
    ):
        bring = add_command(units, name, f"bot.cli.units:{does}", text)
        bring.add_argument("file", metavar="FILE", help="a CSV file or a workbook (.xlsx)")
        bring.add_argument("--dry-run", action="store_true", help="print what would be otherwise, and change nothing")
    show = add_command(units, "list", "bot.cli.units:show", "print the units")
    show.add_argument("--groups", action="store_true", help="print the groups and their members instead")
