"""`giaoban channel switch`: everybody, or a unit's people, go over to another messenger, and back, by one command."""

from argparse import Namespace

from bot.cli.common import database, now, today, words
from bot.settings import read_settings
from bot.telegram.channel import TELEGRAM
from bot.zalo.channel import ZALO
from messages.common.link_words import channels_said, switch_told
from reporting.errors import Refused
from services.switch_channel import switch_channel
from storage.messages import outbox
from storage.organisation import units

CHANNELS = {each.name: each for each in (TELEGRAM, ZALO)}


def switch(chosen: Namespace) -> None:
    """`channel switch CHANNEL [--unit CODE] [--dry-run]`: says first what it needs of the messenger's plan; everybody is told once."""
    settings, say = read_settings(), words()
    if chosen.channel == ZALO.name and not settings.zalo_token:
        raise Refused("zalo_token_missing")
    plan = settings.zalo_plan if chosen.channel == ZALO.name else None
    with database(settings, writes=not chosen.dry_run) as connection:
        tree, on, at = units.tree(connection), today(settings), now(settings)
        wanted = tree.under(tree.known(chosen.unit, on), on) if chosen.unit else tree.units
        ids = [each.id for each in wanted]
        done = switch_channel(connection, chosen.channel, ids, plan, on, at, tries=chosen.dry_run)
        if not chosen.dry_run:
            outbox.put(connection, switch_told(done, chosen.channel), at, CHANNELS)
    name = channels_said([chosen.channel], say)
    print(say.plain("switch_counts", channel=name, there=len(done.there), codes=len(done.codes)))
    if plan is not None:
        key = "switch_enough" if done.is_enough else "switch_not_enough"
        print(say.plain(key, need=done.need, messages=plan.messages, people=plan.people))
    if chosen.dry_run:
        print(say.plain("switch_tried"))
