"""Turns of indicators that have a target: looked for in closed periods only, and told once to whoever answers for the unit."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.figures.indicator_targets import IndicatorTarget, Number
from reporting.figures.turn_series import Owed, Values, turn_series
from reporting.figures.turns import KnownTurn, Told, TurnKind, TurnPoint, newest_turns, turns
from reporting.forms import Form
from reporting.period_types import PeriodType, first_day, period_before, period_of
from reporting.reminder_key import ReminderKind
from reporting.rounds.owed import owed_by, periods_to_report
from reporting.rounds.periods import moment
from reporting.tick_parts import Apart, TickPart, as_one
from reporting.units import Unit, UnitTree
from services.carried_on import unchanged_since
from services.target_progress import measured_until
from services.target_units import TargetUnits
from services.targets_held import target_on, targets_of
from storage.figures import figures
from storage.figures.indicator_targets import UnlookedTarget, unlooked_targets
from storage.reports import forms
from storage.schedule import reminder_log, suspensions

LOOK_BACK = 8
"""So many closed periods are looked at."""
MOST_WATCHED = 100
"""Of a target's unit with more units than this under it only it itself is watched."""
TOGETHER = 0
"""In the place of a unit's id: all of them as one."""
AT_ONCE = 50
"""So many targets are looked at in one tick; the rest follow in the next ones."""


Looked = Sequence[tuple[int, date]]
"""Targets (by id), and up to which period the turns of each were looked at."""


def due_turns(
    connection: Connection, tree: UnitTree, now: datetime, zone: ZoneInfo, *, apart: Apart = as_one
) -> tuple[list[KnownTurn], Looked]:
    """The turns that came with the newest closed periods and were not looked for yet, and what was looked at for them.

    Whoever calls tells of them, and says by `set_looked_on` of which targets everybody was told: these are not looked at again.
    Of a target that is new its first closed period is only noted: what happened before it was given is no news. `apart`: looks at each
    target.
    """
    today = now.astimezone(zone).date()
    held = [replace(each, target=target_on(each.target, tree, today)) for each in unlooked_targets(connection, today)]
    waiting = _from_another(held, now)
    found: list[KnownTurn] = []
    looked: list[tuple[int, date]] = []

    units = TargetUnits(tree)

    def turns_of(each: UnlookedTarget, form: Form, of: PeriodType, period: date) -> list[KnownTurn]:
        return _newest(connection, units, form, each.target, of, period) if each.looked_on is not None else []

    for each, form, of, period in _to_look_at(connection, waiting, now, zone, apart):
        if len(looked) == AT_ONCE:
            break
        seen = apart(_part_of(each), partial(turns_of, each, form, of, period))
        if seen is not None:
            looked.append((each.target.id, period))
            found += seen
    return _nearest(found, tree), looked


def newest_turns_of(
    connection: Connection, tree: UnitTree, unit: Unit, now: datetime, zone: ZoneInfo
) -> list[KnownTurn]:
    """The turns of a unit and of all under it that came with the newest closed periods, told or not: what a meeting reads.

    Of more targets than are looked at in one tick those of the nearest units.
    """
    today = now.astimezone(zone).date()
    ids = [each.id for each in tree.under(unit, today)]
    above = [each.id for each in tree.above(unit) if each.id not in ids]
    places = {unit_id: place for place, unit_id in enumerate((*above, *ids))}
    found_of = targets_of(connection, tree, [tree.unit(one) for one in places])
    nearest = sorted(found_of, key=lambda each: places[each.unit_id])
    held, units = [UnlookedTarget(each, None) for each in nearest[:AT_ONCE]], TargetUnits(tree)
    found = [
        turn
        for each, form, of, period in _to_look_at(connection, held, now, zone)
        for turn in _newest(connection, units, form, each.target, of, period)
    ]
    wanted = frozenset(ids)
    return [each for each in _nearest(found, tree) if each.unit.id in wanted]


def _from_another(waiting: Sequence[UnlookedTarget], now: datetime) -> list[UnlookedTarget]:
    """Each minute from another one on: those of which somebody cannot be told stay, and would keep the others from being looked at."""
    first = int(now.timestamp() // 60) * AT_ONCE % len(waiting) if len(waiting) > AT_ONCE else 0
    return [*waiting[first:], *waiting[:first]]


Look = tuple[UnlookedTarget, Form, PeriodType, date]
"""A target that is to be looked at, with its form, the periods and the newest closed one."""


def _to_look_at(
    connection: Connection,
    targets: Sequence[UnlookedTarget],
    now: datetime,
    zone: ZoneInfo,
    apart: Apart = as_one,
) -> Iterator[Look]:
    """Those that hold in a closed period that was not looked at."""
    today = now.astimezone(zone).date()
    by_key = {form.key: form for form in forms.in_force(connection, today, apart=apart)} if targets else {}
    for each in targets:
        look = apart(_part_of(each), partial(_look, each, by_key.get(each.target.form), now, zone))
        if look is not None:
            yield look


def _look(target: UnlookedTarget, form: Form | None, now: datetime, zone: ZoneInfo) -> Look | None:
    if form is None or target.target.indicator not in form.by_name:
        return None
    of = watched_periods(target.target, form)
    period = newest_closed(form, of, now, zone)
    is_new = target.looked_on is None or target.looked_on < period
    return (target, form, of, period) if target.target.holds(period) and is_new else None


def _part_of(target: UnlookedTarget) -> TickPart:
    return TickPart(form=target.target.form, unit_id=target.target.unit_id, row=f"target {target.target.id}")


def watched_periods(target: IndicatorTarget, form: Form) -> PeriodType:
    """By what periods it is seen whether there is a turn: the target's, else the form's; of a daily form weeks."""
    own = form.schedule.period_type
    if target.each and target.each != own.kind:
        return PeriodType(target.each)
    return PeriodType("weekly") if own.kind == "daily" and not target.each else own


def newest_closed(form: Form, of: PeriodType, now: datetime, zone: ZoneInfo) -> date:
    """The newest of these periods of which every report of the form is closed."""
    period = period_of(of, now.astimezone(zone).date() + timedelta(days=1))
    while moment(form.schedule.closes, period, zone) > now:
        period = period_before(of, period)
    return period


def _newest(
    connection: Connection,
    units: TargetUnits,
    form: Form,
    target: IndicatorTarget,
    of: PeriodType,
    period: date,
) -> list[KnownTurn]:
    """The turns that came with the period, of the target's unit and of those under it, told or not."""
    tree, question, whole = units.tree, form.by_name[target.indicator], form.by_name.get(target.of)
    unit = tree.unit(target.unit_id)
    below = units.expected(form, period, unit)
    watched = list(dict.fromkeys((unit, *below))) if len(below) <= MOST_WATCHED else [unit]
    window = _window(of, period)
    names = [each.name for each in (question, whole) if each is not None]
    read = _read if len(below) <= MOST_WATCHED else _read_together
    values, owed = read(connection, tree, form, names, below, first_day(of, window[0]), period)
    told = _told(connection, form, target, window[0], period)
    is_percentage = whole is not None or question.is_percentage
    found = []
    for each in watched:
        ids = list(owed) if each == unit else [each.id]
        since = unchanged_since(below if each == unit else [each], units.as_it_was, first_day(of, window[0]), period)
        series = turn_series(question, whole, values, owed, ids, window, of, since)
        line = _at_line(connection, units, target, form, of, period) if each == unit else None
        seen = turns(target, each.id, series, told.get(each.id, ()), is_percentage=is_percentage, at_line=line)
        found += [KnownTurn(turn, form, question, whole, each, of) for turn in newest_turns(seen, period)]
    return found


def _told(connection: Connection, form: Form, target: IndicatorTarget, since: date, period: date) -> Mapping[int, Told]:
    """By unit id which turns were told of the target's periods before this one."""
    kinds = tuple(TurnKind)
    found: dict[int, list[tuple[TurnKind, date]]] = {}
    for each in reminder_log.recorded_of(connection, ReminderKind.TURN, form.key, since):
        if each.rule.offset == target.id and each.period != period:
            found.setdefault(each.unit_id, []).append((kinds[each.rule.number], each.period))
    return found


def _window(of: PeriodType, period: date) -> list[date]:
    found = [period]
    while len(found) < LOOK_BACK:
        found.append(period_before(of, found[-1]))
    return found[::-1]


def _read(
    connection: Connection,
    tree: UnitTree,
    form: Form,
    names: Sequence[str],
    units: Sequence[Unit],
    first_on: date,
    last_on: date,
) -> tuple[Values, Owed]:
    """The figures of these units and what they owe, of the form's periods that end on these days."""
    values: dict[tuple[str, int], dict[date, Number]] = {}
    for each in figures.of_units(connection, form.key, names, [unit.id for unit in units], first_on, last_on):
        if isinstance(each.value, int | Decimal):
            values.setdefault((each.indicator, each.unit_id), {})[each.period] = each.value
    suspended = suspensions.touching(connection, first_on, last_on)
    periods = periods_to_report(form, first_on, last_on)
    return values, {unit.id: owed_by(form, unit, periods, tree, suspended) for unit in units}


def _read_together(
    connection: Connection,
    tree: UnitTree,
    form: Form,
    names: Sequence[str],
    units: Sequence[Unit],
    first_on: date,
    last_on: date,
) -> tuple[Values, Owed]:
    """The same of very many units as if they were one, added up by the database: a day on which any lacks its figure has none."""
    suspended = suspensions.touching(connection, first_on, last_on)
    periods = periods_to_report(form, first_on, last_on)
    owing = Counter(day for unit in units for day in owed_by(form, unit, periods, tree, suspended))
    values: dict[tuple[str, int], dict[date, Number]] = {}
    for each in figures.totals(connection, form.key, names, [unit.id for unit in units], first_on, last_on):
        if each.units >= owing[each.period] and form.by_name[each.indicator].adds_up:
            values.setdefault((each.indicator, TOGETHER), {})[each.period] = each.value
    return values, {TOGETHER: sorted(owing)}


def _at_line(
    connection: Connection, units: TargetUnits, target: IndicatorTarget, form: Form, of: PeriodType, period: date
) -> list[TurnPoint] | None:
    """Of a sum over many periods what has come together by the end of the period before, and of this one."""
    if target.each or not form.by_name[target.indicator].sums_over_periods:
        return None
    found = measured_until(connection, units, form, target, period, first_day(of, period))
    return [TurnPoint(period_before(of, period), found.before), TurnPoint(period, found.value)]


def _nearest(found: Sequence[KnownTurn], tree: UnitTree) -> list[KnownTurn]:
    """Each row of a unit's indicator once, by the nearest of the targets that it is watched for; crossings as they are."""
    kept: dict[tuple[object, ...], KnownTurn] = {}
    for each in found:
        turn = each.turn
        line_of = 0 if turn.kind.is_trend else turn.target.id
        key = (each.form.key, turn.target.indicator, turn.target.of, each.unit.id, turn.kind, line_of)
        if key not in kept or _tiers_up(each, tree) < _tiers_up(kept[key], tree):
            kept[key] = each
    return list(kept.values())


def _tiers_up(each: KnownTurn, tree: UnitTree) -> int:
    """How far above its unit the unit of the target stands; a group stands farther than any tier."""
    above = [one.id for one in tree.above(each.unit)]
    return above.index(each.turn.target.unit_id) if each.turn.target.unit_id in above else len(above)
