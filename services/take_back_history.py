"""Take back an import of history that did not come to its end: each unit's day is again what it was before."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from itertools import repeat
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from reporting.road import Road
from storage.database import audit
from storage.database.process_locks import alone
from storage.database.short_transactions import Pieces
from storage.figures import figure_rows, group_totals, history_imports, pending_figures
from storage.figures.figure_rows import KeptFigure
from storage.portal import due_deliveries
from storage.reports import forms, reports
from storage.reports.accepting import ripple

UNITS_OF_A_PERIOD = 500
"""So many have anything kept of one, about."""


def take_back_left(
    writer: Engine, now: datetime, zone: ZoneInfo, telling: Callable[[int, int], None] = lambda _, __: None
) -> bool:
    """Takes back what a process that is no more has left; whether there was anything. Nothing is done where one is at work."""
    with alone(writer) as is_alone:
        return is_alone and take_back(Pieces(writer, Road.PROGRAM), now, zone, telling)


def take_back(
    pieces: Pieces, now: datetime, zone: ZoneInfo, telling: Callable[[int, int], None] = lambda _, __: None
) -> bool:
    """Takes back what there is of an import, in pieces; whether there was any. Whoever is stopped here goes on the next time.

    What a unit has reported itself meanwhile stays, and what follows from it is worked out anew.
    """
    with pieces.one() as connection:
        began_at = history_imports.began_at(connection)
        places = history_imports.periods(connection) if began_at is not None else []
    if began_at is None:
        forget_kept(pieces)
        return False
    taken_back, first = 0, dict[tuple[str, int], date]()
    for form, period in places:
        with pieces.one() as connection:
            stood = history_imports.stood(connection, form, period)
        for unit_id in stood:
            first.setdefault((form, unit_id), period)
        restore = partial(_restore, form=form, period=period, began_at=began_at, now=now)
        for _ in pieces.each(stood.items(), restore, 16):
            telling(taken_back, 0)
        with pieces.one() as connection:
            group_totals.add_up_day(connection, form, stood.keys(), period)
        taken_back += len(stood)
        telling(taken_back, 0)
    for _ in pieces.each(first.items(), partial(_follow, began_at=began_at, now=now, zone=zone), 16):
        telling(taken_back, 0)
    with pieces.one(is_last=True) as connection:
        if taken_back:
            audit.write(connection, now, None, "import taken back", unit_days=taken_back)
        history_imports.over(connection)
    forget_kept(pieces)
    return True


def forget_kept(pieces: Pieces) -> None:
    """What was kept of an import that is over goes, some periods at a time: of a year all at once would hold everybody up."""

    def forget(connection: Connection, some: list[None]) -> bool:
        return all(history_imports.forget_period(connection) for _ in some)

    for is_more in pieces.each(repeat(None), forget, UNITS_OF_A_PERIOD):
        if not is_more:
            return


def _restore(
    connection: Connection,
    some: list[tuple[int, list[KeptFigure]]],
    *,
    form: str,
    period: date,
    began_at: datetime,
    now: datetime,
) -> None:
    stood = dict(some)
    came = reports.reported(connection, form, list(stood), period, period)
    stands = figure_rows.of_days(connection, form, list(stood), period, period)
    again = {}
    for unit_id, kept in stood.items():
        here = stands.get(unit_id, {}).get(period, {})
        is_others = unit_id in came and any(each.as_of != began_at for each in here.values())
        if not is_others and list(here.values()) != kept:
            again[unit_id, period] = kept
    figure_rows.replace(connection, form, again)
    due_deliveries.note_changes(connection, form, again.keys(), now)


def _follow(
    connection: Connection,
    some: list[tuple[tuple[str, int], date]],
    *,
    began_at: datetime,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """What was reported while the import was at work rests on what is no more, and so may what waits for approval."""
    for (key, unit_id), first in some:
        came = reports.periods_since_moment(connection, key, unit_id, began_at)
        waits = [first] if pending_figures.any_of(connection, key, unit_id) else []
        for period in (*waits, *came):
            form = next(each for each in forms.for_history(connection, period) if each.key == key)
            for after in (period - timedelta(days=1), period):
                ripple(connection, form, unit_id, after, now, zone)
