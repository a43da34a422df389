"""The menu of whoever has no duty, in each language; that of staff is set when they join."""

from bot.running.messenger import Messenger
from reporting.commands import commands_for
from reporting.translator import LANGUAGES, translator


async def set_common_menus(messenger: Messenger, language: str) -> None:
    """`language`: of whoever has set another than ours."""
    for each in (*LANGUAGES, ""):
        words = translator(each or language)
        commands = [(one.names[words.language], words.plain(one.key)) for one in commands_for([])]
        await messenger.set_common_menu(commands, each)
