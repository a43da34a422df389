"""`giaoban rules`: validation rules across forms, units and periods, and what they have found."""

from argparse import Namespace

from bot.cli.common import database, now, plain_text, read_file, text_table, today, words
from bot.settings import read_settings
from messages.leaders.contradiction_words import contradiction_line
from reporting.texts import in_language
from reporting.unit_tables import table_text
from services.keep_rules import bring_rules, retire_rule, rules_known
from services.read_contradictions import open_contradictions
from storage.organisation import units


def bring(chosen: Namespace) -> None:
    """`rules import FILE [--dry-run]`: the rules of the file are in use from now on."""
    _bring(chosen, dry_run=chosen.dry_run)


def check(chosen: Namespace) -> None:
    """`rules check FILE`: what is wrong with a file, by row and column; status 1 where anything is."""
    _bring(chosen, dry_run=True)


def _bring(chosen: Namespace, *, dry_run: bool) -> None:
    settings, say = read_settings(), words()
    text = table_text(chosen.file, read_file(chosen.file))
    with database(settings, writes=not dry_run) as connection:
        done = bring_rules(connection, text, now(settings), today(settings), dry_run=dry_run)
    for rule in done.changed:
        print(f"{rule.key}\t{in_language(rule.name, say.language)}")
    key = "rules_dry_run" if dry_run else "rules_brought"
    print(say.plain(key, n=len(done.rules), changed=len(done.changed)))


def show(chosen: Namespace) -> None:
    """`rules list`: every rule, when it is run, and how much is open by it."""
    settings, say = read_settings(), words()
    with database(settings) as connection:
        found = rules_known(connection, today(settings))
    rows = [[say.plain(key) for key in ("rules_key", "rules_name", "rules_sides", "rules_open", "rules_state")]]
    for each in found:
        state = say.plain("rules_retired") if each.retired_at else say.plain("rules_used")
        name = sides = "–"
        if each.rule is not None:
            name = in_language(each.rule.name, say.language)
            sides = f"{each.rule.left.text} {each.rule.operator} {each.rule.right.text}"
        elif not each.retired_at:
            state = say.plain("rules_broken", why=each.why)
        rows.append([each.key, name, sides, str(each.found), state])
    print(text_table(rows) if found else say.plain("rules_none"))


def retire(chosen: Namespace) -> None:
    """`rules retire KEY`: it is run no more, and what it found is closed."""
    settings = read_settings()
    with database(settings, writes=True) as connection:
        retire_rule(connection, chosen.key, now(settings))
    print(words().plain("rules_retired_now", rule=chosen.key))


def show_open(chosen: Namespace) -> None:
    """`rules open [--unit CODE]`: the contradictions that are open."""
    settings, say = read_settings(), words()
    on = today(settings)
    with database(settings) as connection:
        tree = units.tree(connection)
        under = [tree.known(chosen.unit, on)] if chosen.unit else None
        found = open_contradictions(connection, tree, on, under)
    print(say.plain("contradictions_open", n=len(found)))
    for each in found:
        print(plain_text(contradiction_line(each, tree, say)))
