"""Say why a report is late: by a reason that is offered, or in one's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reporting.filling.moves import Filling
from reporting.filling.reason_or_figure import answers_question
from reporting.filling.tasks import Task, is_charged, tasks
from reporting.people import Address, Person
from reporting.rounds.periods import moment
from services.context import Context
from services.draft_session import filling_of
from storage.database import audit
from storage.reports import drafts, forms, offers
from storage.schedule import late_reasons, rounds

OWN_WORDS_WITHIN = timedelta(hours=2)
"""So long after «lý do khác» the next words are taken for the reason."""


@dataclass(frozen=True, slots=True)
class OwnWordsWanted:
    """Of these reports, which have not come, a person has said at `since` that they are late for another reason than those offered."""

    since: datetime
    late: Sequence[Task]


def task_of(context: Context, person: Person, key: str, unit_id: int, period: date) -> Task | None:
    """The report, if it is this person's to send. KeyError where there is no such unit."""
    form, unit = forms.published(context.connection, key, period), context.unit(unit_id)
    if form is None or not is_charged(form, unit, context.duties(person), context.tree):
        return None
    return Task(form, unit, period)


def late_now(context: Context, person: Person) -> list[Task]:
    """The reports of this person that are late; all that he owes, where none is late yet."""
    owed = _owed(context, person)
    return [task for task in owed if _due_at(context, task) <= context.now] or owed


def late_then(context: Context, person: Person, then: datetime) -> list[Task]:
    """The reports of this person that were late at that moment and are still missing."""
    return [task for task in _owed(context, person) if _due_at(context, task) <= then]


def give_reason_of(context: Context, person: Person, late: Sequence[Task], reason: str, own_words: str = "") -> None:
    """Keeps why these reports are late: a reason that is offered, or «other» with the person's `own_words`, «» as yet."""
    for task in late:
        key, unit_id, period = task.form.key, task.unit.id, task.period
        late_reasons.give(
            context.connection, key, unit_id, period, reason, words=own_words, person_id=person.id, now=context.now
        )
        audit.write(
            context.connection,
            context.now,
            person.id,
            "late reason",
            form=key,
            unit_id=unit_id,
            period=period,
            reason=own_words or reason,
        )


def own_words_wanted(context: Context, person: Person) -> OwnWordsWanted | None:
    """Whether the person's words are awaited after «lý do khác»; not when his reports have come meanwhile."""
    unit_ids = [duty.unit_id for duty in context.duties(person, "reporter", "deputy")]
    if not unit_ids:
        return None
    keys, since = [form.key for form in context.forms], context.now - OWN_WORDS_WITHIN
    wanted = late_reasons.words_wanted(context.connection, keys, unit_ids, person.id, since)
    if wanted is None:
        return None
    tapped_at, reports = wanted
    found = [task for each in reports if (task := task_of(context, person, *each)) is not None]
    late = [task for task in found if not _has_come(context, task)]
    return OwnWordsWanted(tapped_at, late) if late else None


def answers_something_else(
    context: Context, person: Person, to: Address, wanted: OwnWordsWanted, text: str, *, is_yes_or_no: bool
) -> bool:
    """Whether a text is no reason: figures of a late report, or an answer to the question that is open, or to one asked since.

    `is_yes_or_no`: as an offer is answered.
    """
    offered, found = offers.of(context.connection, to), drafts.at(context.connection, to)
    if is_yes_or_no and offered is not None and offered.made_at >= wanted.since:
        return True
    words = context.words(person)
    if found is None:
        blank = [Filling.blank(task.form, task.unit.id, task.period, context.local) for task in wanted.late]
        return any(answers_question(each, text, words) for each in blank)
    if found[0].touched_at is not None and found[0].touched_at > wanted.since:
        return True
    return answers_question(filling_of(context, *found), text, words)


def _owed(context: Context, person: Person) -> list[Task]:
    """The reports that are open, this person's to send, and have not come."""
    open_now = tasks(context.forms, context.duties(person), context.tree, context.now, context.zone)
    return [task for task in open_now if task.form.by == "reporter" and not _has_come(context, task)]


def _due_at(context: Context, task: Task) -> datetime:
    return moment(task.form.schedule.due, task.period, context.zone)


def _has_come(context: Context, task: Task) -> bool:
    (here,) = rounds.standings(
        context.connection, task.form, task.period, context.tree, context.now, context.zone, [task.unit]
    )
    return here.has_come
