"""What the bot says, in no library's terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, ClassVar, Literal

from reporting.dataclass_json import as_json
from reporting.people import Address
from reporting.press import Press

UNKEPT = "unkept "
"""What the key of a message begins with that nobody may read again in the outbox: it is removed there once it is said."""


class Rank(IntEnum):
    """What goes first when a messenger's limits make messages wait, and what its plan is spent on last to first.

    `STAFF_REPLY`: to who has a duty, who does not wait behind residents in a flood of their questions; `LAST_REMINDER`: to whoever
    owes a report, when no other reminder of it will come; `EARLY_REMINDER`: one after which another will.
    """

    STAFF_REPLY = -1
    REPLY = 0
    LAST_REMINDER = 1
    REMINDER = 2
    EARLY_REMINDER = 3
    BROADCAST = 4


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. `press` comes back when it is tapped, as the channel can carry it; `url` opens; `copy` copies."""

    text: str
    press: Press | str = ""
    url: str = ""
    copy: str = ""


class Drawing:
    """What a picture or a document is drawn from, a frozen dataclass; `maker` names what draws it, and stands for its kind where
    it is kept.
    """

    __slots__ = ()
    maker: ClassVar[str]


@dataclass(frozen=True, slots=True)
class KeptDrawing:
    """A drawing that has waited, as JSON: its maker reads it when it draws it, this release's or an earlier one's."""

    maker: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture or a document that the speaker makes when it says it."""

    file_name: str
    content: Drawing | KeptDrawing

    @property
    def maker(self) -> str:
        return self.content.maker

    @property
    def kept(self) -> Mapping[str, Any]:
        """Its content as JSON."""
        return self.content.content if isinstance(self.content, KeptDrawing) else as_json(self.content)


@dataclass(frozen=True, slots=True)
class ChannelFile:
    """A file or a photo that somebody has sent, as his channel knows it: nothing of it is kept but its `file_id` there."""

    kind: Literal["document", "photo"]
    channel: str
    file_id: str
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """One message. `text` is HTML of Telegram's small subset (b, i, u, s, code, pre, a, blockquote), escaped where people wrote it.

    `key`: a message of the same address and key that is still waiting is not put there a second time.
    `edits`: the channel's id of one of our own messages that this one replaces; `reply_to`: of a message that it answers.
    `silent`: it comes without a sound. `shared`: a file that somebody sent goes with it, or stands in what it edits.
    `recalls`: the message that it edits is deleted instead where the channel still can. `beside`: its picture or file
    belongs to another text and binds both ways: where one message holds all, it goes with what is said right before it and with what
    is said right after it, without words of its own.
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
    shared: ChannelFile | None = None
    recalls: bool = False
    beside: bool = False
