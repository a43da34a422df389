"""Validation rules: what contradicts itself, which rules there are, a file of them, and one retired."""

from collections.abc import Mapping
from typing import Any

from bot.web.desk_page.suspensions import is_of_whole_tree
from bot.web.desk_page.visit import Deed, Done, Page, Visit
from messages.leaders.contradiction_words import form_shown
from reporting.errors import Refused
from reporting.period_types import Period
from reporting.texts import in_language
from reporting.unit_tables import table_text
from services.keep_rules import bring_rules, retire_rule, rules_known
from services.read_contradictions import open_contradictions


def _show(visit: Visit) -> Mapping[str, Any]:
    words, context = visit.words, visit.context
    found = open_contradictions(visit.connection, context.tree, context.today, visit.roots("look"))
    forms = {form.key: form for form in context.forms}
    rows = [
        {
            "unit": context.unit(each.unit_id),
            "form": form_shown(each, forms, context.tree),
            "day": each.period,
            "period": words.show(Period(each.rule.period_type, each.period)),
            "rule": in_language(each.rule.name, words.language),
            "importance": words.plain(f"rules_importance_{each.rule.importance}"),
            "left": words.show(each.left),
            "right": words.show(each.right),
        }
        for each in found
    ]
    rules = [
        {
            "key": each.key,
            "name": in_language(each.rule.name, words.language) if each.rule else "",
            "sides": f"{each.rule.left.text} {each.rule.operator} {each.rule.right.text}" if each.rule else "",
            "found": each.found,
            "retired": each.retired_at is not None,
            "why": words.plain("rules_broken", why=each.why) if each.why else "",
        }
        for each in rules_known(visit.connection, context.today)
    ]
    return {"rows": rows, "rules": rules, "may": is_of_whole_tree(visit)}


def _demand(visit: Visit) -> None:
    """Rules over all units are for whoever answers for all of them."""
    if not is_of_whole_tree(visit):
        raise Refused("page_whole_tree")


def _bring(visit: Visit) -> Done:
    _demand(visit)
    context, file = visit.context, visit.uploads.get("file")
    if file is None or not file.content:
        raise Refused("page_no_file")
    text = table_text(file.name, file.content)
    done = bring_rules(visit.connection, text, context.now, context.today, visit.actor.person.id)
    return Done(RULES.path, visit.words("rules_brought", n=len(done.rules), changed=len(done.changed)))


def _retire(visit: Visit) -> Done:
    _demand(visit)
    key = visit.text("key")[:100]
    retire_rule(visit.connection, key, visit.context.now, visit.actor.person.id)
    return Done(RULES.path, visit.words("rules_retired_now", rule=key))


RULES = Page("/rules", "page_rules", "rules.html", _show)
RULE_DEEDS = (Deed("/rules/import", RULES, _bring), Deed("/rules/retire", RULES, _retire))
