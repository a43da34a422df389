"""`giaoban backup`, `restore`: everything in one file."""

from bot.cli.arguments.typed import Commands, add_command


def add_backup_commands(commands: Commands) -> None:
    backup = add_command(commands, "backup", "bot.cli.backup:backup", "write everything into one file")
    backup.add_argument("file", metavar="FILE")
    restore = add_command(commands, "restore", "bot.cli.restore:restore", "fill an empty database from such a file")
    restore.add_argument("file", metavar="FILE")
    restore.add_argument(
        "--check", action="store_true", help="only try it, in a temporary database that is gone afterwards"
    )
