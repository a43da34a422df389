"""What could not be said to officials, or nobody knows whether it came, as the desk reads it; and how it is said again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from html import unescape
from textwrap import shorten

from messages.common.link_words import channels_said
from reporting.channel import Channels
from reporting.people import Address
from reporting.presses.admins import SayAgain
from reporting.retries import NOT_SET, UNREACHABLE
from reporting.say import Button, Rank, Say
from reporting.translator import Html, Translator
from reporting.undelivered import KEY, Unsaid
from reporting.units import UnitTree

MOST_LISTED = 10
MOST_BUTTONS = 5
SHOWN = 60


def told_once(found: Iterable[Unsaid]) -> list[Unsaid]:
    """One for each key: of a closed chat only the newest message."""
    return list({each.key: each for each in reversed(list(found))}.values())[::-1]


def unsaid_say(
    found: Sequence[Unsaid], tree: UnitTree, channels: Channels, now: datetime, to: Address, words: Translator
) -> Say:
    """The list, newest first, with a button for each message that it makes sense to say again."""
    lines = [words("unsaid_list", n=len(found))]
    lines += [line(each, tree, words) for each in found[:MOST_LISTED]]
    if len(found) > MOST_LISTED:
        lines.append(words("round_more", n=len(found) - MOST_LISTED))
    again = [each for each in found[:MOST_LISTED] if each.can_be_said_again(channels, now)]
    lines.append(words("unsaid_how", id=str(again[0].id)) if again else words("unsaid_all"))
    rows = tuple((_button(each, words),) for each in again[:MOST_BUTTONS])
    return Say(to, Html("\n".join(lines)), rows)


def unsaid_told(
    found: Sequence[Unsaid], tree: UnitTree, channels: Channels, now: datetime, to: Address, words: Translator
) -> Say:
    """The same unasked: what is new."""
    said = unsaid_say(found, tree, channels, now, to, words)
    return replace(said, rank=Rank.REMINDER, key=f"{KEY}{max(each.id for each in found)}")


def line(each: Unsaid, tree: UnitTree, words: Translator) -> Html:
    """«• cho đồng chí Lê Văn Nam (xã Thọ Dân): người nhận đã chặn … – «Kính gửi: …» (mã 12)»."""
    return words("unsaid_line", whom=whom(each, tree, words), why=why(each, words), text=text(each), id=str(each.id))


def whom(each: Unsaid, tree: UnitTree, words: Translator) -> str:
    """The person with his units, or the units that a group or channel is told of, or else the bare address."""
    units = ", ".join(tree.unit(unit_id).title for unit_id in each.unit_ids)
    if each.name:
        return words.plain("unsaid_whom", name=each.name, units=units) if units else each.name
    return words.plain("unsaid_chat", units=units, address=each.effect.to.address) if units else each.effect.to.address


def why(each: Unsaid, words: Translator) -> str:
    """Why it did not come, as far as we know."""
    if each.state == "unknown":
        return words.plain("unsaid_why_unknown")
    channel = channels_said([each.effect.to.channel], words)
    if each.error == NOT_SET:
        return words.plain("unsaid_why_not_set", channel=channel)
    if each.error.startswith(UNREACHABLE):
        return words.plain("unsaid_why_closed")
    return words.plain("unsaid_why_refused", channel=channel, error=each.error)


def text(each: Unsaid) -> str:
    """The beginning of what it says, as plain text on one line."""
    return shorten(unescape(re.sub(r"<[^>]+>", "", each.text)), SHOWN, placeholder="…")


def _button(each: Unsaid, words: Translator) -> Button:
    return Button(
        words.plain("unsaid_button", id=str(each.id), name=each.name or each.effect.to.address)[:60],
        SayAgain(each.id),
    )
