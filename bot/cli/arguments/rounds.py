"""`giaoban rates`, `completeness`, `suspend`, `reminded`, `unsaid`, `calendar …`: who reports how well, and when."""

from bot.cli.arguments.typed import Commands, add_command, typed_count, typed_day, typed_year


def add_rounds_commands(commands: Commands) -> None:
    rates = add_command(commands, "rates", "bot.cli.rates:show_rates", "how complete and how timely each unit reports")
    rates.add_argument("--from", dest="since", type=typed_day, metavar="D", help="30 days ago if left out")
    rates.add_argument("--to", dest="until", type=typed_day, metavar="D", help="today if left out")
    text = "which figures are left unknown or skipped, by unit and question"
    completeness = add_command(commands, "completeness", "bot.cli.completeness:show", text)
    help_from = "if left out, 30 days ago; 7 of very many units, two periods of a form with longer ones"
    completeness.add_argument("--from", dest="since", type=typed_day, metavar="D", help=help_from)
    completeness.add_argument("--to", dest="until", type=typed_day, metavar="D", help="today if left out")
    completeness.add_argument("--unit", metavar="CODE", help="this unit and all under it; every unit if left out")
    completeness.add_argument("--form", metavar="KEY", help="this form; every form if left out")
    completeness.add_argument("--format", choices=("table", "csv", "json"), default="table")
    completeness.add_argument("-o", dest="output", metavar="FILE", help="into this file; printed if left out")
    suspend = add_command(
        commands, "suspend", "bot.cli.suspend:suspend", "days on which no report is owed; alone it lists them"
    )
    suspend.add_argument("since", type=typed_day, nargs="?", metavar="FROM")
    suspend.add_argument("until", type=typed_day, nargs="?", metavar="TO")
    suspend.add_argument("--unit", metavar="CODE", help="this unit and all under it; every unit if left out")
    suspend.add_argument("--form", metavar="KEY", help="this form; every form if left out")
    suspend.add_argument("--reason", metavar="TEXT")
    suspend.add_argument("--lift", type=typed_count, metavar="ID", help="the suspension with this id is no more")
    reminded = add_command(
        commands, "reminded", "bot.cli.reminded:reminded", "who was reminded of what, when: the evidence"
    )
    reminded.add_argument(
        "--date", type=typed_day, metavar="D", help="a day of the period; the current period if left out"
    )
    reminded.add_argument("--unit", metavar="CODE", help="this unit and all under it")
    reminded.add_argument("--format", choices=("table", "json"), default="table")
    unsaid = add_command(
        commands, "unsaid", "bot.cli.unsaid:show_unsaid", "messages that could not be said, or nobody knows of"
    )
    unsaid.add_argument("--again", type=typed_count, metavar="ID", help="say this one again")


def add_calendar_commands(commands: Commands) -> None:
    days = commands.add_parser("calendar", help="working days").add_subparsers(metavar="ACTION", required=True)
    show = add_command(
        days, "list", "bot.cli.calendar:show", "the days of a year that are free, or worked instead, and why"
    )
    show.add_argument("--year", type=typed_year, metavar="Y", help="this year if left out")
    for name, text in (("add", "a free day"), ("work", "a day that is worked, though it would be free")):
        say = add_command(days, name, f"bot.cli.calendar:{name}", text)
        say.add_argument("day", type=typed_day, metavar="DATE", help="from tomorrow on")
        say.add_argument("name", metavar="NAME", help="what the day is called, or why")
    back = add_command(days, "remove", "bot.cli.calendar:remove", "take back what was said of a day")
    back.add_argument("day", type=typed_day, metavar="DATE", help="from tomorrow on")
