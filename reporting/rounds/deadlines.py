"""Deadlines: when the report of a unit for a period opens, is due and closes. Computed, never stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from reporting.rounds.periods import MINUTE, moment
from reporting.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Deadline:
    """When the report of `unit_id` for the period that ends on `period` opens, is due and closes.

    `is_owed`: it is expected; not so «on change», nor in a suspended period, nor on a free day that the form skips (what comes all the
    same is welcome). `excuse`: the reason of the suspension, as it was typed, or what the free day is called.
    """

    form: str
    unit_id: int
    period: date
    opens_at: datetime
    due_at: datetime
    closes_at: datetime
    is_owed: bool = True
    excuse: str = ""
    is_free_day: bool = False

    @property
    def over_at(self) -> datetime:
        """When it is too late: a deadline is told to the minute, so the whole due minute is still in time."""
        return self.due_at + MINUTE


def deadline(
    form: str,
    schedule: Schedule,
    unit_id: int,
    period: date,
    zone: ZoneInfo,
) -> Deadline:
    """The deadline of one unit's report. The report of a week or longer opens on the period's last day."""
    return deadlines(form, schedule, [unit_id], period, zone)[0]


def deadlines(
    form: str,
    schedule: Schedule,
    unit_ids: Iterable[int],
    period: date,
    zone: ZoneInfo,
    excused: Mapping[int, str] = MappingProxyType({}),
) -> list[Deadline]:
    """The deadlines of many units' reports, in their order; those in `excused` owe none, for the reason there.

    Nobody owes one «on change», for a free day that the form skips, or while the form was retired.
    """
    opens_at = moment(schedule.opens, period, zone)
    due_at = moment(schedule.due, period, zone)
    closes_at = moment(schedule.closes, period, zone)
    is_free = schedule.is_day_off(period)
    nobody_owes = schedule.period == "on change" or schedule.is_free(period)
    name = schedule.calendar.name(period) if is_free else ""
    times = opens_at, due_at, closes_at
    return [
        Deadline(form, each, period, *times, not (nobody_owes or each in excused), excused.get(each, name), is_free)
        for each in unit_ids
    ]
