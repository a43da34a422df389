"""`giaoban figures …`, `targets …`, `reports …`: what comes in and goes out in bulk, and what it is to reach."""

from bot.cli.arguments.typed import Commands, add_command, typed_count, typed_day
from bot.cli.exporting import FORMATS


def add_figures_commands(commands: Commands) -> None:
    figures = commands.add_parser("figures", help="the figures").add_subparsers(metavar="ACTION", required=True)
    bring = add_command(figures, "import", "bot.cli.history:bring", "take in history: date,unit,indicator,value")
    bring.add_argument("file", metavar="FILE.csv")
    export = add_command(figures, "export", "bot.cli.figures:export", "write figures: date,unit,indicator,value")
    export.add_argument("--from", dest="since", type=typed_day, metavar="D")
    export.add_argument("--to", dest="until", type=typed_day, metavar="D")
    export.add_argument("--unit", metavar="CODE", help="this unit and all under it")
    export.add_argument(
        "--units",
        choices=("then", "now"),
        default="then",
        help="figures as they were (then), or added up for what the units have become (now)",
    )
    export.add_argument("--format", choices=tuple(FORMATS), default=next(iter(FORMATS)))
    export.add_argument("-o", dest="output", metavar="FILE", help="into this file; printed if left out")


def add_targets_commands(commands: Commands) -> None:
    parser = commands.add_parser("targets", help="what indicators are to reach, or not to go beyond")
    targets = parser.add_subparsers(metavar="ACTION", required=True)
    text = "add or change targets: unit,indicator,bound,value,of,each,from,to,change,form"
    bring = add_command(targets, "import", "bot.cli.targets:bring", text)
    bring.add_argument("file", metavar="FILE", help="a CSV file or a workbook (.xlsx)")
    bring.add_argument("--dry-run", action="store_true", help="print what would be otherwise, and change nothing")
    show = add_command(targets, "list", "bot.cli.targets:show", "print the targets")
    show.add_argument("--all", action="store_true", help="those too that were replaced or given up")
    retire = add_command(targets, "retire", "bot.cli.targets:retire", "a target holds no more")
    retire.add_argument("id", type=typed_count, metavar="ID", help="as `targets list` has it")


def add_reports_commands(commands: Commands) -> None:
    reports = commands.add_parser("reports", help="the reports").add_subparsers(metavar="ACTION", required=True)
    export = add_command(
        reports, "export", "bot.cli.reports:export", "write all that a form's reports say, repeats by themselves"
    )
    export.add_argument("form", metavar="FORM", help="the form's key")
    export.add_argument("--from", dest="since", type=typed_day, metavar="D")
    export.add_argument("--to", dest="until", type=typed_day, metavar="D")
    export.add_argument("--format", choices=("csv", "json", "xlsx"), default="csv")
    export.add_argument("-o", dest="output", metavar="FILE", help="into this file; printed if left out")
