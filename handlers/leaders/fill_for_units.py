"""Leaders fill a form for the units below them (levels set by decision): the unit is chosen by its name or from pages."""

from handlers.leaders.leader_access import asker_of, below, inquired
from handlers.reporters.choose_report import ask_which, is_form
from handlers.reporters.open_report import open_task
from handlers.reporters.report import of_day
from messages.reporters.level_words import choose_unit
from reporting.errors import Refused
from reporting.filling.tasks import Task, is_charged
from reporting.incoming import Message, Tap
from reporting.people import Address
from reporting.presses.leaders import FillUnits
from reporting.say import Say
from reporting.typed_buttons import fold_typed
from services.access import refuse
from services.context import Context
from services.open_report import open_tasks, sent_of


def _tasks(context: Context, to: Address) -> list[Task]:
    """All that somebody may fill who may fill a form for several units below him just now; else none."""
    duties = context.duties(context.person(to))
    if not any(form.by == "leader" for form in context.forms) or not any(duty.role == "leader" for duty in duties):
        return []
    tasks = open_tasks(context, duties)
    return tasks if len(_for_others(tasks)) > 1 else []


def begin(message: Message, context: Context) -> list[Say] | None:
    """/baocao [day]: own reports, and the forms for the units below; /baocao <form>: that one; /baocao <unit> [day]: that unit's."""
    tasks = _tasks(context, message.chat)
    if not tasks:
        return None
    asker = asker_of(context, message, "report")
    of_form = [task for task in tasks if is_form(task.form, fold_typed(message.arguments))]
    inquiry = inquired(context, message.arguments, asker.duties) if not of_form else None
    tasks = of_form or of_day(context, tasks, message.arguments)[0]
    if inquiry is not None and inquiry.units:
        return _of_unit(context, asker.to, tasks, message, inquiry.units[0].id)
    says = []
    own = [task for task in tasks if task.form.by == "reporter"]
    waiting = [task for task in own if sent_of(context, task) is None] or own
    if waiting:
        says += ask_which(context, waiting, asker.to, asker.words)
    keys = dict.fromkeys(task.form.key for task in _for_others(tasks))
    return [*says, *(choose_unit(_newest_of(tasks, key), 0, asker.to, asker.words) for key in keys)]


def leaf(tap: Tap, press: FillUnits, context: Context) -> list[Say]:
    """Another page of the units."""
    asker = asker_of(context, tap, "report")
    found = _newest_of(open_tasks(context, asker.duties), press.form)
    if not found:
        raise Refused("task_nothing_open")
    return [choose_unit(found, below(press.page, 10**5), asker.home, asker.words)]


def _of_unit(context: Context, to: Address, tasks: list[Task], message: Message, unit_id: int) -> list[Say]:
    """The form for a unit that was named: opened, or a choice where there are several."""
    asker, unit = asker_of(context, message, "report"), context.unit(unit_id)
    found = [task for key in dict.fromkeys(task.form.key for task in tasks) for task in _newest_of(tasks, key)]
    found = [task for task in found if task.unit == unit]
    if len(found) == 1:
        return open_task(context, asker.person, to, found[0])
    if found:
        return ask_which(context, found, to, asker.words)
    if not any(is_charged(form, unit, asker.duties, context.tree) for form in context.forms):
        refuse(context, asker.actor, "report", unit)
    raise Refused("task_nothing_open")


def _for_others(tasks: list[Task]) -> list[Task]:
    return [task for task in tasks if task.form.by == "leader"]


def _newest_of(tasks: list[Task], key: str) -> list[Task]:
    """The tasks of this form for the newest period that is open."""
    found = [task for task in tasks if task.form.key == key]
    last = max((task.period for task in found), default=None)
    return [task for task in found if task.period == last]
