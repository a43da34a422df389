"""`giaoban channel switch`: everybody, or a unit's people, go over to another messenger, and back, by one command."""

from argparse import Namespace
from datetime import date

from bot.channels import ALL_CHANNELS, CHANNEL_FOLDERS
from bot.cli.common import database, now, text_table, today, words
from bot.settings import read_settings
from messages.common.link_words import channels_said, order_row, switch_revoked, switch_told
from reporting.errors import Refused
from services.switch_channel import revoke_switch, switch_channel
from storage.messages import outbox
from storage.organisation import channel_orders, units

HEAD = ("id", "channel", "units", "from", "state")


def switch(chosen: Namespace) -> None:
    """`channel switch CHANNEL [--unit CODE] [--from DAY] [--dry-run]`: says first what it needs of the messenger's plan; everybody is
    told once, and where it is from a later day on once more when that has come.
    """
    settings, say = read_settings(), words()
    (folder,) = [each for each in CHANNEL_FOLDERS if each.channel.name == chosen.channel]
    if not folder.is_wanted(settings):
        raise Refused("channel_not_set", channel=channels_said([chosen.channel], say))
    plan = folder.plan(settings)
    with database(settings, writes=not chosen.dry_run) as connection:
        tree, on, at = units.tree(connection), today(settings), now(settings)
        unit = tree.known(chosen.unit, on) if chosen.unit else None
        begins_on = _begins_on(chosen.from_, on)
        done = switch_channel(
            connection, chosen.channel, unit, tree, plan, on, at, begins_on=begins_on, tries=chosen.dry_run
        )
        if not chosen.dry_run:
            told = switch_told(done, chosen.channel, by_address=bool(folder.channel.address_pattern))
            outbox.put(connection, told, at, ALL_CHANNELS)
    if plan is not None:
        key = "switch_enough" if done.is_enough else "switch_not_enough"
        print(say.plain(key, need=done.need, messages=plan.messages, people=plan.people))
    counts = {"channel": channels_said([chosen.channel], say), "there": len(done.there), "codes": len(done.codes)}
    if done.begins_on is None:
        print(say.plain("switch_counts", **counts))
    else:
        print(say.plain("switch_ordered", **counts, date=done.begins_on))
    if chosen.dry_run:
        print(say.plain("switch_tried"))


def show_orders(_: Namespace) -> None:
    """`channel list`: what was ordered, from which day on, and how it stands."""
    settings, say = read_settings(), words()
    with database(settings) as connection:
        tree, orders = units.tree(connection), channel_orders.channel_orders(connection)
    if not orders:
        print(say.plain("channel_orders_none"))
        return
    rows = [order_row(each, tree, say) for each in orders]
    print(text_table([tuple(say.plain(f"channel_orders_cell_{name}") for name in HEAD), *rows]))


def revoke(chosen: Namespace) -> None:
    """`channel revoke ID`: what was ordered does not begin; whoever had been told of it is told so."""
    settings, say = read_settings(), words()
    with database(settings, writes=True) as connection:
        at = now(settings)
        order, concerned = revoke_switch(connection, chosen.id, units.tree(connection), today(settings), at)
        outbox.put(connection, switch_revoked(order, concerned), at, ALL_CHANNELS)
    values = {"channel": channels_said([order.channel], say), "date": order.begins_on}
    print(say.plain("channel_order_revoked_now", id=str(order.id), n=len(concerned), **values))


def _begins_on(text: str | None, on: date) -> date | None:
    """None: at once. Refused for what is no day, or is over."""
    if text is None:
        return None
    from understanding.start_days import start_day  # it brings all the words for days, which take a moment

    day = start_day(text, on)
    if day is None:
        raise Refused("channel_from_wrong", text=text)
    if day < on:
        raise Refused("channel_from_past", date=day)
    return day
