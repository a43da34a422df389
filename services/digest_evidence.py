"""Gather what a digest is derived from, as whoever leads reads it: a few statements, whatever the number of units."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.digests.evidence import MOST_BARS, Evidence, States
from reporting.figures.headlines import headlines
from reporting.forms import Form
from reporting.reviews import LOOK_BACK, Review
from reporting.rounds.data_query import AskedBack
from reporting.rounds.late_reason import LateReason
from reporting.rounds.standings import expected_units
from reporting.units import Unit, UnitTree
from services.target_progress import target_progress
from storage.figures import pending_figures
from storage.figures.digest_history import past_of
from storage.figures.states import state_of_units
from storage.organisation import units
from storage.reports import data_queries, forms, reports, reviews, usual_ranges
from storage.schedule import late_reasons, rounds, suspensions
from storage.schedule.streaks import streaks


def digest_evidence(
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
        suspensions=suspensions.touching(connection, min(first, periods[0]), max(last, periods[-1])),
        history=read.history,
        earlier=read.earlier,
        reported=read.reported,
        late_reasons={one: why for one, why in late_reasons_of(connection, form, periods[-1]).items() if one in ids},
        states=tuple(_states(connection, made.period, within)),
        provisional=_provisional(connection, form, periods, within),
        asked=_asked(connection, form.key, periods, ids),
        returned=_returned(connection, form.key, periods[-1], ids),
        targets=target_progress(connection, tree, unit, now, zone, form=form, period=periods[-1]),
        **_of_one(connection, made, within) if len(periods) == 1 else {},
    )


def _of_one(connection: Connection, of: Evidence, within: Sequence[int] | None) -> dict[str, Any]:
    """What is told of a single period only."""
    form, names = of.form, [question.name for question in headlines(of.form)]
    return {
        "streaks": streaks(connection, form, of.period, of.standings, of.tree, of.now),
        "usual": usual_ranges.of_units(connection, form.key, of.period, names, within),
        "reasons": reports.reasons(connection, form.key, of.period, within),
    }


def late_reasons_of(connection: Connection, form: Form, period: date) -> dict[int, LateReason]:
    """Why reports of a period are late, by unit id."""
    given = late_reasons.given(connection, form.key, period).values()
    return {each.unit_id: LateReason(each.reason, each.words) for each in given}


def _asked(
    connection: Connection, form: str, periods: Sequence[date], unit_ids: Collection[int]
) -> tuple[AskedBack, ...]:
    found = data_queries.open_questions(connection)
    return tuple(each for each in found if each.form == form and each.period in periods and each.unit_id in unit_ids)


def _returned(connection: Connection, form: str, last: date, unit_ids: Collection[int]) -> tuple[Review, ...]:
    found = reviews.waiting_returns(connection, last - LOOK_BACK, sorted(unit_ids))
    return tuple(each for each in found if each.form == form and each.period <= last)


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
                yield States(question, state_of_units(connection, form, question, on, within))
