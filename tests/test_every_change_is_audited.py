"""House rule: whatever changes something that is kept leaves an audit line, or stands here with the reason why not."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.environment import ROOT

ROOMS = ("storage", "services", "handlers", "reminders", "bot")
CHANGES = ("insert", "update", "delete", "insert_into", "insert_for")
WRITES_A_LINE = "storage.database.audit.write"

BARRED = ("services.access.", "storage.database.migrate.")
"""A refusal's own line is none of a change; and what migrations do is theirs."""

KEPT_WITHOUT_A_LINE = {
    "storage.database.": "the database's own: lines themselves, the statement of an insert",
    "storage.messages.": "the way of messages: the inbox and the outbox are records themselves",
    "storage.reports.drafts.": "nothing is changed by an answer: the report that comes of it has its line",
    "storage.reports.many_drafts.": "the same",
    "storage.reports.at_chat.": "the same",
    "storage.reports.offers.": "the same",
    "storage.reports.usual_ranges._keep": "what is usual is worked out of the figures anew whenever a report is opened",
    "storage.figures.contradictions.find": "what a rule finds, when, and when it is closed is the record itself",
    "storage.figures.contradictions.close": "the same",
    "storage.figures.contradictions.has_run": "the same",
    "storage.figures.digests.": "a frozen digest is itself the record of what was shown, when, and to whom",
    "storage.figures.briefings.": "a briefing page likewise",
    "storage.organisation.people.ask": "what a chat is asked just now is no change of anything",
    "storage.organisation.proposals.begin_proposal": "a proposal that is being written: it has its line once it is made",
    "storage.organisation.proposals.write": "the same",
    "storage.organisation.unit_files.drop": "a file that waited for a yes is no change",
    "storage.reports.form_candidates.drop": "the same",
    "storage.residents.": "nothing is kept of a resident that he wants forgotten",
    "storage.schedule.reminder_log.": "what was said, to whom and when, is the evidence itself",
    "storage.schedule.nudges.": "the same; who nudged has his line in services.nudge",
    "storage.figures.indicator_targets._LOOKED": "how far turns were looked at; what was told of them is the evidence",
    "storage.portal.deliveries.": "what left for a portal has a receipt for each value",
    "storage.portal.due_deliveries.": "what is due there follows from the figures, which have their line",
    "storage.portal.receipts.": "the same",
    "storage.figures.history_imports.": "what stood before an import that is at work, until it is over",
    "storage.schedule.alerts": "that the desk's chat was alerted of the program itself: each row is its own record",
}
LEAVES_NONE = {
    "services.join.take_turn": "from when on a chat's next code is looked at is no change of anything",
    "services.end_duty.settle_duty": "whoever ends the duty or hands it over has the line",
    "services.approve.withdraw_acceptance": "whoever returns the report, or takes the approval back, has the line",
    "services.take_in_history.take_in_units": "services.import_history, which calls it, has the line",
    "services.merge_units.merge_units": "services.import_units, which calls it, has the line",
    "bot.running.ticks.Ticks": "that a clock stood ahead is in the log; what it held back counts from now, by nobody's decision",
}
WITHOUT = tuple(KEPT_WITHOUT_A_LINE)

Name = str
"""A function with its module: services.suspend.suspend."""


@dataclass
class Body:
    """What a function, or a statement that a module keeps, calls and names, by the full name where that is one of ours."""

    uses: set[Name] = field(default_factory=set)
    changes: bool = False


def _bodies(path: Path) -> Iterator[tuple[Name, Body]]:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known: dict[str, Name] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            known |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
    tops = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
    kept = {
        target.id: node
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    known |= {each: f"{module}.{each}" for each in (*kept, *(top.name for top in tops))}
    for name, node in (*((top.name, top) for top in tops), *kept.items()):
        yield f"{module}.{name}", _body(node, known)


def _body(node: ast.AST, known: dict[str, Name]) -> Body:
    body = Body()
    for each in _without_annotations(node):
        if isinstance(each, ast.Name) and each.id in known:
            body.uses.add(known[each.id])
        elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id in known:
            body.uses.add(f"{known[each.value.id]}.{each.attr}")
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name):
            body.changes |= each.func.id in CHANGES
    return body


def _without_annotations(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and name not in ("annotation", "returns"):
                yield from _without_annotations(child)


@cache
def bodies() -> dict[Name, Body]:
    return {
        name: body
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if path.parent.name != "versions"
        for name, body in _bodies(path)
    }


def reached(name: Name) -> set[Name]:
    """All that a function comes to use, through whatever it calls."""
    seen, waiting = set[Name](), [name]
    while waiting:
        current = waiting.pop()
        if current not in seen and not current.startswith(BARRED):
            seen.add(current)
            if current in bodies():
                waiting += bodies()[current].uses
    return seen


def changed_by(name: Name) -> set[Name]:
    """The functions of the storage that change what is audited, of those that a function comes to use."""
    return {
        each
        for each in reached(name)
        if each.startswith("storage.") and each in bodies() and bodies()[each].changes and not each.startswith(WITHOUT)
    }


def _those_that_decide() -> list[Name]:
    rooms = ("services.", "handlers.", "reminders.", "bot.")
    return [each for each in bodies() if each.startswith(rooms) and not each.rpartition(".")[2].startswith("_")]


def test_whatever_changes_what_is_kept_leaves_an_audit_line() -> None:
    found = {name: changed_by(name) for name in _those_that_decide()}
    silent = {name: changed for name, changed in found.items() if changed and WRITES_A_LINE not in reached(name)}
    assert {name: changed for name, changed in silent.items() if name not in LEAVES_NONE} == {}


def test_the_exceptions_are_of_something_that_there_is_and_that_changes_something() -> None:
    assert [each for each in KEPT_WITHOUT_A_LINE if not any(name.startswith(each) for name in bodies())] == []
    assert [each for each in LEAVES_NONE if not changed_by(each) or WRITES_A_LINE in reached(each)] == []


def test_the_walk_sees_what_a_use_case_changes_and_that_it_says_so() -> None:
    """Else the rule would hold by seeing nothing."""
    assert "storage.organisation.invitations.add" in changed_by("services.invite.invite")
    assert WRITES_A_LINE in reached("services.invite.invite")
    assert WRITES_A_LINE not in reached("services.nudge.queued")
