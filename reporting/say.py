"""What the bot says, in no library's terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from reporting.people import Address
from reporting.press import Press


class Rank(IntEnum):
    """What goes first when Telegram's limits make messages wait."""

    REPLY = 0
    REMINDER = 1
    BROADCAST = 2


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. `press` comes back when it is tapped, as the channel can carry it; `url` opens; `copy` copies."""

    text: str
    press: Press | str = ""
    url: str = ""
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture or a document that the speaker makes when it says it: `maker` names the function, `content` is JSON it draws from."""

    maker: str
    file_name: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Say:
    """One message. `text` is HTML of Telegram's small subset (b, i, u, s, code, pre, a, blockquote), escaped where people wrote it.

    `key`: a message of the same address and key that is still waiting is not put there a second time.
    `edits`: the channel's id of one of our own messages that this one replaces; `reply_to`: of a message that it answers.
    `silent`: it comes without a sound.
    """

    to: Address
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    photo: Drawn | None = None
    document: Drawn | None = None
    rank: Rank = Rank.REPLY
    key: str = ""
    edits: str = ""
    silent: bool = False
    reply_to: str = ""
