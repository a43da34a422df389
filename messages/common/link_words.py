"""The words of linking another messenger."""

from collections.abc import Sequence

from reporting.channel import Channel
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


def code_told(code: str, others: Sequence[Channel], to: Address, words: Translator) -> Say:
    """The code, and where it is to be typed; of channels in which we can write first, how their address is named."""
    typed = [each.name for each in others if not each.address_pattern]
    named = [each.name for each in others if each.address_pattern]
    told = [words("link_code", code=code, channels=channels_said(typed, words))] if typed else []
    told += [words("link_by_address", channel=channels_said([each], words), name=each) for each in named]
    return Say(to, "\n\n".join(told), key=f"{UNKEPT}link code")


def code_written(code: str, person: Person, there: Address, to: Address, words: Translator) -> list[Say]:
    """The code, said where it is to be answered; and that this was done."""
    channel = channels_said([there.channel], words)
    return [
        Say(there, words("link_written", code=code, name=person.name), rank=Rank.REMINDER, key=f"{UNKEPT}link code"),
        Say(to, words("link_written_there", channel=channel, address=there.address)),
    ]


def roads_told(channels: Sequence[str], to: Address, words: Translator) -> Say:
    """By which messengers a person is spoken to, in their order."""
    key = "link_roads" if len(channels) > 1 else "link_one_road"
    return Say(to, words(key, channels=channels_said(channels, words), first=channels_said(channels[:1], words)))


def linked_told(person: Person, before: Address, words: Translator) -> list[Say]:
    """That it is done, there; and, where the person was found before, that it was done."""
    here, first = person.address.channel, channels_said([before.channel], words)
    return [
        Say(person.address, words("link_done", name=person.name, first=first, here=here)),
        Say(before, words("link_done_elsewhere", channel=channels_said([here], words)), rank=Rank.REMINDER),
    ]


def switch_told(done: ChannelSwitch, channel: str, *, by_address: bool = False) -> list[Say]:
    """To everybody once: that he is spoken to there from now on, or how he links it: by naming his address
    there where we can write first.
    """
    says = []
    for person in done.there:
        words = translator(person.language)
        says.append(
            Say(person.address, words("switch_there", channel=channels_said([channel], words)), rank=Rank.REMINDER)
        )
    for person, code in done.codes:
        words = translator(person.language)
        said = channels_said([channel], words)
        told = words("switch_address", channel=said, name=channel) if by_address else ""
        text = told or words("switch_code", channel=said, code=code)
        says.append(Say(person.address, text, rank=Rank.REMINDER, key=f"{UNKEPT}switch"))
    return says
