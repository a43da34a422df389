"""`giaoban people show` and `giaoban people erase`: what is kept of one person, and its end."""

import json
from argparse import Namespace

from bot.cli.common import check_is_new, database, now, plain_text, today, words, write_file
from bot.cli.people import person_named
from bot.settings import read_settings
from messages.admins.person_words import record_text
from services.person_data import check_erasable, erase_person, look_at_person
from storage.organisation import units


def show_person(chosen: Namespace) -> None:
    """`people show PERSON [-o FILE.json]`: all that is kept of him, counted; into the file all of it. That it was shown is audited."""
    settings, say = read_settings(), words()
    if chosen.output:
        check_is_new(chosen.output)
    with database(settings, writes=True) as connection:
        person = person_named(connection, chosen.person)
        record = look_at_person(connection, person, now(settings))
        tree = units.tree(connection)
    print(plain_text(record_text(record, tree, settings.zone, say)))
    if chosen.output:
        content = json.dumps(record.rows, ensure_ascii=False, indent=2)
        write_file(chosen.output, f"{content}\n".encode(), for_us_alone=True)
        print(say.plain("record_written", file=chosen.output))


def erase(chosen: Namespace) -> None:
    """`people erase PERSON [--yes]`: without --yes it is only said what would go."""
    settings, say = read_settings(), words()
    with database(settings, writes=chosen.yes) as connection:
        person = person_named(connection, chosen.person)
        check_erasable(connection, person, today(settings))
        if not chosen.yes:
            print(say.plain("erase_would", name=person.name, id=str(person.id)))
            return
        done = erase_person(connection, person, today(settings), now(settings))
    print(say.plain("erased", known=done.known_as, n=done.mentions))
