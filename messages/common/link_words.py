"""The words of linking another messenger."""

from collections.abc import Sequence

from reporting.channel import Channel
from reporting.channel_switch import ChannelOrder, ChannelSwitch
from reporting.people import Address, Person
from reporting.say import UNKEPT, Rank, Say
from reporting.translator import Translator, translator
from reporting.units import UnitTree


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


def linked_told(person: Person, before: Address, first: str, words: Translator) -> list[Say]:
    """That it is done, there, and which channel is first; and, where the person was found before, that it was done."""
    here, first = person.address.channel, channels_said([first], words)
    return [
        Say(person.address, words("link_done", name=person.name, first=first, here=here)),
        Say(before, words("link_done_elsewhere", channel=channels_said([here], words)), rank=Rank.REMINDER),
    ]


def switch_told(done: ChannelSwitch, channel: str, *, by_address: bool = False) -> list[Say]:
    """To everybody once: that he is spoken to there from now on, or will be from a day on; or how he links it: `by_address`, by
    naming his address there, else by a code.
    """
    says = []
    ahead, on = ("", {}) if done.begins_on is None else ("_ahead", {"date": done.begins_on})
    for person in done.there:
        words = translator(person.language)
        text = words(f"switch_there{ahead}", channel=channels_said([channel], words), **on)
        says.append(Say(person.address, text, rank=Rank.REMINDER))
    for person, code in done.codes:
        words = translator(person.language)
        said = channels_said([channel], words)
        if by_address:
            text = words(f"switch_address{ahead}", channel=said, name=channel, **on)
        else:
            text = words(f"switch_code{ahead}", channel=said, code=code, **on)
        says.append(Say(person.address, text, rank=Rank.REMINDER, key=f"{UNKEPT}switch"))
    return says


def switch_revoked(order: ChannelOrder, concerned: Sequence[Person]) -> list[Say]:
    """To everybody who had been told that he would be spoken to elsewhere: that he will not."""
    told = ((each, translator(each.language)) for each in concerned)
    return [
        Say(
            each.address,
            words("switch_revoked", channel=channels_said([order.channel], words), date=order.begins_on),
            rank=Rank.REMINDER,
        )
        for each, words in told
    ]


def order_row(order: ChannelOrder, tree: UnitTree, words: Translator) -> tuple[str, ...]:
    """A row of the list of orders: number, channel, units, from which day on, and how it stands."""
    unit = tree.unit(order.unit_id) if order.unit_id is not None else None
    return (
        str(order.id),
        channels_said([order.channel], words),
        unit.title_with_code if unit is not None else words.plain("channel_orders_all"),
        words.show(order.begins_on),
        words.plain(f"channel_order_{order.state}_cell"),
    )
