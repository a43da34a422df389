"""Begin a new unit's running totals: what its former units had together is proposed at its first report, and confirmed."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from reporting.archive import ArchiveLine
from reporting.errors import Refused
from reporting.events.units import OpeningDoubted
from reporting.figures.figure import Figure
from reporting.filling.opening import Balance, OpeningWanted
from reporting.filling.tasks import Task
from reporting.forms import Question
from reporting.people import Person, Role
from reporting.period_types import period_before, period_of
from reporting.units import Unit
from services.context import Context
from services.import_history import take_in
from storage.database import audit
from storage.figures import figures
from storage.organisation import people
from storage.reports import drafts, forms
from storage.reports.last_saved import last_values
from understanding.mergers import predecessors, successors

_ADMIN: tuple[Role, ...] = ("admin",)


def opening_wanted(context: Context, task: Task) -> OpeningWanted | None:
    """What is to be confirmed, at the end of the last period before the unit began, whichever it reports first; None where the unit is
    none that was made of others, or has figures or a report begun already.
    """
    form, unit, period = task.form, task.unit, task.period
    if unit.since is None or not form.carried:
        return None
    if last_values(context.connection, form, unit.id, period) is not None:
        return None
    before = predecessors(unit, context.tree)
    divided = tuple(each for each in before if len(successors(each, context.tree)) > 1)
    whole = tuple(each for each in before if each not in divided)
    of = form.schedule.period_type
    on = period_before(of, period_of(of, unit.since))
    then = next((each for each in forms.for_history(context.connection, on) if each.key == form.key), form).by_name
    balances = tuple(
        found
        for question in form.indicators
        if question.name in form.carried.intersection(then)
        and (found := _balance(context, task, question, whole, on)) is not None
    )
    return OpeningWanted(task, on, whole, divided, balances) if balances else None


def _balance(context: Context, task: Task, question: Question, former: Sequence[Unit], on: date) -> Balance | None:
    """The former units' newest accepted values together; None where none has any. What waits for approval is none yet: the new unit's
    total would be told as accepted.
    """
    found = {unit.id: _newest(context, task, question, unit, on) for unit in former}
    stands = {one: each for one, (each, _) in found.items() if each is not None}
    values = [each.value for each in stands.values() if isinstance(each.value, int | Decimal)]
    together = question.together(values, len(former))
    if together is None:
        return None
    older = tuple(unit for unit in former if unit.id in stands and stands[unit.id].period < on)
    lacking = tuple(unit for unit in former if unit.id not in stands)
    return Balance(question, together, older, lacking, tuple(unit for unit in former if found[unit.id][1]))


def _newest(context: Context, task: Task, question: Question, unit: Unit, on: date) -> tuple[Figure | None, bool]:
    """A former unit's newest accepted figure of the days on which it was there, and whether another one waits for approval."""
    last = on if unit.until is None else min(on, unit.until - timedelta(days=1))
    of = (context.connection, task.form.key, question.name, unit.id, last)
    stands, comes = figures.newest(*of, accepted=True), figures.newest(*of)
    return stands, _said(stands) != _said(comes)


def _said(figure: Figure | None) -> tuple[date, object] | None:
    return (figure.period, figure.value) if figure is not None else None


def confirm_opening(context: Context, person: Person, wanted: OpeningWanted) -> None:
    """The balances stand, for the last period before the unit began."""
    unit = wanted.task.unit
    named = [(each.question.name, f"{Decimal(each.value):f}") for each in wanted.balances]
    lines = [ArchiveLine(row, wanted.on, unit.identity, name, text) for row, (name, text) in enumerate(named, start=1)]
    take_in(context.connection, lines, context.now, context.zone, by=person.id)
    audit.write(
        context.connection,
        context.now,
        person.id,
        "opening balance",
        form=wanted.task.form.key,
        unit_id=unit.id,
        period=wanted.on,
        former=[each.code for each in wanted.former],
    )


def doubt_opening(context: Context, person: Person, wanted: OpeningWanted) -> list[OpeningDoubted]:
    """They are not right: the desk is told, which brings in others; the report goes on without them."""
    task = wanted.task
    if drafts.of_unit(context.connection, task.form.key, task.unit.id, task.period) is None:
        drafts.begin(context.connection, task.form, task.unit.id, task.period)
    audit.write(
        context.connection,
        context.now,
        person.id,
        "opening balance doubted",
        form=task.form.key,
        unit_id=task.unit.id,
        period=wanted.on,
    )
    above = [each.id for each in context.tree.above(task.unit)]
    ids = {duty.person_id for duty in people.duties(context.connection, context.today, above, _ADMIN)}
    admins = people.people_of(context.connection, ids).values()
    return [OpeningDoubted(each, person, task.form, task.unit, wanted.on) for each in admins]


def demanded_opening(context: Context, task: Task) -> OpeningWanted:
    """What is to be confirmed. Refused where nothing is any more."""
    wanted = opening_wanted(context, task)
    if wanted is None:
        raise Refused("opening_over", unit=task.unit.title)
    return wanted
