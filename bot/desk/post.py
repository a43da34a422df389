"""`giaoban unsaid` and `giaoban reminded`: what could not be said, and the evidence of what was."""

from argparse import Namespace

from bot.desk.office import database, now, plain, today, words
from bot.settings import read_settings
from reporting.errors import Refused
from storage import audit, outbox, said, units
from storage.rounds_of_day import rounds_of


def unsaid(chosen: Namespace) -> None:
    """`unsaid [--again ID]`: dead letters and unknown deliveries, newest first; one of them said again."""
    settings = read_settings()
    if chosen.again is not None:
        with database(settings, writes=True) as connection:
            if not outbox.say_again(connection, chosen.again):
                raise Refused("unsaid_gone", id=str(chosen.again))
            audit.write(connection, now(settings), None, "say again", message=chosen.again)
        print(words().plain("unsaid_again", id=str(chosen.again)))
        return
    with database(settings) as connection:
        found = outbox.unsaid(connection)
    say = words()
    print(say.plain("unsaid_head", n=len(found)))
    for each in found:
        at = each.created_at.astimezone(settings.zone).isoformat(timespec="minutes")
        text = " ".join(plain(each.say.text).split())[:80]
        state = say.plain(f"outbox_{each.state}")
        print(f"{each.id}\t{at}\t{each.say.to.address}\t{state}\t{each.error}\t{text}")


def reminded(chosen: Namespace) -> None:
    """`reminded [--date D] [--unit CODE]`: who was reminded of which report, when, the how many-th time, what became of it."""
    settings = read_settings()
    say = words()
    print(say.plain("reminded_head"))
    with database(settings) as connection:
        tree, at, zone = units.tree(connection), now(settings), settings.zone
        wanted = None
        if chosen.unit:
            unit = tree.find(chosen.unit, chosen.date or today(settings))
            if unit is None:
                raise Refused("unit_unknown", code=chosen.unit)
            wanted = [each.id for each in tree.under(unit, chosen.date or today(settings))]
        for form, period in rounds_of(connection, chosen.date, at, zone):
            for word in said.words_about(connection, form.key, period, wanted):
                left = word.said_at.astimezone(zone).isoformat(timespec="minutes") if word.said_at else ""
                title, rules = tree.unit(word.unit_id).title, ", ".join(word.rules)
                print(f"{title}\t{form.key}\t{period}\t{word.name}\t{rules}\t{word.count}\t{word.state}\t{left}")
