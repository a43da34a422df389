"""`giaoban form …`: the forms."""

from bot.cli.arguments.typed import Commands, add_command, typed_day


def add_forms_commands(commands: Commands) -> None:
    forms = commands.add_parser("form", help="the forms").add_subparsers(metavar="ACTION", required=True)
    check = add_command(forms, "check", "bot.cli.forms:check", "print what is wrong with a form, a line a problem")
    check.add_argument("file", metavar="FILE")
    check.add_argument("--strict", action="store_true", help="refuse what would only be warned of")
    publish = add_command(forms, "publish", "bot.cli.forms:publish", "put a form in force")
    publish.add_argument("file", metavar="FILE")
    publish.add_argument(
        "--from", dest="since", type=typed_day, metavar="YYYY-MM-DD", help="from this day on; today if left out"
    )
    publish.add_argument("--dry-run", action="store_true", help="only print what it would change")
    add_command(forms, "list", "bot.cli.forms:show_list", "the forms in force, planned and retired")
    show = add_command(forms, "show", "bot.cli.forms:show", "a form's versions, and its questions")
    show.add_argument("form", metavar="KEY")
    export = add_command(
        forms, "export", "bot.cli.forms:export", "write a form as an .xlsx that can be changed and published"
    )
    export.add_argument("form", metavar="KEY")
    export.add_argument("-o", dest="output", metavar="FILE", help="into this file; KEY.xlsx if left out")
    retire = add_command(
        forms, "retire", "bot.cli.forms:retire", "no report of a form is owed any more; its figures stay"
    )
    retire.add_argument("form", metavar="KEY")
    retire.add_argument(
        "--from",
        dest="since",
        type=typed_day,
        required=True,
        metavar="YYYY-MM-DD",
        help="for periods that end on it or later",
    )
