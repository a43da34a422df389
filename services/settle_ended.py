"""Settle what units leave that come to an end: their people, reports that were begun, questions about figures."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.events.queries import DataQueryEnded, DoubtEnded
from reporting.events.units import BothReported, UnitEnded
from reporting.filling.drafts import Draft
from reporting.forms import Form
from reporting.people import Person, Role
from reporting.reports import Report
from reporting.unit_differences import LeftBehind
from reporting.units import Unit, UnitTree
from services import data_query
from services.context import Context
from storage.organisation import people
from storage.reports import data_queries, drafts, forms, many_drafts, reports
from storage.reports.last_saved import last_values
from understanding.mergers import everything_before, successors

_ADMIN: tuple[Role, ...] = ("admin",)
Told = UnitEnded | DataQueryEnded | DoubtEnded


def settle_ended(
    connection: Connection,
    ended: Sequence[Unit],
    tree: UnitTree,
    now: datetime,
    zone: ZoneInfo,
    moved: Mapping[int, Collection[int]],
) -> tuple[list[LeftBehind], list[Told]]:
    """What each of the units leaves, and what people are to be told. `moved`: by unit id the ids of those whose duties go on.

    Drafts of reports that are owed no more are nobody's from now on. Questions end without an answer where the unit is over.
    """
    left, events = list[LeftBehind](), list[Told]()
    today = now.astimezone(zone).date()
    for unit in ended:
        assert unit.until is not None, "it has ended"
        one, held = _left_by(connection, unit, tree, moved.get(unit.id, ()))
        left.append(one)
        events += _told(connection, one, held)
        if unit.until <= today:
            events += _end_questions(connection, unit, now)
    return left, events


def _left_by(
    connection: Connection, unit: Unit, tree: UnitTree, moved: Collection[int]
) -> tuple[LeftBehind, list[tuple[Draft, bool]]]:
    """What it leaves; and its drafts, each with whether its report is still owed."""
    day = unit.until
    assert day is not None, "it has ended"
    became = successors(unit, tree)
    found = people.people_of(connection, {duty.person_id for duty in people.duties(connection, day, [unit.id])})
    open_drafts = [
        draft
        for draft, _ in many_drafts.since(connection, [unit.id], date.min)
        if draft.state != "sent" and not draft.correcting and not draft.is_practice
    ]
    held = [(draft, draft.period < day) for draft in open_drafts]
    for draft, is_owed in held:
        if not is_owed:
            drafts.leave(connection, draft.id)
    return LeftBehind(
        unit,
        became,
        people=tuple(person for one, person in found.items() if one not in moved),
        moved=tuple(person for one, person in found.items() if one in moved),
        dropped=tuple(sorted({draft.period for draft, is_owed in held if not is_owed})),
        unsent=tuple(sorted({draft.period for draft, is_owed in held if is_owed})),
        questions=len(data_queries.open_questions(connection, [unit.id])),
        reported=tuple(reports.periods_since(connection, unit.id, day)),
        joined=_joined(connection, unit, became, day),
    ), held


def _joined(connection: Connection, unit: Unit, became: Sequence[Unit], day: date) -> Unit | None:
    """The unit that stood already and goes on, where running totals of this one do not come to it: those that the form adds up."""
    if len(became) != 1 or (became[0].since is not None and became[0].since >= day):
        return None
    for form in forms.in_force(connection, day):
        totals = [each.name for each in form.indicators if each.kind == "total" and each.calculation is not None]
        last = last_values(connection, form, unit.id, day) if totals else None
        if last is not None and any(last[1].get(name) for name in totals):
            return became[0]
    return None


def _told(connection: Connection, left: LeftBehind, held: Sequence[tuple[Draft, bool]]) -> list[UnitEnded]:
    assert left.unit.until is not None, "it has ended"
    told = list[UnitEnded]()
    holders = people.people_of(connection, {draft.holder_id for draft, _ in held if draft.holder_id is not None})
    everybody: dict[int, Person] = {each.id: each for each in (*left.people, *left.moved, *holders.values())}
    for person in everybody.values():
        dropped, unsent = (
            [draft.period for draft, owed in held if draft.holder_id == person.id and owed is is_owed]
            for is_owed in (False, True)
        )
        goes_on = person in left.moved
        told.append(UnitEnded(person, left.unit, left.became, left.unit.until, goes_on, dropped, unsent))
    return told


def _end_questions(connection: Connection, unit: Unit, now: datetime) -> list[Told]:
    """Nobody is charged any more with answering: whoever asked is told."""
    events = list[Told]()
    for asked in data_queries.open_questions(connection, [unit.id]):
        form = forms.published(connection, asked.form, asked.period)
        if form is None or not data_query.end(connection, asked, "unanswered", now, None):
            continue
        owner = data_query.owner_of(connection, asked)
        if owner is not None:
            events.append(DataQueryEnded(owner, asked, form, unit, "unanswered", asked.value, "", ""))
        events += data_query.doubts_ended(connection, asked, form, unit, "unanswered")
    return events


def both_reported(context: Context, form: Form, new: Report) -> list[BothReported]:
    """That former units of a unit have reports for the same period, which are not counted: each admin above is told, once."""
    unit = context.unit(new.unit_id)
    if unit.since is None:
        return []
    former = everything_before(unit, context.tree)
    found = reports.newest_of(context.connection, form.key, [(each.id, new.period) for each in former])
    both = [each for each in former if (each.id, new.period) in found and not each.exists(new.period)]
    if not both:
        return []
    above = [each.id for each in context.tree.above(unit)]
    ids = {duty.person_id for duty in people.duties(context.connection, context.today, above, _ADMIN)}
    admins = people.people_of(context.connection, ids).values()
    return [BothReported(each, form, unit, both, new.period) for each in admins]
