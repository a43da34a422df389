"""Staff who greet are told what they have to do today."""

from collections.abc import Sequence
from datetime import datetime

from messages.reporters.task_words import report_button
from reporting.filling.tasks import Task
from reporting.people import Address
from reporting.say import Say
from reporting.texts import in_language
from reporting.translator import Html, Translator

MOST = 3


def greeted(
    key: str, name: str, waiting: Sequence[tuple[Task, datetime]], is_reporter: bool, to: Address, words: Translator
) -> Say:
    """A greeting, or thanks, with the reports that wait for this person and when each is due, in local time.

    `key` is its first sentence. Nothing waits for him: that; and whoever only reads is shown the way.
    """
    lines = [words(key, name=name)]
    lines += [_waiting(task, due_at, words) for task, due_at in waiting[:MOST]]
    if len(waiting) > MOST:
        lines.append(words("task_more", n=len(waiting) - MOST))
    if len(waiting) == 1:
        button = report_button(waiting[0][0], words.plain("round_button_report"))
        return Say(to, "\n".join([*lines, words("round_how")]), ((button,),))
    how = "staff_several" if waiting else "staff_nothing" if is_reporter else "welcome_read"
    return Say(to, "\n".join([*lines, words(how)]))


def _waiting(task: Task, due_at: datetime, words: Translator) -> Html:
    title = in_language(task.form.title, words.language)
    return words("staff_waiting", title=title, unit=task.unit.title, period=task.form.period(task.period), due=due_at)
