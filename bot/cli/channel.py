"""`giaoban channel switch`: everybody, or a unit's people, go over to another messenger, and back, by one command."""

from argparse import Namespace

from bot.channels import CHANNEL_FOLDERS
from bot.cli.common import database, now, today, words
from bot.settings import read_settings
from messages.common.link_words import channels_said, switch_told
from reporting.errors import Refused
from services.switch_channel import switch_channel
from storage.messages import outbox
from storage.organisation import units

CHANNELS = {each.channel.name: each.channel for each in CHANNEL_FOLDERS}


def switch(chosen: Namespace) -> None:
    """`channel switch CHANNEL [--unit CODE] [--dry-run]`: says first what it needs of the messenger's plan; everybody is told once."""
    settings, say = read_settings(), words()
    (folder,) = [each for each in CHANNEL_FOLDERS if each.channel.name == chosen.channel]
    if not folder.is_wanted(settings):
        raise Refused("channel_not_set", channel=channels_said([chosen.channel], say))
    plan = folder.plan(settings)
    with database(settings, writes=not chosen.dry_run) as connection:
        tree, on, at = units.tree(connection), today(settings), now(settings)
        wanted = tree.under(tree.known(chosen.unit, on), on) if chosen.unit else tree.units
        ids = [each.id for each in wanted]
        done = switch_channel(connection, chosen.channel, ids, plan, on, at, tries=chosen.dry_run)
        if not chosen.dry_run:
            outbox.put(
                connection,
                switch_told(done, chosen.channel, by_address=bool(folder.channel.address_pattern)),
                at,
                CHANNELS,
            )
    name = channels_said([chosen.channel], say)
    print(say.plain("switch_counts", channel=name, there=len(done.there), codes=len(done.codes)))
    if plan is not None:
        key = "switch_enough" if done.is_enough else "switch_not_enough"
        print(say.plain(key, need=done.need, messages=plan.messages, people=plan.people))
    if chosen.dry_run:
        print(say.plain("switch_tried"))
