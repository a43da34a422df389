"""«Gửi nguyên như trên»: a report that a reminder has shown whole is sent by one choice, if it is still just that."""

from handlers.reporters.choose_report import task_asked_for
from handlers.reporters.draft_session import go_on, next_in
from handlers.reporters.open_report import open_task
from handlers.reporters.submit_report import send
from reporting.filling.moves import Filling
from reporting.filling.tasks import is_charged
from reporting.filling.unchanged import answers_mark, unchanged
from reporting.incoming import Tap
from reporting.presses.reporters import SendUnchanged
from reporting.say import Say
from services.context import Context
from services.draft_session import save_and_show
from services.open_report import open_draft


def send_pressed(tap: Tap, press: SendUnchanged, context: Context) -> list[Say]:
    """What was shown is sent; where anything of it is another by now, the report as it is now is shown, and nothing is sent."""
    words, task, to, person = context.words_for(tap), task_asked_for(context, press), tap.chat, context.person(tap.chat)
    if task is None:
        return [Say(to, words("button_unknown_to_us"))]
    if person is None or not is_charged(task.form, task.unit, context.duties(person), context.tree):
        return context.not_authorised(to, words)
    opened = open_draft(context, person, to, task)
    if not isinstance(opened, Filling):
        return open_task(context, person, to, task)
    whole, differs = unchanged(opened), words("unchanged_differs")
    if whole is None:
        return [next_in(context, person, to, opened, differs)]
    if answers_mark(whole) != press.mark:
        return go_on(context, person, to, whole, differs)
    return send(context, person, to, save_and_show(context, person, to, whole))
