"""What is usual for the figures of a unit's report: worked out from its history when the report is opened, read with each answer."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import Connection

from reporting.figures.usual_range import Number, UsualRange, periods_looked_at, usual_range
from reporting.filling.moves import Filling
from reporting.forms import Form, Question
from storage.figures import figures
from storage.reports import usual_ranges as kept
from storage.reports.last_saved import EarlierRow


def usual_ranges(
    connection: Connection, filling: Filling, read: EarlierRow, *, is_opened: bool
) -> Mapping[str, UsualRange]:
    """What is usual, by question, for a draft as it was read: what the desk has set, else what the unit's history says.

    `is_opened`: what is not known yet is worked out and kept. Nothing is unusual in a report to practise with.
    """
    draft, form = filling.draft, filling.form
    if draft.is_practice or not form.ranged:
        return {}
    ranges = kept.read(read.ranges, read.set_ranges)
    if read.ranges is None and is_opened and filling.last_on is not None:
        worked_out = worked_out_of(connection, form, form.ranged, draft.unit_id, draft.period)
        kept.keep(connection, form.key, draft.unit_id, draft.period, worked_out)
        ranges = {**worked_out, **ranges}
    allowed = {question.name for question in form.ranged}
    return {name: of for name, of in ranges.items() if name in allowed}


def ranges_of(connection: Connection, form: Form, unit_id: int, period: date) -> dict[str, UsualRange]:
    """The same of a unit's period that is looked at: as its report was filled in by, else worked out now, and not kept."""
    ranges, by_desk = kept.there(connection, form.key, unit_id, period)
    found = kept.read(ranges, by_desk)
    if ranges is None:
        found = {**worked_out_of(connection, form, form.ranged, unit_id, period), **found}
    return found


def worked_out_of(
    connection: Connection, form: Form, questions: Collection[Question], unit_id: int, period: date
) -> dict[str, UsualRange]:
    """What a unit's own figures of before say is usual for a period; of what too little is known: nothing."""
    of, names = form.schedule.period_type, [question.name for question in questions]
    looked_at = periods_looked_at(of, period)
    if not looked_at or not names:
        return {}
    history: dict[str, dict[date, Number]] = {}
    for each in figures.of_units(connection, form.key, names, [unit_id], looked_at[-1], looked_at[0]):
        if each.value is not None and not isinstance(each.value, str):
            history.setdefault(each.indicator, {})[each.period] = each.value
    found = {q.name: usual_range(history.get(q.name, {}), period, of, q.kind) for q in questions}
    return {name: usual for name, usual in found.items() if usual is not None}
