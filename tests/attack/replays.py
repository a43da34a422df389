"""All that can be tried once more: each kind of button, what somebody was shown, each command, and what is typed for a button."""

from collections.abc import Iterator
from random import Random

from reporting.commands import COMMANDS
from reporting.presses.common import EraseMe
from reporting.presses.reading import PRESSES
from reporting.translator import translator
from tests.attack.forged_presses import Aim, forge
from tests.attack.world import buttons_of
from tests.conversations.house import Talker

ARGUMENTS = (
    "",
    "thọ dân",
    "thọ dân: sai số",
    "thọ dân ca mắc mới",
    "CD-15742-101121-1 f0 mới 5, lý do: soát lại",
    "hôm qua",
)
BESIDES = (
    "3", "1", "f0 mới 4", "sửa 1 thành 4", "f0 mới 5, lý do: soát lại", "thực hiện", "hôm nay", "ngày mai", "duyệt",
    "nghỉ từ mai đến 15/11", "nhắc lại sau 30 phút", "đúng rồi", "mất điện", "đồng chí Đào", "tôi đã về", "mở lại thọ dân hôm qua",
)  # fmt: skip
TYPED = "typed_"
"""With what the sentences begin that say what is typed for a button."""


def kinds_of_buttons(aim: Aim, chance: Random) -> list[str]:
    """One of each class that there is, aimed at the unit; but for the one that takes himself away, which is his right for ever."""
    return [forge(kind, chance, aim) for kind in PRESSES if kind is not EraseMe]


def shown(talker: Talker) -> list[str]:
    """What the buttons carry that he was shown."""
    found = (press for seen in talker.person.reads() for press in buttons_of(seen))
    return [each for each in dict.fromkeys(found) if each != str(EraseMe())]


def typed() -> Iterator[str]:
    """Each command with whatever may stand behind it, and all that stands for a button in the catalogue."""
    for command in COMMANDS:
        yield from (f"/{command.names['vi']} {each}".strip() for each in ARGUMENTS)
    words = translator("vi")
    for key in sorted(words.keys):
        if key.startswith(TYPED):
            phrase = words.plain(key).split(";")[0]
            yield from (phrase, f"{phrase} 1")
    yield from BESIDES
