"""The words of linking another messenger."""

from collections.abc import Sequence

from reporting.channel_switch import ChannelSwitch
from reporting.people import Address, Person
from reporting.say import UNKEPT, Rank, Say
from reporting.translator import Translator, translator


def channels_said(channels: Sequence[str], words: Translator) -> str:
    """«Zalo, Telegram»: as people call them."""
    return ", ".join(_called(each, words) for each in channels)


def _called(channel: str, words: Translator) -> str:
    try:
        return words.plain(f"channel_{channel}")
    except KeyError:  # one without words of its own is called by its name
        return channel


def code_told(code: str, others: Sequence[str], to: Address, words: Translator) -> Say:
    """The code, and where it is to be typed."""
    return Say(to, words("link_code", code=code, channels=channels_said(others, words)), key=f"{UNKEPT}link code")


def roads_told(channels: Sequence[str], to: Address, words: Translator) -> Say:
    """By which messengers a person is spoken to, in their order."""
    key = "link_roads" if len(channels) > 1 else "link_one_road"
    return Say(to, words(key, channels=channels_said(channels, words), first=channels_said(channels[:1], words)))


def linked_told(person: Person, before: Address, words: Translator) -> list[Say]:
    """That it is done, there; and, where the person was found before, that it was done."""
    there = channels_said([person.address.channel], words)
    first = channels_said([before.channel], words)
    return [
        Say(person.address, words("link_done", name=person.name, first=first)),
        Say(before, words("link_done_elsewhere", channel=there), rank=Rank.REMINDER),
    ]


def switch_told(done: ChannelSwitch, channel: str) -> list[Say]:
    """To everybody once: that he is spoken to there from now on, or how he links it."""
    says = []
    for person in done.there:
        words = translator(person.language)
        says.append(
            Say(person.address, words("switch_there", channel=channels_said([channel], words)), rank=Rank.REMINDER)
        )
    for person, code in done.codes:
        words = translator(person.language)
        text = words("switch_code", channel=channels_said([channel], words), code=code)
        says.append(Say(person.address, text, rank=Rank.REMINDER, key=f"{UNKEPT}switch"))
    return says
