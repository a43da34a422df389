"""Targets: how far units are with each, a file of new ones, looked at before it is taken in, and one given up."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.web.desk_page.visit import Deed, Done, Page, Visit, as_read
from messages.leaders.target_words import progress_said, target_said
from reporting.access import may
from reporting.errors import Refused
from reporting.translator import Html
from reporting.unit_tables import table_text
from reporting.units import Unit
from services.keep_targets import import_targets, retire_target
from services.target_progress import target_progress
from services.targets_held import target_held


def _show(visit: Visit) -> Mapping[str, Any]:
    context, words = visit.context, visit.words
    unit = visit.unit("look")
    forms = {each.key: each for each in context.told_forms}
    found = target_progress(visit.connection, context.tree, unit, context.now, context.zone)
    rows = [
        {
            "id": each.target.id,
            "unit": context.unit(each.target.unit_id),
            "said": as_read(progress_said(each, forms.get(each.target.form), words)),
            "percent": None if each.share is None else round(100 * each.share),
            "wanting": each.is_wanting,
            "may": _may_set(visit, context.unit(each.target.unit_id)),
        }
        for each in found
    ]
    return {"rows": rows, "unit": unit, "roots": visit.roots("look"), "may": "admin" in visit.roles}


def _may_set(visit: Visit, unit: Unit) -> bool:
    """Here by the duties of an admin: who leads sets targets in chat."""
    held = [each for each in visit.actor.duties if each.role == "admin"]
    return may("target", unit, held, visit.context.tree)


def _send(visit: Visit) -> Done:
    """«try»: only looked at; nothing is kept of the file, so that it is sent again to be taken in."""
    context, words, sent = visit.context, visit.words, visit.uploads.get("file")
    if sent is None or not sent.content:
        raise Refused("page_no_file")
    is_trial = visit.text("what") != "take"
    done = import_targets(
        visit.connection,
        table_text(sent.name, sent.content),
        context.now,
        context.zone,
        visit.actor.person.id,
        dry_run=is_trial,
        is_allowed=partial(_may_set, visit),
    )
    forms = {each.key: each for each in context.told_forms}
    lines = [
        words(
            "targets_line",
            unit=context.unit(each.unit_id).title,
            target=target_said(each, forms.get(each.form), words),
        )
        for each in done.new
    ]
    key = "targets_dry_run" if is_trial else "targets_imported"
    head = words(key, n=done.lines, new=len(done.new), replaced=done.replaced)
    return Done(TARGETS.path, Html("\n".join([head, *lines])))


def _retire(visit: Visit) -> Done:
    context, number = visit.context, visit.number("id") or 0
    target = target_held(visit.connection, context.tree, number, context.today)
    if target is None or not _may_set(visit, context.unit(target.unit_id)):
        raise Refused("target_unknown", id=str(number))
    retire_target(visit.connection, number, context.now, visit.actor.person.id)
    form = next((each for each in context.told_forms if each.key == target.form), None)
    unit, said = context.unit(target.unit_id), target_said(target, form, visit.words)
    return Done(TARGETS.path, visit.words("target_retired_in_chat", unit=unit.title, target=said))


TARGETS = Page("/targets", "page_targets", "targets.html", _show)
TARGET_DEEDS = (
    Deed("/targets/send", TARGETS, _send),
    Deed("/targets/retire", TARGETS, _retire),
)
