"""Which reports a reminder can show whole, so that one choice sends them: where each question would cost a message of its own."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from messages.reminders.letters import LetterContext
from reminders.context import Tick
from reporting.filling.moves import Filling
from reporting.filling.tasks import Task
from reporting.filling.unchanged import unchanged
from reporting.rounds.reminder_plan import Reminder
from reporting.rounds.reminder_record import ReportKey
from reporting.tick_parts import TickPart
from services.context import Context
from services.open_report import as_it_stands
from services.opening_balance import opening_wanted


def unchanged_reports(
    tick: Tick, scene: LetterContext, reminders: Sequence[Reminder]
) -> dict[tuple[int, ReportKey], Filling]:
    """By person and report: of whoever owes one report and is spoken to where there are no buttons. Where it cannot be worked out
    nothing is offered, and he is reminded all the same.
    """
    own = [each for each in reminders if each.rule.level == 0 and _is_typed(tick, scene, each.person_id)]
    owes = Counter(each.person_id for each in own)
    around = Context(tick.connection, tick.now, tick.zone, tick.tree, tick.channels) if own else None
    found = {}
    for each in own:
        if around is not None and owes[each.person_id] == 1:
            form, unit_id, period = each.report
            task = Task(scene.rounds[form, period].form, tick.tree.unit(unit_id), period)
            whole = tick.apart(TickPart(form=form, unit_id=unit_id), partial(_unchanged, around, task))
            if whole is not None:
                found[each.person_id, each.report] = whole
    return found


def _unchanged(around: Context, task: Task) -> Filling | None:
    return unchanged(as_it_stands(around, task)) if opening_wanted(around, task) is None else None


def _is_typed(tick: Tick, scene: LetterContext, person_id: int) -> bool:
    person = scene.people.get(person_id)
    channel = tick.channels.get(person.address.channel) if person is not None else None
    return channel is not None and not channel.has_buttons
