"""The words of choosing the unit that a form is filled for."""

from collections.abc import Sequence

from messages.leaders.leader_buttons import PAGE, steps
from messages.reporters.task_words import report_button
from reporting.filling.tasks import Task
from reporting.people import Address
from reporting.presses.leaders import FillUnits
from reporting.say import Say
from reporting.texts import in_language
from reporting.translator import Translator


def choose_unit(tasks: Sequence[Task], page: int, to: Address, words: Translator) -> Say:
    """A page of the units that one form can be filled for; any of them can be typed instead."""
    form, page = tasks[0].form, min(page, (len(tasks) - 1) // PAGE)
    shown = [report_button(task, task.unit.title) for task in tasks[page * PAGE : (page + 1) * PAGE]]
    rows = [tuple(shown[at : at + 2]) for at in range(0, len(shown), 2)]
    rows += steps(page, len(tasks), lambda to_page: FillUnits(form.key, to_page), words)
    text = words("level_which", title=in_language(form.title, words.language), n=len(tasks), example=tasks[0].unit.name)
    return Say(to, text, tuple(rows))
