"""The units: the list, and a file of units, groups or mergers: what it would do is shown before it is done."""

from collections.abc import Mapping
from typing import Any

from bot.web.desk_page.visit import ADMINS, Deed, Done, Page, Visit
from messages.admins.unit_words import changed_lines, units_say
from messages.notices import notices_of
from reporting.errors import Refused
from reporting.questions.names import plain_name
from reporting.translator import Html
from reporting.unit_tables import table_text
from services import unit_files
from storage.organisation import unit_files as kept_files

MOST_SHOWN = 400


def _show(visit: Visit) -> Mapping[str, Any]:
    context, tree, today = visit.context, visit.context.tree, visit.context.today
    wanted = plain_name(visit.text("q")).split()
    under = [each for root in visit.roots("look") for each in tree.under(root, today)]
    found = [each for each in under if all(word in plain_name(f"{each.code} {each.title}") for word in wanted)]
    rows = [
        {"unit": each, "above": tree.unit(each.parent_id).title if each.parent_id is not None else ""}
        for each in found[:MOST_SHOWN]
    ]
    at = visit.actor.person.address
    waits = kept_files.waiting(visit.connection, at) if unit_files.is_waiting(context, at) else None
    return {
        "rows": rows,
        "more": len(found) - len(rows),
        "search": visit.text("q"),
        "waiting": waits.id if waits is not None else None,
        "file": waits.name if waits is not None else "",
    }


def _send(visit: Visit) -> Done:
    context, words, person = visit.context, visit.words, visit.actor.person
    sent = visit.uploads.get("file")
    if sent is None or not sent.content:
        raise Refused("page_no_file")
    text = table_text(sent.name, sent.content)
    shown = unit_files.show_file(context, visit.actor, person.address, sent.name, text)
    said = units_say(shown.done, person.address, words, context.today, file_id=shown.file_id, file=shown.name)
    return Done(UNITS.path, said.text)


def _confirm(visit: Visit) -> Done:
    context, words = visit.context, visit.words
    shown = unit_files.confirm_file(context, visit.actor, visit.actor.person.address, visit.number("id"))
    lines = changed_lines(shown.done, words, context.today)
    head = words("units_changed_meanwhile") if shown.is_otherwise else words("page_units_done")
    return Done(UNITS.path, Html("\n".join([head, *lines])), notices_of(shown.done.events, context.zone))


def _drop(visit: Visit) -> Done:
    unit_files.drop_file(visit.context, visit.actor.person.address)
    return Done(UNITS.path, visit.words("units_left"))


UNITS = Page("/units", "page_units", "units.html", _show, ADMINS)
UNIT_DEEDS = (
    Deed("/units/send", UNITS, _send),
    Deed("/units/confirm", UNITS, _confirm),
    Deed("/units/drop", UNITS, _drop),
)
