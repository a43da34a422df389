"""`giaoban unsaid`: what could not be said, and one of it said again."""

from argparse import Namespace

from bot.channels import channels_by
from bot.cli.common import database, now, today, words
from bot.settings import read_settings
from messages.admins.undelivered import text, whom
from services.say_again import say_again
from storage.messages import undelivered
from storage.organisation import units


def show_unsaid(chosen: Namespace) -> None:
    """`unsaid [--again ID]`: what could not be said to officials, and what of residents' was refused, newest first; or one again."""
    settings = read_settings()
    if chosen.again is not None:
        with database(settings, writes=True) as connection:
            say_again(connection, chosen.again, channels_by(settings), today(settings), now(settings))
        print(words().plain("unsaid_again", id=str(chosen.again)))
        return
    with database(settings) as connection:
        found, tree = undelivered.unsaid(connection, today(settings)), units.tree(connection)
    say = words()
    print(say.plain("unsaid_head", n=len(found)))
    for each in found:
        at_local = each.created_at.astimezone(settings.zone).isoformat(timespec="minutes")
        state, to = say.plain(f"outbox_{each.state}"), whom(each, tree, say)
        print(f"{each.id}\t{at_local}\t{to}\t{state}\t{each.error}\t{text(each)}")
