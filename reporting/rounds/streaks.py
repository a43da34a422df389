"""For how many periods in a row a unit has sent nothing that it owed: counted once, for whoever tells of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from reporting.forms import Form
from reporting.period_types import periods_between
from reporting.rounds.owed import expected_of
from reporting.rounds.standings import Standing
from reporting.rounds.suspensions import Suspension
from reporting.units import UnitTree


def streaks_of(
    form: Form,
    period: date,
    standings: Sequence[Standing],
    tree: UnitTree,
    last: Mapping[int, date],
    first: date,
    suspensions: Iterable[Suspension],
    now: datetime,
) -> dict[int, int]:
    """By unit id, how many periods that it owed and that are over due it has sent nothing for, up to `period` without a break.

    `standings` are those of `period`: only units of which nothing has come are counted. `last`: the last period before it for which
    something came, a report or the whole archive. `first`: the first period for which the form was in force. A period is not owed
    by a unit that did not exist or that the form was not for, in a suspension of it or of what it lies in, or on a free day that the
    form skips; it neither counts nor breaks the row. «Over due» is as in the rates: a period of which the due minute has not passed
    at `now` is left out.
    """
    whole = periods_between(form.schedule.period_type, first, period)
    before = [each for each in whole if not form.schedule.is_free(each)]
    suspended = [each for each in suspensions if each.form in ("", form.key)]
    found = {}
    for each in standings:
        if not each.is_open:
            continue
        unit = tree.unit(each.deadline.unit_id)
        begin = max(bisect_right(before, last.get(unit.id, date.min)), bisect_left(before, unit.since or date.min))
        end = bisect_left(before, period) + (each.deadline.over_at <= now)
        above = {None, *(one.id for one in tree.above(unit))} if suspended else set()
        free = [one for one in suspended if one.unit_id in above]
        owed = expected_of(form, unit, before[begin:end], tree)
        found[unit.id] = sum(not any(one.covers(form.key, day) for one in free) for day in owed) if free else len(owed)
    return found
