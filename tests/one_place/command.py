"""A command is added: whoever asks is told the time."""

from pathlib import Path

from tests.conversations.house import prepare, running_house
from tests.one_place.additions import Addition, Put
from tests.sqlite import fresh_sqlite

HANDLER = '''"""People ask what time it is."""

from reporting.incoming import Message
from reporting.say import Say
from services.context import Context


def tell_time(message: Message, context: Context) -> list[Say]:
    """/gio: the hour and the minute, here."""
    return [Say(message.chat, context.words_for(message)("clock_time", time=context.local.time()))]
'''
NAMED = '    ChatCommand({"vi": "gio", "en": "clock"}, EVERYBODY),\n'
VIETNAMESE = """
msgid "command_clock"
msgstr "xem giờ"

msgid "clock_time"
msgstr "Bây giờ là {time}."
"""
ENGLISH = """
msgid "command_clock"
msgstr "what time it is"

msgid "clock_time"
msgstr "It is {time}."
"""
ADDITION = Addition(
    "a command",
    (
        Put("reporting/commands.py", NAMED, '    ChatCommand({"vi": "trogiup", "en": "help"}'),
        Put("handlers/common/clock_time.py", HANDLER),
        Put(
            "handlers/routing.py",
            "from handlers.common import clock_time\n",
            "from handlers.common import choose_by_number, complaint",
        ),
        Put(
            "handlers/routing.py",
            '    Command("clock", (clock_time.tell_time,), in_groups=True),\n',
            '    Command("help", (show_guide,)',
        ),
        Put("messages/locale/vi/guide.po", VIETNAMESE),
        Put("messages/locale/en/guide.po", ENGLISH),
        Put("docs/reporting.md", "| `/gio` `/clock` | what time it is | everybody |\n", "| `/trogiup` `/help` |"),
    ),
)


async def test_the_command_is_answered_in_both_its_names_and_stands_in_the_guide(tmp_path: Path) -> None:
    url = fresh_sqlite(tmp_path / "giaoban.db", prepare)
    async with running_house(url) as house:
        somebody = house.talker("Trần Thị Bảy")
        for typed in ("/gio", "/clock"):
            await somebody.says(typed)
            somebody.hears("Bây giờ là 15 giờ 30.")
        await somebody.says("/trogiup")
        somebody.hears("/gio – xem giờ")
