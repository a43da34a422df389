"""Before a new unit's first report: where its running totals begin is confirmed, or doubted; then the report is open."""

from handlers.reporters.open_report import open_task
from messages.notices import notices_of
from reporting.filling.tasks import Task, is_charged
from reporting.incoming import Message, Tap
from reporting.people import Address, Person
from reporting.presses.reporters import ConfirmOpening
from reporting.say import Say
from reporting.typed_buttons import fold_typed, keys_typed
from services.context import Context
from services.open_report import open_tasks
from services.opening_balance import confirm_opening, demanded_opening, doubt_opening, opening_wanted
from storage.reports import drafts, forms


def answer_pressed(tap: Tap, press: ConfirmOpening, context: Context) -> list[Say]:
    """«Đúng, dùng số này», «Chưa đúng»."""
    person, words = context.person(tap.chat), context.words_for(tap)
    form = forms.published(context.connection, press.form, press.period)
    if form is None or not context.tree.has(press.unit_id):
        return [Say(tap.chat, words("button_unknown_to_us"))]
    task = Task(form, context.unit(press.unit_id), press.period)
    if person is None or not is_charged(form, task.unit, context.duties(person), context.tree):
        return context.not_authorised(tap.chat, words)
    return _answer(context, person, tap.chat, task, is_right=bool(press.is_right))


def answer_typed(message: Message, context: Context) -> list[Say] | None:
    """«đúng», «chưa đúng», where a report waits for it and none is on the screen."""
    language, to = context.words_for(message).language, message.chat
    said = keys_typed(language, "opening_typed_right", "opening_typed_wrong").get(fold_typed(message.said))
    person = context.person(to) if said is not None else None
    if person is None or drafts.at(context.connection, to) is not None:
        return None
    held = context.duties(person, "reporter", "deputy", "leader")
    waiting = [task for task in open_tasks(context, held) if _waits(context, task)]
    return _answer(context, person, to, waiting[0], is_right=said == "opening_typed_right") if waiting else None


def _waits(context: Context, task: Task) -> bool:
    begun = drafts.of_unit(context.connection, task.form.key, task.unit.id, task.period)
    return begun is None and opening_wanted(context, task) is not None


def _answer(context: Context, person: Person, to: Address, task: Task, *, is_right: bool) -> list[Say]:
    """The report is open now; where they are doubted the desk is told too."""
    wanted, words = demanded_opening(context, task), context.words(person)
    if is_right:
        confirm_opening(context, person, wanted)
        return [Say(to, words("opening_taken", unit=task.unit.title)), *open_task(context, person, to, task)]
    events = doubt_opening(context, person, wanted)
    said = [Say(to, words("opening_left", contact=context.contact(words)))]
    told = notices_of((event for event in events if event.to.id != person.id), context.zone)
    return [*said, *open_task(context, person, to, task), *told]
