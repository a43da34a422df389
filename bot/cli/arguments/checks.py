"""`giaoban ranges …`, `rules …`: what a figure is held against."""

from bot.cli.arguments.typed import Commands, add_command, typed_day


def add_ranges_commands(commands: Commands) -> None:
    parser = commands.add_parser("ranges", help="between what a unit's figures usually lie")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    add_command(actions, "list", "bot.cli.ranges:show_set", "what the desk has set and still holds")
    show = add_command(
        actions, "show", "bot.cli.ranges:show_unit", "what is usual for each figure of a unit, and by what"
    )
    show.add_argument("unit", metavar="UNIT", help="the unit's code")
    show.add_argument("--form", metavar="KEY", help="this form; every form if left out")
    show.add_argument("--date", type=typed_day, metavar="D", help="a day of the period; the current period if left out")
    put = add_command(actions, "set", "bot.cli.ranges:put", "say it instead of the unit's own history")
    back = add_command(actions, "remove", "bot.cli.ranges:take_back", "again what the unit's own history says")
    for each in (put, back):
        each.add_argument("form", metavar="FORM", help="the form's key")
        each.add_argument("figure", metavar="FIGURE", help="the question's name")
        each.add_argument("unit", metavar="UNIT", help="the code of a unit; all under it that report")
    put.add_argument("--low", metavar="N")
    put.add_argument("--high", metavar="N")
    put.add_argument("--none", action="store_true", help="nothing is unusual there")
    put.add_argument("--until", type=typed_day, metavar="D", help="for periods up to this day; for good if left out")
    put.add_argument("--reason", metavar="TEXT")


def add_rules_commands(commands: Commands) -> None:
    parser = commands.add_parser("rules", help="validation rules across forms, units and periods")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    bring = add_command(actions, "import", "bot.cli.rules:bring", "the rules of a file are in use from now on")
    bring.add_argument("file", metavar="FILE", help="a CSV file or a workbook (.xlsx)")
    bring.add_argument("--dry-run", action="store_true", help="print what would be otherwise, and change nothing")
    check = add_command(actions, "check", "bot.cli.rules:check", "print what is wrong with a file, by row and column")
    check.add_argument("file", metavar="FILE", help="a CSV file or a workbook (.xlsx)")
    add_command(actions, "list", "bot.cli.rules:show", "every rule, and how much is open by it")
    found = add_command(actions, "open", "bot.cli.rules:show_open", "the contradictions that are open")
    found.add_argument("--unit", metavar="CODE", help="this unit and all under it; every unit if left out")
    retire = add_command(actions, "retire", "bot.cli.rules:retire", "a rule is run no more")
    retire.add_argument("key", metavar="KEY")
