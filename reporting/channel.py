"""What a channel can do: every messenger declares it in its own folder, and nobody else knows its numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, slots=True)
class Channel:
    """A messenger's limits, in its own terms.

    `text_length`, `caption_length`: most of what is visible in one message, in UTF-16 units. `press_size`: most bytes that a button
    carries; 0: it has no buttons. `formatting`: what its texts are written in. `rate`: messages a second over all that it takes free.
    `can_delete`: what was said can be taken away again, at least for a while. `by_address`: files and pictures are fetched by the
    messenger, or by whoever gets them, from an address of ours. `opens`, `joins`: addresses that open a chat with the bot of this
    `{name}`, and hand it a `{code}`; «» where there are none. `holds_all`: one message holds a long text, a picture and a file, so
    that what is answered to one thing said, and all parts of a digest, come as one. `address_pattern`: what its addresses look like
    where we can write first, so that one is linked by naming it; «»: whoever is to be found there has to write first. `is_set`:
    this program hears and speaks there; another that somebody was found in before may have been taken out of its settings.
    """

    name: str
    text_length: int
    caption_length: int
    press_size: int
    formatting: Literal["html", "plain"]
    can_edit: bool
    has_files: bool
    has_pictures: bool
    has_menu: bool
    rate: float
    can_delete: bool = False
    by_address: bool = False
    holds_all: bool = False
    address_pattern: str = ""
    opens: str = ""
    joins: str = ""
    is_set: bool = True

    @property
    def has_buttons(self) -> bool:
        return self.press_size > 0

    @property
    def takes_strangers(self) -> bool:
        """Whether somebody can write there to whom we have not written."""
        return self.address_pattern == ""

    def is_address(self, text: str) -> bool:
        """Whether it is what we can write to there before anything came from there."""
        return self.address_pattern != "" and re.fullmatch(self.address_pattern, text) is not None

    def carries(self, press: str) -> bool:
        """Whether a button can carry it."""
        return len(press.encode()) <= self.press_size


Channels = Mapping[str, Channel]
"""By name: every one in which somebody may be found, be it set or not."""

NONE_KNOWN: Channels = MappingProxyType({})
"""Where nobody knows by which people are spoken to."""


def channels_in_use(channels: Channels) -> Channels:
    """Those on which this program hears and speaks."""
    return {name: each for name, each in channels.items() if each.is_set}


def unset_channels(channels: Channels) -> list[str]:
    """The others: whoever is found in no other cannot be reached."""
    return sorted(name for name, each in channels.items() if not each.is_set)


def is_in_use(channels: Channels, name: str) -> bool:
    """Whether this program speaks there; not where nobody is found any more either."""
    return name in channels and channels[name].is_set
