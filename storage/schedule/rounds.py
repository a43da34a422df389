"""Rounds: where units stand with their reports, and who hears of it. A few queries, whatever the number."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, select

from reporting.channel import NONE_KNOWN, Channels, unset_channels
from reporting.forms import Form
from reporting.period_types import period_before, periods_between
from reporting.rounds.periods import last_owed_period, moment
from reporting.rounds.recipients import Recipients
from reporting.rounds.standings import Sent, Standing, excused, expected_units, standings_of
from reporting.tick_parts import Apart, TickPart, as_one
from reporting.units import Unit, UnitTree
from storage.database.prepared import PreparedStatement, among, gathered
from storage.database.tables import metadata
from storage.figures.archived import archived
from storage.organisation.duties import in_force
from storage.reports import forms
from storage.reports.reports import BY_PERIOD
from storage.schedule import suspensions

_tables = metadata.tables
report, figure, unit = _tables["report"], _tables["figure"], _tables["unit"]
duty, address = _tables["duty"], _tables["address"]

FEW = 500
"""So many units at most are asked for by their ids."""

LONGEST_OPEN = timedelta(days=100)
"""No report is open for so long: `closes` says two digits of days at most."""


def open_rounds(
    connection: Connection, now: datetime, zone: ZoneInfo, *, apart: Apart = as_one
) -> Iterator[tuple[Form, date]]:
    """The forms and periods that are open at `now`, each in the version in force for the period. `apart`: works out each form's."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    for newest in forms.in_force(connection, tomorrow, since=tomorrow - LONGEST_OPEN, apart=apart):
        yield from apart(TickPart(form=newest.key), partial(_open, connection, newest, tomorrow, now, zone)) or ()


def _open(connection: Connection, newest: Form, before: date, now: datetime, zone: ZoneInfo) -> list[tuple[Form, date]]:
    form: Form | None = newest
    period, found = last_owed_period(newest.schedule, before), []
    while form is not None and now < moment(form.schedule.closes, period, zone):
        if moment(form.schedule.opens, period, zone) <= now:
            found.append((form, period))
        period = period_before(newest.schedule.period_type, period)
        form = forms.published(connection, newest.key, period)
    return found


def standings(
    connection: Connection,
    form: Form,
    period: date,
    tree: UnitTree,
    now: datetime,
    zone: ZoneInfo,
    units: Sequence[Unit] | None = None,
) -> list[Standing]:
    """Where each of `units` (None: every unit that the form expects) stands with one period, in their order."""
    expected = expected_units(form, tree, period) if units is None else units
    some = [each.id for each in expected] if units is not None and len(expected) < FEW else None
    sent = sent_between(connection, form.key, period, period, some).get(period, {})
    kept = archived(connection, form, period, period, some).get(period, ())
    free = excused(form, period, expected, tree, suspensions.touching(connection, period, period))
    return standings_of(form, period, expected, sent, free, now, zone, kept)


def standings_between(
    connection: Connection,
    form: Form,
    first: date,
    last: date,
    tree: UnitTree,
    now: datetime,
    zone: ZoneInfo,
    root: Unit | None = None,
) -> list[Standing]:
    """The standings of the periods that end from `first` to `last`, oldest first: what a board and rates are made from.

    Only units that existed on the period's last day are expected, under `root` (None: everywhere), and not before the form's
    first day. Each period goes by the version of the form in force for it.
    """
    suspended = suspensions.touching(connection, first, last)
    expected: dict[date, tuple[Form, list[Unit]]] = {}
    for period in periods_between(form.schedule.period_type, first, last):
        version = forms.published(connection, form.key, period)
        if version is not None:
            expected[period] = version, expected_units(version, tree, period, root)
    ids = {unit.id for _, units in expected.values() for unit in units}
    some = ids if root is not None and len(ids) < FEW else None
    sent = sent_between(connection, form.key, first, last, some)
    kept = _archived_between(connection, {period: version for period, (version, _) in expected.items()}, some)
    found = []
    for period, (version, units) in expected.items():
        free = excused(form, period, units, tree, suspended)
        found += standings_of(version, period, units, sent.get(period, {}), free, now, zone, kept.get(period, ()))
    return found


def _archived_between(
    connection: Connection, versions: Mapping[date, Form], unit_ids: Collection[int] | None
) -> dict[date, set[int]]:
    """Of which units the archive has figures, by period: a statement for each run of periods that demand the same numbers."""
    found: dict[date, set[int]] = {}
    for _, run in groupby(versions.items(), key=lambda each: each[1].always_given):
        periods = list(run)
        found |= archived(connection, periods[0][1], periods[0][0], periods[-1][0], unit_ids)
    return found


_BETWEEN = (
    select(
        report.c.period, report.c.unit_id, report.c.first_sent_at, report.c.sent_at, report.c.revision, report.c.number
    )
    .where(
        report.c.form == bindparam("form"),
        report.c.period >= bindparam("first"),
        report.c.period <= bindparam("last"),
    )
    .order_by(report.c.revision)
)


_OF_SOME = PreparedStatement(lambda dialect: _BETWEEN.where(among(dialect, report.c.unit_id, "ids")))
_OF_ALL = PreparedStatement(_BETWEEN.with_hint(report, BY_PERIOD, "sqlite"))


def sent_between(
    connection: Connection, form: str, first: date, last: date, unit_ids: Collection[int] | None = None
) -> dict[date, dict[int, Sent]]:
    """The stamps by period and unit id (`unit_ids` None: of all units)."""
    statement = _OF_ALL if unit_ids is None else _OF_SOME
    rows = statement.rows(connection, form=form, first=first, last=last, ids=list(unit_ids or ()))
    found: dict[date, dict[int, Sent]] = {}
    for period, unit_id, *stamps in rows:
        found.setdefault(period, {})[unit_id] = Sent(*stamps)
    return found


_HOLDING = select(duty.c.unit_id, duty.c.role, duty.c.person_id).where(in_force()).order_by(duty.c.id)
_CUT_OFF = select(address.c.person_id).where(address.c.unreachable_at.is_not(None))
_NOT_HERE = select(address.c.person_id).where(address.c.channel.in_(bindparam("unset", expanding=True)))
_CUT_OFF_HERE = _CUT_OFF.union(_NOT_HERE)
_OPEN = select(address.c.person_id, address.c.channel).where(address.c.unreachable_at.is_(None))
_OPEN_OF_SOME = PreparedStatement(lambda dialect: _OPEN.where(among(dialect, address.c.person_id, "some")))


def recipients_of(
    connection: Connection, tree: UnitTree, on: date, channels: Channels = NONE_KNOWN, *, keeps_evidence: bool = False
) -> Recipients:
    """Who hears what by his duties on a day, of the people that words can reach; `channels`: those in which they are found.

    `keeps_evidence`: whoever is found in one that is not set hears beside whoever is told in his place.
    """
    lost, shut = _cut_off(connection, channels)
    shut = shut if keeps_evidence else lost
    held = [(unit_id, role, person_id) for unit_id, role, person_id in connection.execute(_HOLDING, {"on": on})]
    return Recipients(
        tree,
        [each for each in held if each[2] not in lost] if lost else held,
        [each for each in held if each[2] in shut] if shut else (),
        [each for each in held if each[2] in lost - shut] if lost - shut else (),
    )


def cut_off(connection: Connection, among: Collection[int] | None = None, channels: Channels = NONE_KNOWN) -> set[int]:
    """The ids of the people (None: of all) whom no words can reach, at none of their addresses: each is closed to us, or in one of
    `channels` that is not set.
    """
    lost, _ = _cut_off(connection, channels)
    return lost if among is None else lost & set(among)


def _cut_off(connection: Connection, channels: Channels) -> tuple[set[int], set[int]]:
    """Whom no words can reach, and of these whose every address is closed to us."""
    unset = unset_channels(channels)
    some = set(connection.execute(_CUT_OFF_HERE if unset else _CUT_OFF, {"unset": unset} if unset else {}).scalars())
    found = _OPEN_OF_SOME.rows(connection, some=sorted(some)) if some else []
    reached = {person_id for person_id, channel in found if channel not in unset}
    return some - reached, some - {person_id for person_id, _ in found}


def last_reported(
    connection: Connection, form: str, unit_ids: Collection[int], before: date, not_before: date
) -> dict[int, date]:
    """The last period before `before` for which each of the units has a report or figures of the archive."""
    found: dict[int, date] = {}
    for table in (report, figure):
        newest = (
            select(table.c.period)
            .where(table.c.unit_id == unit.c.id, table.c.form == form)
            .where(table.c.period < before, table.c.period >= not_before)
            .order_by(table.c.period.desc())
            .limit(1)
            .scalar_subquery()
        )
        for some in _portions(unit_ids):
            for unit_id, period in connection.execute(select(unit.c.id, newest).where(unit.c.id.in_(some))):
                if period is not None:
                    found[unit_id] = max(period, found.get(unit_id, period))
    return found


def _portions(ids: Iterable[int], most: int = 5000) -> Iterator[list[int]]:
    left = list(ids)
    for start in range(0, len(left), most):
        yield left[start : start + most]


_REPORTED = PreparedStatement(
    lambda dialect: select(gathered(dialect, report.c.unit_id)).where(
        report.c.form == bindparam("form"), report.c.period == bindparam("period")
    )
)


def received(connection: Connection, form: Form, period: date) -> set[int]:
    """The ids of the units whose report of a period has come, or is in the archive."""
    ((reported,),) = _REPORTED.rows(connection, form=form.key, period=period)
    return set(reported or ()) | archived(connection, form, period, period).get(period, set())


def silent(
    connection: Connection, form: Form, period: date, tree: UnitTree, units: Sequence[Unit]
) -> tuple[int, list[Unit]]:
    """How many of very many units owe a report for a period, and which of these have sent none: standings without their stamps."""
    free = excused(form, period, units, tree, suspensions.touching(connection, period, period))
    have = received(connection, form, period)
    owing = [each for each in units if each.id not in free]
    return len(owing), [each for each in owing if each.id not in have]
