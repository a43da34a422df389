"""Ask back about a figure: the unit's reporter says that it is right, or mends it, or explains; whoever asked hears how it ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.access import Actor, may
from reporting.errors import Refused
from reporting.events.queries import DataQueryAsked, DataQueryEnded, DoubtEnded
from reporting.filling.tasks import is_charged
from reporting.forms import Form
from reporting.people import Duty, Person
from reporting.reports import Report
from reporting.rounds.data_query import AskedBack, State, answer_due, written_value
from reporting.rounds.deadlines import deadline
from reporting.units import Unit
from services.access import demand, refuse
from services.context import Context
from services.reopen import open_until
from storage.database import audit
from storage.organisation import people
from storage.reports import data_queries, drafts, forms, reopening, reports
from storage.residents import flags


@dataclass(frozen=True, slots=True)
class Asking:
    """What came of asking. `due_at`: by when an answer is due; `people`: who is asked.

    `can_be_corrected`: the report is open until then, or was opened for it.
    """

    state: Literal["no report", "nobody reports", "asked already", "asked"]
    due_at: datetime | None = None
    people: Sequence[Person] = ()
    can_be_corrected: bool = False
    events: Sequence[DataQueryAsked] = ()


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """What came of an answer: `state` None where the question had ended. `owner` None: residents gave cause to it."""

    state: State | None
    owner: Person | None = None
    events: Sequence[DataQueryEnded | DoubtEnded] = ()


def ask(context: Context, actor: Actor, form: Form, unit: Unit, period: date, indicator: str, note: str = "") -> Asking:
    """Puts the question to the unit's reporters. Refused for whoever may not ask."""
    demand(context, actor, "ask back", unit)
    report = reports.newest(context.connection, form.key, unit.id, period)
    if report is None:
        return Asking("no report")
    theirs = reporters_of(context, unit)
    if not theirs:
        return Asking("nobody reports")
    asked = _kept(context, report, indicator, note, actor.person)
    if asked is None:
        return Asking("asked already")
    for each in theirs:
        drafts.shown(context.connection, each.address, None)
    can_be_corrected = _can_be_corrected(context, actor, asked, form, unit)
    is_closed = is_closed_for(context.connection, asked, form, context.now, context.zone)
    events = [DataQueryAsked(each, actor.person, asked, form, unit, is_closed=is_closed) for each in theirs]
    return Asking("asked", asked.due_at, theirs, can_be_corrected, events)


def ask_for_residents(
    context: Context, form: Form, unit: Unit, report: Report, indicator: str
) -> tuple[AskedBack, list[DataQueryAsked]]:
    """The question that residents give cause to, about a figure of which none is open; nobody owns it."""
    asked = _kept(context, report, indicator, "", None)
    assert asked is not None, "this transaction has just seen that none is open"
    is_closed = is_closed_for(context.connection, asked, form, context.now, context.zone)
    theirs = reporters_of(context, unit)
    return asked, [DataQueryAsked(each, None, asked, form, unit, is_closed=is_closed) for each in theirs]


def reporters_of(context: Context, unit: Unit) -> list[Person]:
    """Who is asked about a unit's figures today."""
    return people.with_duty(context.connection, unit.id, ("reporter", "deputy"), context.today)


def question(context: Context, question_id: int) -> AskedBack:
    """The question with this id, kept for this transaction. Refused where there is none."""
    asked = data_queries.asked(context.connection, question_id)
    if asked is None:
        raise Refused("button_unknown_to_us")
    return asked


def open_for(context: Context, duties: Iterable[Duty]) -> list[AskedBack]:
    """The questions that are open to whoever has these duties, oldest first."""
    own = [duty.unit_id for duty in duties if duty.role in ("reporter", "deputy", "leader")]
    return data_queries.open_questions(context.connection, own)


def told_again(context: Context, actor: Actor, asked: AskedBack) -> DataQueryAsked | None:
    """An open question, as it was put; None where its form is published no more."""
    form = forms.published(context.connection, asked.form, asked.period)
    if form is None:
        return None
    owner, unit = owner_of(context.connection, asked), context.unit(asked.unit_id)
    is_closed = is_closed_for(context.connection, asked, form, context.now, context.zone)
    return DataQueryAsked(actor.person, owner, asked, form, unit, is_closed=is_closed)


def answered_form(context: Context, actor: Actor, asked: AskedBack) -> Form:
    """The form whose report is asked about. Refused for whoever does not report for the unit."""
    form, unit = forms.published(context.connection, asked.form, asked.period), context.unit(asked.unit_id)
    if form is None or not is_charged(form, unit, actor.duties, context.tree):
        refuse(context, actor, "answer back", unit)
    return form


def answer(context: Context, actor: Actor, asked: AskedBack, *, is_right: bool, text: str = "") -> QueryAnswer:
    """The figure is right as it stands, or `text` explains it: the question ends. Refused for whoever does not report it."""
    form = answered_form(context, actor, asked)
    if not asked.is_open:
        return QueryAnswer(None)
    state: State = "confirmed" if is_right else "answered"
    end(context.connection, asked, state, context.now, actor.person.id, text)
    unit, owner = context.unit(asked.unit_id), owner_of(context.connection, asked)
    events: list[DataQueryEnded | DoubtEnded] = []
    if owner is not None:
        events.append(DataQueryEnded(owner, asked, form, unit, state, asked.value, text, actor.person.name))
    return QueryAnswer(state, owner, [*events, *doubts_ended(context.connection, asked, form, unit, state)])


def end(
    connection: Connection, asked: AskedBack, state: State, now: datetime, by: int | None, reason: str = ""
) -> bool:
    """The question ends so, with its audit line; False if it had ended already. `by`: who answered, None: the clock."""
    if not data_queries.close(connection, asked, state, now, by, reason):
        return False
    _audit(connection, asked, now, by, "answered back", state=state, answer=reason)
    return True


def doubts_ended(connection: Connection, asked: AskedBack, form: Form, unit: Unit, state: State) -> list[DoubtEnded]:
    """Whoever doubted the figure, and is to be told how the question ended; nobody is kept."""
    return [DoubtEnded(each, asked, form, unit, state) for each in flags.take(connection, asked.id)]


def owner_of(connection: Connection, asked: AskedBack) -> Person | None:
    """Who asked; None where residents gave cause to it."""
    return people.person_of(connection, asked.asked_by) if asked.asked_by is not None else None


def is_closed_for(connection: Connection, asked: AskedBack, form: Form, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the report of a question is closed, so that nothing in it can be corrected."""
    due = deadline(form.key, form.schedule, asked.unit_id, asked.period, zone)
    return now >= reopening.closes_at(connection, due)


def _kept(context: Context, report: Report, indicator: str, note: str, by: Person | None) -> AskedBack | None:
    """The question, with its audit line; None if just this figure is being asked about already."""
    given = report.answers.get(indicator)
    value = written_value(given.value if given is not None else None)
    about = (report.form, report.unit_id, report.period, indicator, value, report.revision)
    asked_by, due_at = by.id if by is not None else None, answer_due(context.now, context.zone)
    asked = data_queries.keep(context.connection, AskedBack(0, *about, note, asked_by, context.now, due_at))
    if asked is not None:
        _audit(context.connection, asked, context.now, asked_by, "asked back", note=note, value=value)
    return asked


def _can_be_corrected(context: Context, actor: Actor, asked: AskedBack, form: Form, unit: Unit) -> bool:
    """Whether the report can be corrected until the answer is due; it is opened for that by whoever may open reports again."""
    due = deadline(form.key, form.schedule, unit.id, asked.period, context.zone)
    if reopening.closes_at(context.connection, due) >= asked.due_at:
        return True
    if not may("reopen", unit, actor.duties, context.tree):
        return False
    open_until(context, actor.person, form, unit, asked.period, asked.due_at)
    return True


def _audit(connection: Connection, of: AskedBack, at: datetime, who: int | None, what: str, **detail: Any) -> None:
    audit.write(
        connection,
        at,
        who,
        what,
        form=of.form,
        unit_id=of.unit_id,
        period=of.period,
        indicator=of.indicator,
        **detail,
    )
