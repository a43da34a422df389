"""`giaoban people`: who is charged with what, who is silent; duties end, rest and pass on at the desk."""

from argparse import Namespace
from collections.abc import Iterable

from sqlalchemy import Connection

from bot.channels import ALL_CHANNELS, channels_by
from bot.cli.common import database, now, plain_text, text_table, today, words
from bot.settings import Settings, read_settings
from messages.admins.people_words import ended_text, roster_row, silence_text
from messages.notices import notices_of
from reporting.errors import Refused
from reporting.events.event import Event
from reporting.people import Person
from reporting.rounds.periods import check_days
from services.context import Context
from services.end_duty import end_duty
from services.hand_over import hand_over_at_desk
from services.leave import end_leave, take_leave
from services.silent_people import silence
from storage.messages import outbox
from storage.organisation import people, units
from storage.organisation.roster import roster

HEAD = ("id", "name", "role", "unit", "since", "heard")


def context_of(connection: Connection, settings: Settings) -> Context:
    """What use cases are given, as of now."""
    tree, zone = units.tree(connection), settings.zone
    return Context(connection, now(settings), zone, tree, ALL_CHANNELS, settings.language, settings.demonstration)


def tell(context: Context, events: Iterable[Event]) -> None:
    """Whoever is to be told of what was done is told by the running bot."""
    outbox.put(context.connection, notices_of(events, context.zone), context.now, ALL_CHANNELS)


def person_named(connection: Connection, text: str) -> Person:
    """The person with this number or name. Refused where there is none, or several."""
    found = people.named(connection, text)
    if not found:
        raise Refused("person_none", name=text)
    if len(found) > 1:
        raise Refused("person_several", name=text, n=len(found), ids=", ".join(str(each.id) for each in found))
    return found[0]


def show_people(chosen: Namespace) -> None:
    """`people list [--unit CODE] [--role ROLE]`."""
    settings, say = read_settings(), words()
    with database(settings) as connection:
        tree, on = units.tree(connection), today(settings)
        root = tree.known(chosen.unit, on) if chosen.unit else None
        lines = roster(
            connection, on, [unit.id for unit in tree.under(root, on)] if root else None, channels_by(settings)
        )
    found = [line for line in lines if chosen.role in (None, line.duty.role)]
    found.sort(key=lambda line: tree.unit(line.duty.unit_id).code_order)
    print(say.plain("people_head", n=len(found)))
    if found:
        rows = [roster_row(line, tree, settings.zone, say) for line in found]
        print(text_table([tuple(say.plain(f"people_cell_{name}") for name in HEAD), *rows]))


def show_silent(chosen: Namespace) -> None:
    """`people silent [--days N] [--unit CODE]`: units without a reporter, reporters who send nothing, closed chats."""
    settings, say = read_settings(), words()
    with database(settings) as connection:
        context = context_of(connection, settings)
        tree, on = context.tree, context.today
        roots = [tree.known(chosen.unit, on)] if chosen.unit else tree.roots(on)
        found = silence(connection, context.forms, tree, on, context.now, roots, chosen.days, channels_by(settings))
    print(plain_text(silence_text(found, chosen.days, tree, settings.zone, say)))


def end(chosen: Namespace) -> None:
    """`people end PERSON ROLE UNIT`: from today on."""
    settings, say = read_settings(), words()
    with database(settings, writes=True) as connection:
        context = context_of(connection, settings)
        unit, person = context.tree.known(chosen.unit, context.today), person_named(connection, chosen.person)
        held = [each for each in context.duties(person, chosen.role) if each.unit_id == unit.id]
        if not held:
            role = say.plain(f"role_{chosen.role}")
            raise Refused("duty_none", name=person.name, role=role, unit=unit.title)
        ended = end_duty(context, held[0], None)
        tell(context, ended.events)
    said = ended_text(person.name, ended.duty, unit, ended.drafts, ended.questions, ended.reporting, say, at_desk=True)
    print(plain_text(said))


def hand_over(chosen: Namespace) -> None:
    """`people hand-over UNIT PERSON [--from D]`: from then on he reports for the unit, and whoever did does not."""
    settings, say = read_settings(), words()
    with database(settings, writes=True) as connection:
        context = context_of(connection, settings)
        unit, new = context.tree.known(chosen.unit, context.today), person_named(connection, chosen.person)
        since = chosen.since or context.today
        told = hand_over_at_desk(context, unit, new, since)
        tell(context, told)
    key = "handover_done" if told[0].old_names else "handover_done_first"
    print(say.plain(key, date=since, new=new.name, old=told[0].old_names, unit=unit.title))


def leave(chosen: Namespace) -> None:
    """`people leave PERSON FROM TO`: his duties as reporter rest on these days, and the deputy reports."""
    settings, say = read_settings(), words()
    with database(settings, writes=True) as connection:
        context = context_of(connection, settings)
        person = person_named(connection, chosen.person)
        since = max(chosen.since, context.today)
        check_days(since, chosen.until)
        left = take_leave(context, person, since, chosen.until, by_desk=True)
        tell(context, [event for each in left for event in each.events])
    for each in left:
        names = ", ".join(deputy.name for deputy in each.deputies)
        values = {"name": person.name, "unit": each.unit.title, "first": since, "last": chosen.until}
        print(say.plain("people_leave" if names else "people_leave_alone", **values, names=names))
    if not left:
        raise Refused("people_leave_none", name=person.name)


def back(chosen: Namespace) -> None:
    """`people back PERSON`: his leave is over today."""
    settings, say = read_settings(), words()
    with database(settings, writes=True) as connection:
        context = context_of(connection, settings)
        person = person_named(connection, chosen.person)
        over = end_leave(context, person, by_desk=True)
        tell(context, over.events)
    if not over.units:
        raise Refused("people_back_none", name=person.name)
    for unit in over.units:
        print(say.plain("leave_over", name=person.name, unit=unit.title))
