"""A reporter chooses at which hours he is reminded before the deadline, once or twice, on which days; or goes by the form's again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from reporting.errors import NotUnderstood, Refused
from reporting.filling.tasks import FILLERS
from reporting.forms import Form
from reporting.local_time import local_moment
from reporting.people import Person
from reporting.period_types import period_of
from reporting.rounds.deadlines import Deadline, deadline
from reporting.rounds.own_hours import MOST_HOURS, OwnHours
from reporting.rounds.quiet_hours import is_quiet
from services.context import Context
from storage.database import audit
from storage.schedule import own_hours

EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class HoursKept:
    """The hours that hold for a person, None: the form's; and the forms that remind him, with today's deadline."""

    own: OwnHours | None
    forms: Sequence[tuple[Form, Deadline]]


def hours_kept(context: Context, person: Person) -> HoursKept:
    """What holds now. Refused for whoever fills in nothing."""
    return HoursKept(own_hours.own_hours_of(context.connection, person.id), _reminded_of(context, person))


def choose_own_hours(
    context: Context, person: Person, hours: Sequence[time], weekdays: frozenset[int] | None
) -> HoursKept:
    """From the next deadline that he was not reminded of he is reminded then. Refused, with a sentence, where that cannot be.

    `weekdays` None: every day. A time in the quiet hours, or at which each of his reports is over due, is refused.
    """
    forms = _reminded_of(context, person)
    if len(hours) > MOST_HOURS:
        raise NotUnderstood("own_hours_many", n=MOST_HOURS)
    chosen = OwnHours(tuple(sorted(hours)), weekdays if weekdays is not None else EVERY_DAY, context.now)
    for hour in chosen.hours:
        at = local_moment(context.today, hour, context.zone)
        if context.quiet is not None and is_quiet(at, context.zone, context.quiet):
            raise NotUnderstood("own_hours_quiet", time=hour, start=context.quiet[0], end=context.quiet[1])
        if not any(_comes_before(hour, due, context) for _, due in forms):
            raise NotUnderstood("own_hours_after", time=hour, due=forms[0][1].due_at.astimezone(context.zone).time())
    own_hours.keep_own_hours(context.connection, person.id, chosen)
    audit.write(
        context.connection, context.now, person.id, "own hours", person_id=person.id,
        hours=[f"{each:%H:%M}" for each in chosen.hours], weekdays=sorted(chosen.weekdays),
    )  # fmt: skip
    return HoursKept(chosen, forms)


def go_by_the_form(context: Context, person: Person) -> HoursKept:
    """The form's early reminders stand again. Refused for whoever fills in nothing."""
    forms = _reminded_of(context, person)
    if own_hours.forget_own_hours(context.connection, person.id):
        audit.write(context.connection, context.now, person.id, "own hours ended", person_id=person.id)
    return HoursKept(None, forms)


def _comes_before(hour: time, due: Deadline, context: Context) -> bool:
    whenever = OwnHours((hour,), EVERY_DAY, due.opens_at - timedelta(days=1))
    return bool(whenever.moments(due, context.zone, context.quiet))


def _reminded_of(context: Context, person: Person) -> list[tuple[Form, Deadline]]:
    """The forms that he fills in and is reminded of, in their order."""
    roles = {duty.role for duty in context.duties(person)}
    found = []
    for form in context.forms:
        is_his = not roles.isdisjoint(FILLERS[form.by]) and form.schedule.period != "on change"
        if is_his and any(each.level == 0 for each in form.schedule.remind):
            period = period_of(form.schedule.period_type, context.today)
            found.append((form, deadline(form.key, form.schedule, 0, period, context.zone)))
    if not found:
        raise Refused("own_hours_no_form")
    return found
