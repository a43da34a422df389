"""The words around a report: which one, none is open, it has come already."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from reporting.filling.drafts import Draft
from reporting.filling.tasks import Task
from reporting.forms import Form
from reporting.people import Address
from reporting.period_types import Period
from reporting.presses.reporters import DraftPress, OpenReport
from reporting.reports import Report
from reporting.rounds.periods import next_moment
from reporting.say import Button, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit, UnitTree
from understanding.mergers import successors

MOST = 20


def report_button(task: Task, text: str) -> Button:
    """The button that opens a report."""
    return Button(text, OpenReport(task.form.key, task.unit.id, task.period))


def choose(found: Sequence[Task], to: Address, words: Translator, key: str = "task_choose") -> Say:
    """Which of several reports is meant."""
    same_form = len({task.form.key for task in found}) == 1
    rows = []
    for task in found[:MOST]:
        line = "task_unit" if same_form else "task_form"
        title = in_language(task.form.title, words.language)
        text = words.plain(line, unit=task.unit.title, period=words.brief(task.form.period(task.period)), title=title)
        rows.append((report_button(task, text),))
    more = len(found) - len(rows)
    text = words(key) + ("\n" + words("task_more", n=more) if more else "")
    return Say(to, text, tuple(rows))


def nothing_open(forms: Sequence[Form], now: datetime, zone: ZoneInfo, to: Address, words: Translator) -> Say:
    """No report can be filled in now: when each form opens next."""
    lines = [words("task_nothing_open")]
    for form in forms:
        title = in_language(form.title, words.language)
        opens_at = next_moment(form.schedule.opens, form.schedule.period_type, now, zone).astimezone(zone)
        lines.append(words("task_opens", title=title, at=opens_at))
    return Say(to, "\n".join(lines))


def units_ended(
    units: Iterable[Unit], tree: UnitTree, on: date, contact: str, to: Address, words: Translator
) -> Say | None:
    """That units have ended by that day and owe nothing any more, who took over, and what to do; None if all of them still stand."""
    units = list(units)
    lines = []
    for unit in units:
        if unit.until is None or on < unit.until:
            return None
        now = ", ".join(each.title for each in successors(unit, tree))
        key = "task_unit_merged" if now else "task_unit_ended"
        named = {"unit": unit.title[:1].upper() + unit.title[1:], "date": unit.until}
        lines.append(words(key, now=now, contact=contact, **named))
    return Say(to, "\n".join(lines)) if lines else None


def already_sent(
    report: Report | None,
    period: Period,
    draft: Draft,
    at: datetime | None,
    to: Address,
    words: Translator,
    name: str = "",
) -> Say:
    """That the report has come, with its number, and how to correct it. `at`: when, in local time; `name`: who sent it."""
    if report is None or at is None:
        return Say(to, words("button_stale"))
    text = words("task_sent", period=period, number=report.number, time=at.time(), day=at.date())
    if name:
        text = Html(text + " " + words("task_sent_by", name=name))
    return Say(to, text, ((Button(words.plain("button_correct"), DraftPress(draft.id, draft.turn, "correct")),),))
