"""Digests: what they are derived from, read in a few statements, and what was sent, frozen («chốt số»)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, RowMapping, func, insert, select

from reporting.answers import values_of
from reporting.digests.digest_record import Digest
from reporting.digests.evidence import MOST_BARS, Evidence, LateReason, State, States
from reporting.forms import Form, Question
from reporting.questions.question_types import type_of
from reporting.rounds.data_query import AskedBack
from reporting.rounds.standings import expected_units
from reporting.translator import Html
from reporting.units import Unit, UnitTree
from storage.database.tables import metadata
from storage.figures import figures, pending_figures
from storage.figures.digest_history import of_units, past_of
from storage.organisation import units
from storage.reports import answers, data_queries, forms
from storage.schedule import rounds, snoozes
from storage.schedule.streaks import streaks

digest, figure, report, said = (metadata.tables[name] for name in ("digest", "figure", "report", "said"))


@dataclass(frozen=True, slots=True)
class Frozen:
    """A digest as it was sent, and the ids of the people who got it."""

    id: int
    digest: Digest
    person_ids: tuple[int, ...]


def evidence(
    connection: Connection,
    form: Form,
    unit: Unit,
    periods: Sequence[date],
    now: datetime,
    zone: ZoneInfo,
    *,
    tree: UnitTree | None = None,
    demonstration: bool = False,
) -> Evidence:
    """All that the digest of `unit` over `periods` (in order) is derived from, as at `now`.

    Reads only, and is the long half of a digest: it may run on a reading engine, beside the clerk.
    """
    tree = tree or units.tree(connection)
    standings = [
        standing
        for period in periods
        for standing in rounds.standings(
            connection, form, period, tree, now, zone, expected_units(form, tree, period, unit)
        )
    ]
    ids = {each.deadline.unit_id for each in standings}
    made = Evidence(form, tree, unit, tuple(periods), now, zone, standings, {}, demonstration=demonstration)
    within = None if tree.roots(periods[-1]) == [unit] else sorted(made.ids_ever)
    first, last = made.look_back[0], made.look_back[-1]
    few = len(ids) <= MOST_BARS
    past = rounds.standings_between(connection, form, first, last, tree, now, zone, unit) if few else []
    read = past_of(connection, made, within)
    return replace(
        made,
        past=past,
        suspensions=rounds.suspensions(connection, min(first, periods[0]), max(last, periods[-1])),
        history=read.history,
        earlier=read.earlier,
        reported=read.reported,
        late_reasons=_late_reasons(connection, form.key, periods[-1], ids),
        states=tuple(_states(connection, made.period, within)),
        provisional=_provisional(connection, form, periods, within),
        asked=_asked(connection, form.key, periods, ids),
        streaks=streaks(connection, form, periods[0], standings, made.tree, now) if len(periods) == 1 else {},
    )


def _late_reasons(connection: Connection, form: str, period: date, unit_ids: Collection[int]) -> dict[int, LateReason]:
    given = snoozes.late_reasons(connection, form, period).values()
    return {each.unit_id: LateReason(each.reason, each.words) for each in given if each.unit_id in unit_ids}


def _asked(
    connection: Connection, form: str, periods: Sequence[date], unit_ids: Collection[int]
) -> tuple[AskedBack, ...]:
    found = data_queries.open_questions(connection)
    return tuple(each for each in found if each.form == form and each.period in periods and each.unit_id in unit_ids)


def _provisional(
    connection: Connection, form: Form, periods: Sequence[date], within: Sequence[int] | None
) -> frozenset[int]:
    names = [question.name for question in form.indicators]
    return frozenset(
        row.unit_id for row in pending_figures.between(connection, form.key, names, periods[0], periods[-1], within)
    )


def _states(connection: Connection, on: date, within: Sequence[int] | None) -> Iterator[States]:
    """Every `state` indicator in force: of a form «on change» the newest up to the day, of others the day's own."""
    for form in forms.in_force(connection, on):
        for question in form.indicators:
            if question.kind == "state":
                yield States(question, _state_of_units(connection, form, question, on, within))


def _state_of_units(
    connection: Connection, form: Form, question: Question, on: date, within: Sequence[int] | None
) -> dict[int, State]:
    here = (figure.c.form == form.key, figure.c.indicator == question.name, figure.c.choice.is_not(None))
    newest = select(figure.c.unit_id, func.max(figure.c.period).label("period")).where(*here, figure.c.period <= on)
    if form.schedule.period != "on change":
        newest = newest.where(figure.c.period == on)
    last = of_units(newest, within).group_by(figure.c.unit_id).subquery()
    statement = (
        select(figure.c.unit_id, figure.c.choice, figure.c.period)
        .where(*here)
        .join(last, (last.c.unit_id == figure.c.unit_id) & (last.c.period == figure.c.period))
    )
    found = {unit_id: (choice, period) for unit_id, choice, period in connection.execute(statement)}
    first_on = on if form.schedule.period != "on change" else date.min
    for unit_id in {
        row.unit_id for row in pending_figures.between(connection, form.key, [question.name], first_on, on, within)
    }:
        found.pop(unit_id, None)
        held = figures.newest(connection, form.key, question.name, unit_id, on)
        if held is not None and held.period >= first_on:
            found[unit_id] = str(held.value), held.period
    grounds = _grounds(connection, form, {(unit_id, period) for unit_id, (_, period) in found.items()})
    return {one: State(choice, period, grounds.get((one, period), "")) for one, (choice, period) in found.items()}


def _grounds(connection: Connection, form: Form, of: Collection[tuple[int, date]]) -> dict[tuple[int, date], str]:
    """What a report «on change» says in words beside the state: the decision's number."""
    texts = [question.name for question in form.asked if type_of(question).takes_any_words and question.kind is None]
    if form.schedule.period != "on change" or not texts or not of:
        return {}
    statement = (
        select(report.c.unit_id, report.c.period, report.c.version, report.c.answers)
        .where(report.c.form == form.key, report.c.period >= min(period for _, period in of))
        .order_by(report.c.revision)
    )
    found = {}
    for row in connection.execute(statement):
        if (row.unit_id, row.period) in of:
            values = values_of(answers.from_json(form, row.answers))
            found[row.unit_id, row.period] = next((str(values[name]) for name in texts if name in values), "")
    return found


def told_by(connection: Connection, rule: str, form: str, period: date) -> set[tuple[int, int]]:
    """Whom this rule has told of a period: unit id and person id."""
    statement = select(said.c.unit_id, said.c.person_id).where(
        said.c.form == form, said.c.period == period, said.c.rule == rule
    )
    return {(unit_id, person_id) for unit_id, person_id in connection.execute(statement)}


def freeze(connection: Connection, new: Digest, person_ids: Collection[int], person_id: int | None = None) -> int:
    """Keeps a digest as it is sent to these people; its id. `person_id`: who asked for it, None: the clock sends it."""
    values = {
        "form": new.form,
        "unit_id": new.unit_id,
        "period": new.period,
        "person_id": person_id,
        "content": {**new.content, "told": sorted(person_ids)},
        "as_of": new.as_of,
    }
    return int(connection.execute(insert(digest).returning(digest.c.id), values).scalar_one())


def frozen(connection: Connection, digest_id: int) -> Frozen | None:
    """The digest of this id, as it was sent then, whatever has been corrected since."""
    row = connection.execute(select(digest).where(digest.c.id == digest_id)).mappings().first()
    return _frozen(row) if row else None


def frozen_of(
    connection: Connection, form: str, unit_ids: Collection[int], period: date, *, before: datetime | None = None
) -> list[Frozen]:
    """The digests of these units and of the period that were frozen (`before` that moment), newest first."""
    statement = (
        select(digest)
        .where(digest.c.form == form, digest.c.unit_id.in_(unit_ids), digest.c.period == period)
        .order_by(digest.c.as_of.desc(), digest.c.id.desc())
    )
    if before is not None:
        statement = statement.where(digest.c.as_of < before)
    return [_frozen(row) for row in connection.execute(statement).mappings()]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A revision that replaced an earlier one of a period that digests were sent for."""

    form: str
    unit_id: int
    period: date
    revision: int
    reason: str
    sent_at: datetime


def corrected(connection: Connection, since: datetime, digests_since: datetime) -> list[Corrected]:
    """The corrections accepted after `since` of periods with digests frozen after `digests_since`; of a report the newest."""
    told = select(digest.c.form, digest.c.period).where(digest.c.as_of > digests_since).distinct()
    found: dict[tuple[str, int, date], Corrected] = {}
    for form, period in connection.execute(told).all():
        statement = (
            select(report.c.unit_id, report.c.revision, report.c.reason, report.c.sent_at)
            .where(report.c.form == form, report.c.period == period, report.c.revision > 1, report.c.sent_at > since)
            .order_by(report.c.revision)
        )
        for row in connection.execute(statement):
            found[form, row.unit_id, period] = Corrected(
                form, row.unit_id, period, row.revision, row.reason, row.sent_at
            )
    return list(found.values())


def _frozen(row: RowMapping) -> Frozen:
    content = dict(row["content"])
    people = tuple(content.pop("told", ()))
    paragraphs = tuple(map(Html, content["paragraphs"]))
    made = Digest(row["form"], row["unit_id"], row["period"], row["as_of"], paragraphs, content)
    return Frozen(row["id"], made, people)
