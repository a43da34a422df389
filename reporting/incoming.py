"""What comes in from a messenger, in no library's terms: a message, a tap, a membership, a chat's move, an inline question."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from reporting.answers import Attachment, GeoPoint
from reporting.people import Address

ChatKind = Literal["private", "group", "channel"]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who has sent it. `home`: his own chat with the bot; `language`: the code of the language that his messenger speaks."""

    home: Address
    name: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A message further up: the one that is replied to, or under which a button was tapped.

    `text`: what stands in it, or under its picture; `presses`: what its buttons carry; `is_bots`: a bot has sent it.
    """

    message_id: str
    text: str = ""
    presses: tuple[str, ...] = ()
    is_bots: bool = False


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file or a photo. `again`: the message, as the channel hears it once more when the file was fetched (see FetchFile).

    Of a file that was fetched: `is_read`, with the `cells` of a workbook by their places, each with its kind and its text, or
    None for what is no workbook, and its whole `content` if that was wanted; or `not_fetched`, why it did not come («network»,
    «gone», «too big»). `caption`: what was written under it.
    """

    kind: Literal["document", "photo"]
    file: Attachment
    again: Mapping[str, Any] | None = None
    is_read: bool = False
    cells: Mapping[str, tuple[str, str]] | None = None
    content: bytes | None = None
    not_fetched: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What has come in. `chat`: where it was said, and is answered; `topic`: which of a group's. `sender`: None where nobody is."""

    chat: Address
    chat_kind: ChatKind
    topic: int | None
    sender: Sender | None

    @property
    def is_private(self) -> bool:
        return self.chat_kind == "private"

    @property
    def is_group(self) -> bool:
        return self.chat_kind == "group"

    @property
    def place(self) -> Address:
        """The chat, and in it the topic."""
        return replace(self.chat, topic=self.topic) if self.topic is not None else self.chat

    @property
    def language(self) -> str | None:
        """The language that the sender's messenger speaks, as a code; None: unknown."""
        return self.sender.language if self.sender is not None else None

    @property
    def home(self) -> Address:
        """The sender's own chat with the bot; where nobody has sent it, the chat itself."""
        return self.sender.home if self.sender is not None and not self.is_private else self.chat


@dataclass(frozen=True, slots=True)
class Message(Incoming):
    """A message, or what it has become: then `is_edit`. `message_id`: its number in its chat.

    `text`: None for one that is no text; `shared`: what it brings instead. `command`, without the stroke, and `arguments`, what
    stands behind it: of a text, or of a picture's caption. `to_us`: of a group's message that names the bot, or replies to it,
    what it says to it; None where it is not meant for the bot.
    """

    message_id: int
    text: str | None = None
    command: str = ""
    arguments: str = ""
    shared: SharedFile | GeoPoint | None = None
    replied: Earlier | None = None
    is_forwarded: bool = False
    is_edit: bool = False
    to_us: str | None = None

    @property
    def said(self) -> str:
        """Its text; «» where it has none."""
        return self.text or ""


@dataclass(frozen=True, slots=True)
class Tap(Incoming):
    """A button was tapped. `press`: what it carries, old or forged maybe; `under`: the message that it stands under, if known."""

    press: str
    under: Earlier | None = None


@dataclass(frozen=True, slots=True)
class Membership(Incoming):
    """The bot was let into a chat or has been shut out of it."""

    is_in: bool


@dataclass(frozen=True, slots=True)
class ChatMoved(Incoming):
    """The chat has another address now."""

    new_address: str


@dataclass(frozen=True, slots=True)
class InlineQuestion(Incoming):
    """A question that was typed behind the bot's name in some other chat; its answer goes to the list there."""

    query_id: str
    text: str
