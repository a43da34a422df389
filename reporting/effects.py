"""What the bot does in a messenger: it says something, sets a menu, fetches a file, or answers an inline question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reporting.people import Address
from reporting.say import Rank, Say


@dataclass(frozen=True, slots=True)
class SetMenu:
    """The chat's menu of commands: nothing is said. `commands`: each name (without the stroke) and its line of help."""

    to: Address
    commands: tuple[tuple[str, str], ...]
    rank: Rank = Rank.REPLY
    key: str = ""


@dataclass(frozen=True, slots=True)
class FetchFile:
    """A file that was sent is fetched and read; the message that brought it is then heard once more, with what is in it.

    `file_id`: the channel's; `message`: that message as JSON of the channel's, which nobody else reads. `whole`: with the file as
    it is, beside the cells of a workbook.
    """

    to: Address
    file_id: str
    message: Mapping[str, Any]
    whole: bool = False
    rank: Rank = Rank.REPLY
    key: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One of the answers to an inline question: what the list shows, and the HTML `text` that is sent if it is chosen."""

    id: str
    title: str
    description: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerInline:
    """The answers to the inline question `query_id`; none: there is nothing certain to be said."""

    to: Address
    query_id: str
    articles: tuple[Article, ...] = ()
    rank: Rank = Rank.REPLY
    key: str = ""


Effect = Say | SetMenu | FetchFile | AnswerInline
"""What a row of the outbox asks a channel to do. `key`: as of a Say."""
